"""Models hold nothing of one engine: their text, and what is compiled of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlglot import parse_one

from lead_scoring.project import PROJECT
from lead_scoring_workshop.engines.forms_page import PAGE, differing_macros, page
from portable_sql import findings, source_findings


def test_models_and_macros_name_no_engine_s_own_words() -> None:
    files = [*PROJECT.glob("models/**/*.sql"), *PROJECT.glob("macros/**/*.sql")]
    found = [
        words for path in files if "adapters" not in path.parts for words in source_findings(path)
    ]
    assert len(files) > 150
    assert not found


def test_the_page_of_engines_is_what_the_macros_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
    macros = list(differing_macros())
    assert 0 < len(macros) <= 27
    assert all(macro.meaning and macro.example for macro in macros)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select null as a union all select 1 as a", "no type for a"),
        ("select a from (select 1 as a)", "has no name"),
        ("select 1 from x inner join y on x.a = (select max(a) from z)", "holds a select"),
        ("select row_number() over (partition by a) as n from x", "has no order"),
        ("with recursive x as (select 1 as a) select a from x", "is recursive"),
        ("select said.said from x as said", "name of a relation and of its column"),
        ("select x.a from x left join y on x.a < y.a", "has no equality"),
        ("select 1 as a except all select 2 as a", "except all"),
    ],
)
def test_what_an_engine_refuses_is_found(sql: str, words: str) -> None:
    assert [
        found for found in findings(parse_one(sql, dialect="postgres"), "model") if words in found
    ]


@pytest.mark.parametrize("text", ["cast(a as varchar)", "a::int", "rtrim(a, '0')", "a ilike b"])
def test_words_of_one_engine_are_found(text: str, tmp_path: Path) -> None:
    file = tmp_path / "model.sql"
    file.write_text(f"select {text}")
    assert source_findings(file)
    file.write_text(f"select 1 -- {text}")
    assert not source_findings(file)
