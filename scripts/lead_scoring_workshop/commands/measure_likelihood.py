"""The command workshop measure likelihood: trains on public data, beside other models."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown

from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console
from lead_scoring_workshop.real_data.figures import markdown
from lead_scoring_workshop.real_data.likelihood import measured
from lead_scoring_workshop.real_data.reports import CALLED_WITH, PublishedSets, report_text
from lead_scoring_workshop.real_data.sets import SourceError

REPORT = PROJECT / "docs" / "explanation" / "likelihood_evidence.md"
EXAMPLES = CALLED_WITH


def main(
    source: PublishedSets,
    report: Annotated[
        Path,
        typer.Option(
            help="Markdown file to write.",
            show_default="docs/explanation/likelihood_evidence.md",
        ),
    ] = REPORT,
    work_folder: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep rule tables and cards in this new folder."),
    ] = None,
) -> None:
    """Prints what came out, and writes docs/explanation/likelihood_evidence.md."""
    with tempfile.TemporaryDirectory(prefix="lead_scoring-measure-") as name:
        try:
            rows = measured(source, work_folder or Path(name))
        except (SourceError, RunFailed) as error:
            console(is_error=True).print(str(error), soft_wrap=True)
            raise typer.Exit(1) from None
    turned = [
        {"": column, **{str(row["Asked"]): row[column] for row in rows}}
        for column in rows[0]
        if column != "Asked"
    ]
    text = report_text("likelihood", {"likelihood": markdown(turned)})
    report.write_text(text, encoding="utf-8", newline="")
    console().print(Markdown(text))
