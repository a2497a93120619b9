"""Folders that look odd and say what the good one says: many forms in few folders.

A run takes as long as a hundred checks, so each folder holds many forms, spread over its rows.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone

from data_folders.changes import Files, Parquet, Row, good, rows, written

Form = Callable[[str], str]  # of a good value


def moment(time: str) -> datetime:
    """The instant of a good time."""
    return datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def since_1970(factor: int) -> Form:
    """Whole numbers since 1970, in parts of a second."""
    return lambda time: str(int(moment(time).timestamp()) * factor)


def in_zone(hours: int, offset: str) -> Form:
    """The same instant by another clock."""
    return lambda time: (
        datetime.fromtimestamp(moment(time).timestamp() + 3600 * hours, timezone.utc)
    ).strftime(f"%Y-%m-%dT%H:%M:%S{offset}")


TIMES_WITH_ZONE: Mapping[str, Form] = {
    "an offset": in_zone(2, "+02:00"),
    "an offset without a colon": in_zone(-5, "-0500"),
    "an offset of hours": in_zone(1, "+01"),
    "a blank before the offset": in_zone(9, " +09:00"),
    "UTC in words": lambda time: time.replace("T", " ").replace("Z", " UTC"),
    "a blank for the T": lambda time: time.replace("T", " "),
    "parts of a second": lambda time: time.replace("Z", ".000Z"),
    "nanoseconds": lambda time: time.replace("Z", ".000000000Z"),
    "a day without dashes": lambda time: time.replace("-", "", 2),
    "blanks around a time": lambda time: f" {time}\t",
    "seconds since 1970": since_1970(1),
    "milliseconds since 1970": since_1970(1000),
    "microseconds since 1970": since_1970(1_000_000),
    "seconds since 1970 with .0": lambda time: f"{since_1970(1)(time)}.0",
}
TIMES_WITHOUT_ZONE: Mapping[str, Form] = {
    "no zone": lambda time: time.rstrip("Z"),
    "no zone and a blank": lambda time: time.rstrip("Z").replace("T", " "),
    "an hour of one digit": lambda time: time.rstrip("Z").replace("T0", " "),
    "a midnight as its day": lambda time: time.replace("T00:00:00", "").rstrip("Z"),
}
NUMBERS: Mapping[str, Form] = {
    "thousands by commas": lambda value: f"{int(value):,}",
    "thousands by blanks": lambda value: f"{int(value):,}".replace(",", " "),
    "thousands by blanks that do not break": lambda value: f"{int(value):,}".replace(",", "\u00a0"),
    "thousands by apostrophes": lambda value: f"{int(value):,}".replace(",", "'"),
    "a fraction of zero": lambda value: f"{value}.0",
    "a range": lambda value: f"{value}-{2 * int(value)}",
    "a range with a dash": lambda value: f"{value} \u2013 {2 * int(value)}",
    "an open end": lambda value: f"{int(value):,}+",
    "a plus sign": lambda value: f"+{value}",
    "zeros in front of a number": lambda value: f"00{value}",
}
MONEY: Mapping[str, Form] = {
    "a currency before": lambda value: f"${float(value):,.2f}",
    "a currency behind": lambda value: f"{value} \u20ac",
    "as it is": str,
}
FLAGS: Mapping[str, Form] = {
    "yes and no": lambda value: "Yes" if value == "true" else "No",
    "1 and 0": lambda value: "1" if value == "true" else "0",
    "capitals": str.upper,
}
TYPES: Mapping[str, Form] = {
    "types in capitals": str.upper,
    "types with blanks around": lambda value: f" {value.title()} ",
}
DAYS: Mapping[str, Form] = {
    "a day": str,
    "a day as eight digits": lambda value: value.replace("-", ""),
    "a day with a time": lambda value: f"{value}T09:30:00Z",
}
LONG_TEXT = "x" * 1_900_000


def in_turn(table: str, forms: Mapping[str, Mapping[str, Form]]) -> list[Row]:
    """The good rows, each filled value of these columns in the next form."""
    changed = []
    for place, row in enumerate(rows(table)):
        new = dict(row)
        for name, of in forms.items():
            form = list(of.values())[place % len(of)]
            new[name] = form(row[name]) if row[name] else ""
        changed.append(new)
    return changed


def backwards(found: Sequence[Row]) -> list[Row]:
    """The same rows with their columns and themselves in the other order."""
    return [dict(reversed(row.items())) for row in reversed(found)]


def with_more(found: Sequence[Row]) -> list[Row]:
    """Columns that nobody knows: line ends in quotes, emojis, a long text, other scripts."""
    remarks = [
        'two\r\nlines, and "quotes"',
        "\U0001f469\u200d\U0001f4bb \u592a\u90ce",
        "",
        "O\u2019Neil",
    ]
    return [
        row | {"remarks": remarks[place % 4], "Notes 2": LONG_TEXT if place == 3 else "a; b"}
        for place, row in enumerate(found)
    ]


def with_header(content: bytes, change: Callable[[str], str]) -> bytes:
    """Another header line."""
    header, line_end, rest = content.partition(b"\n")
    return change(header.decode()).encode() + line_end + rest


LEADS = in_turn(
    "leads",
    {
        "created_at": TIMES_WITH_ZONE,
        "updated_at": TIMES_WITH_ZONE,
        "employee_count": NUMBERS,
        "annual_revenue": MONEY,
        "current_contract_ends_on": DAYS,
    },
)
EVENTS = in_turn(
    "events",
    {
        "occurred_at": TIMES_WITH_ZONE,
        "loaded_at": TIMES_WITH_ZONE,
        "is_bot": FLAGS,
        "event_type": TYPES,
    },
)
AS_TEXTS: Files = {
    # the mark of UTF-8, semicolons, line ends of Windows, every cell in quotes, blank lines behind
    "leads.csv": b"\xef\xbb\xbf"
    + with_header(
        written(
            with_more(backwards(LEADS)),
            delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL,
        ),
        lambda header: header.upper().replace('"LEAD_ID"', '" Lead_ID "'),
    )
    + b"\r\n\r\n",
    # a folder of parts: tabs, packed, vertical bars, no line end at the end; other files beside
    "events.csv": None,
    "events/2025-06-a.csv": written(EVENTS[:15], delimiter="\t"),
    "events/2025-06-b.csv.gz": gzip.compress(written(backwards(EVENTS[15:30]), delimiter="|")),
    "events/2025-06-c.csv": written(EVENTS[30:]).rstrip(b"\n"),
    "events/_SUCCESS": b"",
    "events/.2025-06-c.csv.crc": b"\0\1",
    # the line ends of an old Mac
    "outcomes.csv": good("outcomes").replace(b"\n", b"\r"),
    "lead_merges.csv": None,
    "lead_merges.csv.gz": gzip.compress(good("lead_merges")),
    "README.md": b"Exports of June",
}  # fmt: skip

PLAIN_EVENTS = in_turn("events", {"occurred_at": TIMES_WITHOUT_ZONE})
AS_TYPES: Files = {
    # timestamps with and without a zone, decimals, whole numbers of any width, lists, enums,
    # texts without the mark that they are texts; ids are whole numbers in one part, else texts
    "leads.csv": None,
    "leads/1.parquet": Parquet(
        """
        select * replace (
            cast(lead_id as bigint) as lead_id,
            cast(created_at as timestamp) as created_at,
            cast(updated_at as timestamptz) as updated_at,
            cast(employee_count as smallint) as employee_count,
            cast(annual_revenue as decimal(18, 2)) as annual_revenue,
            cast(current_contract_ends_on as date) as current_contract_ends_on,
            string_split(technologies, ';') as technologies,
            cast(country as enum ('DE', 'US', 'Germany', 'GB', 'FR', 'United States')) as country,
            cast(null as timestamp) as deleted_at
        ) from leads where regexp_matches(lead_id, '^[1-9]') and deleted_at is null
        """
    ),
    "leads/2.parquet": Parquet(
        """
        select * replace (
            encode(city) as city,
            encode(last_name) as last_name,
            cast(annual_revenue as double) as annual_revenue,
            cast(employee_count as hugeint) as employee_count,
            cast(created_at as timestamp_ns) as created_at
        ) from leads where not (regexp_matches(lead_id, '^[1-9]') and deleted_at is null)
        """
    ),
    "events.csv": written(PLAIN_EVENTS, quoting=csv.QUOTE_NONNUMERIC),
    "outcomes.csv": None,
    "outcomes.parquet": Parquet(
        "select * replace (cast(occurred_at as timestamp_ms) as occurred_at, "
        "cast(amount as double) as amount, epoch_ms(cast(loaded_at as timestamp)) as loaded_at) "
        "from outcomes"
    ),
    "lead_merges.csv": None,
    "lead_merges.parquet": Parquet(
        "select * replace (cast(merged_into_lead_id as uinteger) as merged_into_lead_id) "
        "from lead_merges"
    ),
}
ODD_FOLDERS: dict[str, Files] = {"texts": AS_TEXTS, "types": AS_TYPES}

HEADER_ALONE = good("outcomes").partition(b"\n")[0]
# What they say is less than what the good folder says; a run takes them all the same.
SPARSE_FOLDERS: dict[str, Files] = {
    "outcomes: header only": {"outcomes.csv": HEADER_ALONE},
    "no merges": {"lead_merges.csv": None},
    "merges: header only": {"lead_merges.csv": b"lead_id,merged_into_lead_id,merged_at\n"},
}
# Whole files, and types of Parquet, by the names of what is odd about them.
FORMS_OF_FILES = (
    "the mark of UTF-8", "semicolons", "tabs", "vertical bars", "line ends of Windows",
    "line ends of an old Mac", "no line end at the end", "blank lines at the end",
    "every cell in quotes", "header in capitals", "blanks in the header", "columns backwards",
    "rows backwards", "columns that nobody knows", "line ends in quotes", "emojis",
    "a text of 1.9 MB", "a folder of parts", "packed parts", "marks of other programs",
    "ids with zeros in front", "ids of other letters", "a merged lead that is in no table",
    "timestamps with a zone", "timestamps without one", "timestamps in nanoseconds", "dates",
    "decimals", "small integers", "huge integers", "lists", "enums", "texts that are bytes",
    "parts of different types", "fractions for whole numbers",
)  # fmt: skip
FORMS = (
    *FORMS_OF_FILES, *TIMES_WITH_ZONE, *TIMES_WITHOUT_ZONE, *NUMBERS, *MONEY, *FLAGS, *TYPES,
    *DAYS, *SPARSE_FOLDERS,
)  # fmt: skip
