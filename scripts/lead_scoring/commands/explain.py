"""The command lead-scoring explain: prints the whole arithmetic of one lead's score."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import complain, ending, print_json
from lead_scoring.databases import DatabaseError, open_database
from lead_scoring.explain.explanation import explanation_values, print_explanation
from lead_scoring.explain.finding import find_score
from lead_scoring.places import work_file
from lead_scoring.project import DATABASE, called
from lead_scoring.terminal import console

ENDS = {0: "explained", 1: "there is no such score, with a sentence on why", 2: "called wrongly"}
EXAMPLES = {
    "L001788": "by the scorecard of its segment",
    "L001788 --scorecard small_business": "by another one",
}


def main(
    lead_id: Annotated[
        str, typer.Argument(metavar="LEAD", help="The lead, as the input writes its id.")
    ],
    scorecard: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Another scorecard, a challenger say.",
            show_default="the lead's own",
        ),
    ] = None,
    database: given.Database = DATABASE,
    as_json: given.AsJson = False,
) -> None:
    """Attributes, rules, decay, limits, sums and labels, of the latest run; of a lead without a
    score, what became of it.
    """
    try:
        with (
            ending({DatabaseError: 1, LookupError: 1}),
            open_database(work_file(database)) as connection,
        ):
            score = find_score(connection, lead_id, scorecard)
            if as_json:
                print_json(explanation_values(connection, score))
            else:
                print_explanation(connection, console(), score)
    except (duckdb.CatalogException, duckdb.BinderException):
        # Tables or columns are missing: of no run, or of one by another version of the project.
        complain(
            f"{database} holds no leads that this version scored. Run {called('score')} first."
        )
        raise typer.Exit(1) from None
