"""The leads that points are fitted to: each at an instant, with what came true after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from lead_scoring.reading.headers import file_name

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CONFIDENT_OUTCOMES = 120  # below so many of either the result is called uncertain
MOST_WEEKS = 52
# A fit to so many takes three minutes, and those of one lead say much the same.
MOST_MOMENTS = 200_000


class At(str, Enum):
    """At which instants leads are looked at."""

    creation = "creation"
    weekly = "weekly"


class Foretold(str, Enum):
    """What a score is to foretell."""

    won = "won"
    active = "active"


@dataclass(frozen=True)
class Question:
    """At which instants leads are looked at, and what is asked about the time after them."""

    as_of: datetime  # nothing that became known later is used, for the answers either
    at: At = At.creation
    days: int = 7  # after the lead's creation; weekly: every seven days from then on
    foretold: Foretold = Foretold.won
    horizon_days: int = 90
    most_moments: int = MOST_MOMENTS  # with an answer; of more so many are drawn

    def relation(self) -> str:
        """Returns a select of the moments to score (lead_id, as_of), for lead_scoring_moments."""
        steps = MOST_WEEKS if self.at is At.weekly else 1
        instant = f"identities.exists_from + to_days(cast({self.days} + 7 * steps.step as integer))"
        return (
            f"(select identities.lead_id, {instant} as as_of"
            " from main.stg_lead_scoring__lead_identities as identities"
            f" cross join range(0, {steps}) as steps (step)"
            f" where {instant} <= timestamp '{self.as_of:%Y-%m-%d %H:%M:%S.%f}')"
        )

    def in_words(self) -> str:
        """Returns the question as part of a sentence."""
        what = "is won" if self.foretold is Foretold.won else "is active"
        when = f"{self.days} day{'' if self.days == 1 else 's'} after its creation"
        if self.at is At.weekly:
            when = f"every seven days, the first time {when}"
        return f"whether a lead {what} within {self.horizon_days} days, asked {when}"


@dataclass(frozen=True)
class Labelled:
    """What has become of the leads at their moments.

    counts: how many moments of the scorecard there are, by what is done with them. moments: a
    Parquet file of those that are used: lead_id, lead_key, as_of, label and answered_at. The
    others as in Sample.
    """

    question: Question
    counts: Mapping[str, int]
    moments: Path
    fitted_until: datetime
    record: str

    def relation(self) -> str:
        """Returns a select of the moments that are used, for lead_scoring_moments."""
        return f"(select lead_id, as_of from {self.rows()})"

    def rows(self) -> str:
        """Returns the file as DuckDB reads it."""
        return f"read_parquet({file_name(self.moments)})"


@dataclass(frozen=True)
class Sample:
    """Moments with an answer. Arrays have one entry per moment, in the order of lead and time.

    counts: how many moments of the scorecard were left out, by reason; where more could be used
    than there are here, these were drawn from them. fitted_until: when the
    latest of the leads was created, in UTC. record: what part of the record the answers cover, in
    words; '' where it is all of it.
    """

    moment_keys: Whole
    leads: Whole  # equal numbers: the same lead
    times: npt.NDArray[np.datetime64]
    label: Flags
    counts: Mapping[str, int]
    foretold: Foretold = Foretold.won
    fitted_until: datetime = datetime.min
    record: str = ""

    def size_in_words(self) -> str:
        """How many moments there are, and how many they were drawn from."""
        size, used = len(self.label), self.counts["used"]
        drawn = f", drawn from {used:,}" if used > size else ""
        return f"{size:,} moments{drawn}"

    @property
    def months(self) -> npt.NDArray[np.datetime64]:
        """The month of every moment."""
        return self.times.astype("datetime64[M]")

    @property
    def leads_with(self) -> int:
        """How many leads the answer was ever yes for."""
        return len(np.unique(self.leads[self.label]))

    @property
    def leads_without(self) -> int:
        """How many leads the answer was never yes for."""
        return len(np.unique(self.leads)) - self.leads_with

    @property
    def is_certain(self) -> bool:
        """Whether there are outcomes enough to trust the points."""
        return min(self.leads_with, self.leads_without) >= CONFIDENT_OUTCOMES


def read_sample(connection: duckdb.DuckDBPyConnection, labelled: Labelled) -> Sample:
    """Returns the moments with an answer, and makes of them the table sample_rows (place,
    moment_key, lead_key, as_of, label): a moment is known by the number that a run gave it.
    """
    connection.execute(
        "create or replace temp table sample_rows as select"
        " row_number() over (order by lead_key, as_of) - 1 as place,"
        " moments.moment_key, lead_key, as_of, used.label"
        f" from {labelled.rows()} as used"
        " inner join int_lead_scoring__moments as moments using (lead_key, as_of)"
    )
    columns = connection.execute(
        "select moment_key, lead_key, as_of, label from sample_rows order by place"
    ).fetchnumpy()
    return Sample(
        moment_keys=_plain(columns["moment_key"]),
        leads=_plain(columns["lead_key"]),
        times=_plain(columns["as_of"]),
        label=_plain(columns["label"]).astype(np.bool_),
        counts=labelled.counts,
        foretold=labelled.question.foretold,
        fitted_until=labelled.fitted_until,
        record=labelled.record,
    )


def _plain(column: Any) -> Any:
    return np.ma.getdata(column)
