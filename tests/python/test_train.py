"""Likelihoods of worlds whose truth is known: the gate opens only where the truth allows it.

`--thorough` trains on every world; all are scored by the SQL that one run of dbt compiled.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lead_scoring.prediction.card import use_of
from lead_scoring.prediction.card_files import write_card
from lead_scoring.prediction.report import training_values
from lead_scoring.prediction.rows import standing
from lead_scoring.suggest.labels import TooFewOutcomes
from lead_scoring.suggest.suggestion import NothingToSuggest
from worlds.readings import Suggestions
from worlds.truths import WORLDS

ALWAYS = ("better", "leak")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Suggestions:
    """The engine, as SQL that is compiled once."""
    return Suggestions(tmp_path_factory.mktemp("worlds"))


def judged(worlds: Suggestions, name: str, folder: Path) -> tuple[tuple[str, ...], str]:
    """What of the gate fails in a world, and what the card says is to be done."""
    try:
        training, request = worlds.trained(name, folder)
    except (TooFewOutcomes, NothingToSuggest) as error:
        return ("nothing was trained",), str(error)
    values = training_values(training, request, folder / "new")
    failures = standing(training.rows).gate_failures
    return failures, use_of(values, failures)[0]


@pytest.mark.parametrize(
    "name",
    [one if one in ALWAYS else pytest.param(one, marks=pytest.mark.thorough) for one in WORLDS],
)
def test_the_gate_opens_only_where_the_truth_allows_it(
    worlds: Suggestions, name: str, tmp_path: Path
) -> None:
    failures, use = judged(worlds, name, tmp_path)
    # In all other worlds the live points are about right, or too little is known; where a rule
    # harms, the likelihood ranks better and claims more than it knows.
    assert bool(failures) == (name != "better"), use
    if name in ("fine", "early", "truncated"):
        assert [one for one in failures if "no reason is given" not in one] == []
    if name == "leak":
        assert "a feature seems to know the outcome already" in failures
        assert use.startswith("Do not use all_won: it rests on what seems to know the answer")
    if name in ("no_signal", "drift"):
        assert "it does not surely rank better than a coin" in failures
        assert "rank and to forecast" not in use
    if name == "better":
        # The live points are wrong about industries, and the likelihood finds that.
        assert not failures, use
        assert use.startswith("Use all_won to rank and to forecast")


@pytest.mark.thorough
def test_equal_input_gives_equal_bytes(worlds: Suggestions, tmp_path: Path) -> None:
    """That of equal columns equal rows come is tried always: test_prediction_arithmetic.py."""
    written = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        training, asked = worlds.trained("no_contacts", folder)
        write_card(training, asked, folder / "new")
        files = [path for path in (folder / "new").rglob("*") if path.is_file()]
        written.append({path.name: path.read_bytes() for path in files})
    assert written[0] == written[1]
    assert {"predictions.csv", "prediction_bins.csv", "all_won.md", "all_won.html"} <= set(
        written[0]
    )
