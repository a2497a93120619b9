"""The command lead-scoring check rules: finds what is wrong in rule tables before a run does."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending
from lead_scoring.databases import DatabaseError
from lead_scoring.project import DATABASE
from lead_scoring.rules.checks import Finding, check_folder
from lead_scoring.rules.checks.report import as_github, as_json, print_table
from lead_scoring.terminal import console

ENDS = {
    0: "the tables can be used, perhaps with warnings",
    1: "they are refused",
    2: "called wrongly, or there is no such folder or file",
}
EXAMPLES = {
    "": "the project's own, in seeds/",
    "my_rules": "those of a folder; the others are the project's",
    "my_rules --github": "in a pull request",
}


def main(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="Folder with rule tables of your own.",
            show_default="seeds/",
        ),
    ] = None,
    database: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The file of a finished run; its leads tell which rules never decide.",
            show_default="LEAD_SCORING_DATABASE or build/lead_scoring.duckdb, if there",
        ),
    ] = None,
    as_json_: given.AsJson = False,
    as_github_: given.AsGithub = False,
) -> None:
    """Every row, name and value is looked at. All findings are printed at once, worst first: where
    it is, what is wrong, and how to mend it.
    """
    with ending({NotADirectoryError: 2, DatabaseError: 2}):
        findings = check_folder(folder, database) if database else _check_with_last_run(folder)
    if as_json_:
        sys.stdout.write(f"{as_json(findings)}\n")
    elif as_github_:
        sys.stdout.write("".join(f"{line}\n" for line in as_github(findings).splitlines()))
    else:
        print_table(findings, console())
    raise typer.Exit(1 if any(finding.is_refusal for finding in findings) else 0)


def _check_with_last_run(folder: Path | None) -> list[Finding]:
    """Checks with the leads of the last run, if it can be read: nobody asked for them."""
    database = Path(os.environ.get("LEAD_SCORING_DATABASE") or DATABASE)
    if database.is_file():
        with contextlib.suppress(DatabaseError):
            return check_folder(folder, database)
    return check_folder(folder)
