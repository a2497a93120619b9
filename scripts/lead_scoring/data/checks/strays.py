"""Lines of a file that are no rows, though they have as many values: headers again, footers."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from lead_scoring.data.checks.findings import Finding, Level
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.reading.headers import REQUIRED_COLUMNS, identifier, literal
from lead_scoring.reading.kinds import FOOTERS


def findings_on_strays(
    connection: duckdb.DuckDBPyConnection, rows: dict[str, int], judge: Judge
) -> Iterator[Finding]:
    """Yields how many lines of each table are its header once more, or a report's footer."""
    for table, total in rows.items():
        columns = REQUIRED_COLUMNS[table]
        is_header = " and ".join(f"lower({_text(name)}) = {literal(name)}" for name in columns)
        first = connection.execute(f"describe select * from inputs.main.{table}").fetchall()[0][0]
        is_footer = " or ".join(
            f"starts_with(lower({_text(first)}), {literal(words.lower())})" for words in FOOTERS
        )
        headers, ends = connection.execute(
            f"select count(*) filter ({is_header}), count(*) filter ({is_footer}) "
            f"from inputs.main.{table}"
        ).fetchall()[0]
        if headers:
            yield judge.finding(
                Level.WARNING,
                table,
                None,
                f"the header stands in the file {headers + 1:,} times",
                "Remove all but the first: files were joined, and their headers became rows.",
                headers,
                total,
            )
        if ends:
            yield judge.finding(
                Level.WARNING,
                table,
                None,
                f"{ends:,} lines are a report's footer and no rows",
                "Remove them, or export without a footer.",
                ends,
                total,
            )


def _text(name: str) -> str:
    return f"cast({identifier(name)} as varchar)"
