"""How a card ranks leads that it had not seen: a fifth at a time, and the newest by the oldest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from lead_scoring.suggest.card import Card
from lead_scoring.suggest.measures import Area, area, mean_area
from lead_scoring.suggest.sample import Flags, Sample, Whole
from lead_scoring.suggest.verdict import Forward, Judged

FOLDS = 5
FEWEST_FORWARD = 20  # moments with the outcome, and without, on either side


def folds(sample: Sample) -> Iterator[Flags]:
    """Returns the test rows of each of five folds; all rows of a lead are in one."""
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for _, test in split.split(sample.label, sample.label, sample.leads):
        rows = np.zeros(len(sample.label), dtype=np.bool_)
        rows[test] = True
        yield rows


def on_folds(
    sample: Sample, tests: Sequence[Flags], cards: Sequence[Whole], base: Whole
) -> tuple[Judged, tuple[float, ...]]:
    """The mean over folds of a card that had not seen them, and of the base; and each fold's."""

    def areas(scores: Sequence[Whole]) -> list[tuple[Flags, Area]]:
        return [
            (test, area(sample.label[test], one[test], sample.months[test]))
            for test, one in zip(tests, scores, strict=True)
        ]

    own, of_base = areas(cards), areas([base] * len(tests))
    rows = len(sample.label)
    judged = Judged(mean_area(own, rows), mean_area(of_base, rows), sample.leads)
    return judged, tuple(one.value for _, one in own)


def forward(sample: Sample, fitted: Callable[[Flags], Card], base: Whole) -> Forward | None:
    """Fits a card to the older 70 % of the leads, and judges it by the moments of the others."""
    times = sample.times.astype("datetime64[s]").astype(np.int64)
    _, first_rows, lead_of_row = np.unique(sample.leads, return_index=True, return_inverse=True)
    # Rows are in the order of lead and time: the first of a lead is its earliest.
    first_times = times[first_rows][lead_of_row.ravel()]
    limit = np.quantile(times[first_rows], 0.7)
    older = first_times <= limit
    newer = ~older
    sides = [sample.label[older], sample.label[newer]]
    if any(len(side) == 0 or min(side.sum(), (~side).sum()) < FEWEST_FORWARD for side in sides):
        return None
    scores = fitted(older).scores()["total_score"]
    months = sample.months[newer]
    return Forward(
        Judged(
            area(sample.label[newer], scores[newer], months),
            area(sample.label[newer], base[newer], months),
            sample.leads[newer],
        ),
        datetime.fromtimestamp(int(times[newer].min()), timezone.utc),
        float(sides[0].mean()),
        float(sides[1].mean()),
        int(newer.sum()),
    )
