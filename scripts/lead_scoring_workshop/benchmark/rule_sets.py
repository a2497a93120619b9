"""Rule tables of any size for the made-up data, with every method of decay and with overrides."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path

from lead_scoring_workshop.benchmark.event_queries import EVENT_TYPES
from lead_scoring_workshop.benchmark.rules import CURVES, SCORECARDS, EngagementRule

FIT_RULES = 40
RULES_IN_A_SIGNAL = 3
FAMILIES = ("content", "intent", "email", "product", "social")
# attribute, type, and two conditions
FIT_CONDITIONS = (
    ("seniority", "text", ("in", "c_level|vp|director"), ("in", "student|intern")),
    ("department", "text", ("in", "engineering|data|it"), ("equals", "finance")),
    ("industry", "text", ("in", "software|banking|insurance"), ("not_in", "government|education")),
    ("employee_count", "number", ("gte", "1000"), ("between", "100..999")),
    ("company_size", "text", ("equals", "enterprise"), ("in", "micro|small")),
    ("annual_revenue", "number", ("gte", "10000000"), ("lte", "500000")),
    ("country", "text", ("in_list", "core_country"), ("in", "in|br|jp")),
    ("region", "text", ("equals", "europe"), ("not_equals", "africa")),
    ("city", "text", ("ends_with", "7"), ("starts_with", "city 1")),
    ("technologies", "list", ("in", "snowflake|bigquery"), ("equals", "salesforce")),
    ("budget_authority", "text", ("equals", "decides"), ("is_empty", "")),
    ("lead_source", "text", ("in", "referral|partner"), ("equals", "list")),
    ("product_interest", "text", ("contains", "learning"), ("equals", "core")),
    ("email_type", "text", ("equals", "business"), ("in", "free|disposable")),
    ("profile_completeness", "number", ("gte", "0.9"), ("lte", "0.7")),
    ("current_contract_ends_on", "date", ("within_next_days", "90"), ("within_last_days", "60")),
    ("plan", "text", ("equals", "business"), ("is_not_empty", "")),
    ("partner_tier", "text", ("in", "gold|silver"), ("equals", "bronze")),
    ("team_size", "number", ("gte", "50"), ("between", "10..49")),
    ("takes_newsletter", "flag", ("equals", "true"), ("equals", "false")),
)


def write_rules(folder: Path, rules: Sequence[EngagementRule], *, plain: bool = False) -> Path:
    """Writes a folder of rule tables with these engagement rules and 40 fit rules.

    plain: engagement is a bare sum of decayed points: no limits, daily caps, least counts, `once`,
    `first`, further conditions, activity clocks or inactivity. Returns the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    signals = [f"engagement_{number:02d}" for number in range(-(-len(rules) // RULES_IN_A_SIGNAL))]
    _write(
        folder,
        "event_types",
        ["event_type", "is_activity", "is_click", "description"],
        (
            (name, is_activity, is_click, name.replace("_", " ").capitalize())
            for name, _, _, _, _, is_activity, is_click in EVENT_TYPES
        ),
    )
    _write(
        folder,
        "attributes",
        ["attribute", "of", "type", "known", "description"],
        [
            *(
                (name, "lead", kind, "at_creation", name.replace("_", " ").capitalize())
                for name, kind, _, _ in FIT_CONDITIONS
            ),
            ("url", "event", "text", "at_creation", "Page address"),
            ("channel", "event", "text", "at_creation", "Channel"),
            ("quantity", "event", "number", "at_creation", "Quantity"),
        ],
    )
    _write(
        folder,
        "decay_curves",
        [
            "decay",
            "method",
            "clock",
            "days",
            "percent",
            "grace_days",
            "floor_percent",
            "expire_days",
        ],
        CURVES,
    )
    _write_scorecards(folder, plain)
    _write_signals(folder, signals, plain)
    _write_fit_rules(folder)
    _write_engagement_rules(folder, rules, signals, plain)
    return folder


def _write_scorecards(folder: Path, plain: bool) -> None:
    _write(
        folder,
        "scorecards",
        [
            "scorecard",
            "segment",
            "status",
            "priority",
            "owner",
            "fit_points_for_100",
            "engagement_points_for_100",
            "fit_weight",
            "description",
        ],
        (
            (name, name, "live", 10 * place, "sales", 100, 300, 0.5, name)
            for place, name in enumerate(SCORECARDS, start=1)
        ),
    )
    _write(
        folder,
        "audiences",
        ["scorecard", "attribute", "operator", "value"],
        [
            ("enterprise", "employee_count", "gte", 1000),
            ("mid_market", "employee_count", "between", "100..999"),
        ],
    )
    _write(
        folder,
        "inactivity_rules",
        ["rule_id", "scorecard", "after_days", "every_days", "points", "max_times"],
        [("inactive", "*", 100_000 if plain else 30, 30, -10, 3)],
    )


def _write_signals(folder: Path, signals: Sequence[str], plain: bool) -> None:
    rows: list[Sequence[object]] = [
        (
            f"fit_{place}",
            "fit",
            "firmographic",
            "first" if place % 2 else "sum",
            "",
            "",
            f"Fit {place}",
        )
        for place in range(10)
    ]
    for place, (signal, family) in enumerate(zip(signals, cycle(FAMILIES), strict=False)):
        is_first = place % 5 == 4 and not plain
        limits = ("", "") if plain or is_first else (-10, 40)
        rows.append(
            (
                signal,
                "engagement",
                family,
                "first" if is_first else "sum",
                *limits,
                f"Engagement {place}",
            )
        )
    _write(
        folder,
        "signals",
        ["signal", "dimension", "family", "matching", "min_points", "max_points", "description"],
        rows,
    )


def _write_fit_rules(folder: Path) -> None:
    rows: list[Sequence[object]] = []
    for place in range(FIT_RULES):
        attribute, _, *conditions = FIT_CONDITIONS[place % len(FIT_CONDITIONS)]
        operator, value = conditions[place // len(FIT_CONDITIONS)]
        rule_id, signal = f"fit_{place:03d}", f"fit_{place % 10}"
        points = 1 + place * 3 % 12 if place % 8 else -8
        rows.append((rule_id, "*", signal, place, attribute, operator, value, points, place == 32))
        if place % 10 == 5:
            own = (points + 2, False)
            rows.append((rule_id, "enterprise", signal, place, attribute, operator, value, *own))
    _write(
        folder,
        "fit_rules",
        [
            "rule_id",
            "scorecard",
            "signal",
            "priority",
            "attribute",
            "operator",
            "value",
            "points",
            "disqualifies",
        ],
        rows,
    )


def _write_engagement_rules(
    folder: Path, rules: Sequence[EngagementRule], signals: Sequence[str], plain: bool
) -> None:
    rows: list[Sequence[object]] = []
    conditions: list[Sequence[object]] = []
    for place, (rule, signal) in enumerate(
        zip(rules, islice(cycle(signals), len(rules)), strict=True)
    ):
        how = _counting(place, plain)
        for scorecard, points in (("*", rule.points), *rule.own_points):
            rows.append(
                (
                    rule.rule_id,
                    scorecard,
                    signal,
                    place,
                    rule.event_type,
                    rule.attribute,
                    rule.operator,
                    rule.value,
                    points,
                    *how,
                    rule.decay,
                )
            )
            if place % 20 == 3 and not plain:
                conditions.append(
                    (rule.rule_id, scorecard, "history", "email_unsubscribed", 90, "", "equals", 0)
                )
            if place % 20 == 13 and not plain:
                conditions.append(
                    (rule.rule_id, scorecard, "lead", "", "", "country", "in", "US|DE|GB|FR")
                )
    _write(
        folder,
        "engagement_rules",
        [
            "rule_id",
            "scorecard",
            "signal",
            "priority",
            "event_type",
            "attribute",
            "operator",
            "value",
            "points",
            "award",
            "max_per_day",
            "min_count",
            "within_days",
            "decay",
        ],
        rows,
    )
    if not plain:
        conditions.append(("fit_032", "*", "history", "email_bounced", 90, "", "gte", 2))
    else:
        conditions.append(("fit_032", "*", "lead", "", "", "country", "in", "US"))
    _write(
        folder,
        "rule_conditions",
        [
            "rule_id",
            "scorecard",
            "of",
            "event_type",
            "within_days",
            "attribute",
            "operator",
            "value",
        ],
        conditions,
    )


def _counting(place: int, plain: bool) -> tuple[object, ...]:
    """Returns award, max_per_day, min_count and within_days."""
    if plain:
        return ("each", "", "", "")
    if place % 6 == 5:
        return ("once", "", "", "")
    if place % 10 == 7:
        return ("each", 2, 3, 30)
    return ("each", ("", 1, 2, 3)[place % 4], "", "")


def _write(
    folder: Path, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow([*columns, "note"])
        writer.writerows([*map(_cell, row), ""] for row in rows)


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
