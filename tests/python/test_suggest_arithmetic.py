"""The arithmetic of suggested points, against other ways to compute the same."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import duckdb
import numpy as np
import pytest

from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.suggest.binning import bin_numbers, bin_values, information
from lead_scoring.suggest.candidate_kinds import Candidate, Days, Numbers, Values
from lead_scoring.suggest.card import Bin, Binned, Card, Decayed, Source, When
from lead_scoring.suggest.decay import Curve, curve_card, measure_curves
from lead_scoring.suggest.fitting import MOST_POINTS, fit_card
from lead_scoring.suggest.measures import area
from lead_scoring.suggest.sample import (
    Flags,
    Real,
    Sample,
)
from lead_scoring.suggest.thresholds import threshold_rows
from suggest_sample import random_labels


def test_hardly_any_moments_give_no_points() -> None:
    """Three leads without a win once got +9: the average, where the others are far below it."""
    label, dice = random_labels(3_000, 0.3)
    kind = dice.integers(0, 3, 3_000)
    label = dice.random(3_000) < np.array([0.5, 0.3, 0.05])[kind]
    names = ("good", "fair", "poor")
    values = {name: kind == place for place, name in enumerate(names)}
    values["poor"][:3] = False
    label[:3] = False
    present = np.ones(3_000, dtype=np.bool_)
    candidate = Values(Source("x", "X", "x"), values, present)
    card = fit_card([candidate], label, present, half_life=None)
    (signal,) = card.signals
    assert isinstance(signal, Binned)
    thin = [one for one in signal.bins if 0 < one.rows < 25]
    assert thin and all(one.points == 0 for one in thin)
    assert max(one.points for one in signal.bins) == MOST_POINTS


def test_texts_are_grouped_by_how_they_convert() -> None:
    """A lead with several values is of the group that converts best, as the first rule decides."""
    label, dice = random_labels(4_000, 0.2)
    values = {name: dice.random(4_000) < 0.2 for name in ("good", "great", "poor", "bad")}
    label = dice.random(4_000) < 0.1 + 0.5 * (values["good"] | values["great"])
    present = np.any(list(values.values()), axis=0)
    everyone = np.ones(4_000, dtype=np.bool_)
    found = bin_values(Values(Source("x", "X", "x"), values, present), label, everyone)
    assert found is not None
    best = found.bins[0]
    assert set(best.value.split("|")) <= {"good", "great"}
    is_good = values["good"] | values["great"]
    groups = {one.value for one in found.bins if one.rate > 0.5}
    assert set("|".join(groups).split("|")) == {"good", "great"}
    places = [place for place, one in enumerate(found.bins) if one.rate > 0.5]
    assert np.array_equal(np.isin(found.places, places), is_good)
    assert found.bins[-1].operator == "is_empty"
    assert [one.rows for one in found.bins] == np.bincount(
        found.places, minlength=len(found.bins)
    ).tolist()


def test_evidence_of_bins_is_that_of_a_hand_calculation() -> None:
    label = np.array([True] * 30 + [False] * 70 + [True] * 10 + [False] * 90)
    has = np.array([True] * 100 + [False] * 100)
    everyone = np.ones(200, dtype=np.bool_)
    found = bin_values(Values(Source("x", "X", "x"), {"a": has}, has), label, everyone)
    assert found is not None
    first, rest, none = found.bins
    # 10 average rows are added, a fifth of them with the outcome; the odds of all are 1 to 4.
    assert first.weight == pytest.approx(np.log((30 + 2) / (70 + 8) * 160 / 40))
    assert none.weight == pytest.approx(np.log((10 + 2) / (90 + 8) * 160 / 40))
    assert (first.rows, rest.rows, none.rows) == (100, 0, 100)
    expected = (30 / 40 - 70 / 160) * first.weight + (10 / 40 - 90 / 160) * none.weight
    assert information(found.bins) == pytest.approx(expected)


def test_numbers_are_cut_at_numbers_that_occur() -> None:
    label, dice = random_labels(3_000, 0.5)
    numbers = dice.integers(0, 50, 3_000).astype(float)
    label = dice.random(3_000) < np.where(numbers >= 20, 0.6, 0.1)
    numbers[:100] = np.nan
    everyone = np.ones(3_000, dtype=np.bool_)
    source = Source("visits", "Visits", event_type="visit")
    found = bin_numbers(Numbers(source, numbers, ~np.isnan(numbers), True), label, everyone)
    assert found is not None
    assert 20 in [one.min_count for one in found.bins]
    rates = [one.rate for one in found.bins if one.when is When.event and one.rows]
    assert rates == sorted(rates, reverse=True)
    assert found.bins[-1].when is When.no_event
    assert found.bins[-1].rows == 100


def test_numbers_that_only_losers_have_are_not_cut() -> None:
    label, dice = random_labels(500, 0.3)
    numbers = np.where(label, np.nan, dice.integers(0, 9, 500).astype(float))
    candidate = Numbers(Source("x", "X", "x"), numbers, ~np.isnan(numbers))
    found = bin_numbers(candidate, label, np.ones(500, dtype=np.bool_))
    assert found is not None
    assert [one.rate for one in found.bins if one.rows] == [0.0, 1.0]


def candidates(label: Flags, dice: np.random.Generator) -> list[Candidate]:
    """Twenty that tell something, ten that tell nothing, and one that fades."""
    size = len(label)
    found: list[Candidate] = []
    for place in range(30):
        strength = 0.25 if place < 20 else 0.0
        has = dice.random(size) < 0.3 + strength * label
        found.append(Values(Source(f"a{place}", f"A{place}", f"a{place}"), {"yes": has}, has))
    rows = np.flatnonzero(dice.random(size) < 0.3 + 0.3 * label)
    ages = dice.integers(0, 60, len(rows))
    source = Source("recent", "Recent", event_type="visit")
    return [*found, Days(source, rows, ages)]


@pytest.mark.parametrize("rate", [0.01, 0.3])
def test_cards_hold_to_their_bounds(rate: float) -> None:
    """Rare outcomes too: whole points from 0 to 30, at most 15 signals, and it ranks."""
    label, dice = random_labels(12_000, rate)
    train = np.arange(12_000) % 3 != 0
    card = fit_card(candidates(label, dice), label, train, half_life=10)
    assert 3 <= len(card.signals) <= 15
    for signal in card.signals:
        if isinstance(signal, Binned):
            assert min(one.points for one in signal.bins if one.rows) == 0
            for one in signal.bins:
                assert 0 <= one.points <= MOST_POINTS
                assert one.points == int(one.points)
            filled = sorted((one.weight, one.points) for one in signal.bins if one.rows)
            assert [points for _, points in filled] == sorted(points for _, points in filled)
        else:
            assert 0 < signal.points_per_day <= MOST_POINTS
    scores = card.scores()["total_score"]
    assert area(label[~train], scores[~train]).value > 0.75
    assert scores[train].max() >= 80
    names = {signal.source.name for signal in card.signals}
    assert rate < 0.1 or names.isdisjoint({f"a{place}" for place in range(20, 30)})


def test_chance_alone_gives_no_card() -> None:
    label, dice = random_labels(2_000, 0.3)
    has = dice.random(2_000) < 0.5
    noise = Values(Source("a", "A", "a"), {"yes": has}, has)
    for found in ([], [noise]):
        card = fit_card(found, label, np.ones(2_000, dtype=np.bool_), half_life=None)
        assert card.signals == ()
        assert card.scores()["total_score"].tolist() == [0] * 2_000


def test_fading_points_are_those_of_the_contract() -> None:
    """Ten points at half-life 30; one row with all ages, up to a limit of 27."""
    ages = np.array([0, 15, 30, 45, 60, 90, 120])
    one_each = Decayed(
        Source("x", "X", event_type="x"), 30, 1.0, 7, np.arange(7), ages, 10, most_points=100
    )
    assert one_each.points()[1].tolist() == [
        *(100_000, 70_711, 50_000, 35_355, 25_000, 12_500, 6_250)
    ]
    together = Decayed(
        Source("x", "X", event_type="x"), 30, 1.0, 1, np.zeros(7, int), ages, 10, most_points=27
    )
    assert together.points()[1].tolist() == [270_000]


def test_scores_round_as_the_contract_says() -> None:
    source = Source("x", "X", "x")
    bins = [Bin(When.attribute, "", "", "", 1, 0, 0, points=points) for points in (0, 7, 30)]
    card = Card((Binned(source, tuple(bins), np.array([0, 1, 2])),), 28, 100, Decimal("0.5"), 3)
    # 7 of 28 points is 25; half of that is 12.5, and half goes up. 30 is held at 100.
    assert card.scores()["fit_score"].tolist() == [0, 25, 100]
    assert card.scores()["total_score"].tolist() == [0, 13, 50]


def test_scores_of_many_rows_are_those_of_decimals() -> None:
    """Whole numbers alone, beside the contract's arithmetic in decimals, half away from zero."""
    dice = np.random.default_rng(4)
    fit, engagement = dice.integers(-90_000, 900_000, (2, 500))
    for for_100, weight in ((47, "0.5"), ("12.5", "0.3333"), ("33.33", "1")):
        card = Card((), Decimal(for_100), 61, Decimal(weight), 500)
        expected_scores = []
        for one, other in zip(fit.tolist(), engagement.tolist(), strict=True):
            parts = [
                min(
                    Decimal(100), max(Decimal(0), Decimal(100 * points) / (10_000 * Decimal(most)))
                ).quantize(Decimal("0.000001"), ROUND_HALF_UP)
                for points, most in ((one, for_100), (other, 61))
            ]
            total = Decimal(weight) * parts[0] + (1 - Decimal(weight)) * parts[1]
            expected_scores.append(int(total.quantize(Decimal(1), ROUND_HALF_UP)))
        assert card.scores_of(fit, engagement)["total_score"].tolist() == expected_scores


def sample_of(scores: Real, label: Flags) -> Sample:
    size = len(label)
    times = np.full(size, np.datetime64("2026-01-01"))
    return Sample(np.arange(size), np.arange(size), times, label, {})


def test_the_simplest_curve_within_an_error_is_chosen() -> None:
    label, dice = random_labels(2_000, 0.4)
    good = dice.normal(size=2_000) + 1.5 * label
    curves = [
        Curve(name, name, days)
        for name, days in (
            ("as it is", None),
            ("none", None),
            ("slow", 90),
            ("best", 10),
            ("fast", 1),
        )
    ]
    noise = {"as it is": 3.0, "none": 2.0, "slow": 0.001, "best": 0.0, "fast": 1.0}
    connection = duckdb.connect()
    connection.execute(
        "create table sample_rows as select range as place, range as moment_key from range(2000)"
    )
    connection.execute(
        "create table int_lead_scoring__scores (moment_key bigint,"
        " scorecard varchar, engagement_points double)"
    )
    for curve in curves:
        values = good + noise[curve.words] * dice.normal(size=2_000)
        connection.execute(
            "insert into int_lead_scoring__scores"
            " select unnest(range(2000)), $1, unnest(cast($2 as double[]))",
            [curve.scorecard, values.tolist()],
        )
    measured = measure_curves(connection, sample_of(good, label), curves)
    assert [one.curve.words for one in measured if one.is_chosen] == ["slow"]


def test_another_curve_is_another_scale() -> None:
    """The rules stay; the most that a lead has is the new 100."""
    rules = read_rule_set(None)
    points = {"engagement_points": np.arange(3) * 61_000}
    before = {name: np.array([0, 50, 90]) for name in ("total_score", "fit_score")}
    before["engagement_score"] = before["total_score"]
    before["fit_points"] = np.array([0, 750_000, 0])
    curve = Curve("5 days", "candidate", 5)
    found = curve_card(rules, "small_business", curve, "other", before, points, "Fitted: ")
    assert found.rows["scorecards"][0]["engagement_points_for_100"] == "13"  # of 12.2
    assert found.expected["engagement_score"].tolist() == [0, 47, 94]
    assert found.expected["total_score"].tolist() == [0, 68, 56]  # fit weighs 0.4
    assert {row["scorecard"] for row in found.rows["engagement_rules"]} == {"other"}
    curves = {row["decay"] for row in found.rows["engagement_rules"]}
    assert curves == {row["decay"] for row in found.rows["decay_curves"]}
    before_points = [
        row["points"] for row in rules.effective("engagement_rules", "small_business", ("rule_id",))
    ]
    assert [row["points"] for row in found.rows["engagement_rules"]] == before_points


def test_thresholds_rise_and_let_as_many_leads_through() -> None:
    rules = read_rule_set(None)
    dice = np.random.default_rng(1)
    names = ("total_score", "fit_score", "engagement_score")
    before = {name: dice.integers(0, 101, 1_000) for name in names}
    after = {name: values // 4 for name, values in before.items()}
    rows = threshold_rows(rules, "small_business", "new", before, after)
    mql = next(row for row in rows if row["label"] == "mql")
    assert np.mean(after["total_score"] >= int(mql["min_total"])) <= np.mean(
        before["total_score"] >= 50
    )
    nothing = {name: np.zeros(1_000, dtype=np.int64) for name in names}
    flat = threshold_rows(rules, "small_business", "new", nothing, nothing)
    grades = [
        int(row["min_fit"]) for row in flat if row["ladder"] == "fit_grade" and row["min_fit"]
    ]
    assert grades == sorted(set(grades))
