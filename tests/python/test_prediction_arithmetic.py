"""The arithmetic of likelihoods: bins, the fit, its calibration, and the rows that say the same."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binomtest

from lead_scoring.prediction.additive import fit_additive
from lead_scoring.prediction.bins import bin_columns, simplest
from lead_scoring.prediction.calibration import (
    MICRO,
    NANO,
    Band,
    beta_curve,
    calibrate,
    likelihoods,
)
from lead_scoring.prediction.columns import MISSING, NumberColumn, TextColumn
from lead_scoring.prediction.features import Feature
from lead_scoring.prediction.figures import Figures, slice_of, slope, wilson
from lead_scoring.prediction.gate import demands
from lead_scoring.prediction.model import Model, fit_model, log_odds_of
from lead_scoring.prediction.order import DAY, Order, rows_per_news
from lead_scoring.prediction.rows import Heading, prediction_rows, standing
from lead_scoring.rules.rule_set import Cells
from lead_scoring.suggest.measures import area
from lead_scoring.suggest.sample import Flags, Question
from lead_scoring.suggest.verdict import Judged

SIZE = 4_000
EVERYONE = np.ones(SIZE, dtype=np.bool_)


def made(seed: int = 3) -> tuple[list[NumberColumn | TextColumn], Flags]:
    """A count that raises the odds, a text of four values, one that tells nothing; and answers."""
    dice = np.random.default_rng(seed)
    visits = dice.poisson(2, SIZE).astype(np.float64)
    visits[dice.random(SIZE) < 0.1] = np.nan
    kinds = dice.integers(0, 4, SIZE)
    noise = dice.normal(size=SIZE)
    log_odds = -1.5 + 0.5 * np.nan_to_num(visits) + np.array([1.2, 0.0, -0.8, 0.0])[kinds]
    label = dice.random(SIZE) < 1 / (1 + np.exp(-log_odds))
    columns: list[NumberColumn | TextColumn] = [
        NumberColumn(Feature("visits", "Visits", "events", event_type="page"), visits),
        TextColumn(Feature("kind", "Kind", "attribute", "kind"), ("a", "b", "c"), kinds),
        NumberColumn(Feature("noise", "Noise", "attribute", "noise"), noise),
    ]
    return columns, label


@cache
def fitted() -> tuple[Model, Flags]:
    (*columns, _), label = made()
    times = np.arange(SIZE, dtype=np.int64) * DAY
    return fit_model(
        columns, label, np.full(SIZE, 3.0), Order(times, np.arange(SIZE)), EVERYONE
    ), label


def test_limits_are_numbers_that_a_person_would_write() -> None:
    assert simplest(523.1342, 530.0) == 524
    assert simplest(87.0, 180.0) == 100
    assert simplest(0.0013, 0.0079) == Decimal("0.002")
    assert simplest(3.0, 4.0) == 3
    assert simplest(-8.5, -3.0) == -8
    for low, high in ((0.1, 0.2), (9.99, 10.01), (-3.5, -3.25), (1e6, 1e6 + 1)):
        assert low <= float(simplest(low, high)) < high


def test_the_first_bin_that_holds_is_that_of_the_row() -> None:
    columns, label = made()
    visits, kind, _ = bin_columns(columns, label, EVERYONE)
    assert [one.operator for one in visits.conditions[-2:]] == ["is_not_empty", "is_empty"]
    limits = [float(one.value) for one in visits.conditions[: visits.steps - 1]]
    assert isinstance(columns[0], NumberColumn)
    for number, place in zip(columns[0].numbers, visits.places, strict=True):
        if np.isnan(number):
            assert place == visits.steps
        else:
            first = next((at for at, one in enumerate(limits) if number <= one), len(limits))
            assert place == first
    assert visits.direction == 1
    assert [one.value for one in kind.conditions] == ["a", "b", "c", ""]


def test_what_training_never_saw_lies_in_no_bin() -> None:
    columns, label = made()
    assert isinstance(columns[1], TextColumn)
    seen = columns[1].places < 3
    (kind,) = bin_columns([columns[1]], label, seen)
    assert [one.operator for one in kind.conditions] == ["equals", "equals", "equals"]
    assert set(kind.places[~seen]) == {3}
    missing = TextColumn(columns[1].feature, ("a", "b", "c"), np.full(SIZE, MISSING))
    assert not bin_columns([missing], label, EVERYONE)


def test_the_fit_finds_what_is_there_and_drops_what_is_not() -> None:
    columns, label = made()
    found = fit_additive(bin_columns(columns, label, EVERYONE), label, EVERYONE)
    assert [one.feature.name for one in found.features] == ["visits", "kind"]
    visits, kind = found.log_odds
    steps = found.features[0].steps
    assert np.all(np.diff(visits[:steps]) >= 0)
    assert 0.8 < kind[0] - kind[1] < 1.5 and -1.1 < kind[2] - kind[1] < -0.4
    # One best fit: whatever the order of features.
    turned = fit_additive(bin_columns(columns[::-1], label, EVERYONE), label, EVERYONE)
    assert np.allclose(turned.log_odds[1], visits, atol=1e-3)


def test_rows_that_share_their_leads_prove_less() -> None:
    columns, label = made()
    leads = np.arange(SIZE)
    assert rows_per_news(label, leads) == 1
    repeated = np.repeat(label, 5)
    assert rows_per_news(repeated, np.repeat(leads, 5)) == pytest.approx(5)
    binned = bin_columns(columns[:1], label, EVERYONE)
    alone, shared = (fit_additive(binned, label, EVERYONE, one) for one in (1.0, 50.0))
    assert shared.strengths[0] < alone.strengths[0]


def test_rows_of_later_moments_share_no_outcome_with_earlier_ones() -> None:
    times = np.arange(100, dtype=np.int64) * DAY
    order = Order(times, np.arange(100) % 7, gap=10 * DAY)
    rows = np.ones(100, dtype=np.bool_)
    later = order.newest(rows, 0.3)
    assert later.sum() == 30
    earlier = order.before(rows, later)
    assert times[earlier].max() + 10 * DAY == times[later].min()


def test_the_curve_never_falls_and_finds_its_numbers() -> None:
    dice = np.random.default_rng(1)
    log_odds = dice.normal(size=60_000) * 1.5
    truth = 1 / (1 + np.exp(-(0.6 * log_odds - 0.7)))
    curve = beta_curve(log_odds, dice.random(60_000) < truth)
    grid = np.linspace(-4, 4, 50)
    assert np.all(np.diff(curve(grid)) > 0)
    assert np.abs(curve(grid) - 1 / (1 + np.exp(-(0.6 * grid - 0.7)))).max() < 0.02
    upside_down = beta_curve(log_odds, dice.random(60_000) > truth)
    assert np.all(np.diff(upside_down(grid)) >= 0)


def test_within_a_band_the_likelihood_runs_straight() -> None:
    bands = [
        Band(-2 * MICRO, 0, NANO // 10, NANO // 5, 10, 1, None),
        Band(0, MICRO, NANO // 5, NANO // 2, 10, 4, None),
    ]
    found = likelihoods(bands, np.array([-9, -2, -1, 0, 1, 5], dtype=np.int64) * MICRO)
    assert found.tolist() == pytest.approx([0.1, 0.1, 0.15, 0.2, 0.5, 0.5], abs=1e-15)


def test_bands_hold_all_later_rows_and_meet_each_other() -> None:
    dice = np.random.default_rng(2)
    log_odds = (dice.normal(size=1_000) * MICRO).astype(np.int64)
    label = dice.random(1_000) < 1 / (1 + np.exp(-log_odds / MICRO))
    bands = calibrate(log_odds, label, np.where(label, 12.0, np.nan))
    assert len(bands) == 10 and sum(one.rows for one in bands) == 1_000
    assert sum(one.won for one in bands) == label.sum()
    for one, following in pairwise(bands):
        assert one.log_odds_until == following.log_odds_from
        assert one.probability_until == following.probability_from
        assert one.rate < following.rate + 0.15
    assert bands[-1].median_days == 12
    same = calibrate(np.zeros(100, dtype=np.int64), label[:100], np.full(100, np.nan))
    assert len(same) == 1 and same[0].log_odds_from < same[0].log_odds_until


def scored(rows: dict[str, list[Cells]], column: NumberColumn, text: TextColumn) -> list[Decimal]:
    """The log-odds of some rows by the tables alone, in decimals."""
    (prediction,) = rows["predictions"]
    names = [row["feature"] for row in rows["prediction_features"]]
    assert sorted(names) == ["kind", "visits"]
    found = []
    for number, place in zip(column.numbers[:300], text.places[:300], strict=True):
        values = {
            "visits": None if np.isnan(number) else Decimal(repr(float(number))),
            "kind": text.values[place] if place < 3 else "another",
        }
        total = Decimal(prediction["intercept"])
        for name, value in values.items():
            bins = [row for row in rows["prediction_bins"] if row["feature"] == name]
            for row in sorted(bins, key=lambda row: int(row["priority"])):
                if holds(row, value):
                    total += Decimal(row["log_odds"])
                    break
        found.append(total)
    return found


def holds(row: Cells, value: Decimal | str | None) -> bool:
    operator = row["operator"]
    if value is None or operator == "is_empty":
        return value is None and operator == "is_empty"
    if operator == "lte":
        return isinstance(value, Decimal) and value <= Decimal(row["value"])
    return operator == "is_not_empty" or value in row["value"].split("|")


def test_rows_say_what_was_fitted() -> None:
    model, label = fitted()
    columns, _ = made()
    rows = written(model, label)
    number, text = columns[0], columns[1]
    assert isinstance(number, NumberColumn) and isinstance(text, TextColumn)
    expected = model.log_odds()[:300]
    assert [one * MICRO for one in scored(rows, number, text)] == expected.tolist()
    assert log_odds_of(model.intercept, [], 1)[0] == model.intercept


def test_equal_columns_give_equal_rows() -> None:
    again = fitted.__wrapped__()
    assert written(*fitted()) == written(*again)


def written(model: Model, label: Flags) -> dict[str, list[Cells]]:
    judged = Judged(area(label, model.likelihoods()), area(label, model.log_odds()), np.arange(1))
    heading = Heading(
        "all_won", "all", Question(datetime(2026, 1, 1)), "2025-01-01", "2025-12-01",
        int(label.sum()), int((~label).sum()), Decimal("100.50"), "",
    )  # fmt: skip
    return prediction_rows(heading, model, Figures(None, judged), 0)


GOOD = {
    "leads_with": "100", "leads_without": "100", "auc": "0.7", "auc_low": "0.61",
    "auc_high": "0.8", "scorecard_auc": "0.6", "calibration_slope": "1.25", "leaking": "0",
    "slices_off": "0", "calibration_error": "0.02",
}  # fmt: skip
REASON = {"reason": "asked for"}


@pytest.mark.parametrize(
    ("changed", "approval", "failure"),
    [
        ({}, {}, ""),
        ({"leads_with": "99"}, REASON, "fewer than 100 leads with the outcome"),
        ({"leads_without": "99"}, REASON, "fewer than 100 leads without the outcome"),
        ({"auc_low": "0.5", "scorecard_auc": "0.4"}, REASON, "a coin"),
        ({"auc_low": ""}, REASON, "a coin"),
        ({"scorecard_auc": "0.61"}, {}, "better than the scorecard"),
        ({"scorecard_auc": "0.61"}, REASON, ""),
        ({"calibration_slope": "0.79"}, REASON, "calibration slope"),
        ({"calibration_slope": "1.2501"}, REASON, "calibration slope"),
        ({"calibration_slope": ""}, REASON, "calibration slope"),
        ({"leaking": "1"}, REASON, "seems to know the outcome"),
        ({"slices_off": "1"}, {}, "a slice of leads is off"),
        ({"slices_off": "1"}, REASON, ""),
    ],
)
def test_the_gate(changed: dict[str, str], approval: dict[str, str], failure: str) -> None:
    model, label = fitted()
    rows = written(model, label)
    rows["predictions"][0] |= GOOD | changed
    fingerprint = standing(rows).fingerprint
    rows["prediction_approvals"] = [
        {"prediction": "all_won", "fingerprint": fingerprint, "approved_by": "Ada",
         "approved_at": "2026-01-01", "purpose": "calls", **approval}
    ]  # fmt: skip
    failures = standing(rows).gate_failures
    said = [one for one in demands(rows["predictions"][0], failures) if not one.holds]
    if not failure:
        assert not failures and not said
    else:
        assert failure in "; ".join(failures)
        # Each is told of under the demand that it breaks.
        assert {one for each in said for one in each.failure.split("; ")} == set(failures)


def test_a_slope_of_one_is_right() -> None:
    dice = np.random.default_rng(4)
    log_odds = dice.normal(size=40_000)
    foretold = 1 / (1 + np.exp(-log_odds))
    label = dice.random(40_000) < foretold
    right = slope(foretold, label, np.arange(40_000))
    boasting = slope(1 / (1 + np.exp(-2 * log_odds)), label, np.arange(40_000))
    assert right is not None and boasting is not None
    assert right[1] < 1 < right[2]
    assert boasting[0] == pytest.approx(right[0] / 2, rel=1e-6)
    assert slope(foretold[:30], np.zeros(30, dtype=np.bool_), np.arange(30)) is None


@pytest.mark.parametrize(("came", "leads"), [(0, 10), (1, 10), (3, 40), (40, 40)])
def test_a_rate_has_the_interval_of_wilson(came: int, leads: int) -> None:
    expected = binomtest(came, leads).proportion_ci(method="wilson")
    assert wilson(came / leads, leads) == pytest.approx((expected.low, expected.high), abs=1e-5)


@pytest.mark.parametrize(
    ("leads", "rows_each", "foretold", "came", "is_off"),
    [
        # None of ten leads was won, each foretold 2 % in fifty weeks: they may have been unlucky.
        (10, 50, 0.02, False, False),
        # Of as many weeks of leads of their own somebody would have been.
        (500, 1, 0.02, False, True),
        (60, 1, 0.02, False, False),
        # All were won.
        (3, 50, 0.5, True, False),
        (500, 1, 0.5, True, True),
    ],
)
def test_a_slice_of_one_answer_is_off_beyond_chance_alone(
    leads: int, rows_each: int, foretold: float, came: bool, is_off: bool
) -> None:
    rows = leads * rows_each
    found = slice_of(
        "region",
        "north",
        np.full(rows, foretold),
        np.full(rows, came),
        np.repeat(np.arange(leads), rows_each),
        rows_each,
    )
    assert found.is_off is is_off
    assert found.factor_low < found.factor_high
