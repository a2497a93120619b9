"""The order of leads in time: which are older, which newer, and which a model is calibrated on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lead_scoring.suggest.sample import Flags, Real, Sample, Whole

SHARE_TO_CALIBRATE = 0.2
SHARE_FORWARD = 0.3
SHARE_NEWEST = 0.25
FEWEST_ROWS = 20  # of either answer


@dataclass(frozen=True)
class Order:
    """times: of each row, in seconds; first_times: when its lead was looked at first; leads: it."""

    times: Whole = field(repr=False)
    first_times: Whole = field(repr=False)
    leads: Whole = field(repr=False)

    @staticmethod
    def of(sample: Sample) -> Order:
        """Returns the order of a sample, whose rows are in the order of lead and time."""
        times = sample.times.astype("datetime64[s]").astype(np.int64)
        _, first_rows, lead_of_row = np.unique(sample.leads, return_index=True, return_inverse=True)
        return Order(times, times[first_rows][lead_of_row.ravel()], sample.leads)

    def newest(self, rows: Flags, share: float) -> Flags:
        """Returns those of the rows whose leads are the newest `share` of theirs."""
        times = self._times_of_leads(rows)
        limit = np.quantile(times, 1 - share) if len(times) else 0
        return rows & (self.first_times > limit)

    def to_calibrate(self, rows: Flags, label: Flags) -> Flags:
        """Returns the latest fifth of the rows; those of every fifth lead where time gives none.

        All leads that came at one instant have no order.
        """
        limit = np.quantile(self.times[rows], 1 - SHARE_TO_CALIBRATE)
        latest = rows & (self.times > limit)
        if has_both(label, latest) and has_both(label, rows & ~latest):
            return latest
        numbers = np.unique(self.leads, return_inverse=True)[1].ravel()
        return rows & (numbers % round(1 / SHARE_TO_CALIBRATE) == 0)

    def _times_of_leads(self, rows: Flags) -> Real:
        _, first = np.unique(self.leads[rows], return_index=True)
        return self.first_times[rows][first].astype(np.float64)


def has_both(label: Flags, rows: Flags, fewest: int = FEWEST_ROWS) -> bool:
    """Whether there are so many rows of either answer."""
    inside = label[rows]
    return bool(min(int(inside.sum()), int((~inside).sum())) >= fewest)
