"""How far a run has come, told to somebody who may not listen any more."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from lead_scoring.runs.progress import Progress


def event(name: str, **data: object) -> SimpleNamespace:
    return SimpleNamespace(info=SimpleNamespace(name=name), data=SimpleNamespace(**data))


def test_each_tenth_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress(is_shown=True) as progress:
        progress.follow(event("ConcurrencyLine", node_count=20))
        for _ in range(4):
            progress.follow(event("NodeFinished"))
    told = capfd.readouterr().err.splitlines()
    assert told == ["Scoring: 2 of 20 steps done", "Scoring: 4 of 20 steps done"]


def test_a_reader_that_went_away_does_not_stop_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after `2>&1 | head`: dbt would wait for ever for a thread that has left."""
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "w") as nobody_reads:
        monkeypatch.setattr("sys.stderr", nobody_reads)
        with Progress(is_shown=True) as progress:
            progress.follow(event("ConcurrencyLine", node_count=1))
            progress.follow(event("NodeFinished"))
            progress.follow(event("NodeFinished"))
        nobody_reads.write("what is said later is no error either")
