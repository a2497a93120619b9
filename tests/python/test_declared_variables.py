"""Vars of dbt_project.yml hold for whoever looks at inputs before dbt does."""

from __future__ import annotations

from pathlib import Path

import pytest

from lead_scoring import dbt_plugin, project
from lead_scoring.data.checks import Limits, check_folder
from lead_scoring.data.checks.findings import declared_limits
from lead_scoring.project import inputs_as_read

ZONE = "lead_scoring_input_time_zone: Europe/Berlin"
# A tool's export, whose times name no zone.
CONTACTS = "Record ID,Email,Create Date\n1,ann@firm.example,2026-01-01 12:00\n"


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder without vars; its dbt_project.yml is to be written anew."""
    monkeypatch.setattr(project, "PROJECT", tmp_path)
    for name in project.READ_BY:
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


def test_limits_of_the_project_hold_for_the_look_at_data(declare: Path) -> None:
    assert declared_limits() == Limits()
    declare.write_text(
        "vars:\n  lead_scoring_hold_back: {quarantined_percent: 1, most: 9, unknown: 3}\n"
    )
    assert declared_limits() == Limits(quarantined_percent=1, most=9)
    declare.write_text("vars:\n  lead_scoring_input_severity: WARN\n")
    assert not declared_limits().holds_back_rows(99, 99)
    assert not declared_limits().holds_back_values(99, 99)


def test_exports_are_looked_at_and_read_as_the_project_says(declare: Path, tmp_path: Path) -> None:
    declare.write_text(f"vars:\n  {ZONE}\n")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    assert check_folder(folder).input_time_zone == "Europe/Berlin"
    assert dbt_plugin._maps().variables == inputs_as_read() != {}
