"""Code of templates that is kept from process to process is that of its text, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dbt.clients.jinja import get_rendered
from dbt_common.clients.jinja import MacroFuzzEnvironment

from lead_scoring.runs import compiled_templates, lean_dbt
from lead_scoring.runs.compiled_templates import CompiledTemplates

TEXT = "{% set many = 3 %}{{ many }}"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled, each time."""
    texts: list[str] = []
    compile_anew = compiled_templates._compile

    def counted(environment: MacroFuzzEnvironment, source: Any, *further: Any) -> Any:
        texts.append(source)
        return compile_anew(environment, source, *further)

    monkeypatch.setattr(compiled_templates, "_compile", counted)
    return texts


def rendered(file: Path, text: str, *, native: bool = False) -> Any:
    """Renders as a process of its own does, which keeps its code in a file."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lean_dbt, "_TEMPLATES", CompiledTemplates(file))
        with lean_dbt.lean_dbt():
            return get_rendered(text, {}, native=native)


def test_a_later_process_takes_what_an_earlier_one_has_compiled(
    tmp_path: Path, compiled: list[str]
) -> None:
    file = tmp_path / "templates" / "code"
    assert [rendered(file, TEXT) for _ in range(3)] == ["3"] * 3
    assert compiled == [TEXT]
    assert rendered(file, TEXT.replace("3", "4")) == "4"
    assert rendered(file, TEXT, native=True) == 3, "a number, and not its text"
    assert rendered(file, TEXT) == "3"
    assert len(compiled) == 3
    assert [each.name for each in file.parent.iterdir()] == ["code"]


@pytest.mark.parametrize("content", [b"", b"no code", b"\xe3"])
def test_what_cannot_be_read_is_compiled_anew(
    tmp_path: Path, compiled: list[str], content: bytes
) -> None:
    file = tmp_path / "code"
    file.write_bytes(content)
    assert [rendered(file, TEXT) for _ in range(2)] == ["3"] * 2
    assert compiled == [TEXT]


def test_what_cannot_be_written_is_no_obstacle(tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "file").touch()
    assert [rendered(tmp_path / "file" / "code", TEXT) for _ in range(2)] == ["3"] * 2
    assert compiled == [TEXT] * 2


def test_it_begins_again_where_most_is_of_edited_texts(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled_templates, "MOST", 2)
    file = tmp_path / "code"
    for text in ("{{ 1 }}", "{{ 2 }}", "{{ 3 }}", "{{ 1 }}"):
        rendered(file, text)
    assert compiled == ["{{ 1 }}", "{{ 2 }}", "{{ 3 }}", "{{ 1 }}"]
