"""Every command that scores a folder of inputs can be told how they are read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.data.checks import check_folder
from lead_scoring.exports import SOURCE
from lead_scoring.published import scored_run
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed
from test_commands import write_input

COMMANDS = ("score", "preview", "review", "suggest", "train", "promote")
GIVEN = ("--input-time-zone", "Europe/Berlin", "--date-order", "dmy")
READ_SO = {"lead_scoring_input_time_zone": "Europe/Berlin", "lead_scoring_date_order": "dmy"}


def call(command: str, folder: Path, *options: str) -> list[str]:
    """The words of a call; what some need besides."""
    data = ["--data", str(write_input(folder / "data"))]
    contacts = "Record ID,Email,Create Date\n1,ann@firm.example,2026-01-01\n"
    (folder / "data" / "contacts.csv").write_text(contacts)
    needed = {
        "score": ["--no-check-data", "--database", str(folder / "x.duckdb")],
        "preview": ["--rules", "seeds", "--base", "seeds"],
        "review": ["--to", str(folder / "x.html"), "--database", str(folder / "x.duckdb")],
        "suggest": ["small_business", "--to", str(folder / "to")],
        "train": ["small_business", "--to", str(folder / "to")],
        "promote": ["mid_market_product_led", "--to", str(folder / "to")],
    }
    return [command, *needed[command], *data, *options]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The vars of runs that are asked for, and the source that exports are read as."""
    found: list[dict[str, Any]] = []

    def build(*, variables: dict[str, Any], environment: dict[str, str], **_: object) -> None:
        found.append({**variables, **environment, SOURCE: os.environ.get(SOURCE)})
        raise RunFailed("asked")

    monkeypatch.setattr(runner, "build", build)
    for name in (SOURCE, *(name.upper() for name in READ_SO)):
        monkeypatch.delenv(name, raising=False)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_options_say_how_inputs_are_read(
    command: str, asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    said = CliRunner().invoke(app, call(command, tmp_path, *GIVEN))
    assert len(asked) == 1, said.output
    assert {name: asked[0][name] for name in READ_SO} == READ_SO
    assert {name: asked[0][name.upper()] for name in READ_SO} == READ_SO
    assert not any(name.upper() in os.environ for name in READ_SO)


@pytest.mark.parametrize("command", COMMANDS[1:])
def test_the_environment_says_it_too(
    command: str, asked: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in READ_SO.items():
        monkeypatch.setenv(name.upper(), value)
    CliRunner().invoke(app, call(command, tmp_path, "--source", "hubspot"))
    assert {name: asked[0][name] for name in READ_SO} == READ_SO
    assert asked[0][SOURCE] == "hubspot"
    (tmp_path / "x").mkdir()
    wrong = CliRunner().invoke(app, call(command, tmp_path / "x", "--input-time-zone", "Berlin"))
    assert wrong.exit_code == 2
    assert "--input-time-zone" in wrong.output
    assert len(asked) == 1


def test_the_look_at_the_data_reads_as_the_run_does(
    asked: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in READ_SO.items():
        monkeypatch.setenv(name.upper(), value)
    looked: list[str] = []

    def look(*folders: Path, **how: Any) -> None:
        looked.append(check_folder(*folders, **how).input_time_zone)
        raise NotADirectoryError("looked at")

    monkeypatch.setattr(scored_run, "check_folder", look)
    options = scored_run.Options(
        data=write_input(tmp_path / "data"), database=tmp_path / "x.duckdb"
    )
    with pytest.raises(RunFailed, match="looked at"):
        scored_run.score_and_publish(options)
    assert looked == ["Europe/Berlin"]
