"""Scores as content: what the record says last of each lead, where a destination has another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from lead_scoring.databases import rows
from lead_scoring.delivery import likelihoods
from lead_scoring.delivery.contents import CLEARED, Content, Item, Known, plain, table_of

# What the record says. A row of the record that differs in these is a change to be sent.
RECORDED = (
    "total_score",
    "fit_score",
    "engagement_score",
    "stage",
    "grade",
    "segment",
    "temperature",
)
REASONS = tuple(f"reason_{way}_{place}" for way in ("up", "down") for place in (1, 2, 3))
COLUMNS = (
    "lead_id",
    "is_cleared",
    *RECORDED,
    "reasons",
    "merged_into_lead_id",
    "changed_at",
)

_TEXTS = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in RECORDED)
_VALUES = ", ".join(
    f"case when changes.has_score then changes.{name} end as {name}" for name in RECORDED
)
_LIKELIHOOD = ", ".join(
    f"case when changes.has_score then changes.{name} end as {name}" for name in likelihoods.COLUMNS
)
# Reasons go along with a change and are none: their points decay from day to day. Those of a run
# that looked into the past are of another score than the record's, and stay away.
_NO_LIKELIHOODS = """
    select
        null as lead_id, null as likelihood_percent, null as likelihood_band,
        null as expected_amount
    where false
"""
# An expected amount goes along likewise.
_QUERY = f"""
with likelihoods_of_leads as ({{likelihoods}}),
said_last as (
    select
        lead_id, {", ".join(RECORDED)}, merged_into_lead_id, has_score, valid_from,
        likelihood_percent, likelihood_band, expected_amount,
        md5(concat_ws(chr(10), {_TEXTS}, likelihood_percent, likelihood_band)) as state
    from lead_score_history
    left join likelihoods_of_leads using (lead_id)
    where valid_to is null
),
known as (
    select unnest(cast($ids as varchar[])) as lead_id, unnest(cast($states as varchar[])) as state
),
changes as (
    select
        coalesce(said_last.lead_id, known.lead_id) as lead_id,
        coalesce(said_last.has_score, false) as has_score,
        said_last.* exclude (lead_id, has_score)
    from said_last
    full join known on said_last.lead_id = known.lead_id
    where
        case when said_last.has_score
            then known.state is distinct from said_last.state
            else known.lead_id is not null
        end
)
select
    changes.lead_id,
    not changes.has_score as is_cleared,
    {_VALUES},
    nullif(concat_ws('; ', {", ".join(f"lead_scores.{name}" for name in REASONS)}), '') as reasons,
    changes.merged_into_lead_id,
    changes.valid_from as changed_at,
    {_LIKELIHOOD},
    changes.state
from changes
left join lead_scores
    on changes.lead_id = lead_scores.lead_id
    and changes.total_score = lead_scores.total_score
    and changes.valid_from <= lead_scores.as_of
order by changed_at nulls first, changes.lead_id
"""


def unsent_scores(
    database: Path,
    known: Known,
    since: datetime | None = None,
    *,
    with_likelihood: bool = False,
) -> list[Item]:
    """Returns the leads of which a destination has another state than the record's last one.

    known: what the destination has. A lead of it that has no score any more, or of which the record
    holds nothing (it was erased), is to be cleared. since: always None, as a state has to arrive.
    with_likelihood: the likelihood by a live prediction is part of the state, empty without one.
    The database is closed again on return, so that a run can write it while rows are sent.

    Raises DatabaseError where there is no such database or table.
    """
    del since
    query = _QUERY.format(likelihoods=likelihoods.LIVE if with_likelihood else _NO_LIKELIHOODS)
    columns = (*COLUMNS, *likelihoods.COLUMNS) if with_likelihood else COLUMNS
    read = "lead_likelihoods" if with_likelihood else "lead_score_history"
    with table_of(database, read) as connection:
        found = rows(
            connection, query, {"ids": list(known), "states": [known[lead] for lead in known]}
        )
    items = []
    for row in found:
        state = CLEARED if row["is_cleared"] else str(row["state"])
        values = {name: plain(row[name]) for name in columns}
        items.append(Item(str(row["lead_id"]), state, values))
    return items


SCORES = Content(
    name="lead_scores",
    one="lead",
    many="leads",
    columns=COLUMNS,
    time="changed_at",
    unsent=unsent_scores,
)
SCORES_WITH_LIKELIHOOD = replace(
    SCORES,
    columns=(*COLUMNS, *likelihoods.COLUMNS),
    unsent=partial(unsent_scores, with_likelihood=True),
)
