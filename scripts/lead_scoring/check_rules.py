"""The command ./scripts/check_rules: finds what is wrong in rule tables before a run uses them."""

from __future__ import annotations

import contextlib
import os
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.rule_checks import Finding, check_folder
from lead_scoring.rule_checks.report import as_github, as_json, print_table
from lead_scoring.tables import DatabaseError, console

DATABASE = Path(__file__).resolve().parents[2] / "build" / "lead_scoring.duckdb"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Format(str, Enum):
    """How findings are printed."""

    TABLE = "table"
    JSON = "json"
    GITHUB = "github"


@app.command()
def main(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="Folder with rule tables (fit_rules.csv, ...); tables that are absent are those "
            "of the project. Without it the project's own are checked.",
        ),
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", help="How to print what was found.")
    ] = Format.TABLE,
    database: Annotated[
        Path | None,
        typer.Option(
            help="DuckDB file of a finished run: its leads tell which rules never decide.",
            show_default="LEAD_SCORING_DATABASE or build/lead_scoring.duckdb, if there",
        ),
    ] = None,
) -> None:
    """Checks rule tables: every row, name and value. Prints all findings at once, worst first.

    Exit code 0: the tables can be used, perhaps with warnings. 1: they are refused.
    2: the folder or the database is not there.
    """
    try:
        findings = check_folder(folder, database) if database else _check_with_last_run(folder)
    except (NotADirectoryError, DatabaseError) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(2) from None
    if output is Format.TABLE:
        print_table(findings, console())
    elif findings or output is Format.JSON:
        sys.stdout.write(f"{as_json(findings) if output is Format.JSON else as_github(findings)}\n")
    raise typer.Exit(1 if any(finding.is_refusal for finding in findings) else 0)


def _check_with_last_run(folder: Path | None) -> list[Finding]:
    """Checks with the leads of the last run, if it can be read: nobody asked for them."""
    database = Path(os.environ.get("LEAD_SCORING_DATABASE") or DATABASE)
    if database.is_file():
        with contextlib.suppress(DatabaseError):
            return check_folder(folder, database)
    return check_folder(folder)


if __name__ == "__main__":
    app(prog_name="./scripts/check_rules")
