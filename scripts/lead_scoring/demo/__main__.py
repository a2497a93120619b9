"""The command generate_demo: writes made-up input files of any size."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.demo.files import AS_OF, generate


def main(
    folder: Annotated[
        Path, typer.Argument(help="Folder to write into; made if absent.", file_okay=False)
    ],
    leads: Annotated[int, typer.Option(help="Number of leads.")] = 3000,
    events: Annotated[int, typer.Option(help="Number of rows of the events file.")] = 60_000,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal files.", min=0)] = 1,
    as_of: Annotated[str, typer.Option(help="The story ends here (ISO 8601).")] = AS_OF,
    file_format: Annotated[str, typer.Option("--format", help="csv or parquet.")] = "csv",
) -> None:
    """Write made-up leads, events, outcomes and merges as input files."""
    try:
        generate(folder, leads, events, seed, as_of, file_format)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo(f"Wrote {leads} leads and {events} events to {folder}")


if __name__ == "__main__":
    typer.run(main)
