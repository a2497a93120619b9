"""Finds the score that is to be explained, or says what became of the lead."""

from __future__ import annotations

from lead_scoring.databases import Queries, Row, rows
from lead_scoring.terminal import shown


def find_score(connection: Queries, lead_id: str, scorecard: str | None) -> Row:
    """Returns the lead's latest score by the scorecard (None: its own), with the day of its as_of.

    Raises LookupError, which says what became of the lead, where there is none.
    """
    scores = rows(
        connection,
        "select scores.*, moments.as_of_day from int_lead_scoring__scores as scores"
        " join int_lead_scoring__moments as moments using (moment_key)"
        " where scores.lead_id = ? and scores.as_of ="
        " (select max(as_of) from int_lead_scoring__moments where lead_id = ?)"
        " order by scores.scorecard",
        [lead_id, lead_id],
    )
    if not scores:
        raise LookupError(_fate(connection, lead_id))
    for score in scores:
        if scorecard is None and score["is_own_scorecard"]:
            return score
        if scorecard is not None and score["scorecard"] == scorecard.strip().lower():
            return score
    names = ", ".join(shown(score["scorecard"]).plain for score in scores)
    raise LookupError(
        f"The scorecard {scorecard} does not score this lead. Those that do: {names}."
    )


def _fate(connection: Queries, lead_id: str) -> str:
    name = shown(lead_id).plain
    identities = rows(
        connection,
        "select * from stg_lead_scoring__lead_identities"
        " where lead_id = ? or (is_erased and lead_hash = hash(?))",
        [lead_id, lead_id],
    )
    for identity in identities:
        survivor = identity["survivor_lead_id"]
        if identity["is_erased"]:
            return f"The lead {name} is erased: nothing about it is kept."
        if identity["is_merged"] and survivor is not None:
            return (
                f"The lead {name} was merged into {shown(survivor)}: it has no score of its own, "
                "and what it did counts there. Ask for that lead."
            )
        if identity["exists_from"] is not None:
            created = shown(identity["exists_from"])
            return f"The lead {name} has no score before it was created, on {created}."
    causes = rows(
        connection,
        "select distinct cause from quarantined_rows"
        " where input_table = 'leads' and row_id = ? order by cause",
        [lead_id],
    )
    if causes:
        words = ", ".join(cause["cause"] for cause in causes)
        return f"The lead {name} has no usable row in leads: {words}."
    alike = rows(
        connection,
        "select lead_id from lead_scores where lower(trim(lead_id)) = lower(trim(?)) limit 1",
        [lead_id],
    )
    hint = f" Did you mean {shown(alike[0]['lead_id'])}?" if alike else ""
    return f"There is no lead {name}. Ids compare exactly.{hint}"
