"""A sample of what workshop check reliability tries: kills beside readers, and defects."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lead_scoring.project import PROJECT
from lead_scoring_workshop.reliability.commands import Command
from lead_scoring_workshop.reliability.defects import MODELS, RULES, try_defects
from lead_scoring_workshop.reliability.report import write_report
from lead_scoring_workshop.reliability.results import Results
from lead_scoring_workshop.reliability.seen import NotWhole, look
from lead_scoring_workshop.reliability.trials import try_kills


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder in which runs were killed beside readers, and defects refused."""
    folder = tmp_path_factory.mktemp("tried")
    results = Results(folder / "results")
    kills = request.config.getoption("--run-kills")
    seed = request.config.getoption("--seed")
    try_kills(folder, results, kills, 0, seed=seed, readers=2, compare=False)
    database = folder / "published" / "lead_scores.duckdb"
    try_defects(folder, results, folder / "data", database, 2)
    return folder


def test_kills_and_defects_are_seen_by_no_reader(tried: Path) -> None:
    results = Results(tried / "results")
    assert results.read("kills")
    assert all(each["is_whole"] and not each["is_lost"] for each in results.read("kills"))
    (readers,) = results.read("readers")
    assert readers["looks"] > 0
    assert readers["errors"] == readers["mixes"] == readers["steps_back"] == 0, readers
    assert len(results.read("defects")) == 2
    for defect in results.read("defects"):
        assert defect["is_refused"] and not defect["is_visible"] and not defect["has_traceback"]


def test_the_report_counts_what_was_tried(tried: Path) -> None:
    page = tried / "reliability.md"
    write_report(Results(tried / "results"), page)
    text = page.read_text(encoding="utf-8")
    assert "kills at random instants | 0 lost, 0 torn or mixed |" in text
    assert "| 2 defects | 0 visible |" in text
    assert str(tried) not in text


def test_a_mix_is_noticed(tried: Path) -> None:
    """What the readers look for is found where it is."""
    database = tried / "published" / "lead_scores.duckdb"
    published = database.resolve()
    assert look(database)
    published.chmod(0o600)
    with duckdb.connect(str(published)) as connection:
        connection.execute("update lead_scores set as_of = as_of - interval 1 day")
    with pytest.raises(NotWhole, match="lead_scores is as of"):
        look(database)
    with duckdb.connect(str(published)) as connection:
        connection.execute("update lead_scores set as_of = as_of + interval 1 day")
        connection.execute(
            "delete from score_reasons where points = (select max(points) from score_reasons)"
        )
    with pytest.raises(NotWhole, match="score_reasons has"):
        look(database)


@pytest.mark.parametrize(("file", "old", "new"), MODELS)
def test_defects_of_models_find_their_place(file: str, old: str, new: str) -> None:
    assert old in (PROJECT / file).read_text(encoding="utf-8")
    assert old != new


def test_defects_of_rules_find_their_place() -> None:
    for table, old, _ in RULES:
        assert old in (PROJECT / "seeds" / f"lead_scoring__{table}.csv").read_text(encoding="utf-8")


def test_a_command_can_be_killed() -> None:
    command = Command.of("score", "--help")
    assert command.kill().code == -9
