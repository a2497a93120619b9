"""The command ./scripts/check_data: what is in a data folder, and what a run would say of it."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.data_checks import check_folder
from lead_scoring.data_checks.report import as_github, as_json, print_text
from lead_scoring.exports import read_as
from lead_scoring.rule_files import RulesError
from lead_scoring.tables import console
from lead_scoring.times import DateOrder, check_time_zone

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Format(str, Enum):
    """How the findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command()
def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the input files.")],
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Folder whose CSVs take the place of the rule tables of the same names.",
            show_default="the project's own",
        ),
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", help="How to print what was found.")
    ] = Format.TEXT,
    source: Annotated[
        str | None,
        typer.Option(
            help="The tool whose exports the folder holds: hubspot, salesforce, marketo, segment, "
            "snowplow or ga4, or several separated by commas.",
            envvar="LEAD_SCORING_SOURCE",
            show_default="told by the files",
        ),
    ] = None,
    input_time_zone: Annotated[
        str, typer.Option(help="Time zone of times that name none, such as Europe/Berlin.")
    ] = "UTC",
    date_order: Annotated[
        DateOrder | None,
        typer.Option(help="Read 3/4/2026 too, day (dmy) or month (mdy) first."),
    ] = None,
) -> None:
    """Looks at a data folder before a run does: columns, times, numbers, ids, event types.

    Prints counts and names of columns, and no value of a lead. Exit code 0: a run can use the
    data, perhaps with warnings. 1: it would be refused or held back. 2: a folder is not there.
    """
    try:
        with read_as(source):
            found = check_folder(
                folder,
                rules,
                input_time_zone=check_time_zone(input_time_zone),
                date_order=date_order.value if date_order else None,
            )
    except (NotADirectoryError, ValueError) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(2) from None
    except RulesError as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    if output is Format.TEXT:
        print_text(found, console())
    elif found.findings or output is Format.JSON:
        sys.stdout.write(f"{as_json(found) if output is Format.JSON else as_github(found)}\n")
    raise typer.Exit(1 if found.is_refused else 0)


if __name__ == "__main__":
    app(prog_name="./scripts/check_data")
