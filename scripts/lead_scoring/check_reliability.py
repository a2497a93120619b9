"""The command ./scripts/check_reliability: tries kills, defects, readers and faults."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring import runner
from lead_scoring.reliability.results import Results
from lead_scoring.reliability.trials import try_kills

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    kills: Annotated[int, typer.Option(min=0, help="Kills, of runs and exports.")] = 200,
    builds: Annotated[int, typer.Option(min=0, help="Whole runs beside eight readers.")] = 50,
    seed: Annotated[int, typer.Option(help="Seed of the instants of kills.")] = 1,
    minutes: Annotated[
        float, typer.Option(min=0, help="Minutes for kills and runs; the next call goes on.")
    ] = 600,
    folder: Annotated[
        Path, typer.Option(help="Folder to work in; what was tried there before counts.")
    ] = runner.PROJECT / "build" / "reliability",
) -> None:
    """Tries what can go wrong with a run, and looks at what readers see meanwhile."""
    results = Results(folder / "results")
    if kills or builds:
        try_kills(folder, results, kills, builds, seed=seed, minutes=minutes)


if __name__ == "__main__":
    app(prog_name="./scripts/check_reliability")
