"""Hand-offs as content: the rows of `lead_handoffs`, each delivered once and never again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

from lead_scoring.databases import rows
from lead_scoring.delivery import likelihoods
from lead_scoring.delivery.contents import Content, Item, Known, plain, table_of

# Named one by one: a column that the table gets later is not sent before someone decides so.
COLUMNS = (
    "handoff_id",
    "lead_id",
    "stage",
    "episode",
    "scorecard",
    "segment",
    "account",
    "queue",
    "action",
    "owner",
    "routing_rule",
    "respond_within_minutes",
    "respond_by",
    "reasons",
    "total_score",
    "grade",
    "rules_fingerprint",
    "handed_off_at",
)


def unsent_handoffs(
    database: Path,
    known: Known,
    since: datetime | None = None,
    *,
    with_likelihood: bool = False,
) -> list[Item]:
    """Returns the hand-offs that a destination does not have, oldest first.

    known: what the destination has. since: leave out what was handed off before it.
    with_likelihood: add what the published run says of the lead's likelihood.
    The database is closed again on return, so that a run can write it while rows are sent.

    Raises DatabaseError where there is no such database or table.
    """
    query = (
        f"select {', '.join(COLUMNS)} from lead_handoffs"
        if not with_likelihood
        else f"select {', '.join((*COLUMNS, *likelihoods.COLUMNS))} from lead_handoffs"
        f" left join ({likelihoods.LIVE}) as live using (lead_id)"
    )
    query += (
        " where handoff_id not in (select unnest(cast($except_ids as varchar[])))"
        " and (cast($since as timestamp) is null or handed_off_at >= cast($since as timestamp))"
        " order by handed_off_at, handoff_id"
    )
    since_text = None
    if since is not None:
        since_text = since.astimezone(timezone.utc).replace(tzinfo=None).isoformat()
    except_ids = [identifier for identifier, state in known.items() if state is not None]
    read = "lead_likelihoods" if with_likelihood else "lead_handoffs"
    with table_of(database, read) as connection:
        found = rows(connection, query, {"except_ids": except_ids, "since": since_text})
    items = []
    for row in found:
        identifier = str(row["handoff_id"])
        values = {name: plain(value) for name, value in row.items()}
        items.append(Item(identifier, state=identifier, row=values, key=identifier))
    return items


HANDOFFS = Content(
    name="lead_handoffs",
    one="hand-off",
    many="hand-offs",
    columns=COLUMNS,
    time="handed_off_at",
    unsent=unsent_handoffs,
)
HANDOFFS_WITH_LIKELIHOOD = replace(
    HANDOFFS,
    columns=(*COLUMNS, *likelihoods.COLUMNS),
    unsent=partial(unsent_handoffs, with_likelihood=True),
)
