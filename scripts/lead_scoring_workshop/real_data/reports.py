"""What the commands share that measure on public data sets: where these lie, and the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from lead_scoring_workshop.real_data.sets import FOLDER

PublishedSets = Annotated[
    Path, typer.Argument(help="Folder with the folders xeducation and udacity, as published.")
]
CALLED_WITH = {"public": "public/xeducation and public/udacity, as published"}


def report_text(name: str, figures: Mapping[str, str]) -> str:
    """Returns a report with its placeholders filled. Raises KeyError where a figure is absent.

    name: of the report's file, without its ending.
    """
    return Template((FOLDER / f"{name}.md").read_text(encoding="utf-8")).substitute(figures)
