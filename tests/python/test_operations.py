"""docs/how-to/operations.md and its examples say what is true, as far as it can be checked here."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest
import yaml

from lead_scoring.commands import score
from lead_scoring.commands.app import LeadScoring
from lead_scoring.places import is_published
from lead_scoring.project import PROJECT

EXAMPLES = PROJECT / "docs" / "how-to" / "examples"
PAGE = (PROJECT / "docs" / "how-to" / "operations.md").read_text(encoding="utf-8")
# What an example needs to be run, not only parsed.
PACKAGES = {
    "airflow_dag.py": ("airflow", "airflow.providers.standard"),
    "airflow_cosmos_dag.py": ("airflow", "cosmos"),
    "dagster_job.py": ("dagster",),
}


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_python_examples_are_python(name: str) -> None:
    tree = ast.parse((EXAMPLES / name).read_text(encoding="utf-8"), feature_version=(3, 10))
    assert ast.get_docstring(tree)
    assert name in PAGE


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_python_examples_run_where_the_tool_is_installed(name: str) -> None:
    for package in PACKAGES[name]:
        pytest.importorskip(package)
    runpy.run_path(str(EXAMPLES / name))


def test_the_crontab_has_five_fields_and_commands_that_exist() -> None:
    lines = (EXAMPLES / "crontab").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if not line.startswith("#")]
    assert re.match(r"[\d*/,-]+( [\d*/,-]+){4} \S", line)
    assert re.findall(r"\./scripts/\S+", line) == ["./scripts/score", "./scripts/lead-scoring"]
    assert "./scripts/lead-scoring export handoffs --to" in line


def test_yaml_in_the_page_is_yaml() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert blocks and all(isinstance(yaml.safe_load(block), dict) for block in blocks)


def test_exit_codes_are_those_of_the_command() -> None:
    codes = re.findall(r"^\| (\d+) \| (\w+)", PAGE, re.MULTILINE)
    assert dict(codes) == {
        "0": "published",
        str(score.FAILED): "refused",
        "2": "called",
        str(score.HELD_BACK): "held",
        str(score.LOCKED): "another",
    }


def test_every_option_of_the_page_exists() -> None:
    named = set(re.findall(r"`(?:\./scripts/score )?(--[a-z-]+)", PAGE)) - {"--help"}
    command = LeadScoring.everything()["score"].load()
    assert named <= {word for each in command.params for word in (*each.opts, *each.secondary_opts)}


def test_a_published_file_is_known_by_its_link(tmp_path: Path) -> None:
    link = tmp_path / "x.duckdb"
    link.symlink_to("x.current/published.duckdb")
    assert is_published(link)
    link.unlink()
    link.symlink_to("elsewhere.duckdb")
    assert not is_published(link)
