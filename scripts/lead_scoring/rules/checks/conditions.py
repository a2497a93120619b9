"""Conditions: attribute, operator and value must fit each other, and be able to match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.references import did_you_mean
from lead_scoring.rules.checks.tables import Row, RuleTables
from lead_scoring.rules.checks.text import normalised
from lead_scoring.rules.checks.values import Operand, check_value

TEXT_OPERATORS = (
    "equals", "not_equals", "in", "not_in", "contains", "starts_with", "ends_with", "has_word",
    "in_list", "not_in_list",
)  # fmt: skip
NUMBER_OPERATORS = (
    "equals", "not_equals", "in", "not_in", "gte", "lte", "between", "in_list", "not_in_list",
)  # fmt: skip
OPERATORS = {
    "text": TEXT_OPERATORS,
    "list": TEXT_OPERATORS,
    "number": NUMBER_OPERATORS,
    "whole": NUMBER_OPERATORS,
    "flag": ("equals", "not_equals"),
    "date": (
        "equals", "not_equals", "in", "not_in", "gte", "lte", "between", "within_last_days",
        "within_next_days",
    ),
    # What a condition of history compares: a number of events.
    "count": ("equals", "gte", "lte"),
}  # fmt: skip
OF_ANY_TYPE = ("is_empty", "is_not_empty")
EVERY_OPERATOR = tuple(
    dict.fromkeys((*OPERATORS["text"], *OPERATORS["number"], *OPERATORS["date"], *OF_ANY_TYPE))
)
# How people write operators elsewhere.
OTHER_SPELLINGS = {
    "=": "equals", "==": "equals", "eq": "equals", "is": "equals", "equal": "equals",
    "!=": "not_equals", "<>": "not_equals", "ne": "not_equals", "is not": "not_equals",
    ">=": "gte", "\u2265": "gte", "at least": "gte", ">": "gte", "gt": "gte",
    "<=": "lte", "\u2264": "lte", "at most": "lte", "<": "lte", "lt": "lte",
    "one of": "in", "is in": "in", "not in": "not_in", "like": "contains", "includes": "contains",
    "begins with": "starts_with", "is null": "is_empty", "is not null": "is_not_empty",
    "empty": "is_empty", "range": "between",
}  # fmt: skip
# What the rows of these tables are about.
SUBJECTS = {
    "audiences": "lead",
    "fit_rules": "lead",
    "engagement_rules": "event",
    "routing_rules": "lead",
    "buying_roles": "lead",
}
# The types of the attributes that the project derives itself.
DERIVED_TYPES = {
    "email_domain": "text", "email_type": "text", "seniority": "text", "department": "text",
    "company_size": "text", "is_competitor": "flag", "profile_completeness": "number",
    "name_has_odd_capitals": "flag", "name_has_keyboard_run": "flag", "name_has_digits": "flag",
    "email_looks_random": "flag", "active_colleagues": "number", "likelihood": "number",
}  # fmt: skip


# What predictions foretell; whoever is handed over may be sent where it says.
LIKELIHOOD = "likelihood"


@dataclass(frozen=True)
class Condition:
    """One condition with the row it stands in. `of` is lead, event or history."""

    row: Row
    of: str
    attribute: str
    operator: str


def conditions(tables: RuleTables) -> Iterator[Condition]:
    """Yields every condition of the rule tables that names an attribute or counts history."""
    for table in (*SUBJECTS, "rule_conditions"):
        for row in tables.rows(table):
            of = SUBJECTS.get(table) or row.name("of")
            if row.name("attribute") or of == "history":
                yield Condition(row, of, row.name("attribute"), row.name("operator"))


def types_of(tables: RuleTables) -> dict[tuple[str, str], str]:
    """Returns the type of each attribute by lead or event and its name."""
    return {
        (row.name("of"), row.name("attribute")): row.name("type")
        for row in tables.rows("attributes")
    }


def entries_of(tables: RuleTables) -> dict[str, set[str]]:
    """Returns the entries of each list, both as names are compared."""
    entries: dict[str, set[str]] = {}
    for row in tables.rows("lists"):
        entries.setdefault(row.name("list"), set()).add(row.name("entry"))
    return entries


def check_conditions(tables: RuleTables) -> Iterator[Finding]:
    """Yields the cells of conditions that do not fit each other."""
    yield from _check_attributes(tables)
    for table in (*SUBJECTS, "rule_conditions"):
        for row in tables.rows(table):
            yield from _check_blanks(row)
    types = types_of(tables)
    for condition in conditions(tables):
        yield from check_condition(tables, condition, types)
    if tables.are_whole("engagement_rules"):
        yield from _check_event_conditions(tables)


def _check_attributes(tables: RuleTables) -> Iterator[Finding]:
    for row in tables.rows("attributes"):
        on_merge = row.name("on_merge")
        if on_merge and row.name("of") == "event":
            yield row.finding(
                "on_merge", "is not looked at: events are not merged", "Leave it blank."
            )
        elif on_merge == "any" and row.name("type") != "flag":
            yield row.finding(
                "on_merge",
                f"does not fit an attribute of type {row.text('type') or 'nothing'}",
                "Write fill, or leave it blank: any is for attributes of type flag.",
            )
        wanted = DERIVED_TYPES.get(row.name("attribute")) if row.name("of") == "lead" else None
        if wanted and row.name("type") != wanted:
            yield row.finding(
                "type",
                f"does not fit: the project derives {row.text('attribute')} itself, as a {wanted}",
                f"Write {wanted}.",
            )


def _check_blanks(row: Row) -> Iterator[Finding]:
    """What must be filled, or blank, together."""
    of = row.name("of") if row.table == "rule_conditions" else SUBJECTS[row.table]
    if of == "history":
        if not row.text("event_type"):
            yield row.finding(
                "event_type", "is blank", "Name the type of the events that are counted."
            )
        if row.text("attribute"):
            yield row.finding(
                "attribute",
                "is not looked at: a condition of history counts events",
                "Leave it blank, or write lead or event in the column of.",
            )
    elif row.table == "rule_conditions":
        if not row.text("attribute"):
            yield row.finding("attribute", "is blank", "Name the attribute that is looked at.")
        for column in ("event_type", "within_days"):
            if row.text(column):
                yield row.finding(
                    column,
                    f"is not looked at: the condition is of {of or 'nothing'}",
                    "Leave it blank, or write history in the column of.",
                )
    if of != "history" and not row.text("attribute") and row.table in SUBJECTS:
        for column in ("operator", "value"):
            if row.text(column):
                yield row.finding(
                    "attribute",
                    f"is blank though the {column} is {row.text(column)}: "
                    "the condition would be ignored",
                    f"Name the attribute, or leave {column} blank too.",
                )
                break


def check_condition(
    tables: RuleTables, condition: Condition, types: Mapping[tuple[str, str], str]
) -> Iterator[Finding]:
    """Yields what does not fit in a condition. types: of (of, attribute), as `types_of`."""
    row, subject = condition.row, (condition.of, condition.attribute)
    if subject == ("lead", LIKELIHOOD) and row.table != "routing_rules":
        yield row.finding(
            "attribute",
            "is told by what these rows are read for: it would turn in circles",
            "Name another attribute: only routing_rules may look at the likelihood.",
        )
        return
    type_name = "count" if condition.of == "history" else types.get(subject, "")
    if subject not in types and condition.of in ("lead", "event"):
        if tables.are_whole("attributes"):
            yield _unknown_attribute(tables, condition, types)
        return
    if type_name not in OPERATORS:
        return  # a row that is wrong elsewhere, and said to be
    if not condition.operator:
        yield row.finding("operator", "is blank", f"Write {_fitting(type_name)}.")
    elif condition.operator not in EVERY_OPERATOR:
        close = get_close_matches(condition.operator, EVERY_OPERATOR, 1)
        likely = OTHER_SPELLINGS.get(condition.operator) or (close[0] if close else None)
        yield row.finding("operator", "is no operator", f"Write {likely or _fitting(type_name)}.")
    elif condition.operator not in (*OPERATORS[type_name], *OF_ANY_TYPE) or (
        type_name == "count" and condition.operator in OF_ANY_TYPE
    ):
        what = "a number of events" if type_name == "count" else f"an attribute of type {type_name}"
        yield row.finding("operator", f"does not fit {what}", f"Write {_fitting(type_name)}.")
    elif condition.operator not in OF_ANY_TYPE:
        operand = Operand(condition.attribute, type_name, condition.operator, row.text("value"))
        fault = check_value(tables, operand)
        if fault is not None:
            yield row.finding("value", *fault)


def _unknown_attribute(
    tables: RuleTables, condition: Condition, types: Mapping[tuple[str, str], str]
) -> Finding:
    other = "event" if condition.of == "lead" else "lead"
    if (other, condition.attribute) in types:
        problem = f"is an attribute of {other}, and this condition is about the {condition.of}"
        mend = f"Name an attribute of {condition.of}, or add it to attributes.csv for both."
    else:
        known = {
            row.name("attribute"): row.text("attribute")
            for row in tables.rows("attributes")
            if row.name("of") == condition.of
        }
        problem = f"is not in attributes for {condition.of}"
        likely = did_you_mean(normalised(condition.attribute), known)
        mend = f"Add it to attributes.csv, or correct the name{likely}"
    return condition.row.finding("attribute", problem, mend, Level.RELATION)


def _check_event_conditions(tables: RuleTables) -> Iterator[Finding]:
    """Only engagement rules look at one event."""
    engagement = {
        (row.name("rule_id"), row.name("scorecard")) for row in tables.rows("engagement_rules")
    }
    other = {
        (row.name("rule_id"), row.name("scorecard"))
        for table in ("fit_rules", "inactivity_rules")
        for row in tables.rows(table)
    }
    for row in tables.rows("rule_conditions"):
        key = (row.name("rule_id"), row.name("scorecard"))
        if row.name("of") == "event" and key in other and key not in engagement:
            yield row.finding(
                "of",
                "is for engagement rules alone: the rule looks at no event",
                "Write lead or history.",
                Level.RELATION,
            )


def _fitting(type_name: str) -> str:
    operators = (*OPERATORS[type_name], *(OF_ANY_TYPE if type_name != "count" else ()))
    return f"{', '.join(operators[:-1])} or {operators[-1]}"
