"""The command explain: the parts of a likelihood add up, and an unknown one says why."""

from __future__ import annotations

import io
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from lead_scoring.databases import Row, open_database
from lead_scoring.explain.likelihoods import likelihoods_of, print_likelihoods
from prediction_sample import AS_OF
from site_sample import write_published


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("explained") / "x.duckdb"
    write_published(found, has_predictions=True)
    return found


def explained(database: Path, lead: str) -> tuple[list[Row], str]:
    """The likelihoods of a lead, and what is printed of them."""
    with open_database(database) as connection:
        found = likelihoods_of(connection, {"lead_id": lead, "as_of": AS_OF})
    printed = io.StringIO()
    print_likelihoods(Console(file=printed, width=100, highlight=False, markup=False), found)
    return found, printed.getvalue()


def test_all_parts_that_move_a_likelihood_are_told_and_add_up(database: Path) -> None:
    found, said = explained(database, "L0007")
    assert [(row["prediction"], row["status"]) for row in found] == [
        ("likely", "live"), ("rival", "challenger"),
    ]  # fmt: skip
    for row in found:
        assert sum(part["log_odds"] for part in row["parts"]) == row["log_odds"]
        assert len(row["parts"]) == 12  # but the one that moves nothing
    lines = [line.strip() for line in said.splitlines()]
    assert "How likely to be won within 90 days, by likely" in lines
    assert (
        "73 %: band 8 of 10, half of those in it took 21 days or fewer, expected amount 8,760"
    ) in lines
    assert lines[4].split() == ["Every", "lead", "-2"]
    assert lines[5].endswith("1.5")
    assert next(line for line in lines if line.startswith("together")).endswith("-1.25")
    assert any("by rival (a challenger: nothing is decided by it)" in line for line in lines)


def test_what_is_unknown_says_why_and_a_won_lead_says_nothing(database: Path) -> None:
    assert "unknown: too far from the leads of training" in explained(database, "L0003")[1]
    assert explained(database, "L0001") == ([], "")


def test_without_predictions_nothing_is_said() -> None:
    with duckdb.connect() as connection:
        assert likelihoods_of(connection, {}) == []
        connection.execute("create table lead_likelihoods as select 1 as lead_id")
        connection.execute(
            "create table prediction_standings as select 'off' as status, 'a' as prediction"
        )
        assert likelihoods_of(connection, {}) == []
