"""What a single cell of each column may hold: blank or not, which words, which numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from lead_scoring.rules.checks.findings import Finding
from lead_scoring.rules.checks.numbers import mend_of_flag, mend_of_number
from lead_scoring.rules.checks.schema import schemas
from lead_scoring.rules.checks.tables import Row, Table
from lead_scoring.rules.checks.text import flag_of, number_of, plain_number

# Beyond them a sum of points no longer fits the decimals that scores are made of.
MOST_POINTS = Decimal(1_000_000)
MOST_WHOLE = Decimal(999_999_999)
# Numbers are loaded with so many decimals; further ones would be rounded.
MOST_DECIMALS = 10
DECIMALS_IN_WORDS = {2: "two", 4: "four", 6: "six", 9: "nine"}

FAMILIES = (
    "demographic", "firmographic", "technographic", "email", "content", "intent", "social",
    "product", "spam",
)  # fmt: skip
SENIORITIES = (
    "c_level", "vp", "director", "manager", "individual", "junior", "student", "intern",
)  # fmt: skip
METHODS = ("none", "window", "linear", "step_linear", "step_compound", "half_life")
SOURCES = ("hubspot", "salesforce", "marketo", "segment", "snowplow", "ga4", "other", "*")
OUTCOMES = (
    "contacted", "accepted", "rejected", "qualified", "opportunity", "won", "lost", "disqualified",
    "reopened",
)  # fmt: skip
LADDERS = ("stage", "temperature", "fit_grade", "engagement_grade")
MEASURES = (
    "attribute",
    "events",
    "days",
    "targets",
    "sessions",
    "recency",
    "trend",
    "age",
    "total",
)

# The words that a column may hold, by table and column.
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("attributes", "of"): ("lead", "event"),
    ("attributes", "type"): ("text", "number", "whole", "flag", "date", "list"),
    ("attributes", "known"): ("at_creation", "later", "after_contact"),
    ("attributes", "on_merge"): ("fill", "any"),
    ("scorecards", "status"): ("live", "challenger", "off"),
    ("predictions", "status"): ("live", "challenger", "off"),
    ("predictions", "foretells"): ("won", "active"),
    ("predictions", "moments"): ("creation", "weekly"),
    ("prediction_features", "measure"): MEASURES,
    ("signals", "dimension"): ("fit", "engagement"),
    ("signals", "family"): FAMILIES,
    ("signals", "matching"): ("first", "sum"),
    ("engagement_rules", "award"): ("each", "once"),
    ("engagement_rules", "per"): ("day", "session", "target"),
    ("rule_conditions", "of"): ("lead", "event", "history"),
    ("decay_curves", "method"): METHODS,
    ("decay_curves", "clock"): ("event", "activity"),
    ("thresholds", "ladder"): LADDERS,
    ("title_keywords", "seniority"): SENIORITIES,
    ("event_names", "source"): SOURCES,
    ("event_names", "attribute"): ("event_name", "url", "asset", "channel"),
    ("event_names", "operator"): (
        "equals",
        "in",
        "contains",
        "starts_with",
        "ends_with",
        "has_word",
        "is_empty",
        "is_not_empty",
    ),
    ("outcome_stages", "source"): SOURCES,
    ("outcome_stages", "kind"): (
        "deal_stage",
        "deal_state",
        "unflagged_stage",
        "lifecycle_stage",
        "lead_status",
        "lead_state",
    ),
    ("outcome_stages", "outcome"): OUTCOMES,
}

# Words that people write in place of those, and what to write; '' says to leave the cell blank.
OTHER_WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("attributes", "type"): {"integer": "whole", "int": "whole", "boolean": "flag", "bool": "flag"},
    ("attributes", "on_merge"): {"survivor": "", "none": "", "own": "", "true": "any", "or": "any"},
    ("engagement_rules", "per"): {
        "visit": "session", "session_id": "session", "page": "target", "url": "target",
        "asset": "target", "event": "", "each": "", "none": "",
    },
}  # fmt: skip

# Columns that may not be blank. Blanks that depend on other cells are looked at in relations.
FILLED: dict[str, tuple[str, ...]] = {
    "attributes": ("attribute", "of", "type", "known"),
    "event_types": ("event_type",),
    "scorecards": (
        "scorecard", "segment", "status", "fit_points_for_100", "engagement_points_for_100",
        "fit_weight",
    ),
    "audiences": ("scorecard", "attribute", "operator"),
    "signals": ("signal", "dimension", "family", "matching"),
    "fit_rules": ("rule_id", "scorecard", "signal"),
    "engagement_rules": ("rule_id", "scorecard", "signal", "event_type"),
    "rule_conditions": ("rule_id", "scorecard", "of", "operator"),
    "decay_curves": ("decay", "method"),
    "inactivity_rules": ("rule_id", "scorecard", "after_days"),
    "thresholds": ("scorecard", "ladder", "label", "rank"),
    "routing_rules": ("rule_id", "scorecard", "stage", "queue"),
    "buying_roles": ("role", "scorecard"),
    "lists": ("list", "entry"),
    "title_keywords": ("keyword",),
    "event_names": ("source", "event_name"),
    "outcome_stages": ("source", "kind", "stage"),
    "predictions": (
        "prediction", "scorecard", "status", "foretells", "horizon_days", "moments", "days",
    ),
    "prediction_features": ("prediction", "feature", "measure"),
    "prediction_bins": ("prediction", "feature", "priority", "operator", "log_odds", "leads"),
    "prediction_calibration": (
        "prediction", "band", "log_odds_from", "log_odds_until", "probability_from",
        "probability_until", "leads", "won",
    ),
    "prediction_approvals": (
        "prediction", "fingerprint", "approved_by", "approved_at", "purpose",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """Which numbers a column may hold."""

    least: Decimal = -MOST_POINTS
    most: Decimal = MOST_POINTS
    decimals: int = 2
    is_above_least: bool = False  # the least number itself is not allowed
    is_share: bool = False  # 60 % is written 0.6

    def words(self) -> str:
        """Returns the limits in words: `a whole number of at least 1`."""
        if self.decimals == 0:
            return f"a whole number of at least {self.least}"
        words = DECIMALS_IN_WORDS.get(self.decimals)
        decimals = f" with at most {words} decimals" if words else ""
        if self.is_above_least:
            return f"a number above {self.least}{decimals}"
        if self.least == -MOST_POINTS:
            side = " of 0 or less" if self.most == 0 else ""
            return f"a number{side}{decimals}"
        if self.most == MOST_POINTS:
            return f"a number of {self.least} or more{decimals}"
        return f"a number from {self.least} to {self.most}{decimals}"


ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
POINTS = Limits()
COUNT_FROM_0 = Limits(ZERO, MOST_WHOLE, 0)
COUNT_FROM_1 = Limits(ONE, MOST_WHOLE, 0)
WEIGHT = Limits(ZERO, HUNDRED)
PERCENT = Limits(ZERO, HUNDRED, MOST_DECIMALS)
LOG_ODDS = Limits(-HUNDRED, HUNDRED, 6)
SHARE = Limits(ZERO, ONE, 6)
PROBABILITY = Limits(ZERO, ONE, 9, is_share=True)
POINTS_FOR_100 = Limits(ZERO, decimals=2, is_above_least=True)
# By column, or by table and column where a table differs.
LIMITS: dict[str | tuple[str, str], Limits] = {
    "points": POINTS,
    ("inactivity_rules", "points"): Limits(most=ZERO),
    "min_points": Limits(most=ZERO),
    "max_points": Limits(ZERO),
    "fit_points_for_100": POINTS_FOR_100,
    "engagement_points_for_100": POINTS_FOR_100,
    "fit_weight": Limits(ZERO, ONE, MOST_DECIMALS, is_share=True),
    "priority": COUNT_FROM_0,
    "rank": COUNT_FROM_0,
    "max_per_day": COUNT_FROM_1,
    "min_count": COUNT_FROM_1,
    "within_days": COUNT_FROM_1,
    "after_days": COUNT_FROM_0,
    "every_days": COUNT_FROM_1,
    "max_times": COUNT_FROM_1,
    "days": COUNT_FROM_1,
    "percent": PERCENT,
    "grace_days": COUNT_FROM_0,
    "floor_percent": PERCENT,
    "expire_days": COUNT_FROM_0,
    # Scores run from 0 to 100: no lead could meet a higher minimum.
    "min_total": PERCENT,
    "min_fit": PERCENT,
    "min_engagement": PERCENT,
    "exit_margin": PERCENT,
    "respond_within_minutes": COUNT_FROM_0,
    "members_needed": COUNT_FROM_1,
    "weight": WEIGHT,
    "horizon_days": COUNT_FROM_1,
    ("predictions", "days"): COUNT_FROM_0,
    **dict.fromkeys(("leads_with", "leads_without", "leads", "won"), COUNT_FROM_0),
    **dict.fromkeys(("leaking", "slices_off"), COUNT_FROM_0),
    **dict.fromkeys(("intercept", "log_odds", "log_odds_from", "log_odds_until"), LOG_ODDS),
    **dict.fromkeys(("auc", "auc_low", "auc_high", "scorecard_auc"), SHARE),
    **dict.fromkeys(("probability_from", "probability_until"), PROBABILITY),
    "calibration_error": SHARE,
    "calibration_slope": Limits(decimals=6),
    "mean_amount": Limits(ZERO, Decimal(10**12), 4),
    "band": COUNT_FROM_1,
    "median_days": Limits(ZERO, MOST_WHOLE, 1),
}


def check_cells(table: Table) -> Iterator[Finding]:
    """Yields the cells that no row of the table may hold, whatever the other cells say."""
    schema = table.schema
    for row in table.rows:
        for column in schema.columns:
            if column not in row.cells:
                continue
            text = row.text(column)
            if not text:
                if column in FILLED[schema.name]:
                    yield row.finding(column, "is blank", _fill(schema.name, column))
            elif text.lower() == "null" and column != "note" and not schema.is_copied:
                yield row.finding(
                    column,
                    "would be read as a blank cell by dbt",
                    "Leave the cell blank; to compare with that very word use the operator in "
                    "and the value null|null.",
                )
            elif schema.kinds[column] == "number":
                yield from _check_number(row, column, text)
            elif schema.kinds[column] == "flag":
                if flag_of(text) is None:
                    yield row.finding(column, "is neither true nor false", mend_of_flag(text))
            else:
                yield from _check_text(row, column, text)


def _fill(table: str, column: str) -> str:
    words = WORDS.get((table, column))
    if words:
        return f"Fill it in: {_listed(words)}."
    if schemas()[table].kinds[column] == "number":
        return f"Fill it in: {LIMITS[column].words()}."
    return "Fill it in, or remove the row."


def _check_text(row: Row, column: str, text: str) -> Iterator[Finding]:
    words = WORDS.get((row.table, column))
    if words and row.name(column) not in words:
        meant = OTHER_WORDS.get((row.table, column), {}).get(row.name(column))
        likely = [meant] if meant else get_close_matches(row.name(column), words, 1)
        mend = f"Write {likely[0]}." if likely else f"Write {_listed(words)}."
        if meant == "":
            mend = "Leave the cell blank."
        elif column not in FILLED[row.table] and not likely:
            mend = f"{mend.removesuffix('.')}, or leave the cell blank."
        yield row.finding(column, f"is none of {', '.join(words)}", mend)
    elif column == "rule_id" and ":" in text:
        yield row.finding(
            column, "holds a colon, which marks limits in reasons", "Write it without the colon."
        )
    elif text == "*" and (row.table, column) in (
        ("scorecards", "scorecard"),
        ("audiences", "scorecard"),
    ):
        yield row.finding(column, "must be a name here, not *", "Name one scorecard.")
    elif column in ("list", "entry", "keyword") and text.startswith(("=", "@", "\t")):
        yield row.finding(
            column, "would run as a formula in a spreadsheet", "Write the text itself."
        )


def _check_number(row: Row, column: str, text: str) -> Iterator[Finding]:
    limits = LIMITS.get((row.table, column)) or LIMITS[column]
    number = number_of(text)
    if number is None:
        if limits.is_share and (percent := re.fullmatch(r"(\d+(\.\d+)?)\s*%", text)):
            mend = f"Write {plain_number(Decimal(percent[1]) / 100)}."
        else:
            mend = mend_of_number(text)
        yield row.finding(column, "is no number", mend)
    elif limits.decimals <= 2 and re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.][0-9]{3}", text):
        yield row.finding(
            column,
            "may mean thousands or decimals",
            f"Write {text.replace('.', '')} or {plain_number(number)}.",
        )
    elif not _holds(limits, number):
        is_fine_rounded = limits.decimals and _holds(limits, round(number, limits.decimals))
        problem = (
            f"has more than {limits.decimals} decimals"
            if is_fine_rounded
            else f"must be {limits.words()}"
        )
        yield row.finding(column, problem, _mend_of_range(limits, number))


def _holds(limits: Limits, number: Decimal) -> bool:
    is_low = number <= limits.least if limits.is_above_least else number < limits.least
    decimals = plain_number(number).partition(".")[2]
    return not is_low and number <= limits.most and len(decimals) <= limits.decimals


def _mend_of_range(limits: Limits, number: Decimal) -> str:
    if limits.is_share and 1 < number <= 100:
        return f"Write {plain_number(number / 100)}."
    if limits.most == 0 and number > 0:
        return f"Write -{plain_number(number)}, or 0."
    if number > limits.most:
        return f"Write {limits.words()}, at most {plain_number(limits.most)}."
    rounded = round(number, limits.decimals)
    if rounded != number and _holds(limits, rounded):
        return f"Round it, for instance to {plain_number(rounded)}."
    return f"Write {limits.words()}."


def _listed(words: tuple[str, ...]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
