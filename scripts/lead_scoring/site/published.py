"""Opens what a run published: its latest instant, and contacts only where they are asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from lead_scoring.databases import DatabaseError, Queries, open_database, rows
from lead_scoring.likelihoods import FIRST, standings
from lead_scoring.places import public_files
from lead_scoring.project import called

NOBODY = """
    select
        cast(null as varchar) as lead_id, cast(null as varchar) as name,
        cast(null as varchar) as email
    where false
"""
CONTACTS = """
    select lead_id, nullif(concat_ws(' ', first_name, last_name), '') as name, email
    from {place}.lead_contacts
    where as_of = (select as_of from site_run)
"""
LEVERS = "from lead_levers where as_of = (select as_of from site_run)"
# Of a version that had none.
NO_LEVERS = """
    select
        cast(null as varchar) as lead_id, cast(null as varchar) as words, 0 as from_total_score,
        0 as to_total_score, false as is_new_stage, 0 as place
    where false
"""
# In each list the likelihood that is shown, and below it how it stands.
LIKELIHOODS = f"""
    select
        likelihoods.*, standings.bands,
        case
            when likelihoods.status = 'live' and likelihoods.band is not null
                then 'band ' || likelihoods.band || ' of ' || standings.bands
            else if(likelihoods.status = 'live', '', 'on trial, ')
                || coalesce('band ' || likelihoods.band, likelihoods.unknown_because)
        end as words,
        row_number() over (partition by likelihoods.lead_id order by {FIRST}) as place
    from lead_likelihoods as likelihoods
    inner join prediction_standings as standings using (prediction)
    where likelihoods.as_of = (select as_of from site_run)
"""
# The views that all pages read. A lead's owner is that of its latest hand-off, the higher stage
# of two at once: no other public table names one.
VIEWS = {
    "site_run": "select max(as_of) as as_of from lead_scores",
    "site_leads": """
        select
            leads.*, names.name, names.email, owners.owner,
            scores.fit_points, scores.engagement_points,
            scores.fit_unrounded, scores.engagement_unrounded{likelihood}
        from lead_scores as leads
        inner join scorecard_scores as scores using (lead_id, scorecard, as_of)
        left join site_names as names using (lead_id)
        left join (
            select lead_id, arg_max(owner, (handed_off_at, total_score, stage)) as owner
            from lead_handoffs
            group by lead_id
        ) as owners using (lead_id)
        {likelihoods}
        where leads.as_of = (select as_of from site_run)
    """,
}


@contextlib.contextmanager
def published(database: Path, *, with_contacts: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the public tables of the run that readers see, with the views `VIEWS`.

    with_contacts: let names and e-mail addresses into them; else they are null.
    Raises DatabaseError where the tables, or the contacts, cannot be read.
    """
    public, contacts = public_files(database)
    with open_database(public) as connection:
        try:
            levers = rows(connection, "from duckdb_tables() where table_name = 'lead_levers'")
            place = "main"
            if with_contacts and contacts != public:
                place = "personal"
                quoted = str(contacts).replace("'", "''")
                connection.execute(f"attach '{quoted}' as {place} (read_only)")
            run = VIEWS["site_run"]
            names = CONTACTS.format(place=place) if with_contacts else NOBODY
            views = {"site_run": run, "site_names": names, **VIEWS}
            added, joined = "", ""
            if standings(connection):
                added = (
                    ", round(shown.probability, 4) as likelihood, shown.words as likelihood_words"
                )
                joined = (
                    "left join site_likelihoods as shown"
                    " on leads.lead_id = shown.lead_id and shown.place = 1"
                )
                views = {"site_run": run, "site_likelihoods": LIKELIHOODS, **views}
            views["site_leads"] = views["site_leads"].format(likelihood=added, likelihoods=joined)
            views["site_levers"] = LEVERS if levers else NO_LEVERS
            for name, query in views.items():
                connection.execute(f"create or replace temp view {name} as {query}")
            yield connection
        except (duckdb.CatalogException, duckdb.BinderException):
            raise DatabaseError(
                f"{database} holds no scores of this version. Run {called('score')} first."
            ) from None
        except duckdb.IOException as error:
            raise DatabaseError(f"The contacts cannot be read: {error}") from None


def present(connection: Queries, table: str, names: Sequence[str]) -> list[str]:
    """Returns those columns that a table has: what an earlier version wrote may lack newer ones."""
    found = {row["column_name"] for row in rows(connection, f"describe {table}")}
    return [name for name in names if name in found]


def scored_at(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """Returns the instant that the scores speak of, in UTC; None: no lead has a score."""
    found = connection.execute("select as_of from site_run").fetchone()
    return found[0] if found else None
