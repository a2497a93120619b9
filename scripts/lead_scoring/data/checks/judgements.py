"""What is said about the figures of a data folder: what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lead_scoring.data.checks.findings import Column, DataFindings, Finding, Level, Limits, Role
from lead_scoring.reading.known_headers import contract_column, likeliest_first

KINDS: Mapping[str, str] = {
    "number": "a number",
    "whole": "a whole number",
    "flag": "yes or no",
    "date": "a date",
    "time": "a time",
}
ACCEPTED: Mapping[str, str] = {
    "number": "a number such as 1200, 1,200.50 or -3",
    "whole": "a whole number of at least 0, such as 1200, or a range such as 51-200",
    "flag": "true or false, yes or no, 1 or 0",
    "date": "a date such as 2026-06-30",
    "time": "ISO 8601: 2026-06-30T14:30:00Z, 2026-06-30 14:30 or 2026-06-30",
}
MOST_RULES = 5  # that a sentence names


class Judge:
    """Makes findings of figures."""

    def __init__(
        self, found: DataFindings, files: Mapping[str, Path], limits: Limits, date_order: str | None
    ) -> None:
        """Keep the figures, and where each table lies."""
        self._found = found
        self.reads_exports = bool(found.read_as)  # of a tool, by its connector
        self._files = files
        self._limits = limits
        self._date_order = date_order

    def findings(self) -> Iterator[Finding]:
        """Yields all that is to be said."""
        yield from self._of_quarantined_rows()
        for column in self._found.columns:
            yield from self._of_column(column)
        for table in self._found.rows:
            yield from self._of_missing(table)
        yield from self._of_ids()

    def finding(
        self,
        level: Level,
        table: str,
        column: str | None,
        problem: str,
        mend: str,
        count: int | None = None,
        total: int | None = None,
    ) -> Finding:
        """Returns a finding about a table or one of its columns."""
        share = count / total if count is not None and total else None
        return Finding(level, table, self._files.get(table), column, count, share, problem, mend)

    def _of_quarantined_rows(self) -> Iterator[Finding]:
        for table, rows in self._found.rows.items():
            causes = [found for found in self._found.quarantined if found.table == table]
            count = sum(found.rows for found in causes)
            if not count:
                continue
            is_held = self._limits.holds_back_rows(count, rows)
            words = ", ".join(f"{found.cause}: {found.rows:,}" for found in causes)
            yield self.finding(
                Level.HELD_BACK if is_held else Level.WARNING,
                table,
                None,
                f"{_of(count, rows, 'row')} cannot be used ({words})",
                " ".join(
                    dict.fromkeys(self._mend_of_cause(table, found.cause) for found in causes)
                ),
                count,
                rows,
            )

    def level(self, count: int, total: int) -> Level:
        """Returns whether so many values of a column that the engine misreads hold a run back."""
        return Level.HELD_BACK if self._limits.holds_back_values(count, total) else Level.WARNING

    def _mend_of_cause(self, table: str, cause: str) -> str:
        column = cause.partition(" ")[0]
        if cause.endswith("is missing"):
            return f"Fill {column} in every row.{self._other_headers(table, column)}"
        if cause.endswith("cannot be read"):
            return f"Write {column} as {ACCEPTED['time']}.{self._order_of(table, column)}"
        if cause == "unknown lead":
            return f"Each lead_id must be one of leads.{self._near(table, 'lead_id')}"
        if cause == "unknown outcome":
            return (
                "Outcomes are contacted, accepted, rejected, qualified, opportunity, won, lost, "
                "disqualified and reopened."
            )
        return "A merge names two leads of the table leads, and merges do not run in a circle."

    def _other_headers(self, table: str, name: str) -> str:
        """Returns which other column may hold what one lacks: GA4 knows a browser, not a person."""
        known = [
            column
            for column in self._found.columns
            if column.table == table and column.role is Role.OTHER and column.filled
            if contract_column(column.name, table) == name
        ]
        likeliest = likeliest_first([column.name for column in known], table)[:1]
        shown = [column.shown for column in known if column.name in likeliest]
        return f' Or is "{shown[0]}" the {name}? Name it so, in place of this one.' if shown else ""

    def _near(self, table: str, column: str) -> str:
        for misses in self._found.near_misses:
            if (misses.table, misses.column) == (table, column) and misses.near:
                ways = "; ".join(f"{count:,} but for {way}" for way, count in misses.near.items())
                return f" Of {misses.unmatched_ids:,} ids would match: {ways}. Write them alike."
            if (misses.table, misses.column) == (table, column):
                # Web tools see many people whom the CRM does not know.
                matched = self._found.rows[table] - misses.unmatched_rows - self._blanks(table)
                if table == "events" and matched > 0:
                    return (
                        f" {matched:,} rows have one: if the others are of visitors who are no "
                        "leads, leave them out; else export more leads."
                    )
                return " No id is near one of them: are both exports of one system?"
        return " Their leads are in the table, but cannot be used: mend leads first."

    def _blanks(self, table: str) -> int:
        return next(
            column.rows - column.filled
            for column in self._found.columns
            if (column.table, column.name) == (table, "lead_id")
        )

    def _order_of(self, table: str, name: str) -> str:
        places = {(column.table, column.name): column for column in self._found.columns}
        column = places.get((table, name))
        return self._advice_on_order(column) if column is not None else ""

    def _of_column(self, column: Column) -> Iterator[Finding]:
        if column.role is Role.MISSING:
            if column.likely is not None:
                yield self.finding(
                    Level.WARNING,
                    column.table,
                    column.name,
                    f"the column is absent, and read by {_rules(column)}",
                    f'Is "{column.likely}" the {column.name}? Rename it so.',
                )
        elif column.role is Role.SET_ASIDE:
            yield self._of_set_aside(column)
        elif column.likely is not None and not self._is_missing(column.table, column.likely):
            yield self.finding(
                Level.WARNING,
                column.table,
                column.shown,
                f"nothing reads the column; its name is like {column.likely}, which is absent",
                f"If it is the {column.likely}, rename it so.",
            )
        elif column.rules and not column.filled and column.rows:
            yield self.finding(
                Level.WARNING,
                column.table,
                column.shown,
                f"the column is blank in every row, and read by {_rules(column)}",
                "Fill it, or leave the rules out.",
            )
        if column.unreadable:
            yield self._of_unreadable(column)

    def _is_missing(self, table: str, name: str) -> bool:
        return any(
            (column.table, column.name, column.role) == (table, name, Role.MISSING)
            for column in self._found.columns
        )

    def _of_missing(self, table: str) -> Iterator[Finding]:
        """Yields one finding for all columns that are absent and that none is named like."""
        missing = [
            column
            for column in self._found.columns
            if column.table == table and column.role is Role.MISSING and column.likely is None
        ]
        if missing:
            names = ", ".join(f"{column.name} (for {len(column.rules)})" for column in missing)
            yield self.finding(
                Level.WARNING,
                table,
                None,
                f"rules read columns that are absent: {names}",
                "Add what you have, or leave the rules out: to them all leads look alike.",
                len(missing),
            )

    def _of_set_aside(self, column: Column) -> Finding:
        if column.type == "structure":
            problem = "the column holds structures, and is set aside"
            mend = "Write the fields that rules need as columns of their own."
        else:
            problem = "the column is set aside: the project makes a column of this name itself"
            mend = "Rename it if a rule is to read it."
        return self.finding(Level.WARNING, column.table, column.shown, problem, mend)

    def _of_unreadable(self, column: Column) -> Finding:
        count, total = column.unreadable, column.filled
        # Rows with a time that cannot be read are quarantined, and judged as rows.
        # A deleted_at erases its lead, whatever it says, and what is on record of it.
        is_mark = (column.table, column.name) == ("events", "is_bot")
        needs_it = (
            (bool(column.rules) and column.type != "time") or column.name == "deleted_at" or is_mark
        )
        problem = f"{_of(count, total, 'value')} cannot be read as {KINDS[column.type]}"
        if column.type == "time":
            unread = [form for form in column.forms if form.readable < form.count]
            forms = ", ".join(f"{form.form}: {form.count - form.readable:,}" for form in unread)
            problem = f"{problem} ({forms})"
        if column.name == "deleted_at":
            problem = f"{problem}; these leads count as deleted"
        elif is_mark and not column.rules:
            problem = f"{problem}; these events count as people's"
        elif needs_it:
            problem = f"{problem}, and count as missing for {_rules(column)}"
        return self.finding(
            self.level(count, total) if needs_it else Level.WARNING,
            column.table,
            column.shown,
            problem,
            f"Write {ACCEPTED[column.type]}.{self._advice_on_order(column)}",
            count,
            total,
        )

    def _advice_on_order(self, column: Column) -> str:
        if column.type not in ("time", "date") or self._date_order is not None:
            return ""
        forms = {
            form.form.partition(" (")[0] for form in column.forms if form.readable < form.count
        }
        days_first, months_first = "day before month" in forms, "month before day" in forms
        if days_first and months_first:
            return " Both orders of day and month occur: no setting reads both."
        if days_first or months_first:
            return f" Or say so: --date-order {'dmy' if days_first else 'mdy'}."
        if "day and month in doubt" in forms:
            return " Or say which comes first: --date-order dmy or mdy."
        return ""

    def _of_ids(self) -> Iterator[Finding]:
        for misses in self._found.near_misses:
            if misses.near and misses.table == "lead_merges":
                ways = "; ".join(f"{count:,} but for {way}" for way, count in misses.near.items())
                yield self.finding(
                    Level.WARNING,
                    misses.table,
                    misses.column,
                    f"{misses.unmatched_ids:,} ids are no lead's; would match: {ways}",
                    "Write them as the table leads does.",
                    misses.unmatched_ids,
                )
        if self._found.duplicates.addresses:
            yield self.finding(
                Level.WARNING,
                "leads",
                "email",
                f"{self._found.duplicates.leads:,} leads share "
                f"{self._found.duplicates.addresses:,} e-mail addresses "
                "(capitals, blanks and +tag aside)",
                "Merge them in the CRM, or name the pairs in lead_merges.",
                self._found.duplicates.leads,
            )


def _rules(column: Column) -> str:
    names = column.rules
    if len(names) == 1:
        return f"1 rule ({names[0]})"
    shown = ", ".join(names[:MOST_RULES]) + (", ..." if len(names) > MOST_RULES else "")
    return f"{len(names)} rules ({shown})"


def _of(count: int, total: int, word: str) -> str:
    share = f"{count / total:.1%}" if count / total < 0.1 else f"{count / total:.0%}"
    return f"{count:,} of {total:,} {word}s ({share})"
