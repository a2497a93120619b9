"""Folders whose ids do not fit each other, or whose rows or columns are not what they seem."""

from __future__ import annotations

from data_folders.broken_values import Reported
from data_folders.changes import (
    Files,
    Parquet,
    column,
    each,
    first,
    good,
    lines,
    parquet,
    renamed,
    swapped,
    text,
)


def ids(name: str, files: Files, words: str, *, held: bool = True) -> Reported:
    """Ids of events' leads that no lead has."""
    return Reported(name, "events", words, files, held)


# Ids as Salesforce writes them: 15 characters, or 18 with three that check the others.
LONG = {str(number): f"00Q5g00000ABC{number % 100:02}EAH" for number in range(1001, 1013)}
SHORT = {name: long[:15] for name, long in LONG.items()}


def of_salesforce(table: str, names: dict[str, str]) -> Files:
    """A table with ids of Salesforce."""
    return column(table, "lead_id", lambda value: names.get(value, value))


UNKNOWN = "40 of 40 rows (100%) cannot be used (unknown lead: 40)"
IDS = [
    ids("ids with .0", column("events", "lead_id", lambda value: f"{value}.0"),
        "Of 12 ids would match: 12 but for a trailing .0"),
    ids("ids with blanks around", column("events", "lead_id", lambda value: f" {value} "),
        "12 but for blanks around them"),
    ids("ids with zero-width blanks", column("events", "lead_id", lambda value: f"{value}\u200b"),
        UNKNOWN),
    ids("15 for 18 characters",
        of_salesforce("leads", LONG) | of_salesforce("events", SHORT),
        "but for the last three characters (15 against 18)"),
    ids("zeros in front of ids lost",
        column("events", "lead_id", lambda value: value.lstrip("0")),
        "1 but for zeros in front", held=False),
    ids("addresses for ids", column("events", "lead_id", lambda value: f"cnry{value}@x.example"),
        UNKNOWN),
    ids("ids of contacts for those of leads",
        column("events", "lead_id", lambda value: f"C-{value}"), UNKNOWN),
    ids("ids in capitals",
        each("leads", lambda row, _: {"lead_id": f"lead-{row['lead_id']}"})
        | column("events", "lead_id", lambda value: f"LEAD-{value.upper()}"),
        "but for capitals"),
    ids("ids as fractions of Parquet",
        parquet("events", "select * replace (try_cast(lead_id as double) as lead_id) from events"),
        "but for a trailing .0"),
    ids("one lead of many", lines("leads", lambda found: found[:2]), "unknown lead: 35"),
    ids("no id of an event",
        each("events", lambda row, _: {"event_id": " "}), "event_id is missing: 37"),
    ids("shifted by one column",
        each("events", lambda row, _: dict(zip(row, ["", *row.values()], strict=False))),
        "event_id is missing: 40"),
    ids("events' ids and leads' swapped", swapped("events", "event_id", "lead_id"), UNKNOWN),
    Reported("ids in exponent form", "leads, lead_id", "1 ids are written in exponent form",
             first("leads", "lead_id", "1.23E+15")),
    Reported("one id for all leads", "leads, lead_id", "1 ids have rows with different created_at",
             each("leads", lambda row, _: {"lead_id": "1001", "deleted_at": ""}), True),
    Reported("one id for two leads of one time", "leads, lead_id",
             "1 ids have rows that differ and are of one time",
             each("leads", lambda row, at: {
                 "lead_id": "1001" if at == 1 else row["lead_id"],
                 "created_at": "2025-01-03", "updated_at": "",
             })),
    Reported("one id for all events", "events, event_id",
             "1 ids stand for several leads or times: 39 of 40 rows give way",
             each("events", lambda row, _: {"event_id": "e"})),
    Reported("ids of events begin anew in each export", "events, event_id",
             "20 ids stand for several leads or times: 20 of 40 rows give way",
             each("events", lambda row, at: {"event_id": str(at % 20)})),
    Reported("a file twice, numbered anew", "events",
             "40 of 80 events are like another in all but the event_id",
             {"events.csv": None, "events/1.csv": good("events"),
              "events/2.csv": text("events").replace("\ne", "\nf").encode()}),
    Reported("a file of outcomes twice", "outcomes", "8 of 16 rows are copies of another",
             {"outcomes.csv": None, "outcomes/1.csv": good("outcomes"),
              "outcomes/2.csv": good("outcomes")}),
]  # fmt: skip

WORDS = [
    Reported("outcomes of another system", "outcomes", "unknown outcome: 8",
             column("outcomes", "outcome", lambda value: f"Closed {value}"), True),
    Reported("one outcome misspelt", "outcomes, outcome", "it is like accepted",
             first("outcomes", "outcome", "acepted")),
    Reported("event types in words", "events, event_type", "it is like page_viewed",
             column("events", "event_type", lambda value: value.replace("_", " ").title())),
    Reported("event types of another system", "events, event_type",
             "40 events have types that no rule names",
             column("events", "event_type", lambda value: f"track.{len(value)}")),
    Reported("zero-width blanks in event types", "events, event_type",
             "40 of 40 values hold characters that do not show",
             column("events", "event_type", lambda value: f"\ufeff{value}")),
]  # fmt: skip

MERGES = [
    Reported("merges into themselves", "lead_merges", "merge into itself: 3",
             each("lead_merges", lambda row, _: {"lead_id": row["merged_into_lead_id"]}), True),
    Reported("merges in a circle", "lead_merges", "merge in a circle: 2",
             {"lead_merges.csv": b"lead_id,merged_into_lead_id\n1001,1002\n1002,1001\n"}),
    Reported("merges into unknown leads", "lead_merges", "merge into an unknown lead: 3",
             column("lead_merges", "merged_into_lead_id", lambda value: f"X{value}"), True),
    Reported("merges with ids of .0", "lead_merges, merged_into_lead_id",
             "3 ids are no lead's; would match: 3 but for a trailing .0",
             column("lead_merges", "merged_into_lead_id", lambda value: f"{value}.0"), True),
]  # fmt: skip

ROWS = [
    Reported("leads: header only", "leads", "the table has no rows: nobody would have a score",
             lines("leads", lambda found: found[:1]), True),
    Reported("events: header only", "events", "the table has no rows: nobody would have points",
             lines("events", lambda found: found[:1])),
    Reported("a header in the middle", "events", "the header stands in the file 2 times",
             {"events.csv": good("events") + good("events")}),
    Reported("a total that fills a row", "outcomes", "occurred_at is missing: 1",
             {"outcomes.csv": good("outcomes") + b"Total,8,,,,,,\n"}),
    Reported("a footer that fills a row", "outcomes", "1 lines are a report's footer and no rows",
             {"outcomes.csv": good("outcomes") + b"Grand Totals,8,,,,,,\n"}),
    Reported("rows of commas alone", "leads", "lead_id is missing: 2",
             {"leads.csv": good("leads") + 2 * (b"," * 21 + b"\n")}),
    Reported("a line of units below the header", "leads", "created_at cannot be read: 1",
             lines("leads", lambda found: [found[0], "text,time" + "," * 20, *found[1:]])),
    Reported("cut off at the end of a sheet", "outcomes", "65,535 rows, as many as a sheet",
             parquet("outcomes", "select outcomes.* replace (outcome_id || number as outcome_id) "
                     "from outcomes, range(8192) as numbers(number) limit 65535")),
    Reported("names of a CRM for optional columns", "leads, job_title",
             'Is "job title" the job_title? Rename it so',
             renamed("leads", {"job_title": "Job Title"})),
    Reported("columns left out", "leads", "rules read columns that are absent: email (for 13)",
             lines("leads", lambda found: [",".join(line.split(",")[:2]) for line in found])),
    Reported("a column called otherwise in one part", "leads, job_title",
             "the column stands in 1 of 2 parts, and is blank in the others",
             {"leads.csv": None, "leads/1.csv": good("leads"),
              "leads/2.csv": b"lead_id,created_at,title\n2001,2025-01-01,CEO\n"}),
    Reported("a structure among the columns", "leads, city", "the column holds structures",
             parquet("leads", "select * replace ({'name': city} as city) from leads")),
    Reported("a required column that is null", "events", "occurred_at is missing: 37",
             parquet("events", "select * replace (null as occurred_at) from events"), True),
    Reported("a list of ids", "events", "unknown lead: 40",
             parquet("events", "select * replace ([lead_id, lead_id] as lead_id) from events"),
             True),
    Reported("a name of the project's own", "leads, seniority",
             "the column is set aside: the project makes a column of this name itself",
             {"leads.parquet": Parquet("select *, 'vp' as seniority from leads"),
              "leads.csv": None}),
]  # fmt: skip

BROKEN_ROWS = [*IDS, *WORDS, *MERGES, *ROWS]
