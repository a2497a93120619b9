"""What two conditions on one attribute have to do with each other, told without any data.

Of rule tables without errors: every value can be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lead_scoring.rules.checks.conditions import Condition, entries_of, types_of
from lead_scoring.rules.checks.tables import RuleTables
from lead_scoring.rules.checks.text import flag_of, normalised, number_of, split_values

Value = str | Decimal | bool
READINGS = {"text": normalised, "number": number_of, "whole": number_of, "flag": flag_of}
# Derived attributes that every lead has.
NEVER_MISSING = ("email_type", "is_competitor", "profile_completeness")


@dataclass(frozen=True)
class Satisfying:
    """The values that satisfy a condition: these alone, or all of a range but some."""

    only: frozenset[Value] | None = None
    but: frozenset[Value] = frozenset()
    low: Decimal | None = None
    high: Decimal | None = None

    def __contains__(self, value: Value) -> bool:
        """Whether a value satisfies the condition."""
        if self.only is not None:
            return value in self.only
        if not isinstance(value, Decimal):
            return value not in self.but
        return (
            value not in self.but
            and (self.low is None or value >= self.low)
            and (self.high is None or value <= self.high)
        )

    def excludes(self, other: Satisfying) -> bool:
        """Whether no value satisfies both; False where that is not known."""
        for one, another in ((self, other), (other, self)):
            if one.only is not None:
                return not any(value in another for value in one.only)
        return _is_below(self.high, other.low) or _is_below(other.high, self.low)

    def covers(self, other: Satisfying) -> bool:
        """Whether every value that satisfies the other satisfies this one too."""
        if other.only is not None:
            return all(value in self for value in other.only)
        if self.only is not None:
            return False
        starts = self.low is None or (other.low is not None and self.low <= other.low)
        ends = self.high is None or (other.high is not None and self.high >= other.high)
        return starts and ends and not any(value in other for value in self.but)


class Comparison:
    """Compares conditions, by the types of their attributes and the entries of their lists."""

    def __init__(self, tables: RuleTables) -> None:
        """Read what the conditions of the tables refer to."""
        self._types: Mapping[tuple[str, str], str] = types_of(tables)
        self._entries = entries_of(tables)
        # What is known later may be missing of a lead at a past instant.
        self.never_missing = {
            row.name("attribute")
            for row in tables.rows("attributes")
            if row.name("of") == "lead" and row.name("known") == "at_creation"
        }.intersection(NEVER_MISSING)

    def excludes(self, one: Condition, other: Condition) -> bool:
        """Whether both can never hold; False where that is not known."""
        if one.of == "history" or _subject(one) != _subject(other):
            return False
        if "is_empty" in (one.operator, other.operator):
            return one.operator != other.operator
        first, second = self._satisfying(one), self._satisfying(other)
        return first is not None and second is not None and first.excludes(second)

    def covers(self, wide: Iterable[Condition], narrow: Collection[Condition]) -> bool:
        """Whether all of `wide` hold wherever all of `narrow` do; False where not known."""
        return all(
            (each.operator == "is_not_empty" and each.attribute in self.never_missing)
            or any(self._covers(each, other) for other in narrow)
            for each in wide
        )

    def _covers(self, wide: Condition, narrow: Condition) -> bool:
        if _subject(wide) != _subject(narrow):
            return False
        if wide.operator == narrow.operator and wide.row.name("value") == narrow.row.name("value"):
            return True
        if wide.operator == "is_not_empty":
            return narrow.operator != "is_empty"
        if wide.of == "history" or "is_empty" in (wide.operator, narrow.operator):
            return False
        first, second = self._satisfying(wide), self._satisfying(narrow)
        return first is not None and second is not None and first.covers(second)

    def _satisfying(self, condition: Condition) -> Satisfying | None:
        """Returns what satisfies a condition; None where single values cannot tell."""
        operator, value = condition.operator, condition.row.text("value")
        kind = self._types.get((condition.of, condition.attribute))
        if operator == "is_not_empty":
            return Satisfying()
        if kind not in READINGS:
            return None  # of several entries, one may satisfy this and one that
        if operator in ("gte", "lte", "between"):
            ends = [number_of(end) for end in value.split("..")]
            return Satisfying(
                low=ends[0] if operator != "lte" else None,
                high=ends[-1] if operator != "gte" else None,
            )
        named: Collection[str] = [value]
        if operator in ("in", "not_in"):
            named = split_values(value)
        elif operator in ("in_list", "not_in_list"):
            named = self._entries.get(normalised(value), ())
        elif operator not in ("equals", "not_equals"):
            return None
        found = (READINGS[kind](each) for each in named)
        values: frozenset[Value] = frozenset(each for each in found if each is not None)
        if not operator.startswith("not_"):
            return Satisfying(only=values)
        flags: frozenset[Value] = frozenset([True, False])
        return Satisfying(only=flags - values) if kind == "flag" else Satisfying(but=values)


def _subject(condition: Condition) -> tuple[str, ...]:
    """Returns what a condition is about: those on the same can be compared."""
    counted = ("event_type", "within_days") if condition.of == "history" else ()
    return condition.of, condition.attribute, *map(condition.row.name, counted)


def _is_below(high: Decimal | None, low: Decimal | None) -> bool:
    return high is not None and low is not None and high < low
