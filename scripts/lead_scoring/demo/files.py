"""Writes the demo's input files: the story in numpy, the text of the rows in DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from lead_scoring.demo import AS_OF, queries, words
from lead_scoring.demo.activity import AGENTS, THINGS, Events, join, make_events
from lead_scoring.demo.details import (
    BUDGET_WORDS,
    MAIL_DOMAINS,
    MAIL_KINDS,
    company_columns,
    describe,
)
from lead_scoring.demo.people import BROWSER, DAY, People, Whole, make_companies, make_people
from lead_scoring.demo.sales import (
    OUTCOMES,
    REASONS,
    Merges,
    Outcomes,
    contact_times,
    erased_leads,
    make_merges,
    make_outcomes,
)

FORMATS = {"csv": "format csv, header", "parquet": "format parquet, compression zstd"}
FEWEST_LEADS = 100
FEWEST_EVENTS = 200

Column = npt.NDArray[np.generic]


def generate(
    folder: Path,
    leads: int = 3000,
    events: int = 60_000,
    seed: int = 1,
    as_of: str = AS_OF,
    file_format: str = "csv",
) -> None:
    """Writes leads, events, outcomes and lead_merges into `folder`, which is made if absent.

    `leads` is the number of lead ids, `events` the number of rows of the events file, repeated
    and broken ones included. Equal arguments give equal bytes. All columns are text, all times
    UTC; `as_of` is ISO 8601, UTC unless it carries an offset.

    Raises ValueError where there are fewer than 100 leads or 200 events, where `as_of` cannot be
    read, and for a format other than csv and parquet.
    """
    if leads < FEWEST_LEADS or events < FEWEST_EVENTS:
        raise ValueError(f"The demo needs {FEWEST_LEADS} leads and {FEWEST_EVENTS} events or more.")
    if file_format not in FORMATS:
        raise ValueError(f"The format is one of {', '.join(FORMATS)}, not {file_format}.")
    as_of_seconds = _seconds(as_of)
    # A stream of random numbers for each table: one can change and leave the others alone.
    people_rng, events_rng, sales_rng, details_rng, faults_rng = (
        np.random.default_rng([seed, number]) for number in range(5)
    )
    companies = make_companies(people_rng, leads)
    people = make_people(people_rng, leads, companies)
    merges = make_merges(sales_rng, people)
    erased = erased_leads(sales_rng, people, merges)
    contacted = contact_times(sales_rng, people)
    outcomes = make_outcomes(sales_rng, people, contacted)
    tables = {
        "companies": company_columns(companies),
        "people": describe(details_rng, people, contacted, erased),
        "events": _with_faults(faults_rng, people, merges, events, events_rng),
        "outcomes": _outcome_columns(outcomes),
        "merges": _merge_columns(merges, people),
    }
    _write(folder, tables, as_of_seconds, file_format)


def _seconds(as_of: str) -> int:
    try:
        time = datetime.fromisoformat(as_of.strip().replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"{as_of} is no time. Write it like {AS_OF}.") from None
    if time.tzinfo is None:
        time = time.replace(tzinfo=timezone.utc)
    return int(time.timestamp())


def _with_faults(
    rng: np.random.Generator,
    people: People,
    merges: Merges,
    count: int,
    events_rng: np.random.Generator,
) -> dict[str, Column]:
    """Returns `count` event rows: sound ones, copies, corrections, and some that are broken."""
    copies, corrections = count // 125, count // 250
    sound = make_events(events_rng, people, count - copies - corrections)
    _give_to_absent_leads(sound, merges)
    number = np.arange(len(sound))
    broken = np.zeros(len(sound), dtype=np.int64)
    each = max(1, count // 20_000)
    for fault, chosen in enumerate(rng.permutation(len(sound))[: 4 * each].reshape(4, each)):
        broken[chosen] = fault + 1
    unbroken = np.flatnonzero(broken == 0)
    copied = unbroken[rng.integers(0, len(unbroken), copies)]
    # A correction has the same id and another page or count, and arrives days later.
    corrected = rng.choice(unbroken, corrections, replace=False)
    correction = sound.take(corrected)
    correction.loaded = correction.loaded + rng.integers(DAY, 4 * DAY, corrections)
    correction.quantity = np.where(correction.quantity >= 0, correction.quantity + 5, -1)
    is_visit = np.isin(correction.thing, _things_of("page"))
    correction.thing = np.where(is_visit, _things_of("story")[0], correction.thing)
    rows = join(sound, sound.take(copied), correction)
    number = np.concatenate([number, copied, corrected])
    broken = np.concatenate([broken, np.zeros(copies + corrections, dtype=np.int64)])
    # In the order in which they arrive.
    order = np.lexsort((number, rows.loaded))
    position = np.empty(count, dtype=np.int64)
    position[order] = np.arange(count)
    return {**vars(rows), "number": number, "broken": broken, "position": position}


def _things_of(group: str) -> Whole:
    return np.array([code for code, thing in enumerate(THINGS) if thing.group == group])


def _give_to_absent_leads(events: Events, merges: Merges) -> None:
    """Half of the events of two survivors carry the id of a lead that the CRM removed."""
    for absent, survivor in zip(merges.lead[-2:], merges.survivor[-2:], strict=True):
        own = np.flatnonzero(events.lead == survivor)
        events.lead[own[::2]] = absent


def _outcome_columns(outcomes: Outcomes) -> dict[str, Column]:
    number = np.arange(len(outcomes.lead))
    broken = np.where((number > 0) & (number <= 3), number, 0)
    return {**vars(outcomes), "number": number, "broken": broken}


def _merge_columns(merges: Merges, people: People) -> dict[str, Column]:
    """Adds merges that cannot be used: into itself, into nobody, and two in a circle."""
    used = np.concatenate([merges.lead, merges.survivor])
    browsers = np.setdiff1d(np.flatnonzero(people.kind == BROWSER), used)[:4]
    survivors = np.array([browsers[0], -1, browsers[3], browsers[2]])
    lead = np.concatenate([merges.lead, browsers])
    merged = np.concatenate([merges.merged, np.full(4, -DAY)])
    survivor = np.concatenate([merges.survivor, survivors])
    order = np.lexsort((lead, merged))
    return {
        "lead": lead[order],
        "survivor": survivor[order],
        "merged": merged[order],
        "number": np.arange(len(lead)),
    }


def _vocabulary() -> dict[str, Sequence[tuple[str | None, ...]]]:
    """Returns tables of words; the position of a row is its code."""
    single = {
        "stems": words.COMPANY_STEMS,
        "nouns": words.COMPANY_NOUNS,
        "titles": [title.title for title in words.TITLES],
        "student_titles": words.STUDENT_TITLES,
        "industries": [name for name, _ in words.INDUSTRIES],
        "warehouses": words.WAREHOUSES,
        "crms": words.CRMS,
        "tools": words.OTHER_TOOLS,
        "lead_sources": words.LEAD_SOURCES,
        "products": words.PRODUCTS,
        "mail_domains": MAIL_DOMAINS,
        "mail_kinds": MAIL_KINDS,
        "budget_words": BUDGET_WORDS,
        "agents": AGENTS,
        "outcome_names": OUTCOMES,
        "reasons": REASONS,
    }
    return {name: [(entry,) for entry in entries] for name, entries in single.items()}


def _write(
    folder: Path,
    tables: Mapping[str, Mapping[str, Column]],
    as_of_seconds: int,
    file_format: str,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # One thread: the bytes of a file must not depend on the machine.
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("set variable as_of = cast(? as bigint)", [as_of_seconds])
        connection.execute(queries.MACROS)
        _load_words(connection)
        for name, columns in tables.items():
            # Numbers only: DuckDB is slow to take single Python objects.
            connection.register("columns_of_table", dict(columns))
            connection.execute(f"create table {name} as select * from columns_of_table")
            connection.unregister("columns_of_table")
        connection.execute(queries.PERSONS)
        for name, query in (
            ("leads", queries.LEADS),
            ("events", queries.EVENTS),
            ("outcomes", queries.OUTCOMES),
            ("lead_merges", queries.LEAD_MERGES),
        ):
            _write_file(connection, folder, name, query, file_format)


def _load_words(connection: duckdb.DuckDBPyConnection) -> None:
    for name, rows in _vocabulary().items():
        _create(connection, name, ["name"], rows)
    _create(connection, "first_names", ["name", "mail"], words.FIRST_NAMES)
    _create(connection, "last_names", ["name", "mail"], words.LAST_NAMES)
    _create(connection, "rivals", ["name", "mail"], words.RIVALS)
    _create(connection, "spam_names", ["first_name", "last_name"], words.SPAM_NAMES)
    things = [thing[1:] for thing in THINGS]
    _create(connection, "things", ["event_type", "channel", "url", "asset"], things)
    countries = [country[:4] for country in words.COUNTRIES]
    _create(connection, "countries", ["code_of_country", "name", "region", "city"], countries)


def _create(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str | None, ...]],
) -> None:
    words_of_columns = [list(words_of_column) for words_of_column in zip(*rows, strict=True)]
    described = ", ".join(f"unnest(cast(? as varchar[])) as {column}" for column in columns)
    connection.execute(
        f"create table {name} as select unnest(range({len(rows)})) as code, {described}",
        words_of_columns,
    )


def _write_file(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str, query: str, file_format: str
) -> None:
    path = folder / f"{name}.{file_format}"
    unfinished = folder / f".{name}.unfinished"
    target = str(unfinished).replace("'", "''")
    connection.execute(f"copy ({query}) to '{target}' ({FORMATS[file_format]})")
    # A generator that is stopped must not leave half a file that looks whole.
    unfinished.replace(path)
    for other in FORMATS:
        if other != file_format:
            (folder / f"{name}.{other}").unlink(missing_ok=True)
