"""The command lead-scoring demo: writes made-up input files of any size."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.demo import AS_OF
from lead_scoring.demo.files import generate

ENDS = {0: "written", 2: "called wrongly"}
EXAMPLES = {
    "build/large --leads 20000 --events 600000": "enough wins to judge rare rules",
    "build/other --seed 2 --format parquet": "other people",
}


class Format(str, Enum):
    """The files that can be written."""

    CSV = "csv"
    PARQUET = "parquet"


def main(
    folder: Annotated[
        Path, typer.Argument(help="Folder to write into; made if absent.", file_okay=False)
    ],
    leads: Annotated[int, typer.Option(metavar="N", help="Number of leads.")] = 3000,
    events: Annotated[int, typer.Option(metavar="N", help="Rows of the events file.")] = 60_000,
    seed: Annotated[
        int, typer.Option(metavar="N", help="Equal seeds give equal files.", min=0)
    ] = 1,
    as_of: Annotated[str, typer.Option(metavar="TIME", help="The story ends here.")] = AS_OF,
    file_format: Annotated[Format, typer.Option("--format", help="Of the files.")] = Format.CSV,
) -> None:
    """A software company's prospects, and what they did. The names are made up."""
    try:
        generate(folder, leads, events, seed, as_of, file_format.value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo(f"Wrote {leads} leads and {events} events to {folder}")
