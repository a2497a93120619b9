"""Buying roles of one case, and those that its world shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generate import vocabulary
from generate.conditions import draw_condition
from generate.dice import Dice, SeedRow
from generate.world import World

if TYPE_CHECKING:
    from generate.rules import Rules

WEIGHTS = ("100", "80", "60", "60", "0", "0.5", "33.33")
NEEDED = ("", "1", "1", "1", "2", "3")
# Often met, so that groups fill.
COMMON = {
    name: vocabulary.LEAD_ATTRIBUTES[name] for name in ("seniority", "department", "email_type")
}


def draw_role(dice: Dice, world: World, rules: Rules, name: str, scorecard: str) -> None:
    """A role of one or two conditions; what it has once stands in any of its rows."""
    kinds = [COMMON, vocabulary.LEAD_ATTRIBUTES]
    drawn = [draw_condition(dice, world, "lead", dice.pick(kinds))]
    if dice.one_in(3):
        further = draw_condition(dice, world, "lead", dice.pick(kinds))
        if further["attribute"].strip().lower() != drawn[0]["attribute"].strip().lower():
            drawn.append(further)
    rows: list[SeedRow] = [
        {"role": dice.messy(name), "scorecard": dice.messy(scorecard)}
        | {column: text for column, text in condition.items() if column != "of"}
        for condition in drawn
    ]
    needed = dice.pick(NEEDED)
    properties = {
        "priority": dice.pick(("", "1", "1", "2", "10")),
        "members_needed": needed,
        "weight": dice.pick(WEIGHTS),
        "is_required": dice.pick(("", "false", "true")) if needed else "",
        "description": dice.pick(("", f"The {name}")),
    }
    for column, text in properties.items():
        dice.pick(rows)[column] = text
    rules.add("buying_roles", *rows)


def draw_roles(dice: Dice, world: World, rules: Rules, prefix: str, scorecard: str) -> None:
    """No role of a scorecard, or up to three."""
    for number in range(dice.number(0, 3)):
        draw_role(dice, world, rules, f"{prefix}_r{number}", scorecard)


def draw_own_roles(dice: Dice, world: World, rules: Rules, token: str, scorecard: str) -> None:
    """Roles of the case's own, and its own rows for some shared ones; blank weights switch off."""
    draw_roles(dice, world, rules, token, scorecard)
    if not dice.features.overrides:
        return
    for name in _names(world.seeds["buying_roles"]):
        if dice.one_in(4):
            rules.add("buying_roles", {"role": dice.messy(name), "scorecard": scorecard})
        elif dice.one_in(4):
            draw_role(dice, world, rules, name, scorecard)


def with_roles_of_before(rows: Sequence[SeedRow], before: Sequence[SeedRow]) -> list[SeedRow]:
    """Roles drawn anew, and of those before the ones that were not: a scorecard switches them off.

    rows, before: of the table buying_roles, those that all scorecards share.
    """
    names = _names(rows)
    return [*rows, *(row for row in before if _name(row) not in names)]


def _names(rows: Sequence[SeedRow]) -> list[str]:
    return list(dict.fromkeys(_name(row) for row in rows))


def _name(row: SeedRow) -> str:
    return row["role"].strip("\u00a0\t ").lower()
