"""Mutants: what is changed, one fault at a time, and that a unit test's query tells them apart."""

from __future__ import annotations

import duckdb
import sqlglot

from lead_scoring.mutations.operators import mutants
from lead_scoring.mutations.unit_tests import UnitTest, mutants_of, parts_of, passes

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
    changed = {(fault.kind, text) for fault, text in mutants(query)}
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
    assert [text for _, text in mutants(query)] == [
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
