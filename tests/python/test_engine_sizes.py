"""Seconds of runs on two engines: both make the same runs, and each model counts on its floor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from lead_scoring.runs.runner import BuildResult
from lead_scoring_workshop.commands.measure_engines import print_sizes
from lead_scoring_workshop.engines import sizes
from lead_scoring_workshop.engines.same_tables import Reader
from lead_scoring_workshop.engines.stories import Run
from lead_scoring_workshop.engines.unit_tests import UnitTests

MODELS = {
    "stg_events": ("models/inputs/stg_events.sql", 7),
    "scores": ("models/scores/points/scores.sql", 40),
    "places": ("models/scores/points/places.sql", 2),
    "lead_scores": ("models/marts/lead_scores.sql", 3),
}


def leave_artifacts(target: Path, factor: int = 1) -> None:
    """Writes what dbt says of a run in which each model took its seconds, so many times."""
    target.mkdir(parents=True, exist_ok=True)
    nodes = {
        name: {"name": name, "resource_type": "model", "original_file_path": path}
        for name, (path, _) in MODELS.items()
    }
    results = [
        {
            "unique_id": f"model.lead_scoring.{name}",
            "timing": [
                {
                    "name": "execute",
                    "started_at": "2026-06-30T12:00:00.000000Z",
                    "completed_at": f"2026-06-30T12:{seconds * factor // 60:02}:"
                    f"{seconds * factor % 60:02}.000000Z",
                }
            ],
        }
        for name, (_, seconds) in MODELS.items()
    ]
    (target / "manifest.json").write_text(json.dumps({"nodes": nodes}), encoding="utf-8")
    (target / "run_results.json").write_text(json.dumps({"results": results}), encoding="utf-8")


class SlowEngine:
    """Takes three times as long as DuckDB, and keeps what it was asked for."""

    name = "slow"

    def __init__(self) -> None:
        """Nothing has been asked for."""
        self.asked: list[tuple[str, str]] = []

    def load(self, data: Path, *, typed: bool = False) -> None:
        """Keeps the folder's name."""
        self.asked.append(("load", data.name))

    def score(self, run: Run, work_folder: Path) -> BuildResult:
        """Keeps the instant, and leaves artifacts."""
        self.asked.append(("score", run.as_of))
        leave_artifacts(work_folder / "target", 3)
        return BuildResult(work_folder, 0, 0, {}, (), ())

    def unit_tests(self, folder: Path) -> UnitTests:
        """Is not asked for."""
        raise NotImplementedError

    def tables(self) -> Reader:
        """Is not asked for."""
        raise NotImplementedError


def test_each_model_counts_on_its_floor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours: list[tuple[str, str]] = []

    def run_project(*, data: Path, rules: Path, as_of: str, database: Path) -> SimpleNamespace:
        ours.extend([("load", data.name), ("score", as_of)])
        leave_artifacts(database.with_name(f"{database.stem}.run") / "target")
        return SimpleNamespace()

    monkeypatch.setattr(sizes, "run_project", run_project)
    monkeypatch.setattr(sizes, "make_data", lambda *_: None)
    engine = SlowEngine()
    found: Sequence[sizes.Size] = list(
        sizes.measure_sizes(engine, 200, tmp_path / "place", tmp_path / "data")
    )
    assert engine.asked == ours
    assert [name for _, name in ours] == [
        *("base", "2026-06-30T00:30:00Z", "next_day", "2026-07-01T00:30:00Z")
    ]
    assert [(size.engine, size.run) for size in found] == [
        *(("duckdb", "full run"), ("slow", "full run")),
        *(("duckdb", "a day later"), ("slow", "a day later")),
    ]
    assert found[0].floors == {"inputs": 7, "scores": 42, "record": 0, "marts": 3}
    assert found[1].floors == {"inputs": 21, "scores": 126, "record": 0, "marts": 9}
    assert found[1].seconds == 156
    print_sizes(found)
    printed = capsys.readouterr().out
    assert "slow, 200, full run: scores 120.0, stg_events 21.0, lead_scores 9.0, places 6.0" in (
        printed
    )
    first = " ".join(printed.split("\n")[1].split())
    assert first == "duckdb 200 full run 7.0 42.0 0.0 3.0 52.0"
