"""The value of a condition: whether it can be read as its attribute's type, and ever match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from lead_scoring.rules.checks.cells import SENIORITIES
from lead_scoring.rules.checks.numbers import mend_of_date, mend_of_flag, mend_of_number
from lead_scoring.rules.checks.references import did_you_mean
from lead_scoring.rules.checks.tables import RuleTables
from lead_scoring.rules.checks.text import (
    flag_of,
    normalised,
    number_of,
    plain_number,
    split_values,
    trimmed,
)
from lead_scoring.times import read_time

# Derived attributes that have no other values than these.
VOCABULARIES = {
    "email_type": ("business", "free", "disposable", "invalid", "missing"),
    "seniority": SENIORITIES,
    "company_size": ("micro", "small", "medium", "large", "enterprise"),
}
COUNT = re.compile(r"[0-9]{1,9}")
# 1.000: in some countries a thousand.
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.][0-9]{3}")
NUMBERS = ("number", "whole")
Fault = tuple[str, str]  # problem and mend


@dataclass(frozen=True)
class Operand:
    """What a condition compares: names normalised, the value trimmed."""

    attribute: str
    type: str  # text, number, whole, flag, date, list or count
    operator: str
    value: str


def check_value(tables: RuleTables, operand: Operand) -> Fault | None:
    """Returns what is wrong with the value, and the mend; None where it can match."""
    value, operator = operand.value, operand.operator
    if not value:
        return "is blank", f"Give the value that {operator} compares with."
    if operator in ("in_list", "not_in_list"):
        return _check_list(tables, value)
    if operand.type == "count":
        if COUNT.fullmatch(value):
            return None
        return "is no number of events", "Write a whole number of 0 or more, up to nine digits."
    if operator in ("within_last_days", "within_next_days"):
        if COUNT.fullmatch(value) and int(value):
            return None
        return "is no number of days", "Write a whole number of 1 or more, up to nine digits."
    if operator == "between":
        return _check_between(operand)
    values = split_values(value) if operator in ("in", "not_in") else [value]
    if not values:
        return "names no value", "Write the values, separated by |."
    faults = (_check_one(operand, part) for part in values)
    return next((fault for fault in faults if fault is not None), None)


def _check_list(tables: RuleTables, value: str) -> Fault | None:
    known = tables.names("lists", "list")
    if normalised(value) in known or not tables.are_whole("lists"):
        return None
    likely = did_you_mean(normalised(value), known)
    return "is not a list in lists", f"Add its entries to lists.csv, or correct the name{likely}"


def _check_between(operand: Operand) -> Fault | None:
    ends = [trimmed(end) for end in operand.value.split("..")]
    example = "10..49" if operand.type in NUMBERS else "2026-01-01..2026-06-30"
    if len(ends) != 2 or not all(ends) or ends[1].startswith("."):
        likely = _likely_range(operand) or example
        return "is no range", f"Write low..high with two points, such as {likely}."
    for end in ends:
        fault = _check_one(operand, end)
        if fault is not None:
            return fault
    low, high = (_rank(operand.type, end) for end in ends)
    if low > high:
        return "has its low end above its high end", f"Write {ends[1]}..{ends[0]}."
    if operand.type == "date" and len({len(end) > 10 for end in ends}) > 1 and high - low < 2:
        return (
            "compares a date with a time of nearly the same day",
            "Write both ends as dates: the day of a time depends on the reporting time zone.",
        )
    return None


def _likely_range(operand: Operand) -> str | None:
    if operand.type not in NUMBERS:
        return None
    ends = re.fullmatch(
        r"([+-]?[\d.,]*\d)\s*(?:\.{3}|\u2026|[-\u2013\u2014;|:,]|to|and|bis)\s*([+-]?[\d.,]*\d)",
        operand.value,
    )
    return f"{ends[1]}..{ends[2]}" if ends else None


def _rank(type_name: str, text: str) -> Decimal:
    if type_name in NUMBERS:
        return number_of(text) or Decimal(0)
    return Decimal(read_time(text).timestamp()) / 86_400


def _check_one(operand: Operand, value: str) -> Fault | None:
    """Checks one single value by the attribute's type."""
    if operand.type in NUMBERS:
        return _check_number(operand, value)
    if operand.type == "flag":
        if flag_of(value) is None:
            return "is no flag, as the attribute is", mend_of_flag(value)
        return None
    if operand.type == "date":
        try:
            read_time(value)
        except ValueError:
            return "is no date, as the attribute is", mend_of_date(value)
        return None
    return _check_text(operand, value)


def _check_number(operand: Operand, value: str) -> Fault | None:
    number = number_of(value)
    if number is None:
        mend = mend_of_number(value)
        if operand.operator == "equals" and ".." in value:
            mend = "Use the operator between for a range."
        elif operand.operator == "equals" and "|" in value:
            mend = "Use the operator in for several values."
        return "is no number, as the attribute is", mend
    if operand.type == "whole" and THOUSANDS.fullmatch(value):
        return (
            "may mean thousands or decimals",
            f"Write {value.replace('.', '')} or {plain_number(number)}.",
        )
    if operand.type == "whole" and (number < 0 or number != int(number)):
        # gte 25.5 asks for 26 and more, lte 25.5 for 25 and less
        rounding = {"gte": ROUND_CEILING, "lte": ROUND_FLOOR}.get(operand.operator, ROUND_HALF_UP)
        likely = plain_number(max(number, Decimal(0)).to_integral_value(rounding))
        return (
            "is no whole number of at least 0, as the attribute is",
            f"Write a whole number, such as {likely}.",
        )
    if operand.attribute in ("profile_completeness", "likelihood") and not 0 <= number <= 1:
        return (
            f"can never match: {operand.attribute} runs from 0 to 1",
            f"Write {plain_number(number / 100) if 1 < number <= 100 else 'a number from 0 to 1'}.",
        )
    return None


def _check_text(operand: Operand, value: str) -> Fault | None:
    name = normalised(value)
    if operand.operator == "has_word":
        if not any(letter.isalpha() or letter.isdecimal() for letter in name):
            return "holds no word", "Write letters or digits, or use the operator contains."
        return None
    if operand.type == "list" and ";" in name:
        return (
            "can never match: the attribute's entries are split at ;",
            "Write one entry; for several use the operator in, and separate them by |.",
        )
    if operand.attribute == "email_domain" and "@" in name:
        return "can never match: a domain has no @", f"Write {name.rpartition('@')[2] or 'x.com'}."
    words = VOCABULARIES.get(operand.attribute, ())
    if words and not _can_match(operand.operator, name, words):
        mend = f"Write one of {', '.join(words)}"
        parts = [part for part in re.split(r"[,;/]\s*", name) if part in words]
        if len(parts) > 1:
            return "can never match", f"Use the operator in, and write {'|'.join(parts)}."
        likely = did_you_mean(name, {word: word for word in words})
        return f"can never match: it is no value of {operand.attribute}", mend + likely
    return None


def _can_match(operator: str, name: str, words: Iterable[str]) -> bool:
    tests = {
        "contains": lambda word: name in word,
        "starts_with": lambda word: word.startswith(name),
        "ends_with": lambda word: word.endswith(name),
    }
    return any(map(tests.get(operator, name.__eq__), words))
