"""How well points sort: areas, their errors, and the strata in which pairs are compared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.metrics import roc_auc_score

from lead_scoring.suggest.measures import area, mean_area
from suggest_sample import random_labels


def test_the_area_is_that_of_scikit_learn_with_ties() -> None:
    label, dice = random_labels(500, 0.3)
    for levels in (3, 20, 10_000):
        score = dice.integers(0, levels, 500) + 2 * label
        assert area(label, score).value == pytest.approx(roc_auc_score(label, score), abs=1e-12)


def test_errors_are_those_of_resampled_leads() -> None:
    """Rows of one lead count as one: each lead stands here four times, with the same score."""
    label, dice = random_labels(300, 0.3)
    score, other = dice.normal(size=300) + label, dice.normal(size=300) + label
    leads = np.repeat(np.arange(300), 4)
    first, second = area(label[leads], score[leads]), area(label[leads], other[leads])
    found, paired = [], []
    for _ in range(300):
        drawn = dice.integers(0, 300, 300)
        one = area(label[drawn], score[drawn]).value
        found.append(one)
        paired.append(one - area(label[drawn], other[drawn]).value)
    assert first.error(leads) == pytest.approx(np.std(found), rel=0.2)
    assert first.difference(second, leads)[1] == pytest.approx(np.std(paired), rel=0.2)
    assert first.difference(first, leads) == (0.0, 0.0)


def test_areas_within_strata_are_those_of_pairs_of_one_stratum() -> None:
    """A score that only tells the month ranks nobody, however the rate moves."""
    label, dice = random_labels(600, 0.4)
    months = dice.integers(0, 4, 600)
    score = dice.integers(0, 9, 600) + 3 * label
    pairs = won = 0.0
    for month in range(4):
        ours = score[label & (months == month)][:, None]
        theirs = score[~label & (months == month)][None, :]
        won += float((np.sign(ours - theirs) / 2 + 0.5).sum())
        pairs += ours.size * theirs.size
    found = area(label, score, months)
    assert found.value == pytest.approx(won / pairs)
    drawn = [area(label[rows], score[rows], months[rows]).value for rows in draws(dice, 600)]
    assert found.error(np.arange(600)) == pytest.approx(np.std(drawn), rel=0.2)
    moving = dice.random(600) < 0.1 + 0.2 * months
    assert area(moving, months).value > 0.6
    assert area(moving, months, months).value == 0.5
    assert np.isnan(area(np.zeros(3, np.bool_), np.arange(3)).value)


def draws(dice: np.random.Generator, size: int) -> list[npt.NDArray[np.int64]]:
    return [dice.integers(0, size, size) for _ in range(200)]


def test_areas_of_folds_are_averaged_and_scales_not_mixed() -> None:
    label = np.array([True, False, True, False])
    score = np.array([10, 5, 100, 95])
    first = np.array([True, True, False, False])
    parts = [(rows, area(label[rows], score[rows])) for rows in (first, ~first)]
    assert area(label, score).value == 0.75
    found = mean_area(parts, 4)
    assert found.value == 1.0
    assert found.error(np.arange(4)) == 0.0
