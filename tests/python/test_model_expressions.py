"""The project's macros as Python renders them: the same SQL that dbt compiles."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from checked_data import write
from lead_scoring.model_expressions import Project, UnknownModelError, has_macro
from lead_scoring.project import PROJECT
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.runs.runner import invoke, read_project

VARIABLES = {"lead_scoring_input_time_zone": "Europe/Berlin", "lead_scoring_date_order": "dmy"}
TEXTS = (
    *("2026-06-30", "20260630", "2026-06-30T14:30:00Z", "2026-06-30 14:30 +0200", "30/6/2026"),
    *("1767225600", "1767225600000", "soon", "1200", "1,200", "1.2", "51-200", "-1", "$5", "yes"),
    *("FALSE", "", " 1", "2026-02-30", "12345678901"),
)
CALLS = [
    call
    for call in (
        "read_time('field')",
        "input_time_of('field')",
        "number_of('field')",
        "input_number_of('field')",
        "input_whole_of('field')",
        "trimmed('field')",
        "normalised('field')",
        "words_of('field')",
        "comparable(\"'flag'\", 'field')",
        "comparable(\"'date'\", 'field')",
        "comparable(\"'number'\", 'field')",
        "input_value('leads', 'email', lead_scoring.input_columns('leads'))",
        "input_value('leads', 'created_at', lead_scoring.input_columns('leads'))",
        "input_rows('leads')",
        "input_rows('outcomes')",
        "load_day(lead_scoring.input_columns('events'))",
    )
    if has_macro(call.partition("(")[0])
]
MARK = "-- next"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("expressions") / "data")


@pytest.fixture(scope="module")
def compiled(folder: Path) -> list[str]:
    """What dbt compiles of all calls, in one start."""
    text = f"\n{MARK}\n".join(f"{{{{ lead_scoring.{call} }}}}" for call in CALLS)
    work = folder.parent / "scores.run"
    lay_out_rules(None, work / "project" / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_PROJECT_DIR", str(PROJECT))
        patch.setenv("LEAD_SCORING_DATA", str(folder))
        patch.setenv("LEAD_SCORING_DATABASE", "../../scores.duckdb")
        manifest = read_project(work, VARIABLES)
        arguments = ["compile", "--inline", text, "--vars", json.dumps(VARIABLES)]
        (compiled,) = invoke(arguments, work, manifest=manifest).results
    return str(compiled.node.compiled_code).split(MARK)


def one_line(text: str) -> str:
    # dbt quotes every part of a relation's name
    return " ".join(text.split()).replace('"inputs"."main".', "inputs.main.").replace('"', "")


def test_the_sql_is_what_dbt_compiles(folder: Path, compiled: list[str]) -> None:
    assert len(compiled) == len(CALLS)
    with duckdb.connect() as connection:
        from lead_scoring.data.folder import create_views

        create_views(connection, folder)
        connection.execute("set TimeZone = 'UTC'")
        project = Project(VARIABLES, connection)
        own = SimpleNamespace(input_columns=project.macro("input_columns"))
        for call, expected in zip(CALLS, compiled, strict=True):
            known = {name_of(call): project.macro(name_of(call)), "lead_scoring": own}
            found = str(eval(call, {}, known))
            assert one_line(found) == one_line(expected), call
            if "'field'" in call:
                query = "select {} from (select unnest(?) as field)"
                values = connection.execute(query.format(found), [list(TEXTS)]).fetchall()
                assert (
                    values == connection.execute(query.format(expected), [list(TEXTS)]).fetchall()
                )


def name_of(call: str) -> str:
    return call.partition("(")[0]


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownModelError, match="no macro none_such"):
        Project().macro("none_such")
    with duckdb.connect() as connection, pytest.raises(UnknownModelError, match="no model none"):
        Project({}, connection).relation_of_model("none_such")
    assert has_macro("comparable", "text")
    assert not has_macro("comparable", "none_such")
