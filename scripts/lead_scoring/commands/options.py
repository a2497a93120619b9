"""The options that several commands have, each declared once."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.times import DateOrder


class Target(str, Enum):
    """Where a run scores, by the names of the profile's targets."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"
    SPARK = "spark"


Data = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Folder with the input files.",
        envvar="LEAD_SCORING_DATA",
        show_envvar=False,
        show_default="the demo",
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        metavar="TOOL,...",
        help="hubspot, salesforce, marketo, segment, snowplow or ga4.",
        envvar="LEAD_SCORING_SOURCE",
        show_envvar=False,
        show_default=False,
    ),
]
Rules = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Folder with rule tables of your own.",
        show_default="seeds/",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="An instant, as 2026-06-30T12:00:00Z.",
        show_default="now",
    ),
]
InputTimeZone = Annotated[
    str | None,
    typer.Option(
        metavar="ZONE",
        help="Of times without one, as Europe/Berlin.",
        envvar="LEAD_SCORING_INPUT_TIME_ZONE",
        show_envvar=False,
        show_default="var, UTC",
    ),
]
DayOrder = Annotated[
    DateOrder | None,
    typer.Option(
        "--date-order",
        help="Read 30/6/2026 (dmy) or 6/30/2026 (mdy) too.",
        envvar="LEAD_SCORING_DATE_ORDER",
        show_envvar=False,
    ),
]
Database = Annotated[
    Path,
    typer.Option(
        metavar="FILE",
        help="The file of the scores.",
        envvar="LEAD_SCORING_DATABASE",
        show_envvar=False,
        show_default="build/lead_scoring.duckdb",
    ),
]
OnTarget = Annotated[
    Target,
    typer.Option(
        "--target",
        help="A file, PostgreSQL or Spark.",
        envvar="DBT_TARGET",
        show_envvar=False,
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Steps to run at a time.", show_default="4"),
]
NewFolder = Annotated[
    Path,
    typer.Option(
        "--to", metavar="DIR", file_okay=False, help="Empty folder to write the rule tables to."
    ),
]
HorizonDays = Annotated[
    int, typer.Option(metavar="N", min=1, help="An outcome counts within so many days.")
]
FirstLook = Annotated[
    int, typer.Option("--days", metavar="N", min=0, help="First look, in days after creation.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Leave out an attribute or event type; repeatable."),
]
WeeklyCapacity = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Leads that sales can take in a week.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, for a machine.")]
AsGithub = Annotated[
    bool, typer.Option("--github", help="Print what annotates a GitHub workflow instead.")
]
