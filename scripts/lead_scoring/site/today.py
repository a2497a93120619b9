"""The page of today: hand-offs that wait, with the time that is left of what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lead_scoring.databases import Queries, Row, rows
from lead_scoring.site.data_files import as_json, columns_of, write_data
from lead_scoring.site.lists import FILTERS_OF_HANDOFFS, HANDOFFS, LIKELIHOOD, of_data
from lead_scoring.site.published import present

# Nobody has spoken to the lead since. Of a lead that was handed over several times the latest
# counts, the higher stage of two at once.
WAITING = """
    create or replace temp table site_handoffs as
    select
        handoffs.lead_id, leads.name, leads.email, handoffs.stage, leads.total_score,
        {likelihood}handoffs.queue, handoffs.owner, handoffs.action, handoffs.reasons,
        handoffs.handed_off_at,
        cast(
            floor((epoch(handoffs.respond_by) - epoch(site_run.as_of)) / 60) as bigint
        ) as minutes_left,
        handoffs.handed_off_at > site_run.as_of - interval 1 day as is_fresh
    from lead_handoffs as handoffs
    inner join handoff_contacts as contacts using (handoff_id)
    inner join site_leads as leads using (lead_id)
    cross join site_run
    where
        contacts.contacted_at is null and leads.status = 'open' and not leads.is_disqualified
    qualify row_number() over (
        partition by handoffs.lead_id
        order by handoffs.handed_off_at desc, handoffs.total_score desc, handoffs.stage desc
    ) = 1
"""
LIST = """
    select * exclude (handed_off_at, is_fresh) from site_handoffs
    order by minutes_left nulls last, total_score desc, lead_id
"""
COUNTS = """
    select
        count(*) as waiting,
        count(*) filter (minutes_left < 0) as late,
        count(*) filter (minutes_left between 0 and 60) as soon,
        count(*) filter (is_fresh) as fresh,
        min(minutes_left) filter (minutes_left >= 0) as soonest
    from site_handoffs
"""


@dataclass(frozen=True)
class Group:
    """Hand-offs of one queue or owner. name: None where there is none; soonest: in words."""

    name: str | None
    waiting: int
    late: int
    soonest: str


def write_handoffs(connection: Queries, site: Path) -> dict[str, object]:
    """Writes the list of hand-offs that wait; returns what else the page of today says."""
    of_leads = present(connection, "site_leads", LIKELIHOOD)
    likelihood = "".join(f"leads.{name}, " for name in of_leads)
    connection.execute(WAITING.format(likelihood=likelihood))
    found = columns_of(connection, LIST)
    write_data(site, "handoffs", as_json(found))
    counts = rows(connection, COUNTS)[0]
    return {
        **of_data(found, HANDOFFS, FILTERS_OF_HANDOFFS),
        **{name: counts[name] for name in ("waiting", "late", "soon", "fresh")},
        "by_queue": _groups(connection, "queue"),
        "by_owner": _groups(connection, "owner"),
    }


def _groups(connection: Queries, column: str) -> list[Group]:
    query = COUNTS.replace("select", f"select {column} as name,", 1)
    found = rows(connection, f"{query} group by {column} order by waiting desc, name")
    return [_group(row) for row in found]


def _group(row: Row) -> Group:
    return Group(row["name"], row["waiting"], row["late"], time_left(row["soonest"]))


def time_left(minutes: int | None) -> str:
    """Returns minutes that are left in words, by their two largest units; None: a dash."""
    if minutes is None:
        return "-"
    days, rest = divmod(minutes, 1440)
    parts = [(days, "d"), (rest // 60, "h"), (rest % 60, "min")]
    return " ".join([f"{many} {unit}" for many, unit in parts if many][:2]) or "0 min"
