"""Relations that hold for every input, on real runs: numbers as in the list of promises.

S(E, R, t): exact points of events E by rules R at t; reporting time zone UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from comparison import compare_tables
from generate.dice import Features
from generate.packs import Pack, seeded_pack
from oracle.counting import award_of
from oracle.points import Moment
from oracle.tables import effective
from runs import COMPARED, Reruns, Table, read_tables, run_pack
from variants import (
    erase_one_lead_of_each_case,
    first_arrivals,
    of_case,
    shift_table,
    shifted,
    shuffled,
    split_events,
    with_copies,
    with_harmless_events,
    without_coming_rows,
    without_future,
)

CASES = 20
PER_TERM = Decimal("0.0001")
IN_UTC = Features(zones=False, time_forms=False)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return seeded_pack(101, CASES, IN_UTC)


@pytest.fixture(scope="module")
def plain(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Reruns:
    """A plain run of the pack."""
    return Reruns(pack, tmp_path_factory.mktemp("plain"), COMPARED)


@pytest.fixture(scope="module")
def tables(plain: Reruns) -> dict[str, Table]:
    """What it leaves."""
    return plain.tables


def assert_same(expected: Mapping[str, Table], actual: Mapping[str, Table]) -> None:
    """No row and no cell of any public table differs."""
    differences = compare_tables(expected, actual)
    assert not differences, "\n".join(str(one) for one in differences[:20])


def scored(
    pack: Pack, folder: Path, *, threads: int | None = None, database: Path | None = None
) -> Path:
    """A real run, of the tables that are compared."""
    return run_pack(
        pack, folder, threads=threads, database=database, select=COMPARED, with_tests=False
    )


def of_itself(table: Table) -> Table:
    """The rows of a table without what a lead's place among all others makes of it."""
    return {
        key: {column: cell for column, cell in row.items() if column != "score_percentile"}
        for key, row in table.items()
    }


def test_1_row_order_and_threads_do_not_matter(
    pack: Pack, tables: dict[str, Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEAD_SCORING_CORES")
    other = scored(shuffled(pack, Random(1)), tmp_path, threads=4)
    assert_same(tables, read_tables(other))


def test_2_exact_copies_of_events_change_nothing(pack: Pack, plain: Reruns, tmp_path: Path) -> None:
    assert_same(plain.tables, plain.tables_of(with_copies(pack, Random(2)), tmp_path))


def test_3_arrival_in_batches_ends_in_the_same_tables(
    pack: Pack, tables: dict[str, Table], tmp_path: Path
) -> None:
    database = tmp_path / "batches" / "scores.duckdb"
    first = first_arrivals(pack, Random(3))
    scored(first, tmp_path / "first", database=database)
    scored(pack, tmp_path / "all", database=database)
    assert_same(tables, read_tables(database))


def test_4_a_shift_by_whole_days_changes_nothing(pack: Pack, plain: Reruns, tmp_path: Path) -> None:
    days, tables = 28, plain.tables
    later = plain.tables_of(shifted(pack, days), tmp_path)
    assert_same(
        {name: shift_table(table, days) for name, table in tables.items()},
        {name: shift_table(table, 0) for name, table in later.items()},
    )


def test_5_strangers_do_not_touch_each_other(pack: Pack, plain: Reruns, tmp_path: Path) -> None:
    together: dict[str, Table] = {name: {} for name in plain.tables}
    for half in (0, 1):
        some = pack.with_cases(
            case if case.number % 2 == half else replace(case, inputs={}) for case in pack.cases
        )
        for name, table in plain.tables_of(some, tmp_path / str(half)).items():
            together[name].update(of_itself(table))
    assert_same({name: of_itself(table) for name, table in plain.tables.items()}, together)


def test_6_events_add_up(tmp_path: Path) -> None:
    features = Features(
        limits=False, first=False, once=False, daily_caps=False, min_counts=False, history=False,
        activity_clocks=False, inactivity=False, bots=False, event_versions=False, zones=False,
        colleagues=False, joining=False,
    )  # fmt: skip
    pack = seeded_pack(106, CASES, features)
    source, cases = Random(6), []
    for case in pack.cases:
        first, second = split_events(case, source)
        cases += [case, first.renumbered(case.number + 1000), second.renumbered(case.number + 2000)]
    run = read_tables(scored(pack.with_cases(cases), tmp_path))
    checked = 0
    for case, first, second in zip(cases[::3], cases[1::3], cases[2::3], strict=True):
        whole, *parts = (of_case(run["score_reasons"], one, case) for one in (case, first, second))
        decay = [of_case(run["lead_decay"], one, case) for one in (case, first, second)]
        for key in whole.keys() | parts[0].keys() | parts[1].keys():
            rows = [part.get(key) for part in (whole, *parts)]
            if any(row and row["dimension"] == "fit" for row in rows):
                continue
            total, one, other = (points_in(row) for row in rows)
            terms = sum(count_in(part.get(key)) for part in decay)
            assert abs(total - one - other) <= PER_TERM * terms, (key, total, one, other)
            checked += 1
    assert checked > CASES


def points_in(row: Mapping[str, object] | None) -> Decimal:
    """The points of a reason; 0 without one."""
    return Decimal(str(row["points"])) if row else Decimal(0)


def count_in(row: Mapping[str, object] | None) -> int:
    """The events of a row of `lead_decay`; 0 without one."""
    return int(str(row["events"])) if row else 0


def test_7_points_raised_by_d_give_d_times_the_decayed_count(plain: Reruns, tmp_path: Path) -> None:
    pack = seeded_pack(110, CASES, replace(IN_UTC, limits=False, first=False)).with_settings(
        plain.settings
    )
    raise_by = Decimal("7.25")
    cases, rules = [], {}
    for case in pack.cases:
        live = f"{case.token}_live"
        seeds = {name: [dict(row) for row in rows] for name, rows in case.seeds.items()}
        row = next(
            row for row in seeds["engagement_rules"]
            if live in row["scorecard"].lower() and row["points"]
            and Decimal(row["points"]) < 1000
        )  # fmt: skip
        row["points"] = str(Decimal(row["points"]) + raise_by)
        rules[case.number] = row["rule_id"].strip("\u00a0\t ").lower()
        cases += [case, replace(case, seeds=seeds).renumbered(case.number + 1000)]
    packed = pack.with_cases(cases)
    scores = plain.tables_of(packed, tmp_path)["scorecard_scores"]
    oracle, changed = pack.oracle(), 0
    for case, raised in zip(cases[::2], cases[1::2], strict=True):
        before, after = of_case(scores, case, case), of_case(scores, raised, case)
        live = f"{case.token}_live"
        rule = next(
            rule
            for rule in effective(oracle.rulebook.engagement_rules, live)
            if rule.rule_id == rules[case.number]
        )
        for state in oracle.states(pack.world.now):
            key = next((key for key in before if key[:2] == (state.lead_id, live)), None)
            if key is None:
                continue
            moment = Moment(state, oracle.rulebook, oracle.zone)
            award = None
            if moment.lead_conditions_hold(rule):
                one_point = replace(rule, points=Decimal(1))
                award = award_of(one_point, moment.matching_events(rule), state.gap)
            terms = award.terms if award else {}
            expected = raise_by * sum(terms.values(), Decimal(0))
            moved = Decimal(str(after[key]["engagement_points"])) - Decimal(
                str(before[key]["engagement_points"])
            )
            assert abs(moved - expected) <= PER_TERM * len(terms), (key, moved, expected)
            changed += moved != 0
    assert changed > 5


def test_8_engagement_only_falls_while_nothing_happens(plain: Reruns, tmp_path: Path) -> None:
    falling = replace(
        IN_UTC, first=False, negative_points=False, inactivity=False, history=False,
        time_conditions=False, colleagues=False,
    )  # fmt: skip
    pack = without_coming_rows(seeded_pack(108, CASES, falling)).with_settings(plain.settings)
    later = (pack.world.now + timedelta(days=7)).isoformat()
    now, then = (
        plain.tables_of(pack, tmp_path / name, as_of=as_of)
        for name, as_of in (("now", None), ("then", later))
    )
    points = {key[:2]: row["engagement_points"] for key, row in then["scorecard_scores"].items()}
    assert len(points) == len(now["scorecard_scores"])
    fallen = 0
    for key, row in now["scorecard_scores"].items():
        before, after = (Decimal(str(one)) for one in (row["engagement_points"], points[key[:2]]))
        assert after <= before, key
        fallen += after < before
    assert fallen > 3
    # What lead_decay said would be left in 7 days is what is left then.
    left = {key[:3]: row["points_after_decay"] for key, row in then["lead_decay"].items()}
    said = {key[:3]: row["points_in_7_days"] for key, row in now["lead_decay"].items()}
    assert {key: left.get(key, 0) for key in said} == said
    assert any(said.values())


def test_9_what_comes_later_changes_nothing_now(pack: Pack, plain: Reruns, tmp_path: Path) -> None:
    past = without_future(pack)
    assert len(past.inputs["events"]) < len(pack.inputs["events"])
    assert_same(plain.tables, plain.tables_of(past, tmp_path))


def test_10_bots_and_unknown_events_change_nothing(
    pack: Pack, plain: Reruns, tmp_path: Path
) -> None:
    lead_ids = sorted({str(key[0]) for key in plain.tables["lead_scores"]})
    more = with_harmless_events(pack, lead_ids, Random(10))
    assert_same(plain.tables, plain.tables_of(more, tmp_path))


def test_10_erasing_a_lead_leaves_other_accounts_as_they_were(
    pack: Pack, plain: Reruns, tmp_path: Path
) -> None:
    tables = plain.tables
    without, erased = erase_one_lead_of_each_case(pack, Random(11))
    people = without.oracle().people
    related = erased | {
        lead_id for lead_id in people.usable
        if people.survivor(lead_id) in erased or lead_id in people.deleted
    }  # fmt: skip
    # A survivor loses what it had of the erased lead: its past, and what on_merge filled in.
    merged = pack.oracle().people
    related |= {survivor for lead_id in erased if (survivor := merged.survivor(lead_id))}
    leads = tables["lead_scores"].items()
    accounts = {row["account"] for key, row in leads if key[0] in related}
    colleagues = {key[0] for key, row in leads if row["account"] in accounts - {None}}

    def others(table: Table) -> Table:
        return {
            key: row
            for key, row in of_itself(table).items()
            if key[0] not in related | accounts | colleagues
        }  # fmt: skip

    after = plain.tables_of(without, tmp_path)
    for name, table in after.items():
        assert not {key for key in table if key[0] in erased}, name
    assert_same(
        {name: others(table) for name, table in tables.items()},
        {name: others(table) for name, table in after.items()},
    )
