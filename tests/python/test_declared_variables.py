"""Vars of dbt_project.yml hold for whoever looks at inputs before dbt does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lead_scoring import dbt_plugin, project
from lead_scoring.commands.app import app
from lead_scoring.data.checks import Level, Limits, check_folder
from lead_scoring.data.checks.findings import declared_limits
from lead_scoring.settings import READ_BY, SettingError, inputs_as_read
from test_commands import write_input

ZONE = "lead_scoring_input_time_zone: Europe/Berlin"
# A tool's export, whose times name no zone.
CONTACTS = "Record ID,Email,Create Date\n1,ann@firm.example,2026-01-01 12:00\n"


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder without vars; its dbt_project.yml is to be written anew."""
    monkeypatch.setattr(project, "PROJECT", tmp_path)
    for name in READ_BY:
        monkeypatch.delenv(f"LEAD_SCORING_{name.upper()}", raising=False)
    declared = tmp_path / "dbt_project.yml"
    declared.write_text("name: some\n", encoding="utf-8")
    return declared


@pytest.mark.parametrize(
    "text", [f"vars:\n  {ZONE}\n", f"vars:\n  other: 1\n  lead_scoring:\n    {ZONE}\n"]
)
def test_a_var_of_the_project_is_read_and_the_environment_before_it(
    text: str, declare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inputs_as_read() == {}
    declare.write_text(text, encoding="utf-8")
    assert inputs_as_read() == {"lead_scoring_input_time_zone": "Europe/Berlin"}
    monkeypatch.setenv("LEAD_SCORING_INPUT_TIME_ZONE", "America/New_York")
    assert inputs_as_read() == {"lead_scoring_input_time_zone": "America/New_York"}


def test_limits_of_the_project_hold_for_the_look_at_data(declare: Path, tmp_path: Path) -> None:
    assert declared_limits() == Limits()
    declare.write_text(
        'vars:\n  lead_scoring_hold_back: {quarantined_percent: "1", most: 9, unknown: 3}\n'
    )
    assert declared_limits() == Limits(quarantined_percent=Decimal(1), most=Decimal(9))
    folder = write_input(tmp_path / "data")
    header = (folder / "leads.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "leads.csv").write_text(f"{header}\n", encoding="utf-8")
    assert Level.HELD_BACK in {one.level for one in check_folder(folder).findings}
    declare.write_text("vars:\n  lead_scoring_input_severity: WARN\n")
    assert {one.level for one in check_folder(folder).findings} == {Level.WARNING}


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ("lead_scoring_input_time_zone: Berlin", "lead_scoring_input_time_zone: There is no time"),
        ("lead_scoring_date_order: DMY", "lead_scoring_date_order is DMY. Write dmy or mdy."),
        ("lead_scoring_hold_back: {most: some}", "lead_scoring_hold_back: most is no number"),
        ("lead_scoring_hold_back: {most: .nan}", "lead_scoring_hold_back: most is no number"),
        ("lead_scoring_hold_back: 5", "lead_scoring_hold_back is no mapping"),
        ("- some", "vars in dbt_project.yml is no mapping"),
        ("\tx: 1", "dbt_project.yml is no YAML"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    variables: str, words: str, declare: Path, tmp_path: Path
) -> None:
    declare.write_text(f"vars:\n  {variables}\n")
    (tmp_path / "data").mkdir()
    with pytest.raises(SettingError, match=words):
        check_folder(tmp_path / "data")
    found = CliRunner().invoke(app, ["check", "data", str(tmp_path / "data")])
    assert found.exit_code == 2
    assert words.partition(":")[0] in found.output


def test_an_option_stands_before_a_setting_that_cannot_be_used(declare: Path) -> None:
    declare.write_text("vars:\n  lead_scoring_date_order: DMY\n")
    given = {"lead_scoring_date_order": "dmy"}
    assert inputs_as_read(given) == given


def test_exports_are_looked_at_and_read_as_the_project_says(declare: Path, tmp_path: Path) -> None:
    declare.write_text(f"vars:\n  {ZONE}\n")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    assert check_folder(folder).input_time_zone == "Europe/Berlin"
    assert dbt_plugin._maps().variables == inputs_as_read() != {}
