"""Mutants: what is changed, one fault at a time, and that a unit test's query tells them apart."""

from __future__ import annotations

from pathlib import Path

import duckdb
import sqlglot

from lead_scoring_workshop.mutations.built import Built
from lead_scoring_workshop.mutations.fates import (
    DATA_TEST,
    NOT_TRIED,
    ORACLE,
    SAME,
    SURVIVED,
    killed_share,
)
from lead_scoring_workshop.mutations.operators import mutants
from lead_scoring_workshop.mutations.outcomes import Outcomes
from lead_scoring_workshop.mutations.reasons import read_reasons, reason_of
from lead_scoring_workshop.mutations.survivors import fate
from lead_scoring_workshop.mutations.unit_tests import (
    Mutant,
    Part,
    UnitTest,
    mutants_of,
    parts_of,
    passes,
)

QUERY = """
with dbt_internal_unit_test_actual as (
    select n, 'actual' as actual_or_expected from (
        with __dbt__cte__rows as (select 1 as n union all select 2),
        final as (select n from __dbt__cte__rows where n >= 2)
        select * from final
    ) as _dbt_internal_unit_test_actual
),
dbt_internal_unit_test_expected as (
    select n, 'expected' as actual_or_expected from (select 2 as n) as expected
)
select * from dbt_internal_unit_test_actual
union all select * from dbt_internal_unit_test_expected
"""


def test_each_fault_is_one_change() -> None:
    query = sqlglot.parse_one("select coalesce(a, 0) + 1 from t left join u on t.x = u.x where b")
    changed = {(fault.kind, write()) for fault, write in mutants(query)}
    for kind, text in (
        ("sign", "SELECT COALESCE(a, 0) - 1 FROM t LEFT JOIN u ON t.x = u.x WHERE b"),
        ("coalesce", "SELECT a + 1 FROM t LEFT JOIN u ON t.x = u.x WHERE b"),
        ("constant", "SELECT COALESCE(a, 0) + 2 FROM t LEFT JOIN u ON t.x = u.x WHERE b"),
        ("join", "SELECT COALESCE(a, 0) + 1 FROM t INNER JOIN u ON t.x = u.x WHERE b"),
        ("comparison", "SELECT COALESCE(a, 0) + 1 FROM t LEFT JOIN u ON t.x <> u.x WHERE b"),
        ("dropped predicate", "SELECT COALESCE(a, 0) + 1 FROM t LEFT JOIN u ON t.x = u.x"),
    ):
        assert (kind, text) in changed
    assert query.sql() not in {text for _, text in changed}


def test_what_a_macro_writes_for_each_column_is_changed_once() -> None:
    query = sqlglot.parse_one("select trim(a) || '!' as a, trim(b) || '!' as b, b || '?' as c")
    assert [write() for _, write in mutants(query)] == [
        "SELECT TRIM(a) || '!_' AS a, TRIM(b) || '!' AS b, b || '?' AS c",
        "SELECT TRIM(a) || '!' AS a, TRIM(b) || '!' AS b, b || '?_' AS c",
    ]


def test_mocked_rows_are_left_alone_and_faults_are_found() -> None:
    test = UnitTest("x", "model", sqlglot.parse_one(QUERY, dialect="duckdb"))
    parts = parts_of([test])
    with duckdb.connect() as connection:
        assert passes(connection, test.text())
        fates = {
            mutant.text: passes(connection, mutant.text.join(parts[mutant.part][0]))
            for (mutant,) in mutants_of(parts)
        }
    assert {part.name for part in parts} == {"final"}
    assert fates["SELECT n FROM __dbt__cte__rows"] is False
    assert fates["SELECT n FROM __dbt__cte__rows WHERE n > 2"] is False
    assert list(fates.values()).count(True) == 0


def test_a_fault_is_the_same_in_a_mocked_and_in_a_built_part() -> None:
    mocked, built = (
        sqlglot.parse_one(f"select a from {table} where t < '{instant}'", dialect="duckdb")
        for table, instant in (
            ("__dbt__cte__rows", "2026-06-01"),
            ('"db"."main"."rows"', "2026-06-30 12:00"),
        )
    )
    assert [fault for fault, _ in mutants(mocked)] == [fault for fault, _ in mutants(built)]


def built_from(points: str, decay: str, tests: list[str], *, has_oracle: bool) -> Built:
    """A run of two models: points, and lead_decay that depends on it."""
    connection = duckdb.connect()
    connection.execute(f"create table points as {points}; create table lead_decay as {decay}")
    models = {
        "points": sqlglot.parse_one(points, dialect="duckdb"),
        "lead_decay": sqlglot.parse_one(decay, dialect="duckdb"),
    }
    relations = {name: f'"memory"."main"."{name}"' for name in models}
    parents: dict[str, set[str]] = {"points": set(), "lead_decay": {"points"}}
    version = str(has_oracle)
    return Built(connection, version, models, parents, {"points": tests}, relations, has_oracle)


def test_the_oracle_sees_what_reaches_a_table_that_it_compares(tmp_path: Path) -> None:
    part = "select 1 as n, 'x' as unread where 1 < 2"
    points = f"with final as ({part}) select * from final"
    decay = 'select n from "memory"."main"."points"'
    run = built_from(points, decay, [], has_oracle=True)
    demo = built_from(
        points, decay, ['from "memory"."main"."points" where n > 1'], has_oracle=False
    )
    outcomes = Outcomes(tmp_path / "outcomes.txt")

    def fates_in(*runs: Built) -> dict[str, str]:
        query = sqlglot.parse_one(part, dialect="duckdb")
        place = Part("points", "final", part)
        return {
            write(): fate(runs, [Mutant(place, fault, write)], outcomes)
            for fault, write in mutants(query)
        }

    everywhere = {
        "SELECT 1 AS n, 'x' AS unread": SAME,
        "SELECT 1 AS n, 'x' AS unread WHERE 1 <= 2": SAME,
        "SELECT 1 AS n, 'x' AS unread WHERE 1 < 3": SAME,
        "SELECT 1 AS n, 'x_' AS unread WHERE 1 < 2": SURVIVED,
    }
    no_row = {
        "SELECT 1 AS n, 'x' AS unread WHERE 1 > 2",
        "SELECT 1 AS n, 'x' AS unread WHERE 2 < 2",
    }
    other_points = "SELECT 2 AS n, 'x' AS unread WHERE 1 < 2"
    in_run, in_demo = fates_in(run), fates_in(demo)
    assert in_run == everywhere | dict.fromkeys(no_row, ORACLE) | {other_points: ORACLE}
    assert in_demo == everywhere | dict.fromkeys(no_row, SURVIVED) | {other_points: DATA_TEST}
    assert fates_in(demo, run) == in_run | {other_points: DATA_TEST}
    assert set(fates_in().values()) == {NOT_TRIED}


def test_equivalent_mutants_are_not_counted() -> None:
    fates = {"killed by a unit test": 8, "survived": 2, "same rows": 5, "equivalent": 10}
    assert killed_share(fates, {SAME, NOT_TRIED}) == 80
    assert round(killed_share(fates), 1) == 53.3


def test_a_reason_is_of_the_mutants_that_hold_its_text(tmp_path: Path) -> None:
    file = tmp_path / "reasons.yml"
    file.write_text("[{model: m, part: final, now: [n > 2], equivalent: true, why: because}]")
    reasons = read_reasons(tmp_path)
    query = sqlglot.parse_one("select n from t where n >= 2", dialect="duckdb")
    part = Part("m", "final", query.sql(dialect="duckdb"))
    explained = [
        write()
        for fault, write in mutants(query)
        if reason_of(reasons, [Mutant(part, fault, write)]) is not None
    ]
    assert explained == ["SELECT n FROM t WHERE n > 2"]
    file.write_text("[{clause: 'c >= 2', equivalent: true, why: because}]")
    fault, write = next(mutants(query))
    assert reason_of(read_reasons(tmp_path), [Mutant(part, fault, write)]) is not None
    other = Part("m", "other", part.text)
    assert reason_of(reasons, [Mutant(part, fault, write), Mutant(other, fault, write)]) is None
    assert not any(
        reason_of(reasons, [Mutant(other, fault, write)]) for fault, write in mutants(query)
    )


def test_what_is_written_down_is_not_tried_again(tmp_path: Path) -> None:
    def asked_again() -> str:
        raise AssertionError

    file = tmp_path / "outcomes.txt"
    assert Outcomes(file).of("question", lambda: "same rows") == "same rows"
    assert Outcomes(file).of("question", asked_again) == "same rows"
    assert Outcomes(file).of("another", lambda: "True") == "True"
