"""The command ./scripts/measure_real_data: scores the public data sets, writes down what it got."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Annotated

import typer
from rich.markdown import Markdown

from lead_scoring.real_data import FOLDER, DataSet, SourceError
from lead_scoring.real_data_figures import open_scores, score, udacity_figures, xeducation_figures
from lead_scoring.runner import PROJECT, RunFailed
from lead_scoring.tables import console

REPORT = PROJECT / "docs" / "explanation" / "real_data.md"


def report_text(figures: Mapping[str, str]) -> str:
    """Returns report.md with its placeholders filled. Raises KeyError where a figure is absent."""
    return Template((FOLDER / "report.md").read_text(encoding="utf-8")).substitute(figures)


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    source: Annotated[
        Path, typer.Argument(help="Folder with the folders xeducation and udacity, as published.")
    ],
    report: Annotated[
        Path,
        typer.Option(help="Markdown file to write.", show_default="docs/explanation/real_data.md"),
    ] = REPORT,
    work_folder: Annotated[
        Path,
        typer.Option(help="Folder for input files and databases.", show_default="build/real_data"),
    ] = PROJECT / "build" / "real_data",
) -> None:
    """Scores the two public data sets, prints what the scores foretold and writes it down."""
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
    text = report_text(figures)
    report.write_text(text, encoding="utf-8", newline="")
    console().print(Markdown(text))


if __name__ == "__main__":
    app(prog_name="./scripts/measure_real_data")
