"""What a run of made-up events takes on an engine, floor by floor of the models."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lead_scoring.runs.runner import keeping_artifacts
from lead_scoring_workshop.benchmark.data import AS_OF, NEXT_DAY, leads_of, make_data
from lead_scoring_workshop.benchmark.rule_sets import write_rules
from lead_scoring_workshop.benchmark.rules import engagement_rules
from lead_scoring_workshop.benchmark.runs import run_project, seconds_of_models
from lead_scoring_workshop.engines.comparison import Engine
from lead_scoring_workshop.engines.stories import Run

RULES = 60
# A run of all events, and one of the day after with what has arrived since.
RUNS = (("full run", "base", AS_OF), ("a day later", NEXT_DAY.name, NEXT_DAY.as_of))
FLOORS = ("inputs", "scores", "record", "marts")  # folders of models, in their order
DUCKDB = "duckdb"


@dataclass(frozen=True)
class Size:
    """What one run took: seconds of its models, one at a time, without seeds and tests."""

    engine: str
    events: int
    run: str
    floors: Mapping[str, float]
    models: Mapping[str, float]

    @property
    def seconds(self) -> float:
        """Returns the seconds of all models."""
        return sum(self.models.values())


def measure_sizes(
    engine: Engine, events: int, place: Path, folder: Path, *, later: bool = True
) -> Iterator[Size]:
    """Yields what a full run and one a day later take, on DuckDB and on an engine, in turn.

    place: where the runs' files come to lie. folder: with data of the benchmark, made where it is
    missing. later: False leaves the later run out. Raises RunFailed or MeasureFailed where a run
    fails.
    """
    data = folder / f"events_{events}"
    make_data(data, events)
    rules = write_rules(folder / "rules" / str(RULES), engagement_rules(RULES))
    database, work_folder = place / "duckdb" / "lead_scoring.duckdb", place / engine.name
    database.parent.mkdir(parents=True)
    for name, part, instant in RUNS if later else RUNS[:1]:
        as_of = f"{instant}Z".replace(" ", "T")
        run_project(data=data / part, rules=rules, as_of=as_of, database=database)
        yield _size(DUCKDB, events, name, database.with_name(f"{database.stem}.run"))
        engine.load(data / part)
        with keeping_artifacts():
            engine.score(Run(name, data / part, as_of, rules), work_folder)
        yield _size(engine.name, events, name, work_folder)


def words_of(events: int) -> str:
    """Returns how many events and leads there are, for people."""
    return f"{events:,} events of {leads_of(events):,} leads"


def _size(engine: str, events: int, run: str, work_folder: Path) -> Size:
    models = seconds_of_models(work_folder / "target")
    floors = dict.fromkeys(FLOORS, 0.0)
    for name, floor in _floors_of_models(work_folder / "target").items():
        floors[floor] += models.get(name, 0.0)
    return Size(engine, events, run, floors, models)


def _floors_of_models(target: Path) -> dict[str, str]:
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return {
        node["name"]: Path(node["original_file_path"]).parts[1]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
