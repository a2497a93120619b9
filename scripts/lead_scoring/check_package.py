"""The command ./scripts/check_package: does the package work with other versions of dbt?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.consumer import lay_out, run_dbt
from lead_scoring.runner import PROJECT
from lead_scoring.tables import console

UV = Path(sys.executable).with_name("uv")
# dbt-core 1.12 asks for it, and it is there as a source alone, which downloads a binary.
LEFT_OUT = "dbt-core-experimental-parser"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    versions: Annotated[
        list[str] | None, typer.Argument(help="Of dbt-core, as 1.10.8 or 1.12.*.")
    ] = None,
) -> None:
    """Installs the package into integration_tests/ and builds that with each version of dbt.

    Each gets an environment of its own, from the package registry. Exit code 1: one failed.
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


if __name__ == "__main__":
    app()
