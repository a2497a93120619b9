"""Buying roles of a scorecard, overrides resolved, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lead_scoring.rules.rule_set import (
    EVERY_SCORECARD,
    Cells,
    RuleSet,
    is_true,
    number,
    plain,
    whole,
)
from lead_scoring.rules.words import Condition, condition_words, joined

TABLE = "buying_roles"


@dataclass(frozen=True)
class BuyingRole:
    """A role that is on for a scorecard: its rows, which are its conditions.

    weight: 0 to 100. members_needed: None where none is. is_own: not one of every scorecard.
    """

    name: str
    rows: tuple[Cells, ...]
    weight: Decimal
    priority: Decimal | None
    members_needed: int | None
    is_required: bool
    description: str
    is_own: bool


def buying_roles(rule_set: RuleSet, scorecard: str) -> list[BuyingRole]:
    """Returns the roles that are on for a scorecard, by priority, ties by name.

    Raises RulesError for a bad number.
    """
    rows_of: dict[tuple[str, str], list[Cells]] = {}
    for row in rule_set.tables[TABLE]:
        rows_of.setdefault((row["role"], row["scorecard"]), []).append(row)
    names = dict.fromkeys(name for name, held_by in rows_of if held_by in (scorecard, "*"))
    found = []
    for name in names:
        is_own = (name, scorecard) in rows_of
        rows = rows_of[name, scorecard if is_own else EVERY_SCORECARD]
        weight = _first(rows, "weight")
        if weight is not None:
            found.append(_role(name, rows, weight, is_own=is_own))
    return sorted(found, key=lambda one: (one.priority is None, one.priority or 0, one.name))


def role_words(rule_set: RuleSet, role: BuyingRole) -> str:
    """Returns who has a role, how many it needs and what it weighs, as words."""
    conditions = joined(
        condition_words(
            rule_set, Condition("lead", "", "", row["attribute"], row["operator"], row["value"])
        )
        for row in role.rows
        if row["attribute"]
    )
    if role.members_needed is None:
        needed = "welcome, none needed"
    else:
        needed = f"{role.members_needed} needed"
    required = ", required" if role.is_required else ""
    return f"{role.description}: {conditions}; {needed}{required}, weight {plain(role.weight)}"


def _role(name: str, rows: Sequence[Cells], weight: Decimal, *, is_own: bool) -> BuyingRole:
    return BuyingRole(
        name=name,
        rows=tuple(rows),
        weight=weight,
        priority=_first(rows, "priority"),
        members_needed=next(
            (found for row in rows if (found := whole(row, "members_needed")) is not None), None
        ),
        is_required=any(is_true(row["is_required"]) for row in rows),
        description=next((row["description"] for row in rows if row["description"]), name),
        is_own=is_own,
    )


def _first(rows: Sequence[Cells], column: str) -> Decimal | None:
    """Returns the number that stands in one of a role's rows."""
    return next((found for row in rows if (found := number(row, column)) is not None), None)
