"""The command workshop measure house: measures the shape of the dbt project."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console, heading, shown, table
from lead_scoring_workshop.house.figures import Figure, figures_of
from lead_scoring_workshop.house.project import read_project

ENDS = {0: "measured, whatever goals are missed", 1: "dbt cannot read the project"}
EXAMPLES = {"": "a table", "--json": "figure by figure"}


def main(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, figure by figure, in place of a table.")
    ] = False,
) -> None:
    """Beside each figure stands its goal, where it has one. It measures, and is no gate."""
    try:
        figures = figures_of(read_project())
    except RunFailed as failure:
        console(is_error=True).print(str(failure), soft_wrap=True)
        raise typer.Exit(1) from None
    if as_json:
        sys.stdout.write(f"{in_json(figures)}\n")
    else:
        print_figures(figures, console())


def in_json(figures: Sequence[Figure]) -> str:
    """Returns an object with one entry for each figure, by its key."""
    return json.dumps(
        {
            figure.key: {
                "words": figure.words,
                "value": figure.value,
                "goal": figure.goal,
                "is_reached": figure.is_reached,
                "names": figure.names,
            }
            for figure in figures
        },
        indent=2,
    )


def print_figures(figures: Sequence[Figure], to: Console) -> None:
    """Prints the figures as a table, and below it what they count by name."""
    made = table(["figure", "value", "goal", "reached"], numbers=["value", "goal"])
    for figure in figures:
        goal = None if figure.goal is None else f"<= {figure.goal:,}"
        made.add_row(*map(shown, (figure.words, figure.value, goal, figure.is_reached)))
    to.print(made)
    for figure in figures:
        if figure.names:
            to.print()
            to.print(heading(figure.words))
            to.print(", ".join(figure.names))
