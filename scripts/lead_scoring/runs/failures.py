"""What a run of dbt says where it fails or warns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lead_scoring.databases import Queries
from lead_scoring.reading.kinds import InputError


class RunFailed(RuntimeError):
    """The run did not finish. The message says what failed, and where known what to do."""


def finished(built: Any, work_folder: Path) -> Sequence[Any]:
    """Returns the results of a build's nodes. Raises RunFailed where one fails."""
    results: Sequence[Any] = built.results
    failures = [result for result in results if result.status in ("error", "fail")]
    if failures:
        skipped = sum(result.status == "skipped" for result in results)
        message = "\n".join(sentence(result) for result in failures)
        if skipped:
            message += f"\nSkipped because of that: {skipped} further steps."
        raise RunFailed(f"{message}\nThe log is in {work_folder / 'logs'}.")
    return results


def invalid_rules(connection: Queries) -> str:
    """Returns the sentences on rule rows that cannot apply, of the tables that a run has built."""
    columns = "seed, row_key, column_name, value, problem"
    found = connection.execute(f"select {columns} from invalid_rules order by {columns}").fetchall()
    lines = [
        f"  {seed}, row {row}, column {column}, value {value!r}: {problem}"
        for seed, row, column, value, problem in found
    ]
    return "Rule rows that cannot apply. Mend them and run again:\n" + "\n".join(lines)


def reason(exception: BaseException) -> str:
    """Returns why dbt did not start: what is wrong with an input, else in its own words."""
    cause: BaseException | None = exception
    while cause is not None:
        if isinstance(cause, InputError):
            return str(cause)
        cause = cause.__cause__ or cause.__context__
    return f"dbt could not start: {_tidy(str(exception))}"


def sentence(result: Any) -> str:
    """Returns what became of a node that failed or warned, and what a test of it is for."""
    node = result.node
    words = f"{node.resource_type} {node.name}: {_tidy(result.message or 'no message')}"
    description = getattr(node, "description", "")
    return f"{words}\n  {description.strip()}" if description and result.failures else words


# What engines quote of a row: PostgreSQL's `type numeric: "anna@x.example"`, DuckDB's and Spark's
# `string 'anna@x.example'` and `value 'anna@x.example'`.
_VALUE = re.compile(
    r"((?:for type [\w ]+|for enum [\w.]+|out of range|field format): |\b(?:string|value) )"
    # engines leave a quote within a value as it is: the value ends where their own words go on
    r"(?:\"[^\"]*\"|'.*?'(?=\s+(?:to|of|is|for)\b|[.,:)]|\s*$))",
    re.IGNORECASE | re.MULTILINE,
)
# Rows that they quote, which may have several lines: up to what they say next.
_ROWS = re.compile(
    r"^\s*(?:Original Line|DETAIL):.*?"
    r"(?=^\s*(?:Expected|Possible|Error|HINT|CONTEXT|file =|compiled)|\Z)",
    re.MULTILINE | re.DOTALL,
)


def without_values(message: str) -> str:
    """Returns a message of an engine without the values of rows, which may be names of people."""
    return _VALUE.sub(r"\1(a value)", _ROWS.sub("", message))


def _tidy(message: str) -> str:
    """Drops dbt's headings and file paths from a message, and input rows that engines quote.

    Spark writes its plan of the whole query below an error, Java where it was: they go, too.
    """
    message = re.sub(r"(SQLSTATE: \w{5})\b.*", r"\1", message, flags=re.DOTALL)
    message = re.sub(r"\n\s*at [\w.$/<>]+\([^()\n]*\).*", "", message, flags=re.DOTALL)
    message = without_values(message)
    lines = [line.strip() for line in message.strip().splitlines()]
    noise = re.compile(
        r"(Runtime|Database|Compilation|Parsing|Dbt Internal) Error( in .*)?$|compiled code at "
        r"|LINE \d+:|\^$|> in macro|> called by"
    )
    kept = [line for line in lines if line and not noise.match(line)]
    return " ".join(kept) or message.strip()
