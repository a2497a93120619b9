"""The command lead-scoring check data: what is in a data folder, and what a run would say of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending
from lead_scoring.data.checks import check_folder
from lead_scoring.data.checks.report import as_github, as_json, print_text
from lead_scoring.exports import read_as
from lead_scoring.rules.files import RulesError
from lead_scoring.terminal import console
from lead_scoring.times import check_time_zone

ENDS = {
    0: "a run can use the data, perhaps with warnings",
    1: "it would be refused or held back",
    2: "called wrongly, or there is no such folder",
}
EXAMPLES = {
    "my_folder": "with the rules of the project",
    "my_folder --rules my_rules --date-order dmy": "as a run with these options would",
}


def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the input files.")],
    rules: given.Rules = None,
    source: given.Source = None,
    input_time_zone: given.InputTimeZone = None,
    date_order: given.DayOrder = None,
    as_json_: given.AsJson = False,
    as_github_: given.AsGithub = False,
) -> None:
    """Which columns were taken for what, what of them can be read, which event types no rule names.

    It prints counts, names of columns and event types, and no value of a lead.
    """
    codes = {NotADirectoryError: 2, RulesError: 1, ValueError: 2}
    with ending(codes), read_as(source):
        found = check_folder(
            folder,
            rules,
            input_time_zone=check_time_zone(input_time_zone) if input_time_zone else None,
            date_order=date_order.value if date_order else None,
        )
    if as_json_:
        sys.stdout.write(f"{as_json(found)}\n")
    elif as_github_:
        sys.stdout.write("".join(f"{line}\n" for line in as_github(found).splitlines()))
    else:
        print_text(found, console())
    raise typer.Exit(1 if found.is_refused else 0)
