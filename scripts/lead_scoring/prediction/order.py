"""The order of moments in time: which are older, which newer, which a model is calibrated on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lead_scoring.suggest.sample import At, Flags, Question, Sample, Whole

SHARE_TO_CALIBRATE = 0.2
SHARE_FORWARD = 0.3
SHARE_NEWEST = 0.25
FEWEST_ROWS = 20  # of either answer
DAY = 86_400


@dataclass(frozen=True)
class Order:
    """When each row is, in seconds, and its lead. gap: so long before the first of the later rows
    the earlier ones end; 0: each lead is asked about once, and no two rows share an outcome.
    """

    times: Whole = field(repr=False)
    leads: Whole = field(repr=False)
    gap: int = 0

    @staticmethod
    def of(sample: Sample, question: Question) -> Order:
        """Returns the order of a sample. Leads that are asked about weekly share the outcomes of
        their horizon: what was learnt from must be over before later rows begin."""
        times = sample.times.astype("datetime64[s]").astype(np.int64)
        gap = question.horizon_days * DAY if question.at is At.weekly else 0
        return Order(times, sample.leads, gap)

    def newest(self, rows: Flags, share: float) -> Flags:
        """Returns the newest `share` of the rows; of those at one instant all or none."""
        limit = float(np.quantile(self.times[rows], 1 - share))
        return rows & np.asarray(self.times > limit, dtype=np.bool_)

    def before(self, rows: Flags, later: Flags) -> Flags:
        """Returns those of the rows that lie before all of the later ones, and the gap."""
        if not later.any():
            return rows
        first = int(self.times[later].min())
        return rows & ~later & np.asarray(self.times + self.gap <= first, dtype=np.bool_)

    def parts(self, rows: Flags, label: Flags) -> tuple[Flags, Flags]:
        """Returns the rows to fit to, and the newest fifth, which to calibrate on.

        Rows at one instant have no order: of every fifth lead all are calibrated on then.
        """
        latest = self.newest(rows, SHARE_TO_CALIBRATE)
        earlier = self.before(rows, latest)
        if has_both(label, latest) and has_both(label, earlier):
            return earlier, latest
        numbers = np.unique(self.leads, return_inverse=True)[1].ravel()
        every_fifth = rows & (numbers % round(1 / SHARE_TO_CALIBRATE) == 0)
        return rows & ~every_fifth, every_fifth


def has_both(label: Flags, rows: Flags, fewest: int = FEWEST_ROWS) -> bool:
    """Whether there are so many rows of either answer."""
    inside = label[rows]
    return bool(min(int(inside.sum()), int((~inside).sum())) >= fewest)


def rows_per_news(label: Flags, leads: Whole) -> float:
    """Returns how many rows tell as much as one would that shares its lead with no other.

    The design effect of the answers: 1 where each lead has one row, as many as a lead has rows
    where all of them have one answer.
    """
    off = label - label.mean()
    _, groups = np.unique(leads, return_inverse=True)
    alone = float(np.sum(off**2))
    return max(1.0, float(np.sum(np.bincount(groups.ravel(), weights=off) ** 2)) / alone)
