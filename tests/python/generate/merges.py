"""Merges of one case: whole groups, and every way in which a merge can be wrong."""

from __future__ import annotations

from collections.abc import Sequence

from generate import vocabulary
from generate.dice import Dice, InputRow
from generate.times import UNREADABLE


def draw_merges(
    dice: Dice, leads: Sequence[InputRow], lead_ids: Sequence[str], others: Sequence[str]
) -> list[InputRow]:
    """Merges of some leads: chains, circles, into themselves, unknown or absent leads."""
    anyone = [*lead_ids, *others]
    merges = draw_group(dice, leads, lead_ids) if dice.one_in(3) else []
    for _ in range(dice.pick((0, 0, 0, 1, 1, 2, 3))):
        row: InputRow = {
            "lead_id": dice.pick(anyone),
            "merged_into_lead_id": dice.pick(anyone),
            "merged_at": dice.pick((None, "2026-01-05", "2026-01-05T00:00Z", "2026-02-01 10:00")),
        }
        if dice.one_in(20):
            row["merged_at"] = dice.pick(UNREADABLE)
        if dice.one_in(20):
            row[dice.pick(("lead_id", "merged_into_lead_id"))] = None
        merges.append(row)
    return merges


def draw_group(dice: Dice, leads: Sequence[InputRow], lead_ids: Sequence[str]) -> list[InputRow]:
    """Two or three leads merged into one, at once or in a chain; the survivor knows little."""
    survivor, *merged = dice.some(lead_ids, 3, 4)
    for row in leads:
        if row["lead_id"] == survivor:
            for column in row:
                if column.lower() in vocabulary.MERGEABLE and dice.one_in(2):
                    row[column] = None
    is_chain = dice.one_in(2)
    into = [survivor, *merged] if is_chain else [survivor] * len(merged)
    return [
        {"lead_id": one, "merged_into_lead_id": target, "merged_at": None}
        for one, target in zip(merged, into, strict=False)
    ]
