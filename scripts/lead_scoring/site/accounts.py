"""The data of the list of accounts."""

from __future__ import annotations

from pathlib import Path

from lead_scoring.site.data_files import as_json, columns_of, write_data
from lead_scoring.tables import Queries

LIST = """
    select
        accounts.account, account_score, accounts.stage, leads, open_leads, active_leads,
        buying_roles, best_lead_id as lead_id, site_leads.name
    from account_scores as accounts
    left join site_leads on accounts.best_lead_id = site_leads.lead_id
    where accounts.as_of = (select as_of from site_run)
    order by account_score desc nulls last, accounts.account
"""


def write_accounts(connection: Queries, site: Path) -> int:
    """Writes the list of accounts; returns how many there are."""
    found = columns_of(connection, LIST)
    write_data(site, "accounts", as_json(found))
    return int(found["rows"])
