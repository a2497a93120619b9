"""The command workshop measure datasets: scores the public data sets, writes what it got."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown

from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console
from lead_scoring_workshop.real_data.figures import (
    open_scores,
    score,
    udacity_figures,
    xeducation_figures,
)
from lead_scoring_workshop.real_data.reports import CALLED_WITH, PublishedSets, report_text
from lead_scoring_workshop.real_data.sets import DataSet, SourceError

REPORT = PROJECT / "docs" / "explanation" / "real_data.md"
EXAMPLES = CALLED_WITH


def main(
    source: PublishedSets,
    report: Annotated[
        Path,
        typer.Option(help="Markdown file to write.", show_default="docs/explanation/real_data.md"),
    ] = REPORT,
    work_folder: Annotated[
        Path,
        typer.Option(help="Folder for input files and databases.", show_default="build/real_data"),
    ] = PROJECT / "build" / "real_data",
) -> None:
    """What the scores foretold is printed, and written to docs/explanation/real_data.md."""
    measures = {DataSet.xeducation: xeducation_figures, DataSet.udacity: udacity_figures}
    figures: dict[str, str] = {}
    try:
        for data_set, measure in measures.items():
            folder = work_folder / data_set.value
            with open_scores(score(data_set, source / data_set.value, folder)) as connection:
                figures |= measure(connection)
    except (SourceError, RunFailed) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    text = report_text("report", figures)
    report.write_text(text, encoding="utf-8", newline="")
    console().print(Markdown(text))
