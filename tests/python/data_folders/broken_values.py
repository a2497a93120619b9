"""Folders whose files can be read, and whose values are wrong: times, ids, numbers, texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from data_folders.changes import Files, column, each, first, parquet, swapped


@dataclass(frozen=True)
class Reported:
    """A folder with one fault, the place and words of the finding that names it."""

    name: str
    place: str
    words: str
    files: Files
    is_held_back: bool = False


def changed(
    name: str, table: str, of: str, change: Callable[[str], str], words: str, *, held: bool = False
) -> Reported:
    """All values of one column changed, and words about it."""
    return Reported(name, f"{table}, {of}", words, column(table, of, change), held)


def day(form: str) -> Callable[[str], str]:
    """A change of a time into a form of its parts: {y}, {m}, {d} and {clock}."""

    def change(time: str) -> str:
        return form.format(
            y=time[:4], yy=time[2:4], m=time[5:7], d=time[8:10], clock=time[11:19], hm=time[11:16]
        )

    return change


OCCURRED = "events, occurred_at"
CREATED = "leads, created_at"


def times(name: str, change: Callable[[str], str], words: str, *, held: bool = True) -> Reported:
    """The times of events changed."""
    return changed(name, "events", "occurred_at", change, words, held=held)


def created(name: str, *values: str, words: str, held: bool = False) -> Reported:
    """Other times of creation in the first leads."""
    return Reported(name, CREATED, words, first("leads", "created_at", *values), held)


TIMES = [
    Reported(
        "bots marked by letters",
        "events, is_bot",
        "40 of 40 values (100%) cannot be read as yes or no; these events count as people's",
        each("events", lambda row, at: {"is_bot": "tf"[at % 2]}),
        True,
    ),
    times("day before month", day("{d}/{m}/{y}"), "day before month (30/6/2026): 2"),
    times("month before day", day("{m}/{d}/{y}"), "Or say so: --date-order mdy"),
    times("days in doubt", day("3/4/{y}"), "Or say which comes first: --date-order dmy or mdy"),
    times("days with points", day("{d}.{m}.{y} {hm}"), "day before month"),
    times(
        "digits of a date and a clock",
        lambda time: "".join(letter for letter in time if letter.isdigit()),
        "40 of 40 times are digits of a date and a clock (20260630143000), and read as milli",
    ),
    times("years of two digits", day("{d}/{m}/{yy}"), "cannot be read as a time"),
    times("year, day, month", day("{y}-{d}-{m}T{clock}Z"), "cannot be read as a time", held=False),
    times("months in words", day("{d} June {y}"), "another form: 40"),
    times("a spreadsheet's days", lambda _: "45810.5", "number of a spreadsheet's day: 40"),
    times("nanoseconds since 1970", lambda _: "1750000000000000000", "another form: 40"),
    times("seconds in exponent form", lambda _: "1.75E+09", "another form: 40"),
    times("midnight as 24:00", day("{y}-{m}-{d} 24:00"), "cannot be read as a time"),
    times("zones by letters", day("{y}-{m}-{d} {clock} CEST"), "cannot be read as a time"),
    times("hours without minutes", day("{y}-{m}-{d} 14h"), "cannot be read as a time"),
    times("time of day alone", day("{clock}"), "another form: 40"),
    Reported(
        "orders of day and month mixed",
        OCCURRED,
        "Both orders of day and month occur: no setting reads both",
        each(
            "events",
            lambda row, at: {
                "occurred_at": day("{d}/{m}/{y}" if at % 2 else "{m}/{d}/{y}")(row["occurred_at"])
            },
        ),
        True,
    ),
    Reported(
        "zones named by some times",
        OCCURRED,
        "20 of 40 times name no time zone, and others do",
        each(
            "events",
            lambda row, at: {"occurred_at": row["occurred_at"].rstrip("Z" if at % 2 else "")},
        ),
    ),
    Reported(
        "days that do not exist",
        OCCURRED,
        "2 of 40 values (5.0%) cannot be read as a time",
        first("events", "occurred_at", "2025-02-30", "2025-13-01"),
    ),
    created("year 0001", "0001-01-01", words="1 of 12 times lie before 1990"),
    created("zero since 1970", "1970-01-01T00:00:00Z", words="1 of 12 times lie before 1990"),
    created("year 9999", "9999-12-31", words="1 of 12 times lie in the future"),
    created("created in the future", "2199-01-01", "2199-01-02", words="2 of 12 times lie in the"),
    created(
        "all created in one second", *["2025-06-01T10:00:00Z"] * 12,
        words="all 12 times lie within one second",
    ),
    Reported(
        "events in the future",
        OCCURRED,
        "40 of 40 times lie in the future",
        each("events", lambda row, _: {
            "occurred_at": row["occurred_at"].replace("2025", "2125"),
            "loaded_at": row["loaded_at"].replace("2025", "2125"),
        }),
    ),
    Reported(
        "all events in one second",
        OCCURRED,
        "all 40 times lie within one second",
        each("events", lambda row, at: {"occurred_at": f"2025-06-01T00:00:00.{at:03}Z"}),
    ),
    Reported(
        "times of occurring and of loading swapped",
        OCCURRED,
        "40 of 40 events occurred after they were loaded",
        swapped("events", "occurred_at", "loaded_at"),
    ),
    Reported(
        "never deleted as year 9999",
        "leads, deleted_at",
        "12 of 12 times lie in the future; these leads count as deleted",
        each("leads", lambda row, _: {"deleted_at": "9999-12-31"}),
    ),
    Reported(
        "deleted as a flag",
        "leads, deleted_at",
        "12 of 12 values (100%) cannot be read as a time (another form: 12); these leads count as",
        each("leads", lambda row, _: {"deleted_at": "false"}),
        True,
    ),
    Reported(
        "deleted as a flag of Parquet",
        "leads, deleted_at",
        "these leads count as deleted",
        parquet("leads", "select * replace (deleted_at is not null as deleted_at) from leads"),
        True,
    ),
]  # fmt: skip


def numbers(name: str, change: Callable[[str], str], words: str, *, held: bool = True) -> Reported:
    """The counts of employees changed."""
    return changed(name, "leads", "employee_count", change, words, held=held)


UNREAD = "12 of 12 values (100%) cannot be read as a whole number"
NUMBERS = [
    numbers("units behind numbers", lambda value: f"{value} people", UNREAD),
    numbers("thousands as k", lambda value: f"{value}k", UNREAD),
    numbers("a decimal comma", lambda value: f"{value},5", UNREAD),
    numbers("negative numbers in parentheses", lambda value: f"({value})", UNREAD),
    numbers("negative numbers", lambda value: f"-{value}", UNREAD),
    numbers("percents", lambda value: f"{value}%", UNREAD),
    numbers("exponents", lambda value: f"{float(value):.2E}", UNREAD),
    numbers("fractions", lambda value: f"{value}.5", UNREAD),
    numbers("ranges that became dates", lambda _: "Nov-50", UNREAD),
    numbers("words for sizes", lambda _: "mid-size", UNREAD),
    numbers("digits of another script", lambda _: "\uff11\uff12", UNREAD),
    numbers(
        "a point that separates thousands",
        lambda value: f"{value[:2]}.000",
        "12 of 12 values have a point before three digits, and are read as fractions",
        held=False,
    ),
    Reported(
        "not-a-number of a data frame",
        "leads, employee_count",
        "cannot be read as a whole number",
        parquet(
            "leads", "select * replace (cast('nan' as double) as employee_count) from leads"
        ),
        True,
    ),
    changed("flags as ja and nein", "events", "is_bot",
            lambda value: "ja" if value == "true" else "nein",
            "40 of 40 values (100%) cannot be read as yes or no"),
    changed("amounts with words", "outcomes", "amount", lambda value: f"about {value}",
            "3 of 3 values (100%) cannot be read as a number"),
    changed("a quantity in words", "events", "quantity", lambda value: f"{value} clicks",
            "2 of 2 values (100%) cannot be read as a number"),
]  # fmt: skip


def texts(name: str, of: str, change: Callable[[str], str], words: str) -> Reported:
    """The texts of one column of leads changed."""
    return changed(name, "leads", of, change, words)


TEXTS = [
    Reported("NULL as a text", "leads, account_id", "2 of 12 values say that there is nothing",
             first("leads", "account_id", "NULL", "#N/A")),
    Reported("N/A as an address", "leads, email", "1 of 12 values say that there is nothing",
             first("leads", "email", "N/A")),
    texts("zero-width blanks", "country", lambda value: f"{value}\u200b",
          "12 of 12 values hold characters that do not show"),
    texts("blanks that do not break", "job_title", lambda value: value.replace(" ", "\u00a0"),
          "8 of 12 values hold blanks that do not break"),
    texts("UTF-8 read as Windows-1252", "city",
          lambda value: value.encode().decode("cp1252"), "3 of 12 values hold letters of a wrong"),
    texts("letters in two parts", "city", lambda value: normalize("NFD", value),
          "3 of 12 values hold letters in two parts"),
    texts("letters as JSON writes them", "city",
          lambda value: value.replace("\u00fc", "\\u00fc"),
          "3 of 12 values hold letters as JSON writes them"),
    texts("letters that were lost", "city", lambda value: value.replace("\u00fc", "\ufffd"),
          "3 of 12 values hold letters of a wrong encoding"),
    texts("signs of a web page", "company_name", lambda value: value.replace("&", "&amp;"),
          "4 of 12 values hold signs as a web page writes them"),
    texts("values in single quotes", "country", lambda value: f"'{value}'",
          "12 of 12 values stand in quotes"),
    texts("values in smart quotes", "industry", lambda value: f"\u201c{value}\u201d",
          "12 of 12 values stand in quotes"),
    texts("values quoted twice", "lead_source", lambda value: f'"{value}"',
          "12 of 12 values stand in quotes"),
    texts("codes for words", "industry", lambda value: f"I-{len(value)}",
          "none of the 12 values is one that rules name"),
    texts("lists with commas", "technologies", lambda value: value.replace(";", ", "),
          "hold commas, bars or brackets and no semicolon"),
    texts("lists as JSON", "technologies", lambda value: f'["{value}"]',
          "hold commas, bars or brackets"),
    texts("addresses of pages for domains", "company_domain",
          lambda value: f"https://www.{value}/", "12 of 12 values are no bare domains"),
    texts("names with the address", "email", lambda value: f"Ann <{value}>",
          "12 of 12 values are no e-mail addresses"),
    Reported("two columns swapped", "leads, email", "12 of 12 values are no e-mail addresses",
             swapped("leads", "email", "first_name")),
    Reported("two columns of words swapped", "leads, country",
             "none of the 12 values is one that rules name", swapped("leads", "country", "city")),
    Reported("one address for all", "leads, email", "9 leads share 1 e-mail addresses",
             each("leads", lambda row, _: {"email": "cnry@harbor-works.example"})),
    Reported("a column that is blank", "leads, job_title", "the column is blank in every row",
             each("leads", lambda row, _: {"job_title": ""})),
]  # fmt: skip

BROKEN_VALUES = [*TIMES, *NUMBERS, *TEXTS]
