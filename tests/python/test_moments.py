"""Many moments in one pass: at each instant the same as a run at that instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from comparison import compare_run, report
from generate.packs import Pack, seeded_pack
from oracle import Result
from runs import naive, read_query, run_pack

CASES = 20
DAYS_BACK = (0, 1, 30)


def write_moments(database: Path, moments: list[tuple[str, datetime]], kind: str) -> None:
    """Create the table of wanted moments, as one would beside the input tables."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create table main.wanted_moments (lead_id varchar, as_of {kind})")
        rows = [(lead_id, as_of.isoformat()) for lead_id, as_of in moments]
        connection.execute("set TimeZone = 'UTC'")
        connection.executemany("insert into main.wanted_moments values (?, ?)", rows)


def score_moments(pack: Pack, folder: Path, kind: str) -> list[Result]:
    """Score every lead at each instant in one run; returns the oracle's results."""
    oracle = pack.oracle()
    instants = [pack.world.now - timedelta(days=days) for days in DAYS_BACK]
    lead_ids = [*oracle.people.usable, "nobody"]
    moments = [(lead_id, as_of) for lead_id in lead_ids for as_of in instants]
    write_moments(folder / "scores.duckdb", moments, kind)
    variables = {"lead_scoring_moments": "main.wanted_moments"}
    run_pack(pack, folder, variables=variables, with_tests=False)
    return [oracle.at(as_of) for as_of in instants]


def test_each_moment_is_scored_as_by_a_run_of_its_own(tmp_path: Path) -> None:
    pack = seeded_pack(301, CASES)
    results = score_moments(pack, tmp_path, "varchar")
    differences = compare_run(pack, results, tmp_path / "scores.duckdb")
    assert not differences, report(differences, pack)


def test_colleagues_count_whether_they_are_scored_or_not(tmp_path: Path) -> None:
    pack = seeded_pack(312, CASES)
    oracle = pack.oracle()
    lead_ids = sorted(oracle.people.usable)
    instants = [pack.world.now - timedelta(days=days) for days in DAYS_BACK]
    # every lead at one instant alone: its colleagues are scored then by chance only
    wanted = {as_of: lead_ids[place :: len(instants)] for place, as_of in enumerate(instants)}
    moments = [(lead_id, as_of) for as_of, some in wanted.items() for lead_id in some]
    write_moments(tmp_path / "scores.duckdb", moments, "varchar")
    run_pack(
        pack,
        tmp_path,
        variables={"lead_scoring_moments": "main.wanted_moments"},
        with_tests=False,
    )
    results = [oracle.at(as_of, some) for as_of, some in wanted.items()]
    differences = compare_run(pack, results, tmp_path / "scores.duckdb")
    assert not differences, report(differences, pack)
    # whether the number is known where the version is younger, conditions see to
    expected = {
        (state.lead_id, naive(as_of)): state.active_colleagues
        for as_of, some in wanted.items()
        for state in oracle.states(as_of)
        if state.lead_id in some and state.active_colleagues is not None
    }
    query = """
        select lead_id, as_of, active_colleagues
        from int_lead_scoring__active_colleagues
        inner join int_lead_scoring__moments using (moment_key)
    """
    rows = read_query(tmp_path / "scores.duckdb", query)
    assert {(row["lead_id"], row["as_of"]): row["active_colleagues"] for row in rows} == expected
    assert len(set(expected.values())) > 2
