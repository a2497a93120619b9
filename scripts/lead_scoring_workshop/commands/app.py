"""The command workshop: what maintainers run, twice a year or before a release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from lead_scoring.commands.lazy import App, typer_of

TEXT = """What maintainers of the project run; nobody needs it to score leads. It works with the
packages of ./scripts/setup dev. Each command has a help of its own, with examples.
"""


class Workshop(App):
    """The commands of the workshop."""

    call = "./scripts/workshop"
    package = "lead_scoring_workshop.commands"
    people: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "Is it right": {
            "check engines": "Scores on DuckDB and on another engine, and compares every table.",
            "check mutations": "Puts small faults into the SQL, and looks whether a test notices.",
            "check package": "Builds a project that installs this one, with other versions of dbt.",
            "check reliability": "Tries kills, defects, readers and faults against publication.",
        },
        "How large, how fast, how good": {
            "benchmark": "Measures a plain scan, CASE WHEN and pandas beside the project.",
            "measure engines": "Measures made-up events on another engine, floor by floor.",
            "measure preview": "Measures how much longer a preview takes than a plain score.",
            "measure house": "Measures what there is to read in models, and how deep they lie.",
            "measure datasets": "Scores two public data sets, and writes down what came out.",
            "measure suggestions": "Fits points to them, and writes down how well they rank.",
            "measure likelihood": "Trains likelihoods on them, beside other models.",
            "prepare dataset": "Makes input files of a public data set.",
        },
        "What is generated": {
            "document rules": "Writes a page for each rule table, from the seeds.",
            "document engines": "Writes the page of what differs between engines.",
            "refresh lists": "Renews the lists of robots and mail domains from their packages.",
            "lock requirements": "Pins every package with its hash, by uv.",
        },
    }


app = typer_of(Workshop, TEXT)
