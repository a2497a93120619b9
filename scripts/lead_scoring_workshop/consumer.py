"""The project in integration_tests/, which installs this one as a package, and dbt in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from lead_scoring.project import PROJECT

UV = Path(sys.executable).with_name("uv")
CONSUMER = PROJECT / "integration_tests"
OURS = ("LEAD_SCORING_", "DBT_", "PYTHONPATH")


def lay_out(folder: Path, package: Sequence[Mapping[str, str]]) -> Path:
    """Copies the consumer to a folder, where it is to get this project as `package` says.

    Returns the folder. package: entries of dbt's packages.yml.
    """
    ignored = shutil.ignore_patterns("dbt_packages", "target", "logs", "*.duckdb", "*lock.yml")
    shutil.copytree(CONSUMER, folder, ignore=ignored)
    packages = {"packages": [*map(dict, package), {"local": "beside"}]}
    (folder / "packages.yml").write_text(yaml.safe_dump(packages), encoding="utf-8")
    return folder


def run_dbt(
    folder: Path, *arguments: str, python: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs dbt of an environment, ours if none is given, in the consumer's folder."""
    code = "import gc, sys; gc.disable(); from dbt.cli.main import cli; sys.argv[0] = 'dbt'; cli()"
    own = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.run(
        [str(python or sys.executable), "-c", code, *arguments, "--profiles-dir", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**own, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "NO_COLOR": "1"},
        check=False,
    )
