"""The command workshop measure preview: how much longer a preview takes than a plain score."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from lead_scoring.demo import AS_OF
from lead_scoring.demo.files import generate
from lead_scoring.rules.files import PREFIX, lay_out_rules, seed_columns
from lead_scoring.terminal import console, shown, table

EXAMPLES = {"--rounds 1": "once each"}


def main(
    leads: Annotated[int, typer.Option(help="Number of leads.")] = 100_000,
    events: Annotated[int, typer.Option(help="Number of events.")] = 2_000_000,
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is measured.")] = 3,
) -> None:
    """Both run in turn, in processes of their own; the medians are printed."""
    with tempfile.TemporaryDirectory(prefix="lead_scoring-benchmark-") as name:
        folder = Path(name)
        data = folder / "data"
        generate(data, leads, events)
        base = folder / "base"
        lay_out_rules(None, base)
        common = ["--data", str(data), "--as-of", AS_OF]
        preview = ["lead_scoring", "preview", *common, "--base", str(base), "--rules"]
        commands = {
            "plain score": [
                "lead_scoring",
                "score",
                *common,
                "--full-refresh",
                *("--database", str(folder / "scores.duckdb")),
            ],
            "preview, a fit rule edited": [
                *preview,
                str(_edited(base, ["fit_rules"], folder / "one")),
            ],
            "preview, every rule table edited": [
                *preview,
                str(_edited(base, list(seed_columns()), folder / "every")),
            ],
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                seconds[name].append(_measure(command))
                typer.echo(f"{name}: {seconds[name][-1]:.1f} s", err=True)
        print_medians(seconds)


def print_medians(seconds: dict[str, list[float]]) -> None:
    """Prints the median of each row of measurements, and its ratio to the first row's."""
    plain = median(next(iter(seconds.values())))
    grid = table(["", "seconds", "ratio"], numbers=["seconds", "ratio"])
    for name, measured in seconds.items():
        grid.add_row(
            shown(name), shown(f"{median(measured):.1f}"), shown(f"{median(measured) / plain:.2f}")
        )
    console().print(grid)


def _edited(base: Path, tables: Sequence[str], folder: Path) -> Path:
    """Makes a folder of rules in which a row of each of these tables is another."""
    folder.mkdir()
    for name in tables:
        with (base / f"{PREFIX}{name}.csv").open(encoding="utf-8", newline="") as lines:
            header, first, *rows = list(csv.reader(lines))
        first[header.index("note")] = "Edited for a measurement"
        if name == "fit_rules":
            points = header.index("points")
            first[points] = str(int(first[points]) + 1)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([header, first, *rows])
    return folder


def _measure(command: Sequence[str]) -> float:
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True)
    if done.returncode:
        typer.echo(done.stderr, err=True)
        raise typer.Exit(1)
    return time.monotonic() - started
