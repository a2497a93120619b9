"""Warnings about conditions that can hold, and probably not when they are meant to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lead_scoring.rules.checks.conditions import (
    OF_ANY_TYPE,
    Condition,
    conditions,
    entries_of,
    types_of,
)
from lead_scoring.rules.checks.findings import Finding
from lead_scoring.rules.checks.tables import RuleTables, warning
from lead_scoring.rules.checks.text import number_of, split_values
from lead_scoring.rules.checks.values import NUMBERS, THOUSANDS

Words = tuple[str, str]  # problem and mend
# Operators that look at a part of a text.
OF_PARTS = ("contains", "starts_with", "ends_with", "has_word")
ONE_ROW_EACH = "If these are several values, write a rule for each."
# In addresses any sign may stand.
ADDRESSES = ("url", "asset")
# Found within words: cto in director, intern in international.
SHORT_WORD = re.compile(r"[a-z]{1,3}|intern")


def odd_conditions(tables: RuleTables) -> Iterator[Finding]:
    """Yields warnings about values of conditions."""
    types = types_of(tables)
    entries = entries_of(tables)
    for condition in conditions(tables):
        kind = types.get((condition.of, condition.attribute), "count")
        found = _oddity(condition, kind, entries)
        if found is not None:
            yield warning(condition.row, "value", *found)


def _oddity(condition: Condition, kind: str, entries: dict[str, set[str]]) -> Words | None:
    operator, value = condition.operator, condition.row.text("value")
    if operator in OF_ANY_TYPE and value:
        return f"is not looked at with {operator}", "Leave the cell blank."
    if operator in ("in_list", "not_in_list") and kind in NUMBERS:
        found = entries.get(condition.row.name("value"), set())
        if not any(number_of(entry) is not None for entry in found):
            return "names a list without numbers", "Use an attribute of type text."
    if condition.of == "history" and operator == "gte" and not condition.row.decimal("value"):
        return "holds for every lead", "Write 1 or more."
    is_share = condition.attribute == "profile_completeness"
    if (
        kind == "number"
        and not is_share
        and any(map(THOUSANDS.fullmatch, re.split(r"[|]|[.][.]", value)))
    ):
        return (
            "may mean thousands or decimals",
            "Write it without the point, or with more decimals.",
        )
    if kind in ("text", "list"):
        return _oddity_of_text(condition, value, entries)
    if operator in ("equals", "not_equals") and "|" in value:
        return "is compared as one text, with its |", "For several values use in."
    return None


def _oddity_of_text(condition: Condition, value: str, lists: Collection[str]) -> Words | None:
    operator, name = condition.operator, condition.row.name("value")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return "has quotes around it, which are compared too", "Leave them out."
    if operator in OF_PARTS:
        signs = "|" if condition.attribute in ADDRESSES else "|,;"
        sign = next((sign for sign in signs if sign in value), None)
        if sign and operator == "has_word":
            return "is looked for as one phrase, these words one after another", ONE_ROW_EACH
        if sign:
            return f"is looked for as one text, with its {sign}", ONE_ROW_EACH
        if re.match(r"[*%]|.*([*]|[^0-9]%)$", value):
            return (
                "is looked for as it stands: * and % stand for nothing but themselves",
                "Leave them out: starts_with, contains and ends_with need none.",
            )
        is_of_words = condition.attribute == "job_title" and operator == "contains"
        if is_of_words and SHORT_WORD.fullmatch(name):
            return "is found within other words too", "If a whole word is meant, use has_word."
    elif operator in ("equals", "not_equals") and "|" in value:
        return "is compared as one text, with its |", "For several values use in."
    elif operator in ("equals", "not_equals", "in", "not_in"):
        if name in lists:
            list_operator = "not_in_list" if operator.startswith("not") else "in_list"
            return "is the name of a list, and compared as a value", f"Use {list_operator}."
        for sign, words in ((";", "semicolons"), (",", "commas")):
            is_one = operator in ("in", "not_in") and len(split_values(value)) == 1
            if sign in value and (is_one or sign == ";"):
                return f"is one value with {words}", "Use in, and separate several values by |."
    return None
