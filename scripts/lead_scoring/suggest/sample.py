"""The leads that points are fitted to: each at an instant, with what came true after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
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
        when = f"{self.days} days after its creation"
        if self.at is At.weekly:
            when = f"every seven days, the first time {when}"
        return f"whether a lead {what} within {self.horizon_days} days, asked {when}"


@dataclass(frozen=True)
class Labelled:
    """What has become of the leads at their moments.

    counts: how many moments of the scorecard there are, by what is done with them. moments: a
    Parquet file of those that are used: lead_id, lead_key, as_of, label. The others as in Sample.
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
        return f"read_parquet('{_escaped(str(self.moments))}')"


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


def label_moments(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    scorecard: str,
    moments: Path,
    *,
    is_live: bool = True,
) -> Labelled:
    """Finds out what came true at the moments of a scorecard's leads, and writes those with an
    answer to the file `moments`; all are in the table labelled. Nothing need be scored yet.

    Moments are left out where the lead is no longer open, where it had already been won and
    nobody knew, and where the horizon is not over: not even those that were won before it is, or
    recent leads would seem better than they are. Of more moments than the question allows so many
    are drawn, by a hash of lead and instant: again the same ones, and of no kind more than there
    are. is_live: of the leads of a live scorecard it is the own one.

    Raises TooFewOutcomes.
    """
    known_until = question.as_of.replace(tzinfo=None)
    connection.execute(_ANSWERS, {"known_until": known_until, "foretold": question.foretold.value})
    connection.execute(
        _LABELLED,
        {
            "scorecard": scorecard,
            "is_live": is_live,
            "known_until": known_until,
            "days": question.horizon_days,
        },
    )
    record = _leave_out_unrecorded(connection, question)
    counts = dict(
        connection.execute("select fate, count(*) from labelled group by fate").fetchall()
    )
    labelled = Labelled(
        question=question,
        counts={name: counts.get(name, 0) for name in FATES},
        moments=moments,
        fitted_until=_fitted_until(connection),
        record=record,
    )
    with_outcome, without = connection.execute(
        "select count(*) filter (ever), count(*) filter (not ever) from"
        " (select bool_or(label) as ever from labelled where fate = 'used' group by lead_key)"
    ).fetchone() or (0, 0)
    if min(with_outcome, without) < FEWEST_OUTCOMES:
        raise TooFewOutcomes(
            _too_few(labelled, with_outcome, without) + _won_at_once(connection, question)
        )
    connection.execute(
        "create or replace temp table drawn as"
        " select lead_id, lead_key, as_of, label from labelled where fate = 'used'"
        " order by md5(lead_id || ' ' || as_of), lead_key, as_of limit $1",
        [question.most_moments],
    )
    connection.execute(
        f"copy (from drawn order by lead_key, as_of) to '{_escaped(str(moments))}' (format parquet)"
    )
    return labelled


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


FATES = (
    *("used", "no longer open", "already won, not yet known", "horizon not over"),
    UNRECORDED := "outcomes not recorded then",
)


def _fitted_until(connection: duckdb.DuckDBPyConnection) -> datetime:
    (latest,) = connection.execute(
        "select max(exists_from) from labelled"
        " inner join stg_lead_scoring__lead_identities using (lead_key) where fate = 'used'"
    ).fetchone() or (None,)
    # Written in whole seconds: none of the leads is later.
    return (latest or datetime.min).replace(microsecond=0) + timedelta(seconds=1)


def _leave_out_unrecorded(connection: duckdb.DuckDBPyConnection, question: Question) -> str:
    """Leaves out moments whose horizon the record of answers does not cover; says so in words.

    The same test as that of the model int_lead_scoring__outcome_record.
    """
    first, last, before, after = connection.execute(
        _RECORD, {"days": question.horizon_days}
    ).fetchone() or (None, None, 0, 0)
    starts = first if (before or 0) >= CERTAINLY_SOME else None
    ends = last if (after or 0) >= CERTAINLY_SOME else None
    if starts is None and ends is None:
        return ""
    connection.execute(
        "update labelled set fate = $fate where fate = 'used' and (coalesce(as_of < $starts, false)"
        " or coalesce(as_of + to_days(cast($days as integer)) > $ends, false))",
        {"fate": UNRECORDED, "starts": starts, "ends": ends, "days": question.horizon_days},
    )
    words = [f"from {starts:%Y-%m-%d}" if starts else "", f"until {ends:%Y-%m-%d}" if ends else ""]
    return " ".join(one for one in words if one)


def _won_at_once(connection: duckdb.DuckDBPyConnection, question: Question) -> str:
    """What else is to be said where most leads were closed by the instant."""
    wins, early, at_once = connection.execute(
        "select count(*), count(*) filter (won_at <= exists_from + to_days(cast($1 as integer))),"
        " count(*) filter (won_at <= exists_from) from (select lead_key, min(occurred_at) as won_at"
        " from stg_lead_scoring__outcomes where outcome = 'won' and quarantine_cause is null"
        " group by lead_key) as wins inner join stg_lead_scoring__lead_identities as leads"
        " using (lead_key) where leads.lead_id = leads.survivor_lead_id and won_at <= $2",
        [question.days, question.as_of.replace(tzinfo=None)],
    ).fetchone() or (0, 0, 0)
    if not wins or early < EARLY * wins:
        return ""
    words = f" Of {wins:,} wins {early:,} came before the instant"
    if at_once >= EARLY * wins:
        return (
            f"{words}, {at_once:,} of them at the very instant of the lead's creation or earlier: "
            "what is written down at once cannot be foretold. Find out when leads really began."
        )
    return f"{words}: look earlier, with a smaller --days (0: at once)."


EARLY = 0.2  # of the wins: so many are worth a word
# Answers that must have been there: none where so many are expected is one case of 1,000.
CERTAINLY_SOME = 6.9


def _too_few(labelled: Labelled, with_outcome: int, without: int) -> str:
    return (
        f"There is too little to learn from: {with_outcome:,} leads with the outcome and "
        f"{without:,} without; {FEWEST_OUTCOMES} of each are needed. "
        f"Asked was {labelled.question.in_words()}. Left out: "
        + ", ".join(f"{name} {labelled.counts[name]:,}" for name in FATES[1:])
        + ". A shorter --horizon-days, or older data, leaves out fewer."
    )


def _escaped(text: str) -> str:
    return text.replace("'", "''")


def _plain(column: Any) -> Any:
    return np.ma.getdata(column)


# What happens at the instant itself, and is not known by then, is still to come.
_ANSWERS = """
create or replace temp table answers as
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
)
select * from activity where $foretold = 'active'
union all
select * from wins where $foretold = 'won'
"""

_LABELLED = """
create or replace temp table labelled as
with wins as (
    select lead_key, occurred_at, known_at
    from stg_lead_scoring__outcomes
    where outcome = 'won' and quarantine_cause is null and known_at <= $known_until
),
moments as (
    select moments.*
    from int_lead_scoring__leads_at_moments as moments
    inner join int_lead_scoring__moment_scorecards as scorecards using (moment_key)
    where
        scorecards.scorecard = $scorecard and (scorecards.is_own_scorecard or not $is_live)
),
first_answers as (
    select moments.moment_key, min(answers.occurred_at) as answered_at
    from moments
    inner join answers
        on
            answers.lead_key = moments.lead_key
            and answers.occurred_at >= moments.as_of
            and greatest(answers.occurred_at, answers.known_at) > moments.as_of
            and answers.occurred_at < moments.as_of + to_days(cast($days as integer))
    group by moments.moment_key
)
select
    moments.moment_key,
    moments.lead_id,
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
    first_answers.answered_at,
    first_answers.answered_at is not null as label
from moments
left join first_answers using (moment_key)
"""

# After how many days answers come, and how many should have come before the first of the record
# and after its last: those of the moments whose horizon the record covers tell the pace.
_RECORD = """
with bounds as (
    select min(occurred_at) as first_at, max(occurred_at) as last_at from answers
),
moments as (
    select
        date_diff('day', labelled.as_of, labelled.answered_at) as days,
        labelled.as_of >= bounds.first_at
        and labelled.as_of + to_days(cast($days as integer)) <= bounds.last_at as is_within,
        date_diff('day', labelled.as_of, bounds.first_at) as days_before,
        date_diff('day', labelled.as_of, bounds.last_at) as days_covered
    from labelled cross join bounds
    where labelled.fate = 'used'
),
waits as (
    select days, count(*) / sum(count(*)) over () as share
    from moments where is_within group by days
)
select
    (select first_at from bounds),
    (select last_at from bounds),
    sum(waits.share) filter (waits.days < moments.days_before),
    sum(waits.share) filter (waits.days > moments.days_covered)
from moments cross join waits
where waits.days is not null and (moments.days_before > 0 or moments.days_covered < $days)
"""
