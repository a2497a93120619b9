"""Dropping one rule row, or changing a weight, changes exactly the leads that it should.

Which leads a change touches is the oracle's statement; every change is a copy of a case with
leads and scorecards of its own, so that one run holds many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from comparison import expected_tables
from generate.dice import SeedRow
from generate.packs import Case, Pack, seeded_pack
from runs import COMPARED, Reruns, Table
from variants import of_case

RULE_SEEDS = ("fit_rules", "engagement_rules", "inactivity_rules")
TABLES = ("score_reasons", "scorecard_scores")
CASES = 3


@dataclass(frozen=True)
class Change:
    """A case, what was done to it, and the changed copy."""

    case: Case
    what: str
    changed: Case


def key_of(row: SeedRow) -> tuple[str, str]:
    """rule_id and scorecard of a row."""
    rule_id, scorecard = (row[name].strip("\u00a0\t ").lower() for name in ("rule_id", "scorecard"))
    return rule_id, scorecard


def without_rule(case: Case, seed: str, row: SeedRow) -> Case:
    """The case without a rule row and the further conditions that belong to it."""
    key = key_of(row)
    seeds = {name: list(rows) for name, rows in case.seeds.items()}
    seeds[seed] = [one for one in seeds[seed] if one is not row]
    seeds["rule_conditions"] = [
        one for one in seeds.get("rule_conditions", ()) if key_of(one) != key
    ]
    return replace(case, seeds=seeds)


def with_points(case: Case, seed: str, row: SeedRow) -> Case:
    """The case with one weight changed."""
    points = str(Decimal(row["points"]) - 1)
    rows = [one | {"points": points} if one is row else one for one in case.seeds[seed]]
    return replace(case, seeds={**case.seeds, seed: rows})


def rule_rows(case: Case) -> list[tuple[str, SeedRow]]:
    """The rule rows of a case with the seeds they stand in."""
    return [(seed, row) for seed in RULE_SEEDS for row in case.seeds.get(seed, ())]


def changes_of(cases: Sequence[Case]) -> list[Change]:
    """Every rule row of each case dropped once, and each weight changed once."""
    changes: list[Change] = []
    for case in cases:
        for seed, row in rule_rows(case):
            dropped = without_rule(case, seed, row).renumbered(CASES + len(changes))
            changes.append(Change(case, f"drop {seed} {key_of(row)}", dropped))
            if row["points"]:
                weighed = with_points(case, seed, row).renumbered(CASES + len(changes))
                changes.append(Change(case, f"weigh {seed} {key_of(row)}", weighed))
    return changes


def changed_leads(before: Mapping[str, Table], after: Mapping[str, Table]) -> set[str]:
    """The leads that have another reason or score."""
    leads = set()
    for name in TABLES:
        for key in before[name].keys() | after[name].keys():
            rows = [numbers_in(tables[name].get(key)) for tables in (before, after)]
            if rows[0] != rows[1]:
                leads.add(str(key[0]))
    return leads


def numbers_in(row: Mapping[str, object] | None) -> Mapping[str, object] | None:
    """A row without words and without the fingerprint that every edit of a rule changes."""
    unequal = ("reason", "rules_fingerprint")
    return row and {name: value for name, value in row.items() if name not in unequal}


def touched_by(change: Change, tables: Mapping[str, Table]) -> set[str]:
    """The leads of a case that its change touches."""
    before = {name: of_case(tables[name], change.case, change.case) for name in TABLES}
    after = {name: of_case(tables[name], change.changed, change.case) for name in TABLES}
    return changed_leads(before, after)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Reruns:
    """A run of the pack whose shared rules are changed."""
    return Reruns(shared_pack(), tmp_path_factory.mktemp("before"), COMPARED)


def shared_pack() -> Pack:
    return seeded_pack(202, 20)


def test_a_change_of_one_row_changes_exactly_its_leads(before: Reruns, tmp_path: Path) -> None:
    pack = seeded_pack(201, CASES).with_settings(before.settings)
    changes = changes_of(pack.cases)
    packed = pack.with_cases([*pack.cases, *(change.changed for change in changes)])
    stated = expected_tables([packed.oracle().at(pack.world.now)])
    found = before.tables_of(packed, tmp_path)
    touching = 0
    for change in changes:
        expected = touched_by(change, stated)
        assert touched_by(change, found) == expected, (change.case.token, change.what)
        touching += bool(expected)
    assert len(changes) > 5 * CASES
    assert touching > CASES


def without_shared_rule(pack: Pack, seed: str) -> Pack:
    """The pack without its first shared rule of a seed, and without what switched that off."""
    dropped = pack.world.seeds[seed][0]

    def belongs(row: SeedRow) -> bool:
        return key_of(row) == key_of(dropped)

    def is_off(row: SeedRow) -> bool:
        return key_of(row)[0] == key_of(dropped)[0] and not row["points"]

    cases = []
    for case in pack.cases:
        off = [row for row in case.seeds.get(seed, ()) if is_off(row)]
        for row in off:
            case = without_rule(case, seed, row)
        cases.append(case)
    seeds = {name: list(rows) for name, rows in pack.world.seeds.items()}
    for name in (seed, "rule_conditions"):
        seeds[name] = [row for row in seeds[name] if not belongs(row)]
    return replace(pack, world=replace(pack.world, seeds=seeds), cases=cases)


def with_shared_points(pack: Pack, seed: str) -> Pack:
    """The pack with other points for its first shared rule of a seed."""
    first, *others = pack.world.seeds[seed]
    weighed = first | {"points": str(Decimal(first["points"]) - 1)}
    seeds = {**pack.world.seeds, seed: [weighed, *others]}
    return replace(pack, world=replace(pack.world, seeds=seeds))


def test_a_shared_rule_changes_leads_of_every_scorecard_that_does_not_override_it(
    before: Reruns, tmp_path: Path
) -> None:
    pack = shared_pack()
    now = pack.world.now
    first = expected_tables([pack.oracle().at(now)])
    for changed in (
        without_shared_rule(pack, "fit_rules"),
        with_shared_points(pack, "engagement_rules"),
    ):
        stated = changed_leads(first, expected_tables([changed.oracle().at(now)]))
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        assert changed_leads(before.tables, before.tables_of(changed, folder)) == stated
        assert stated
