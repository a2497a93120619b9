"""Says which declared columns of leads seem to be written once the outcome is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from lead_scoring.data.checks.findings import Finding, Level
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.data.leaks import KNOWN_BEFORE, Leak, find_leaks
from lead_scoring.rules.rule_set import RuleSet

NEEDED = {"leads": ("lead_id", "created_at"), "outcomes": ("lead_id", "outcome")}
# One row per lead. A month is as good as its first seven characters: where times are numbers, open
# and closed leads are not compared.
LEADS = """
    select leads.*, coalesce(words.is_won, false) as label,
        coalesce(words.is_won or words.is_lost, false) as is_closed,
        substr(trim(cast(leads.created_at as varchar)), 1, 7) as month
    from inputs.main.leads as leads
    left join (
        select lead_id, bool_or(lower(trim(outcome)) = 'won') as is_won,
            bool_or(lower(trim(outcome)) in ('lost', 'disqualified')) as is_lost
        from inputs.main.outcomes group by lead_id
    ) as words on leads.lead_id = words.lead_id
    qualify row_number() over (partition by leads.lead_id) = 1
"""


def findings_on_leaks(
    connection: duckdb.DuckDBPyConnection, rules: RuleSet, rows: Mapping[str, int], judge: Judge
) -> Iterator[Finding]:
    """Yields a warning for each column that a score may look at and that knows the answer."""
    for leak in leaks_of_input(connection, rules, rows):
        yield judge.finding(
            Level.WARNING,
            "leads",
            leak.column,
            f"the column seems to know the outcome: {leak.words}",
            "If it is written after sales spoke with the lead, say after_contact in "
            "attributes.csv: a score that reads it ranks the past alone.",
        )


def leaks_of_input(
    connection: duckdb.DuckDBPyConnection, rules: RuleSet, rows: Mapping[str, int]
) -> list[Leak]:
    """Returns the leaks among the declared columns of the views inputs.main.leads and outcomes."""
    columns = {
        table: [name for name, *_ in connection.execute(f"describe inputs.main.{table}").fetchall()]
        for table in NEEDED
        if rows.get(table)
    }
    if any(name not in columns.get(table, ()) for table in NEEDED for name in NEEDED[table]):
        return []
    declared = [
        row["attribute"]
        for row in rules.tables["attributes"]
        if row["of"] == "lead" and row["known"] in KNOWN_BEFORE
    ]
    present = [name for name in declared if name in columns["leads"]]
    return find_leaks(connection, LEADS, present)
