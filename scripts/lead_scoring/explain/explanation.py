"""Prints how one score came to be, from the tables that the score was made of."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from rich.console import Console

from lead_scoring.databases import Queries, Row, rows
from lead_scoring.explain.likelihoods import likelihoods_of, print_likelihoods
from lead_scoring.explain.rules_met import days_of_rules, levers_of, rules_met, signals_of
from lead_scoring.terminal import heading, shown, table

LADDERS = ("stage", "temperature", "fit_grade", "engagement_grade")


def print_explanation(connection: Queries, console: Console, score: Row) -> None:
    """Prints the arithmetic of a score, a row of int_lead_scoring__scores with as_of_day."""
    own = "its own scorecard" if score["is_own_scorecard"] else "not its own scorecard"
    console.print(
        f"{shown(score['lead_id'])}, scored by {shown(score['scorecard'])} ({own})"
        f" as of {shown(score['as_of'])}\n"
    )
    rules = rules_met(connection, score)
    _print_attributes(connection, console, score)
    _print_fit_rules(console, [rule for rule in rules if rule["kind"] == "fit"])
    _print_engagement_rules(
        connection, console, score, [rule for rule in rules if rule["kind"] == "engagement"]
    )
    _print_inactivity(
        connection, console, score, [rule for rule in rules if rule["kind"] == "inactivity"]
    )
    _print_signals(connection, console, score)
    _print_scores(console, score)
    _print_labels(connection, console, score)
    if score["is_own_scorecard"]:
        _print_levers(connection, console, score)
        print_likelihoods(console, likelihoods_of(connection, score))


def explanation_values(connection: Queries, score: Row) -> dict[str, object]:
    """Returns the same as values: the score, the rules that met the lead, the signals' sums, and
    likelihoods beside the lead's own score.
    """
    rules = [
        {
            **{name: rule[name] for name in ("rule_id", "kind", "signal", "words")},
            "points": rule["points_given"],
            **{name: rule[name] for name in ("points_in_7_days", "points_in_30_days", "verdict")},
        }
        for rule in rules_met(connection, score)
    ]
    scores = ("total_score", "fit_score", "engagement_score")
    return {
        **{name: score[name] for name in ("lead_id", "scorecard", "is_own_scorecard", "as_of")},
        **{name: score[name] for name in (*scores, *LADDERS, "is_disqualified")},
        "rules": rules,
        "signals": signals_of(connection, score),
        "levers": levers_of(connection, score),
        "likelihoods": likelihoods_of(connection, score) if score["is_own_scorecard"] else [],
    }


def _print_attributes(connection: Queries, console: Console, score: Row) -> None:
    version = rows(
        connection,
        "select given.*, derived.* exclude (lead_key, holds_since), colleagues.active_colleagues,"
        " leads.is_version_younger"
        " from int_lead_scoring__leads_at_moments as leads"
        " join stg_lead_scoring__leads as given using (lead_key, holds_since)"
        " join int_lead_scoring__lead_versions as derived using (lead_key, holds_since)"
        " left join int_lead_scoring__active_colleagues as colleagues using (moment_key)"
        " where leads.moment_key = ? and given.fate = 'used'",
        [score["moment_key"]],
    )[0]
    attributes = rows(
        connection,
        "select distinct conditions.attribute, lower(trim(attributes.known)) as known"
        " from int_lead_scoring__rule_conditions as conditions"
        " left join int_lead_scoring__scorecard_rules as scorecard_rules"
        " on conditions.rule_key = scorecard_rules.rule_key and scorecard_rules.scorecard = $name"
        " left join lead_scoring__attributes as attributes"
        " on lower(trim(attributes.attribute)) = conditions.attribute"
        " and lower(trim(attributes.of)) = 'lead'"
        " where conditions.subject = 'lead'"
        " and (scorecard_rules.rule_key is not null or conditions.audience_of = $name)"
        " order by conditions.attribute",
        {"name": score["scorecard"]},
    )
    of_merged_leads = {
        row["attribute"]: row["value"]
        for row in rows(
            connection,
            "select attribute, value from int_lead_scoring__merged_attributes where moment_key = ?",
            [score["moment_key"]],
        )
    }
    grid = table(["attribute", "value", "known"])
    for attribute in attributes:
        value, known = version.get(attribute["attribute"]), attribute["known"]
        if version["is_version_younger"] and known != "at_creation":
            value, known = None, f"{known}: not yet"
        if attribute["attribute"] in of_merged_leads:
            value, known = of_merged_leads[attribute["attribute"]], "of a lead merged into it"
        grid.add_row(shown(attribute["attribute"]), shown(value), shown(known))
    console.print(heading("Attributes that its rules name (- is missing)"), grid, "", sep="\n")


def _print_fit_rules(console: Console, rules: list[Row]) -> None:
    grid = table(["signal", "rule", "condition", "points", ""], numbers=["points"])
    for rule in rules:
        verdict = rule["verdict"] + ("; disqualifies" if rule["disqualifies"] else "")
        grid.add_row(
            *(shown(rule[name]) for name in ("signal", "rule_id", "words", "points_given")),
            shown(verdict),
        )
    console.print(heading("Fit rules that match"), grid if rules else "none", "", sep="\n")


def _print_engagement_rules(
    connection: Queries, console: Console, score: Row, rules: list[Row]
) -> None:
    days = days_of_rules(connection, score)
    days_of_rule = {
        key: list(group) for key, group in itertools.groupby(days, key=lambda day: day["rule_key"])
    }
    console.print(heading("Engagement rules that match"))
    for rule in rules:
        console.print(f"{rule['rule_id']}, of signal {rule['signal']}: {_bounds(rule)}")
        numbers = ["age", "decays by", "events", "counted", "factor", "points"]
        grid = table(["  day", *numbers], numbers=numbers)
        for day in days_of_rule.get(rule["rule_key"], []) if rule["points"] else []:
            grid.add_row(
                f"  {score['as_of_day'] - timedelta(days=day['age'])}",
                *(shown(day[name]) for name in ("age", "days_on_clock", "events")),
                *(shown(day[name]) for name in ("counted_events", "factor", "points")),
            )
        if grid.row_count:
            console.print(grid)
        ahead = (
            f"  If nothing happens: {shown(rule['points_in_7_days'])} in 7 days,"
            f" {shown(rule['points_in_30_days'])} in 30\n"
        )
        console.print(f"  sum {shown(rule['points_given'])}: {rule['verdict']}\n{ahead}")
    if not rules:
        console.print("none\n")


# What a rule counts as one event, by its column per.
_EACH = {"day": "day with one or more events", "session": "session", "target": "page or asset"}


def _bounds(rule: Row) -> str:
    one = _EACH.get(rule["per"], "event")
    events = "for the latest event" if rule["award"] == "once" else f"for each {one}"
    bounds = [f"{shown(rule['points'])} {events}"]
    if rule["max_per_day"] is not None and rule["award"] != "once":
        bounds.append(f"no more than {rule['max_per_day']} a day")
    if rule["min_count"] > 1:
        many = {"day": "days", "session": "sessions", "target": "pages or assets"}
        bounds.append(f"from {rule['min_count']} {many.get(rule['per'], 'events')} on")
    if rule["within_days"] is not None:
        bounds.append(f"within {rule['within_days']} days")
    return ", ".join([*bounds, f"decay {rule['decay']}"])


def _print_inactivity(connection: Queries, console: Console, score: Row, rules: list[Row]) -> None:
    activity = rows(
        connection,
        "select * from int_lead_scoring__activity where moment_key = ?",
        [score["moment_key"]],
    )[0]
    last = activity["last_activity_at"]
    since = f"its last activity on {shown(last)}" if last else "it was created, without activity"
    console.print(heading("Inactivity"), f"days since {since}: {activity['gap']}", sep="\n")
    for rule in rules:
        times = "once" if rule["every_days"] is None else f"again every {rule['every_days']} days"
        most = "" if rule["max_times"] is None else f", at most {rule['max_times']} times"
        console.print(
            f"{rule['rule_id']}: {shown(rule['points'])} after {rule['after_days']} days, {times}"
            f"{most}: {shown(rule['points_given'])}"
        )
    console.print()


def _print_signals(connection: Queries, console: Console, score: Row) -> None:
    signals = signals_of(connection, score)
    numbers = ["least", "most", "rules", "limit", "counts"]
    for dimension in ("fit", "engagement"):
        grid = table(["signal", "matching", *numbers], numbers=numbers)
        for signal in (signal for signal in signals if signal["dimension"] == dimension):
            grid.add_row(
                *(shown(signal[name]) for name in ("signal", "matching", "min_points")),
                *(shown(signal[name]) for name in ("max_points", "rule_points", "limit_points")),
                shown(signal["points"]),
            )
        title = heading(f"{dimension.capitalize()} signals")
        console.print(title, grid if grid.row_count else "none", "", sep="\n")


def _print_scores(console: Console, score: Row) -> None:
    console.print(heading("Scores, held between 0 and 100"))
    for dimension in ("fit", "engagement"):
        console.print(
            f"{dimension} = 100 x {shown(score[f'{dimension}_points'])}"
            f" / {shown(score[f'{dimension}_points_for_100'])}"
            f" = {shown(score[f'{dimension}_unrounded'])}: {score[f'{dimension}_score']}"
        )
    weight: Decimal = score["fit_weight"]
    total = weight * score["fit_unrounded"] + (1 - weight) * score["engagement_unrounded"]
    console.print(
        f"total = {shown(weight)} x {shown(score['fit_unrounded'])}"
        f" + {shown(1 - weight)} x {shown(score['engagement_unrounded'])}"
        f" = {shown(total)}: {score['total_score']}\n"
    )


def _print_labels(connection: Queries, console: Console, score: Row) -> None:
    # A row of the scorecard's own takes the place of the row for every scorecard.
    thresholds = rows(
        connection,
        """
        select
            lower(trim(ladder)) as ladder,
            trim(label) as label,
            min_total,
            min_fit,
            min_engagement
        from lead_scoring__thresholds
        where lower(trim(scorecard)) in (?, '*')
        qualify row_number() over (
            partition by lower(trim(ladder)), lower(trim(label))
            order by lower(trim(scorecard)) = '*'
        ) = 1
        order by rank desc
        """,
        [score["scorecard"]],
    )
    grid = table(["ladder", "label", "asks", "is met", "held"])
    for ladder in LADDERS:
        for row in (row for row in thresholds if row["ladder"] == ladder):
            minimums = [
                (name, row[f"min_{name}"])
                for name in ("total", "fit", "engagement")
                if row[f"min_{name}"] is not None
            ]
            grid.add_row(
                shown(ladder),
                shown(row["label"]),
                shown(_asked(minimums)),
                shown(all(score[f"{name}_score"] >= least for name, least in minimums)),
                shown("held" if score[ladder] == row["label"] else ""),
            )
    console.print(heading("Labels, from the rounded scores"), grid, sep="\n")
    if score["is_disqualified"]:
        console.print("A rule disqualifies the lead: its stage is disqualified.")


def _print_levers(connection: Queries, console: Console, score: Row) -> None:
    levers = levers_of(connection, score)
    grid = table(["lever", "points"], numbers=["points"])
    for lever in levers:
        grid.add_row(shown(lever["words"]), shown(lever["points_gained"]))
    title = heading("What would change it, one of them alone")
    console.print("", title, grid if levers else "nothing that can be prompted", sep="\n")


def _asked(minimums: Iterable[tuple[str, Decimal]]) -> str:
    return ", ".join(f"{name} {shown(least)}" for name, least in minimums) or "nothing"
