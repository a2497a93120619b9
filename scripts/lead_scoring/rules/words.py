"""Says rules in words: the same words as the SQL gives to reasons (a test compares them)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lead_scoring.rules.checks.conditions import OF_ANY_TYPE
from lead_scoring.rules.checks.conditions import OPERATORS as OPERATORS_OF_TYPES
from lead_scoring.rules.checks.text import event_types_of
from lead_scoring.rules.rule_set import Cells, RuleSet, whole

TYPES = ("text", "list", "number", "whole", "flag", "date")
RULE_TABLES = {
    "fit_rules": "fit",
    "engagement_rules": "engagement",
    "inactivity_rules": "inactivity",
}


class Operator(NamedTuple):
    """What an operator asks of an attribute.

    words: with {value} where the value stands. holds: when it holds, as a sentence's end.
    """

    words: str
    holds: str


# Every operator of the contract.
OPERATORS: Mapping[str, Operator] = {
    "equals": Operator("is {value}", "is the value"),
    "not_equals": Operator("is not {value}", "is known and not the value"),
    "in": Operator("is one of {value}", "is one of the values, which stand separated by `|`"),
    "not_in": Operator("is none of {value}", "is known and none of the values"),
    "contains": Operator("contains {value}", "contains the value, even inside a word"),
    "starts_with": Operator("starts with {value}", "starts with the value"),
    "ends_with": Operator("ends with {value}", "ends with the value"),
    "has_word": Operator(
        "has the word {value}", "contains the value as a whole word, or as whole words in a row"
    ),
    "gte": Operator("at least {value}", "is the value or more, or later"),
    "lte": Operator("at most {value}", "is the value or less, or earlier"),
    "between": Operator("between {value}", "is in the range `low..high`, both ends in"),
    "within_last_days": Operator(
        "in the last {value} days", "is one of so many last days, today in"
    ),
    "within_next_days": Operator(
        "in the next {value} days", "is one of so many next days, today in"
    ),
    "is_empty": Operator("is missing", "is missing; no value is given"),
    "is_not_empty": Operator("is known", "is known; no value is given"),
    "in_list": Operator("is in the list {value}", "is an entry of the named list"),
    "not_in_list": Operator(
        "is not in the list {value}", "is known and no entry of the named list"
    ),
}


class Condition(NamedTuple):
    """One condition of a rule or an audience, ordered as the SQL orders those of a rule."""

    of: str
    event_type: str
    within_days: str
    attribute: str
    operator: str
    value: str


def fits(operator: str, type_: str) -> bool:
    """Returns whether an operator fits attributes of a type (decision 1, item 5)."""
    return operator in OF_ANY_TYPE or operator in OPERATORS_OF_TYPES[type_]


def operator_words(operator: str, value: str, *, of: str = "lead") -> str:
    """Returns an operator and its value as words: 'is one of vp, director'."""
    if operator == "equals" and of == "history":
        return f"exactly {value}"
    if operator in ("in", "not_in"):
        value = value.replace("|", ", ")
    if operator == "between":
        value = value.replace("..", " and ")
    known = OPERATORS.get(operator, OPERATORS["is_not_empty"])
    return known.words.replace("{value}", value)


def condition_words(rule_set: RuleSet, condition: Condition) -> str:
    """Returns a condition as words: 'Seniority is one of vp, director'."""
    words = operator_words(condition.operator, condition.value, of=condition.of)
    if condition.of == "history":
        days = f" in the last {condition.within_days} days" if condition.within_days else ""
        return f"{event_words(rule_set, condition.event_type)} {words} times{days}"
    return f"{attribute_words(rule_set, condition.of, condition.attribute)} {words}"


def event_words(rule_set: RuleSet, event_types: str) -> str:
    """Returns the descriptions of event types, separated by |, or the names of those without."""
    known = rule_set.names("event_types", "event_type")
    return " or ".join(
        known.get(name, {}).get("description") or name
        for name in sorted(event_types_of(event_types))
    )


def attribute_words(rule_set: RuleSet, of: str, attribute: str) -> str:
    """Returns the description of an attribute, or its name where it has none."""
    for row in rule_set.tables["attributes"]:
        if (row["of"], row["attribute"]) == (of, attribute):
            return row["description"] or attribute
    return attribute


def conditions_of(rule_set: RuleSet, kind: str, rule: Mapping[str, str]) -> list[Condition]:
    """Returns the conditions of a rule row, its own and its further ones, as they stand in words.

    kind: fit, engagement or inactivity.
    """
    found = set()
    if rule.get("attribute"):
        of = "lead" if kind == "fit" else "event"
        found.add(Condition(of, "", "", rule["attribute"], rule["operator"], rule["value"]))
    found.update(
        Condition(
            row["of"],
            row["event_type"],
            days_of(row, "within_days"),
            row["attribute"],
            row["operator"],
            row["value"],
        )
        for row in rule_set.tables["rule_conditions"]
        if (row["rule_id"], row["scorecard"]) == (rule["rule_id"], rule["scorecard"])
    )
    return sorted(found, key=_order)


def rule_words(rule_set: RuleSet, kind: str, rule: Mapping[str, str]) -> str:
    """Returns what a rule row looks at, as words; points and limits are not in them."""
    words = joined(condition_words(rule_set, each) for each in conditions_of(rule_set, kind, rule))
    if kind == "fit":
        return words or rule["rule_id"]
    if kind == "engagement":
        event = event_words(rule_set, rule["event_type"])
    else:
        event = f"No activity for {days_of(rule, 'after_days')} days"
    return f"{event}: {words}" if words else event


def audience_words(rule_set: RuleSet, scorecard: str) -> list[str]:
    """Returns the conditions on who a scorecard is for, each as words; none: everyone."""
    return [
        condition_words(
            rule_set, Condition("lead", "", "", row["attribute"], row["operator"], row["value"])
        )
        for row in rule_set.tables["audiences"]
        if row["scorecard"] == scorecard
    ]


def all_rules(rule_set: RuleSet) -> list[tuple[str, Cells]]:
    """Returns every rule row, off or not, with its kind."""
    return [(kind, row) for table, kind in RULE_TABLES.items() for row in rule_set.tables[table]]


def days_of(row: Mapping[str, str], column: str) -> str:
    """Returns whole days as text, '' where the cell is blank."""
    days = whole(row, column)
    return "" if days is None else str(days)


def joined(words: Iterable[str]) -> str:
    """Returns several conditions as one text; all must hold."""
    return ", ".join(words)


def _order(condition: Condition) -> tuple[tuple[bool, int | str], ...]:
    """As SQL sorts: nulls last, numbers as numbers, a blank value as text."""
    days = condition.within_days
    return (
        (False, condition.of),
        (not condition.event_type, condition.event_type),
        (not days, int(days) if days else 0),
        (not condition.attribute, condition.attribute),
        (not condition.operator, condition.operator),
        (False, condition.value),
    )
