"""The command workshop check package: does the package work with other versions of dbt?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.project import PROJECT
from lead_scoring.terminal import console
from lead_scoring_workshop.consumer import UV, lay_out, run_dbt

# dbt-core 1.12 asks for it, and it is there as a source alone, which downloads a binary.
LEFT_OUT = "dbt-core-experimental-parser"

ENDS = {0: "all passed", 1: "one failed", 2: "called wrongly"}
EXAMPLES = {"": "the oldest and the newest of each", "1.11.4": "one version"}


def main(
    versions: Annotated[
        list[str] | None, typer.Argument(help="Of dbt-core, as 1.10.8 or 1.12.*.")
    ] = None,
) -> None:
    """integration_tests/ installs the package and is built with each version, in an environment of
    its own, from the package registry.
    """
    out, failed = console(), False
    for version in versions or ["1.10.8", "1.10.*", "1.11.*", "1.12.*"]:
        with tempfile.TemporaryDirectory() as made:
            problem = _try(version, Path(made))
        out.print(f"dbt-core {version}: {problem or 'passed'}", soft_wrap=True, highlight=False)
        failed |= bool(problem)
    raise typer.Exit(int(failed))


def _try(version: str, folder: Path) -> str:
    python = folder / "environment" / "bin" / "python"
    try:
        _uv("venv", "--quiet", "--python", sys.executable, str(folder / "environment"))
        wanted = folder / "wanted.in"
        wanted.write_text(f"dbt-core=={version}\ndbt-duckdb\n")
        pinned = _uv("pip", "compile", "--quiet", "--no-header", "--no-annotate", str(wanted))
        lines = [line for line in pinned.splitlines() if not line.startswith(LEFT_OUT)]
        (folder / "pinned.txt").write_text("\n".join(lines))
        _uv("pip", "install", "--quiet", "--no-deps", "--python", str(python), "-r",
            str(folder / "pinned.txt"))  # fmt: skip
    except subprocess.CalledProcessError as error:
        return f"could not be installed: {error.stderr.strip()}"
    consumer = lay_out(folder / "consumer", [{"local": str(PROJECT)}])
    for arguments in (("deps",), ("build", "--exclude-resource-type", "unit_test")):
        done = run_dbt(consumer, *arguments, python=python)
        if done.returncode:
            return f"dbt {arguments[0]} failed:\n{done.stdout[-3000:]}"
    return ""


def _uv(*arguments: str) -> str:
    command: Sequence[str] = [str(UV), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
