"""The commands lead-scoring and workshop: their helps, wrong words, and what they import."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

import lead_scoring
from lead_scoring.commands.app import LeadScoring, app
from lead_scoring.commands.lazy import App, LazyCommand
from lead_scoring_workshop.commands.app import Workshop
from lead_scoring_workshop.commands.app import app as workshop

APPS = {LeadScoring: app, Workshop: workshop}
COMMANDS = [command for made in APPS for command in made.everything().values()]
# What a terminal shows at once.
LINES, COLUMNS = 40, 100


def call(*words: str, made: type[App] = LeadScoring) -> Result:
    # Click leaves two columns.
    return CliRunner().invoke(APPS[made], list(words), terminal_width=COLUMNS - 2)


def help_of(command: LazyCommand) -> str:
    result = call(*command.words.split(), "--help", made=command.app)
    assert result.exit_code == 0, result.output
    return result.output


def fits_a_screen(output: str) -> None:
    lines = output.splitlines()
    assert len(lines) <= LINES
    # A line of an example may be longer: it is not to be broken.
    assert all(len(line) <= COLUMNS for line in lines if "./scripts/" not in line)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_every_help_fits_a_screen_and_has_examples_and_exit_codes(command: LazyCommand) -> None:
    output = help_of(command)
    fits_a_screen(output)
    assert command.summary in " ".join(output.split())
    assert f"  {command.app.call} {command.words}" in output.split("Examples:")[1]
    assert "Exit codes: 0 " in output


@pytest.mark.parametrize("made", APPS)
def test_the_help_names_every_command_under_those_who_use_it(made: type[App]) -> None:
    output = call("--help", made=made).output
    fits_a_screen(output)
    for who, summaries in made.people.items():
        told = output.split(f"{who}:")[1].split("\n\n")[0]
        listed = [line.split("  ")[1] for line in told.splitlines() if line.strip()]
        assert listed == list(summaries)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("scor", "score"), ("chek data", "check"), ("check ruls", "rules"), ("revew", "review")],
)
def test_a_wrong_word_gets_the_nearest_right_one(wrong: str, right: str) -> None:
    result = call(*wrong.split())
    assert result.exit_code == 2
    assert f"Did you mean '{right}'" in result.output


def test_a_wrong_option_gets_the_nearest_right_one() -> None:
    result = call("explain", "L1", "--databse", "x")
    assert result.exit_code == 2
    assert "--database" in result.output


def test_the_help_does_not_wait_for_dbt() -> None:
    """Each command is imported when it is called: dbt alone takes seconds."""
    code = """
import json, sys
import lead_scoring
from typer.testing import CliRunner
from lead_scoring.commands.app import app
for words in (["--help"], ["check", "--help"]):
    assert CliRunner().invoke(app, words).exit_code == 0
print(json.dumps([name for name in ("dbt", "duckdb", "numpy", "rich") if name in sys.modules]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("re", {"review"}), ("check ", {"data", "rules"}), ("score --da", {"--data"})],
)
def test_shells_complete_commands_and_options(typed: str, offered: set[str]) -> None:
    words = f"lead-scoring {typed}"
    environment = {
        "_LEAD_SCORING_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    result = CliRunner().invoke(app, [], env=environment, prog_name="lead-scoring")
    assert offered <= set(result.output.split())


@pytest.mark.parametrize("name", lead_scoring.__all__)
def test_what_commands_do_can_be_called_from_python(name: str) -> None:
    assert getattr(lead_scoring, name).__doc__


def test_no_other_name_is_there() -> None:
    name = "scor"
    with pytest.raises(AttributeError, match="lead_scoring has no scor"):
        getattr(lead_scoring, name)
