"""What became of the rows of tools: read, or put aside, and why."""

from __future__ import annotations

from collections.abc import Mapping

from lead_scoring.databases import Queries

COUNTS = "stg_lead_scoring__connector_counts"
NAMES: Mapping[str, str] = {
    "leads": "Leads",
    "events": "Events",
    "outcomes": "Stages",  # of which most are no outcome
    "lead_merges": "Merges",
}
READ = "read"


def counts_in_words(
    queries: Queries, schema: str = "inputs.connectors", where: str = "files"
) -> str:
    """Returns a sentence for each table that connectors have read; '' where they found no rows.

    schema: the one that holds COUNTS. where: what the rows lie in. Rows of nobody known are most of
    what a website has, and no fault of its rows.
    """
    found = queries.execute(
        "select input_table, fate, cast(sum(input_rows) as bigint) "
        f"from {schema}.{COUNTS} group by input_table, fate"
    ).fetchall()
    sentences = []
    for table, name in NAMES.items():
        counts = {fate: int(count) for of, fate, count in found if of == table}
        if not counts:
            continue
        total = sum(counts.values())
        aside = sorted(
            (fate for fate in counts if fate != READ), key=lambda fate: (-counts[fate], fate)
        )
        words = ", ".join(f"{counts.get(fate, 0):,} {fate}" for fate in (READ, *aside))
        sentences.append(
            f"{name} in the {where}: {total:,}, {f'of these {words}' if aside else 'all read'}."
        )
    return " ".join(sentences)
