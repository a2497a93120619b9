"""The command workshop prepare dataset: makes input files of a public data set."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands.endings import ending
from lead_scoring.project import PROJECT, called
from lead_scoring.terminal import console
from lead_scoring_workshop.real_data.sets import DataSet, SourceError, prepare

EXAMPLES = {"xeducation public/xeducation build/xeducation": "then: score --data build/xeducation"}


def main(
    data_set: Annotated[DataSet, typer.Argument(help="The data set.")],
    source: Annotated[Path, typer.Argument(help="Folder with its files, as published.")],
    target: Annotated[Path, typer.Argument(help="Folder to write the input files to.")],
) -> None:
    """A mapping in SQL makes them; the set has rule tables of its own too."""
    with ending({SourceError: 1}):
        counts = prepare(data_set, source, target)
    screen = console()
    written = ", ".join(f"{name}.csv with {count:,} rows" for name, count in counts.items())
    screen.print(f"Wrote {written}.", soft_wrap=True)
    screen.print(
        f"Score them: {called('score')} --data {shlex.quote(str(target))}"
        f" --rules {data_set.rules.relative_to(PROJECT)} --as-of {data_set.as_of}",
        soft_wrap=True,
    )
