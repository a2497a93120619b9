"""The command lead-scoring compare: a CRM's own scores beside the published ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import complain, ending, print_json
from lead_scoring.databases import DatabaseError
from lead_scoring.parity.parity import Part, compare
from lead_scoring.parity.printing import print_parity, values
from lead_scoring.parity.sections import as_page
from lead_scoring.project import DATABASE, called
from lead_scoring.reading.kinds import InputError
from lead_scoring.terminal import console

ENDS = {
    0: "compared, however far they agree",
    1: "they cannot be, with a sentence on why",
    2: "called wrongly",
}
EXAMPLES = {
    "contacts.csv": "its columns are told by their names",
    "prospects.csv --score-column Grade --part fit": "letters, beside our fit score",
    "contacts.csv --to compare.html": "as a page, too",
}


def main(
    file: Annotated[
        Path,
        typer.Argument(help="Export with the lead's id and its score: .csv, .csv.gz or .parquet."),
    ],
    id_column: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Column of the lead's id.", show_default="by its name"),
    ] = None,
    score_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Column of the score: numbers, or grades from A+ to F.",
            show_default="by its name",
        ),
    ] = None,
    part: Annotated[Part, typer.Option(help="Which of our scores it is set beside.")] = Part.total,
    database: given.Database = DATABASE,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Write it as one page.")
    ] = None,
    as_json: given.AsJson = False,
) -> None:
    """Both are put on ranks: who is in both, how far the orders agree, who differs and why, and
    what the CRM's number must contain that our rules do not. Leads are named by ids alone.
    """
    try:
        with ending({InputError: 1, DatabaseError: 1, OSError: 1}):
            if to and not to.absolute().parent.is_dir():
                raise OSError(f"There is no folder for {to}. Make it first.")
            parity = compare(database, file, part, id_column, score_column)
            if to:
                to.write_text(as_page(parity), encoding="utf-8")
    except (duckdb.CatalogException, duckdb.BinderException):
        # Tables or columns are missing: of no run, or of one by another version of the project.
        complain(
            f"{database} holds no leads that this version scored. Run {called('score')} first."
        )
        raise typer.Exit(1) from None
    if as_json:
        print_json({**values(parity), "page": to})
        return
    print_parity(parity, console())
    if to:
        console().print(f"\nThe page: {to}", soft_wrap=True)
