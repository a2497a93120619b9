"""One session of measurements: everything in turn, round by round, each in its own process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import version
from pathlib import Path

import duckdb

from lead_scoring_workshop.benchmark import agreement, baselines, data, rule_sets, rules, runs
from lead_scoring_workshop.benchmark.groups import public_tables
from lead_scoring_workshop.benchmark.results import Cell, Results, Sample, write

FEW_RULES, MANY_RULES = 15, 200
# A history of 90 days, of a tenth of the leads.
HISTORY_DAYS = ("2026-04-01", "2026-06-29")
AGREEMENT_EVENTS = 200_000
PLAIN_RULES = 60
BATCHES = {batch.name: batch for batch in data.BATCHES}


class Part(str, Enum):
    """What may be measured by itself."""

    WAYS = "ways"
    FULL = "full"
    RULES = "rules"
    SIZES = "sizes"
    LATER_RUNS = "later-runs"
    HISTORY = "history"
    AGREEMENT = "agreement"
    LARGE = "large"


# Everything but the run of five times the events, which takes long and needs a large disk.
USUAL_PARTS = tuple(part for part in Part if part is not Part.LARGE)


@dataclass(frozen=True)
class Plan:
    """How much is measured, and where."""

    folder: Path
    events: int
    rules: int
    rounds: int
    parts: Sequence[Part]

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Numbers of events: a twentieth, a quarter, all: 1, 5 and 20 million."""
        return self.events // 20, self.events // 4, self.events

    def cells(self) -> list[Cell]:
        """Returns what a round measures, in its order: what is compared lies close together."""
        small, medium, all_events = self.sizes
        full = Cell("project", all_events, self.rules)
        cells: list[Cell] = []
        wanted = set(self.parts)
        if wanted & {Part.WAYS, Part.FULL, Part.RULES, Part.SIZES}:
            cells.append(Cell("floor", all_events, self.rules))
        if Part.WAYS in wanted:
            cells.append(Cell("case_when", all_events, self.rules))
            cells.append(Cell("pandas", all_events, self.rules))
        if wanted & {Part.FULL, Part.RULES, Part.SIZES, Part.LATER_RUNS}:
            cells.append(full)
        if Part.LATER_RUNS in wanted:
            cells += [Cell(name, all_events, self.rules) for name in BATCHES]
        if Part.RULES in wanted:
            for count in (FEW_RULES, MANY_RULES):
                cells.append(Cell("case_when", all_events, count))
                cells.append(Cell("project", all_events, count))
        if wanted & {Part.SIZES, Part.LATER_RUNS}:
            cells.append(Cell("floor", medium, self.rules))
            cells.append(Cell("project", medium, self.rules))
        if Part.LATER_RUNS in wanted:
            cells += [Cell(name, medium, self.rules) for name in BATCHES]
        if Part.SIZES in wanted:
            cells += [Cell(way, small, self.rules) for way in ("floor", "project")]
        if Part.HISTORY in wanted:
            cells += [Cell(way, self.events // 10, self.rules) for way in ("command", "history")]
        return list(dict.fromkeys(cells))


def run(plan: Plan, results: Results, tell: Callable[[str], None]) -> None:
    """Measures, and keeps results.json in the plan's folder up to date.

    Raises MeasureFailed where something that is measured fails.
    """
    plan.folder.mkdir(parents=True, exist_ok=True)
    results.facts.update(_facts())
    cells = plan.cells()
    # Seconds of another session are not to be mixed with these.
    results.samples = [sample for sample in results.samples if sample.cell not in cells]
    _prepare(plan.folder, cells, tell)
    if Part.AGREEMENT in plan.parts:
        results.agreement.update(_agreement(plan, tell))
        write(results, plan.folder / "results.json")
    for number in range(plan.rounds):
        for cell in cells:
            _keep(plan.folder, cell, number, results, tell)
    if Part.LARGE in plan.parts:
        large = [Cell(way, 5 * plan.events, plan.rules) for way in ("floor", "project")]
        _prepare(plan.folder, large, tell)
        for cell in large:
            _keep(plan.folder, cell, 0, results, tell, runs.LARGE_MEMORY_LIMIT)


def _prepare(folder: Path, cells: Iterable[Cell], tell: Callable[[str], None]) -> None:
    for cell in cells:
        place = _place(folder, cell.events)
        if not (place / "done").exists():
            tell(f"making {cell.events:,} events")
        data.make_data(place, cell.events)
        if cell.way in baselines.WAYS:
            baselines.prepare(place / "base", place / "clean")
        rule_sets.write_rules(
            folder / "rules" / str(cell.rules), rules.engagement_rules(cell.rules)
        )


def _keep(
    folder: Path,
    cell: Cell,
    number: int,
    results: Results,
    tell: Callable[[str], None],
    memory_limit: str = runs.MEMORY_LIMIT,
) -> None:
    sample = measure(folder, cell, number, memory_limit)
    if sample is None:
        tell(f"round {number + 1}, {cell.way}: left out, the command has no --from yet")
        return
    results.replace(sample)
    write(results, folder / "results.json")
    seconds = ", ".join(f"{part} {value:.2f} s" for part, value in sample.seconds.items())
    tell(f"round {number + 1}, {cell.way}, {cell.events:,} events, {cell.rules} rules: {seconds}")


def measure(
    folder: Path, cell: Cell, number: int, memory_limit: str = runs.MEMORY_LIMIT
) -> Sample | None:
    """Measures a cell whose data, rules and, for a batch, full run are there; None: it cannot."""
    if cell.way in baselines.WAYS:
        process = runs.measure(_baseline(folder, cell))
        seconds = json.loads(process.output.splitlines()[-1])["seconds"]
        return Sample(cell, number, process.memory, {"all": seconds})
    if cell.way in ("command", "history"):
        return _measure_command(folder, cell, number)
    base = _database(folder, cell)
    database = base if cell.way == "project" else base.with_name(f"{cell.way}.duckdb")
    _remove(database)
    if cell.way != "project":
        for ending in ("", ".wal"):
            if (file := base.with_name(f"{base.name}{ending}")).exists():
                shutil.copyfile(file, database.with_name(f"{database.name}{ending}"))
    batch = BATCHES.get(cell.way)
    project = runs.run_project(
        data=_place(folder, cell.events) / (batch.name if batch else "base"),
        rules=folder / "rules" / str(cell.rules),
        as_of=f"{batch.as_of if batch else data.AS_OF}Z".replace(" ", "T"),
        database=database,
        memory_limit=memory_limit,
    )
    seconds = {group.value: spent for group, spent in project.groups.items()}
    rows = _rows(database)
    if cell.way != "project":
        _remove(database)
    return Sample(cell, number, project.process.memory, seconds, project.models, rows)


def _measure_command(folder: Path, cell: Cell, number: int) -> Sample | None:
    """The whole command score, for one instant or for a history."""
    score = [sys.executable, "-m", "lead_scoring", "score"]
    words = subprocess.run([*score, "--help"], capture_output=True, text=True, check=True).stdout
    if cell.way == "history" and "--from" not in words:
        return None
    place = folder / "databases" / cell.way  # of its own: versions come to lie beside the file
    shutil.rmtree(place, ignore_errors=True)
    database = place / "lead_scoring.duckdb"
    command = [
        *(*score, "--data", str(_place(folder, cell.events) / "base")),
        *("--rules", str(folder / "rules" / str(cell.rules)), "--database", str(database)),
    ]
    environment = {"LEAD_SCORING_MEMORY_LIMIT": runs.MEMORY_LIMIT}
    first = runs.measure([*command, "--as-of", f"{data.AS_OF}Z".replace(" ", "T")], environment)
    if cell.way == "history":
        first = runs.measure(
            [*command, "--from", HISTORY_DAYS[0], "--to", HISTORY_DAYS[1]], environment
        )
    shutil.rmtree(place)
    return Sample(cell, number, first.memory, {"all": first.seconds})


def _agreement(plan: Plan, tell: Callable[[str], None]) -> dict[str, tuple[int, int, float]]:
    events = min(plan.events, AGREEMENT_EVENTS)
    place = _place(plan.folder, events)
    data.make_data(place, events)
    baselines.prepare(place / "base", place / "clean")
    plain_rules = rules.engagement_rules(PLAIN_RULES, without_activity=True)
    found = {}
    for name, rows, ways in (
        ("floor", rules.floor_rules(), ("floor",)),
        ("plain", plain_rules, ("case_when", "pandas")),
    ):
        folder = rule_sets.write_rules(plan.folder / "rules" / name, rows, plain=True)
        database = plan.folder / "databases" / f"{name}.duckdb"
        _remove(database)
        runs.run_project(
            data=place / "base",
            rules=folder,
            as_of=f"{data.AS_OF}Z".replace(" ", "T"),
            database=database,
        )
        for way in ways:
            cell = Cell(way, events, PLAIN_RULES)
            runs.measure(_baseline(plan.folder, cell))
            totals = place / "clean" / f"{way}_{PLAIN_RULES}.parquet"
            compared = agreement.compare(database, totals)
            found[way] = (compared.leads, compared.differing_leads, compared.greatest_difference)
            tell(f"{way}: {compared.differing_leads} of {compared.leads} leads differ")
        _remove(database)
    return found


def _baseline(folder: Path, cell: Cell) -> list[str]:
    return [
        *(sys.executable, "-m", "lead_scoring_workshop.benchmark.baselines", cell.way),
        *(str(_place(folder, cell.events) / "clean"), str(cell.rules), data.AS_OF[:10]),
    ]


def _place(folder: Path, events: int) -> Path:
    return folder / f"events_{events}"


def _database(folder: Path, cell: Cell) -> Path:
    return folder / "databases" / f"events_{cell.events}_rules_{cell.rules}.duckdb"


def _remove(database: Path) -> None:
    database.parent.mkdir(parents=True, exist_ok=True)
    for path in (database, database.with_name(f"{database.name}.wal")):
        path.unlink(missing_ok=True)


def _rows(database: Path) -> dict[str, int]:
    target = database.with_name(f"{database.stem}.run") / "target"
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            table: connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            for table in sorted(public_tables(target))
        }


def _facts() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "memory_limit": runs.MEMORY_LIMIT,
        "duckdb": version("duckdb"),
        "dbt": version("dbt-core"),
        "pandas": version("pandas"),
    }
