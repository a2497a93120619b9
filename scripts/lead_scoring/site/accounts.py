"""The data of the list of accounts."""

from __future__ import annotations

from pathlib import Path

from lead_scoring.databases import Queries
from lead_scoring.site.data_files import Columns, as_json, columns_of, write_data
from lead_scoring.site.published import present

LISTED = (
    *("account", "account_score", "change_over_7_days", "stage", "trend", "open_leads"),
    *("active_leads", "buying_roles", "completeness_percent", "missing_roles"),
)
LIST = """
    select {names}, best_lead_id as lead_id, site_leads.name
    from account_scores as accounts
    left join site_leads on accounts.best_lead_id = site_leads.lead_id
    where accounts.as_of = (select as_of from site_run)
    order by account_score desc nulls last, accounts.account
"""


def write_accounts(connection: Queries, site: Path) -> Columns:
    """Writes the list of accounts, and returns it."""
    names = (f"accounts.{name}" for name in present(connection, "account_scores", LISTED))
    found = columns_of(connection, LIST.format(names=", ".join(names)))
    write_data(site, "accounts", as_json(found))
    return found
