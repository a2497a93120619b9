"""The command ./scripts/rollback: lists the runs that are kept, and leads readers back to one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring import runner
from lead_scoring.published.lock import Locked, only_run
from lead_scoring.published.places import Places, places_of
from lead_scoring.published.versions import current_version, find, show, versions
from lead_scoring.tables import console, shown, table

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    run: Annotated[
        str | None,
        typer.Argument(
            metavar="[RUN|previous]",
            help="The run to go back to, by id or number; without it, the runs are listed.",
        ),
    ] = None,
    database: Annotated[
        Path,
        typer.Option(
            help="DuckDB file that ./scripts/score published.",
            envvar="LEAD_SCORING_DATABASE",
            show_default="build/lead_scoring.duckdb",
        ),
    ] = runner.DATABASE,
) -> None:
    """Lists the runs that are kept, or goes back to one: its tables, contacts, state and record.

    The next ./scripts/score starts from there, as if what came after had not been. Ends with 0, or
    with 1 where there is no such run, 75 where a run is at work.
    """
    places = places_of(database)
    if run is None:
        print_versions(places)
        return
    try:
        with only_run(places.lock, "./scripts/rollback"):
            version = find(places, run)
            if not version.records():
                raise LookupError(f"Run {version.run_id} cannot be read. Choose another one.")
            show(places, version)
    except (LookupError, Locked, OSError) as error:
        console(is_error=True).print(str(error.args[0]), soft_wrap=True)
        raise typer.Exit(75 if isinstance(error, Locked) else 1) from None
    console().print(f"Readers see run {version.run_id} now.")


def print_versions(places: Places) -> None:
    """Prints the runs that are kept, the newest first."""
    numbers = ["leads", "tests"]
    grid = table(["run", "as of", *numbers, ""], numbers)
    for column in grid.columns:
        column.no_wrap = True
    current = current_version(places)
    for version in versions(places):
        records = version.records()
        mark = "readers see it" if version == current else ""
        if records:
            last = records[-1]
            values = (last.run_id, last.as_of, last.leads, last.tests_passed)
            grid.add_row(*(shown(value) for value in values), mark)
        else:
            grid.add_row(version.run_id, "cannot be read", "", "", mark)
    console().print(grid if grid.row_count else "No run is published yet. Run ./scripts/score.")


if __name__ == "__main__":
    app(prog_name="./scripts/rollback")
