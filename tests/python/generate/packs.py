"""Packs: many cases in one run, as scorecards and leads of their own, written as CSV folders."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from hypothesis import strategies

from generate.dice import (
    EVERYTHING,
    Dice,
    Features,
    HypothesisDice,
    InputRow,
    SeededDice,
    SeedRow,
)
from generate.leads import draw_inputs
from generate.rules import draw_rules
from generate.shared import draw_world
from generate.vocabulary import INPUT_COLUMNS, SEED_COLUMNS
from generate.world import World
from oracle import Oracle, Settings


@dataclass(frozen=True)
class Case:
    """One case: its rule rows by seed and its input rows by table; every name holds its token."""

    number: int
    seeds: Mapping[str, Sequence[SeedRow]]
    inputs: Mapping[str, Sequence[InputRow]]

    @property
    def token(self) -> str:
        """What tells the names of this case from those of others, e.g. `k0007k`."""
        return token_of(self.number)

    def renumbered(self, number: int) -> Case:
        """The same case under another number."""
        old, new = self.token, token_of(number)

        def rename(text: str | None) -> str | None:
            if text is None:
                return None
            return text.replace(old, new).replace(old.upper(), new.upper())

        def rename_cell(text: str) -> str:
            return rename(text) or ""

        seeds = {
            name: [{key: rename_cell(text) for key, text in row.items()} for row in rows]
            for name, rows in self.seeds.items()
        }
        for row in seeds.get("scorecards", ()):
            if row["status"] == "live":
                row["priority"] = str(number + 1)
        inputs = {
            name: [{key: rename(text) for key, text in row.items()} for row in rows]
            for name, rows in self.inputs.items()
        }
        return Case(number, seeds, inputs)


@dataclass(frozen=True)
class Pack:
    """Cases of one run; absent columns are in no file, though rows may have them."""

    world: World
    cases: Sequence[Case]
    absent_columns: Sequence[str] = ()

    @property
    def seeds(self) -> dict[str, list[SeedRow]]:
        """The rows of every seed: the world's and the cases'."""
        return {
            name: [*rows, *(row for case in self.cases for row in case.seeds.get(name, ()))]
            for name, rows in self.world.seeds.items()
        }

    @property
    def inputs(self) -> dict[str, list[InputRow]]:
        """The rows of every input table."""
        return {
            name: [row for case in self.cases for row in case.inputs.get(name, ())]
            for name in INPUT_COLUMNS
        }

    @property
    def variables(self) -> dict[str, object]:
        """The dbt variables of the run."""
        chosen = self.world.settings
        return {
            "lead_scoring_time_zone": chosen.time_zone,
            "lead_scoring_bot_bursts": [list(pair) for pair in chosen.bot_bursts],
            # A generated world is full of what a run would be held back for.
            "lead_scoring_input_severity": "warn",
            "lead_scoring_input_time_zone": chosen.input_time_zone,
            "lead_scoring_date_order": chosen.date_order,
            "lead_scoring_active_days": chosen.active_days,
            "lead_scoring_account_method": chosen.account_method,
            "lead_scoring_account_sum_limit": chosen.account_sum_limit,
            "lead_scoring_account_minimum_active_leads": chosen.minimum_active_leads,
            "lead_scoring_account_minimum_buying_roles": chosen.minimum_buying_roles,
        }

    def oracle(self) -> Oracle:
        """The oracle of this pack."""
        return Oracle(self.inputs, self.seeds, self.world.settings)

    def with_settings(self, settings: Settings) -> Pack:
        """The same rows by other settings."""
        return replace(self, world=replace(self.world, settings=settings))

    def with_cases(self, cases: Iterable[Case]) -> Pack:
        """The same world with other cases."""
        return replace(self, cases=list(cases))

    def map_inputs(self, change: Callable[[str, Sequence[InputRow]], Sequence[InputRow]]) -> Pack:
        """The pack with the rows of each case's input tables changed."""
        return self.with_cases(
            replace(
                case,
                inputs={name: list(change(name, rows)) for name, rows in case.inputs.items()},
            )
            for case in self.cases
        )

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write the CSV folders `data` and `rules`; returns their paths."""
        data, rules = folder / "data", folder / "rules"
        for name, columns in INPUT_COLUMNS.items():
            absent = {column: None for column in columns if column in self.absent_columns}
            present = [column for column in columns if column not in absent]
            rows = ({key: row[key] for key in row.keys() - absent} for row in self.inputs[name])
            write_csv(data / f"{name}.csv", present, rows)
        for name, columns in SEED_COLUMNS.items():
            write_csv(rules / f"{name}.csv", (*columns, "note"), self.seeds.get(name, ()))
        return data, rules


def token_of(number: int) -> str:
    """The token of a case."""
    return f"k{number:04d}k"


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str | None]]) -> None:
    """Write rows as CSV; a column that a row does not have is blank."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def draw_case(dice: Dice, number: int, world: World) -> Case:
    """One case of a world."""
    token = token_of(number)
    rules = draw_rules(dice, world, token, number + 1)
    inputs = draw_inputs(dice, world, token, sorted(rules.ages | world.ages))
    return Case(number, rules.seeds, inputs.tables)


def draw_pack(dice: Dice, count: int) -> Pack:
    """A world and so many cases."""
    world = draw_world(dice)
    return Pack(world, [draw_case(dice, number, world) for number in range(count)])


def seeded_pack(seed: int, count: int, features: Features = EVERYTHING) -> Pack:
    """The same pack for the same seed."""
    return draw_pack(SeededDice(Random(seed), features), count)


@strategies.composite
def packs(draw: strategies.DrawFn, count: int = 1, features: Features = EVERYTHING) -> Pack:
    """A strategy of small packs, for properties that need no run of dbt."""
    return draw_pack(HypothesisDice(draw, features), count)
