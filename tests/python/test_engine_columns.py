"""What columns of inputs hold, by their types, and their values as text: alike on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb
import pytest

from engines_here import Run
from lead_scoring.model_expressions import Column, Project


def test_a_type_that_knows_its_zone_is_of_no_other(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project({"lead_scoring_input_time_zone": "Europe/Berlin"}, engine=name)
    zoned, unzoned = "timestamp with time zone", "timestamp"
    if name == "spark":
        zoned, unzoned = "timestamp", "timestamp_ntz"
    known = project.expression("clean_text", Column("known", zoned))
    unknown = project.expression("clean_text", Column("unknown", unzoned))
    texts = (
        f"select {known} as known, {unknown} as unknown from (select"
        f" cast('2026-06-30 12:00:00.5+05:30' as {zoned}) as known,"
        f" cast('2026-06-30 12:00:00.5' as {unzoned}) as unknown) as given"
    )
    assert run(texts) == [("2026-06-30 06:30:00.5Z", "2026-06-30 12:00:00.5")]
    read = ", ".join(project.expression("input_time_of", text) for text in ("known", "unknown"))
    assert run(f"select {read} from ({texts}) as texts") == [
        (datetime(2026, 6, 30, 6, 30, 0, 500000), datetime(2026, 6, 30, 10, 0, 0, 500000))
    ]


def test_doubles_that_are_ids_keep_their_digits(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project({}, engine=name)
    double = project.expression("type_name", "double")
    value = project.expression("clean_text", Column("value", double))
    numbers = ("1234567890123456", "1234567890123457", "0.00001", "-2.5", "55", "0")
    given = " union all ".join(f"select cast('{one}' as {double}) as value" for one in numbers)
    assert {text for (text,) in run(f"select {value} from ({given}) as given")} == set(numbers)


def test_numbers_are_written_out(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project({}, engine=name)
    single = {"duckdb": "float", "postgres": "real", "spark": "float"}[name]
    exact = {"postgres": "numeric(20,8)"}.get(name, "decimal(20,8)")
    texts = ", ".join(
        project.expression("clean_text", Column(*column))
        for column in (("single", single), ("exact", exact), ("nothing", exact))
    )
    given = (
        f"select cast('4.7' as {single}) as single, cast('0.0000001' as {exact}) as exact,"
        f" cast('0' as {exact}) as nothing"
    )
    assert run(f"select {texts} from ({given}) as given") == [("4.7", "0.00000010", "0.00000000")]


def test_a_text_loses_its_nul_characters(engine: tuple[str, Run]) -> None:
    name, run = engine
    if name == "postgres":  # whose texts have none
        return
    project = Project({}, engine=name)
    kind = project.expression("type_name", "text")
    text = project.expression("clean_text", Column("given", kind))
    key = project.expression("clean_text", Column("given", kind), is_id=True)
    given = "select ' a' || chr(0) || 'b ' as given"
    assert run(f"select {text}, {key} from ({given}) as texts") == [("ab", " ab ")]


LISTS = {"duckdb": "varchar[]", "postgres": "STRINGARRAY", "spark": "array<string>"}
NUMBERS_IN_A_LIST = {
    "duckdb": "cast([2, 10] as integer[])",
    "postgres": "array[2, 10]",
    "spark": "array(2, 10)",
}
TEXTS_IN_A_LIST = {
    "duckdb": "[' aws', null, 'g c p']",
    "postgres": "array[' aws', null, 'g c p']",
    "spark": "array(' aws', null, 'g c p')",
}


def test_the_entries_of_a_list_stand_apart(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project({}, engine=name)
    texts, numbers = (
        project.expression("clean_text", Column(column, LISTS[name]))
        for column in ("texts", "numbers")
    )
    given = f"select {TEXTS_IN_A_LIST[name]} as texts, {NUMBERS_IN_A_LIST[name]} as numbers"
    assert run(f"select {texts}, {numbers} from ({given}) as given") == [("aws;g c p", "2;10")]


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        (
            "list",
            (
                "VARCHAR[]",
                "INTEGER[3]",
                "TIMESTAMP[]",
                "ARRAY",
                "array<string>",
                "DATE[]",
                "STRINGARRAY",
                "BOOLEANARRAY",
                "DATETIMETZARRAY",
            ),
        ),
        ("structure", ("STRUCT(a INTEGER)[]", "array<struct<a:int>>", "MAP(VARCHAR, INTEGER)")),
        ("number", ("INTEGER", "DECIMAL(18,4)", "bigint")),
        ("flag", ("BOOLEAN",)),
        ("date", ("DATE",)),
        ("text", ("VARCHAR", "INTERVAL", "JSON")),
    ],
)
def test_a_type_tells_what_a_column_holds(kind: str, types: Sequence[str]) -> None:
    project = Project({})
    found = [project.expression("column_kind", Column("x", name)) for name in types]
    assert found == [kind] * len(types)


def test_a_structure_is_one_column_on_duckdb() -> None:
    with duckdb.connect() as connection:
        connection.execute("create table given as select {'a': 1} as device, ['x'] as tags, 1 as n")
        project = Project({}, connection)
        columns = project.macro("relation_columns")("given")
        kinds = {each.name: project.expression("column_kind", each) for each in columns}
    assert kinds == {"device": "structure", "tags": "list", "n": "number"}
