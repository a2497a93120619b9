"""What an operator means for a value of a type (contract 3, decision 0001.3 to 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from oracle.amounts import input_number, input_whole, number, whole
from oracle.text import flag, fold, has_words
from oracle.times import PLAIN, Clock, calendar_day

Typed = str | Decimal | bool | date

TEXT_OPERATORS = frozenset(
    ("equals", "not_equals", "in", "not_in", "contains", "starts_with", "ends_with", "has_word",
     "in_list", "not_in_list")
)  # fmt: skip
NUMBER_OPERATORS = frozenset(
    ("equals", "not_equals", "in", "not_in", "gte", "lte", "between", "in_list", "not_in_list")
)
OPERATORS: Mapping[str, frozenset[str]] = {
    "text": TEXT_OPERATORS,
    "list": TEXT_OPERATORS,
    "number": NUMBER_OPERATORS,
    "whole": NUMBER_OPERATORS,
    "flag": frozenset(("equals", "not_equals")),
    "date": frozenset(
        ("equals", "not_equals", "in", "not_in", "gte", "lte", "between", "within_last_days",
         "within_next_days")
    ),
}  # fmt: skip
POSITIVE_OF = {"not_equals": "equals", "not_in": "in", "not_in_list": "in_list"}


@dataclass(frozen=True)
class Attribute:
    """An attribute that a rule may name.

    known is at_creation, later or after_contact; on_merge is fill, any or '' (the survivor's own).
    """

    attribute: str
    of: str
    type: str
    known: str
    on_merge: str = ""
    can_be_prompted: bool = False


@dataclass(frozen=True)
class Condition:
    """Attribute, operator and value of a rule row; the value is trimmed, in lower case."""

    attribute: str
    operator: str
    value: str | None


@dataclass(frozen=True)
class Surroundings:
    """What conditions look at besides the value: the day of `as_of`, the reporting zone, the
    lists, and the clock by which inputs write times."""

    today: date
    zone: ZoneInfo
    lists: Mapping[str, frozenset[str]]
    clock: Clock = PLAIN


def read_rule(kind: str, text: str | None, zone: ZoneInfo) -> Typed | None:
    """A rule's text as a value of the type, in the plain forms; None where it is none."""
    if kind == "number":
        return number(text)
    if kind == "whole":
        return whole(text)
    if kind == "flag":
        return flag(text)
    if kind == "date":
        return calendar_day(text, zone)
    return fold(text)


def read_input(kind: str, text: str | None, zone: ZoneInfo, clock: Clock) -> Typed | None:
    """An input's text as a value of the type; None where missing or not of the type."""
    if kind == "number":
        return input_number(text)
    if kind == "whole":
        return input_whole(text)
    if kind == "date":
        return calendar_day(text, zone, clock)
    return read_rule(kind, text, zone)


def entries_of(kind: str, text: str | None, zone: ZoneInfo, clock: Clock = PLAIN) -> list[Typed]:
    """An input's value as a list of one, a `list` value's entries, or nothing where missing."""
    if kind == "list":
        parts = (text or "").split(";")
        return [entry for part in parts if (entry := fold(part)) is not None]
    value = read_input(kind, text, zone, clock)
    return [] if value is None else [value]


def compare(operator: str, entry: Typed, kind: str, value: str, surroundings: Surroundings) -> bool:
    """Whether one entry satisfies a positive operator."""
    element = "text" if kind == "list" else kind

    def read(text: str | None) -> Typed | None:
        return read_rule(element, text, surroundings.zone)

    if operator == "equals":
        return entry == read(value)
    if operator == "in":
        return entry in [read(part) for part in value.split("|")]
    if operator == "in_list":
        return entry in [read(part) for part in surroundings.lists.get(value, frozenset())]
    if isinstance(entry, str):
        return {
            "contains": value in entry,
            "starts_with": entry.startswith(value),
            "ends_with": entry.endswith(value),
            "has_word": has_words(entry, value),
        }[operator]
    if operator == "between":
        low, _, high = value.partition("..")
        return at_most(read(low), entry) and at_most(entry, read(high))
    if operator == "gte":
        return at_most(read(value), entry)
    if operator == "lte":
        return at_most(entry, read(value))
    assert isinstance(entry, date)
    age = (surroundings.today - entry).days
    days = number(value)
    assert days is not None
    return 0 <= (age if operator == "within_last_days" else -age) < days


def at_most(one: Typed | None, other: Typed | None) -> bool:
    """one <= other, for two numbers or two dates."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one <= other
    return isinstance(one, date) and isinstance(other, date) and one <= other


def holds(condition: Condition, kind: str, text: str | None, surroundings: Surroundings) -> bool:
    """Whether a text, read as a value of the type, satisfies the condition.

    A missing value satisfies `is_empty` alone. Of a list: "a positive operator if one of its
    entries does, a negative one if it has entries and none does".
    """
    entries = entries_of(kind, text, surroundings.zone, surroundings.clock)
    operator, value = condition.operator, condition.value
    if operator in ("is_empty", "is_not_empty"):
        return bool(entries) == (operator == "is_not_empty")
    if not entries or value is None or operator not in OPERATORS[kind]:
        return False
    positive = POSITIVE_OF.get(operator, operator)
    found = any(compare(positive, entry, kind, value, surroundings) for entry in entries)
    return found if positive == operator else not found


def all_hold(
    conditions: Sequence[Condition],
    kinds: Mapping[str, str],
    texts: Mapping[str, str | None],
    surroundings: Surroundings,
) -> bool:
    """Whether every condition holds for the texts by attribute name."""
    return all(
        holds(one, kinds[one.attribute], texts.get(one.attribute), surroundings)
        for one in conditions
    )
