"""The command workshop measure engines: what made-up events take on an engine, and on DuckDB."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed
from lead_scoring.spark.session import NoSparkError
from lead_scoring.terminal import console, shown, table
from lead_scoring_workshop.benchmark.runs import MeasureFailed
from lead_scoring_workshop.engines.postgres_server import NoPostgresError
from lead_scoring_workshop.engines.sizes import FLOORS, Size, measure_sizes, words_of
from lead_scoring_workshop.engines.starting import ByServer, EngineName, OfSpark, start

SLOWEST = 8
# As a server of this size is set by whoever runs it: Debian's own settings are those of a laptop.
SERVER = {"shared_buffers": "4GB", "work_mem": "512MB", "max_wal_size": "20GB"}
ENDS = {
    0: "measured",
    1: "a run failed",
    2: "called wrongly, or the engine is not on this machine",
}
EXAMPLES = {
    "postgres": "five million events",
    "spark --events 200000 --events 800000": "two sizes, and how seconds grow with them",
    "spark --events 200000 --workers 2": "on a cluster of this machine",
}


def main(
    engine: Annotated[EngineName, typer.Argument(help="Which one.")] = EngineName.POSTGRES,
    events: Annotated[
        list[int] | None,
        typer.Option(help="Number of events (may be repeated).", show_default="5,000,000"),
    ] = None,
    folder: Annotated[
        Path,
        typer.Option(help="Folder of the benchmark's data.", show_default="build/benchmark"),
    ] = PROJECT / "build" / "benchmark",
    workers: OfSpark = 0,
    thrift: ByServer = False,
    later: Annotated[
        bool, typer.Option("--later/--no-later", help="Also the run of a day later.")
    ] = True,
) -> None:
    """Each size is run whole, and once more a day later, one model at a time."""
    sizes: list[Size] = []
    os.environ["DBT_INDIRECT_SELECTION"] = "empty"  # models are measured, and not tests
    os.environ["LEAD_SCORING_THREADS"] = "1"
    try:
        with tempfile.TemporaryDirectory() as made, contextlib.ExitStack() as stack:
            started = start(
                engine, Path(made), stack, SERVER, workers=workers, by_server=thrift, few_rows=False
            )
            for number in events or [5_000_000]:
                place = Path(made) / f"events_{number}"
                place.mkdir()
                made_on = started.place(place)
                data = folder.absolute()
                for size in measure_sizes(made_on, number, place, data, later=later):
                    sizes.append(size)
                    words = f"{size.engine}, {words_of(number)}, {size.run}: {size.seconds:.1f} s"
                    console(is_error=True).print(words, highlight=False, soft_wrap=True)
    except (NoPostgresError, NoSparkError) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(2) from None
    except (MeasureFailed, RunFailed) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    print_sizes(sizes)


def print_sizes(sizes: Sequence[Size]) -> None:
    """Prints the seconds of each run by floor, and its slowest models."""
    numbers = [*FLOORS, "everything"]
    grid = table(["engine", "events", "run", *numbers], numbers=["events", *numbers])
    for size in sizes:
        seconds = [*(size.floors[floor] for floor in FLOORS), size.seconds]
        cells = [size.engine, f"{size.events:,}", size.run, *(f"{s:.1f}" for s in seconds)]
        grid.add_row(*(shown(cell) for cell in cells))
    out = console()
    out.print(grid)
    for size in sizes:
        slowest = sorted(size.models.items(), key=lambda model: -model[1])[:SLOWEST]
        words = ", ".join(f"{name} {seconds:.1f}" for name, seconds in slowest)
        out.print(
            f"{size.engine}, {size.events:,}, {size.run}: {words}", highlight=False, soft_wrap=True
        )
