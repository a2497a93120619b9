"""The command lead-scoring start rules: a first set of rule tables from a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import check_empty, ending
from lead_scoring.data.folder import InputError
from lead_scoring.project import called
from lead_scoring.rules.files import RulesError
from lead_scoring.suggest.first_rules import start
from lead_scoring.terminal import console

EXAMPLES = {"--data my_folder --to my_rules": "then: suggest SCORECARD --rules my_rules ..."}


def main(
    data: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            help="Folder with the input files.",
            envvar="LEAD_SCORING_DATA",
            show_envvar=False,
        ),
    ],
    to: given.NewFolder,
    rules: given.Rules = None,
) -> None:
    """Rules can look at a column once a row of attributes says what it is and when it is known.
    This writes the rows, by what the columns hold, and lists of their frequent values; a person
    says whether they are right.
    """
    with ending({RulesError: 1, InputError: 1, OSError: 1}):
        check_empty(to)
        attributes, entries = start(data, rules, to)
    late = [row["attribute"] for row in attributes if row["known"] == "after_contact"]
    lines = [
        f"Wrote {len(attributes)} rows of attributes and {len(entries)} entries of lists: {to}",
        "Look at each row's known: only who writes a column can say when it is there.",
    ]
    if late:
        lines.append(f"These seem to know the outcome, and are after_contact: {', '.join(late)}.")
    lines.append(f"Then: {called('suggest SCORECARD')} --data {data} --rules {to} --to DIR")
    console().print("\n".join(lines), soft_wrap=True)
