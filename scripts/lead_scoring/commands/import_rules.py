"""The command lead-scoring import rules: makes rule tables of a list of points."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands.endings import ending
from lead_scoring.rules.importing.entries import Kind
from lead_scoring.rules.importing.import_rules import ImportFailed, import_rules
from lead_scoring.rules.importing.printing import print_import
from lead_scoring.rules.importing.sheets import SheetError
from lead_scoring.terminal import console

ENDS = {0: "tables are written", 1: "none are, with a sentence on why", 2: "called wrongly"}
EXAMPLES = {"points.csv --to my_rules": "then: describe rules --rules my_rules"}


def main(
    file: Annotated[
        Path, typer.Argument(help="List of points: .csv, .tsv, .txt or .xlsx, with a header row.")
    ],
    to: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for the rule tables; made if absent.")
    ],
    kind: Annotated[
        Kind, typer.Option(help="How the list is kept; auto tells it by the columns.")
    ] = Kind.AUTO,
    scorecard: Annotated[
        str, typer.Option(metavar="NAME", help="Name of the scorecard.")
    ] = "imported",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files of an earlier import.")
    ] = False,
) -> None:
    """Nothing is guessed: what could not be placed is listed with what is missing."""
    with ending({SheetError: 1, ImportFailed: 1}):
        imported = import_rules(file, to, kind=kind, scorecard=scorecard, overwrite=overwrite)
    print_import(console(), imported, to)
