"""The leads that points are fitted to: each at an instant, with what came true after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEWEST_OUTCOMES = 40  # leads with, and leads without, below which nothing is fitted
CONFIDENT_OUTCOMES = 120  # below so many of either the result is called uncertain
MOST_WEEKS = 52


class At(str, Enum):
    """At which instants leads are looked at."""

    creation = "creation"
    weekly = "weekly"


class Foretold(str, Enum):
    """What a score is to foretell."""

    won = "won"
    active = "active"


class TooFewOutcomes(RuntimeError):
    """There is not enough to learn from. The message says how much there is and is needed."""


@dataclass(frozen=True)
class Question:
    """At which instants leads are looked at, and what is asked about the time after them."""

    as_of: datetime  # nothing that became known later is used, for the answers either
    at: At = At.creation
    days: int = 7  # after the lead's creation; weekly: every seven days from then on
    foretold: Foretold = Foretold.won
    horizon_days: int = 90

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
        when = f"{self.days} days after its creation"
        if self.at is At.weekly:
            when = f"every seven days, the first time {when}"
        return f"whether a lead {what} within {self.horizon_days} days, asked {when}"


@dataclass(frozen=True)
class Sample:
    """Moments with an answer. Arrays have one entry per moment, in the order of lead and time.

    counts: how many moments of the scorecard were left out, by reason.
    """

    moment_keys: Whole
    leads: Whole  # equal numbers: the same lead
    times: npt.NDArray[np.datetime64]
    label: Flags
    counts: Mapping[str, int]

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


def read_sample(
    connection: duckdb.DuckDBPyConnection, question: Question, scorecard: str
) -> Sample:
    """Returns the moments of a scorecard's leads, and makes of them the table sample_rows (place,
    moment_key, lead_key, as_of).

    Moments are left out where the lead is no longer open, where it had already been won and
    nobody knew, and where the horizon is not over: not even those that were won before it is, or
    recent leads would seem better than they are.

    Raises TooFewOutcomes.
    """
    connection.execute(
        _LABELLED,
        {
            "scorecard": scorecard,
            "known_until": question.as_of.replace(tzinfo=None),
            "days": question.horizon_days,
            "foretold": question.foretold.value,
        },
    )
    counts = dict(
        connection.execute("select fate, count(*) from labelled group by fate").fetchall()
    )
    connection.execute(
        "create or replace temp table sample_rows as select"
        " row_number() over (order by lead_key, as_of) - 1 as place, * from labelled"
        " where fate = 'used'"
    )
    columns = connection.execute(
        "select moment_key, lead_key, as_of, label from sample_rows order by place"
    ).fetchnumpy()
    sample = Sample(
        moment_keys=_plain(columns["moment_key"]),
        leads=_plain(columns["lead_key"]),
        times=_plain(columns["as_of"]),
        label=_plain(columns["label"]).astype(np.bool_),
        counts={name: counts.get(name, 0) for name in FATES},
    )
    if min(sample.leads_with, sample.leads_without) < FEWEST_OUTCOMES:
        raise TooFewOutcomes(_too_few(sample, question))
    return sample


FATES = ("used", "no longer open", "already won, not yet known", "horizon not over")


def _too_few(sample: Sample, question: Question) -> str:
    return (
        f"There is too little to learn from: {sample.leads_with:,} leads with the outcome and "
        f"{sample.leads_without:,} without; {FEWEST_OUTCOMES} of each are needed. "
        f"Asked was {question.in_words()}. Left out: "
        + ", ".join(f"{name} {sample.counts[name]:,}" for name in FATES[1:])
        + ". A shorter --horizon-days, or older data, leaves out fewer."
    )


def _plain(column: Any) -> Any:
    return np.ma.getdata(column)


# What happens at the instant itself, and is not known by then, is still to come.
_LABELLED = """
create or replace temp table labelled as
with activity_types as (
    select lower(trim(event_type)) as event_type from lead_scoring__event_types where is_activity
),
bot_agents as (
    select distinct agents.user_agent_hash
    from stg_lead_scoring__user_agents as agents
    inner join lead_scoring__lists as lists
        on
            lower(trim(lists.list)) = 'bot_user_agent'
            and contains(lower(agents.user_agent), lower(trim(lists.entry)))
),
activity as (
    select identities.lead_key, events.occurred_at, events.known_at
    from stg_lead_scoring__events as events
    inner join stg_lead_scoring__event_contents as contents using (content_key)
    semi join activity_types using (event_type)
    inner join stg_lead_scoring__lead_identities as identities using (lead_hash)
    anti join bot_agents using (user_agent_hash)
    where
        $foretold = 'active' and events.quarantine_cause is null
        and events.known_at <= $known_until
),
wins as (
    select lead_key, occurred_at, known_at
    from stg_lead_scoring__outcomes
    where outcome = 'won' and quarantine_cause is null and known_at <= $known_until
),
answers as (
    select * from activity where $foretold = 'active'
    union all
    select * from wins where $foretold = 'won'
),
moments as (
    select moments.*
    from int_lead_scoring__leads_at_moments as moments
    inner join int_lead_scoring__scores as scores using (moment_key)
    where
        scores.scorecard = $scorecard
        and (scores.is_own_scorecard or scores.scorecard_status <> 'live')
)
select
    moments.moment_key,
    moments.lead_key,
    moments.as_of,
    case
        when moments.status <> 'open' then 'no longer open'
        when exists (
            select 1 from wins
            where
                wins.lead_key = moments.lead_key
                and wins.occurred_at < moments.as_of and wins.known_at > moments.as_of
        ) then 'already won, not yet known'
        when moments.as_of + to_days(cast($days as integer)) > $known_until
            then 'horizon not over'
        else 'used'
    end as fate,
    exists (
        select 1 from answers
        where
            answers.lead_key = moments.lead_key
            and answers.occurred_at >= moments.as_of
            and greatest(answers.occurred_at, answers.known_at) > moments.as_of
            and answers.occurred_at < moments.as_of + to_days(cast($days as integer))
    ) as label
from moments
"""
