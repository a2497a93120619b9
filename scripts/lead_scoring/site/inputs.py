"""The page of the data: what the inputs were taken for, and which rows could not be used."""

from __future__ import annotations

from lead_scoring.databases import Queries, rows
from lead_scoring.review.pages import Tile
from lead_scoring.review.section import Table, count, percent, table

EVERY_ROW = 1_000_000  # of a table that is shown whole


def input_tiles(connection: Queries) -> list[Tile]:
    """Returns the figures at the top of the page."""
    aside = rows(connection, "select count(*) as many from quarantined_rows")[0]["many"]
    found = rows(
        connection,
        "select count(*) filter (taken_for = 'not declared') as unknown,"
        " count(*) filter (taken_for = 'missing') as missing from input_columns",
    )[0]
    types = rows(
        connection,
        "select count(*) filter (input_rows > 0 and not is_known) as unknown"
        " from input_event_types",
    )[0]
    twice = rows(connection, "select count(distinct lead_id) as many from possible_duplicates")[0]
    return [
        Tile("Rows put aside", count(aside), "they could not be used"),
        Tile("Columns not declared", count(found["unknown"]), "no rule may name them"),
        Tile("Columns that are missing", count(found["missing"]), "a rule reads them"),
        Tile("Event types not known", count(types["unknown"]), "no row of event_types names them"),
        Tile("Possible duplicates", count(twice["many"]), "leads that share an e-mail address"),
    ]


def input_tables(connection: Queries) -> list[tuple[str, str, Table]]:
    """Returns the tables of the page, each with its title and a sentence."""
    aside = rows(
        connection,
        "select input_table, cause, count(*) as many from quarantined_rows"
        " group by input_table, cause order by many desc, input_table, cause",
    )
    columns = rows(
        connection,
        "from input_columns order by input_table, is_read desc, filled desc, column_name",
    )
    types = rows(
        connection, "from input_event_types order by input_table, input_rows desc, event_type"
    )
    return [
        (
            "Rows put aside",
            "Why rows could not be used. quarantined_rows names each of them.",
            table(
                ("table", "cause", "rows"),
                [(row["input_table"], row["cause"], count(row["many"])) for row in aside],
                EVERY_ROW,
            ),
        ),
        (
            "Columns",
            "Shares are of all rows, and of those that are filled.",
            table(
                ("table", "column", "taken for", "type", "filled", "can be read", "is read"),
                [
                    (
                        *(str(row[name]) for name in ("input_table", "column_name")),
                        _with_likely(str(row["taken_for"]), row["likely_counterpart"]),
                        str(row["type"]),
                        percent(row["share_filled"]),
                        percent(row["share_readable"]),
                        "yes" if row["is_read"] else "no",
                    )
                    for row in columns
                ],
                EVERY_ROW,
            ),
        ),
        (
            "Event types and outcomes",
            "Whether the rules and the inputs know each other's names.",
            table(
                ("table", "type", "rows", "is known", "rules name it", "last seen"),
                [
                    (
                        str(row["input_table"]),
                        _with_likely(str(row["event_type"]), row["likely_counterpart"]),
                        count(row["input_rows"]),
                        "yes" if row["is_known"] else "no",
                        "yes" if row["is_named_by_rules"] else "no",
                        f"{row['last_seen_at']:%Y-%m-%d}" if row["last_seen_at"] else "never",
                    )
                    for row in types
                ],
                EVERY_ROW,
            ),
        ),
    ]


def _with_likely(words: str, likely: str | None) -> str:
    return words if likely is None else f"{words} (likely {likely})"
