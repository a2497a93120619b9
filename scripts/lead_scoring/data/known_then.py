"""Selects of what was known of leads at their instants: everything that a rule could look at."""

from __future__ import annotations


def versions_then(rows: str) -> str:
    """Returns a select of the attributes of leads, given and derived, as they held.

    rows: a table of place and moment_key. One row per row of it, with its place.
    """
    return f"""
select
    {rows}.place,
    given.*,
    derived.* exclude (lead_key, account, holds_since, holds_from, holds_until),
    colleagues.active_colleagues,
    leads.is_version_younger
from {rows}
inner join int_lead_scoring__leads_at_moments as leads using (moment_key)
inner join stg_lead_scoring__leads as given
    on
        leads.lead_key = given.lead_key
        and leads.holds_since = given.holds_since
        and given.fate = 'used'
inner join int_lead_scoring__lead_versions as derived
    on leads.lead_key = derived.lead_key and leads.holds_since = derived.holds_since
left join int_lead_scoring__active_colleagues as colleagues using (moment_key)
"""


def events_then(rows: str) -> str:
    """Returns a select of the counting events of leads, counted by type, content and age in days.

    rows: a table of place and moment_key.
    """
    return f"""
select
    contents.event_type,
    {rows}.place,
    events.content_key,
    events.age,
    count(*) as events
from {rows}
inner join int_lead_scoring__counting_events as events using (moment_key)
inner join stg_lead_scoring__event_contents as contents using (content_key)
group by all
order by contents.event_type
"""
