"""The command workshop check reliability: tries kills, defects, readers and faults."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.project import PROJECT
from lead_scoring_workshop.reliability.defects import try_defects
from lead_scoring_workshop.reliability.faults import try_faults
from lead_scoring_workshop.reliability.ground import Ground
from lead_scoring_workshop.reliability.report import write_report
from lead_scoring_workshop.reliability.results import Results
from lead_scoring_workshop.reliability.sample import write_sample
from lead_scoring_workshop.reliability.set_ups import try_set_ups
from lead_scoring_workshop.reliability.trials import try_kills

EXAMPLES = {
    "--report docs/explanation/reliability.md": "everything, and the page; takes hours",
    "--kills 5 --builds 1 --set-ups 0 --defects 5 --no-faults": "a sample",
}


def main(
    kills: Annotated[int, typer.Option(min=0, help="Kills, of runs and exports.")] = 200,
    set_ups: Annotated[int, typer.Option(min=0, help="Kills of set-ups.")] = 20,
    builds: Annotated[int, typer.Option(min=0, help="Whole runs beside eight readers.")] = 50,
    defects: Annotated[int, typer.Option(min=0, help="Bad rows, rules and models.")] = 50,
    faults: Annotated[bool, typer.Option(help="Full disks, locks, damaged files, ...")] = True,
    only: Annotated[str, typer.Option(help="Of the faults those with this in their name.")] = "",
    seed: Annotated[int, typer.Option(help="Seed of the instants of kills.")] = 1,
    minutes: Annotated[
        float, typer.Option(min=0, help="Minutes for kills and runs; the next call goes on.")
    ] = 600,
    report: Annotated[
        Path | None, typer.Option(help="Page to write, docs/explanation/reliability.md say.")
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="Folder to work in; what was tried there before counts.")
    ] = PROJECT / "build" / "reliability",
) -> None:
    """Looks at what readers see meanwhile. What was tried in the folder before counts."""
    results = Results(folder / "results")
    if kills or builds:
        try_kills(folder, results, kills, builds, seed=seed, minutes=minutes)
    try_set_ups(folder, results, set_ups, seed)
    data = folder / "data"
    if not data.exists():
        write_sample(data)
    ground = Ground(data, folder / "faults" / "lead_scores.duckdb")
    if (defects or faults) and ground.seen() == "nothing":
        ground.start().ended()
    if defects:
        try_defects(folder, results, data, ground.database, defects)
    if faults:
        try_faults(folder, results, ground, only)
    if report:
        write_report(results, report)
