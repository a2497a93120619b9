"""Runs on Spark without dbt: a builder that makes a few tables, and what readers see of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.runner import BuildResult
from lead_scoring.spark import publication
from lead_scoring.spark.connection import Connection
from lead_scoring.spark.publication import Spark
from lead_scoring.warehouses.options import WarehouseOptions
from lead_scoring.warehouses.schemas import Schemas

NAME = "scores"
BEGIN = datetime(2026, 6, 30)
LOG = "int_lead_scoring__score_log"
IDENTITIES = "stg_lead_scoring__lead_identities"
READ = ("leads", "events", "outcomes", "lead_merges")
# Name and query of each table; {0} stands for the schema, {log} for the log with this run's rows.
TABLES = {
    "_private.stg_lead_scoring__as_of": "select timestamp '{as_of}' as as_of",
    "_private.int_lead_scoring__rules_fingerprint": (
        "select '{rules}' as rules_fingerprint, cast(null as string) as rules_commit"
    ),
    **{
        f"_private.stg_lead_scoring__{table}": (
            "select '{as_of}' as read_at, 'x' as lead_id, 'x' as merged_into_lead_id"
        )
        for table in READ
    },
    f"_private.{IDENTITIES}": (
        "select lead_id, xxhash64(coalesce(cast(lead_id as string), chr(2))) as lead_hash,"
        " lead_id = '{erased}' as is_erased from (values {leads}) as leads(lead_id)"
    ),
    ".lead_scores": (
        "select lead_id, 'mql' as stage, timestamp '{as_of}' as as_of,"
        " '{rules}' as rules_fingerprint {more} from (values {leads}) as leads(lead_id)"
        " where lead_id <> '{erased}'"
    ),
    "_contacts.lead_contacts": (
        "select lead_id, concat(lead_id, '@x.example') as email, timestamp '{as_of}' as as_of"
        " from {0}.lead_scores"
    ),
    ".lead_score_history": "select lead_id, as_of from {0}_private." + LOG,
}
PUBLIC = ("lead_scores", "lead_contacts", "lead_score_history")
# All public tables in one statement: the instants that each is of, and how many rows it has.
LOOK = (
    "select * from (select min(as_of), max(as_of), count(*) from {0}.lead_scores) as a(a, b, c)"
    " cross join (select min(as_of), max(as_of), count(*) from {0}_contacts.lead_contacts)"
    " as b(d, e, f) cross join (select max(as_of), count(*) from {0}.lead_score_history) as c(g, h)"
    " cross join (select max(as_of), count(*), max(run_id) from {0}.runs) as d(i, j, k)"
)


class Met:
    """A session that tells of each statement before it runs it, and those made of it too."""

    def __init__(self, session: Any, told: list[Callable[[str], None]] | None = None) -> None:
        """Keep it. told: whom to tell."""
        self.session = session
        self.told = told if told is not None else []

    def newSession(self) -> Met:  # noqa: N802, as Spark calls it
        """Another session."""
        return Met(self.session.newSession(), self.told)

    def sql(self, statement: str) -> Any:
        """Runs a statement."""
        for each in self.told:
            each(statement)
        return self.session.sql(statement)

    def __getattr__(self, name: str) -> Any:
        """All else is the session's."""
        return getattr(self.session, name)


class Killed(BaseException):
    """Stands for a kill: no handler of errors sees it."""


@dataclass
class Story:
    """A session, and the runs that are made in it. The fields say what the next one makes."""

    session: Met
    folder: Path
    hour: int = 0
    leads: int = 12
    erased: str = ""
    rules: str = "r1"
    more: str = ""  # further columns of lead_scores
    without: str = ""  # a public table that it does not make
    fails: bool = False
    said: list[str] = field(default_factory=list)

    @property
    def as_of(self) -> datetime:
        """The instant of the next run."""
        return BEGIN + timedelta(hours=self.hour)

    def options(self, **given: Any) -> WarehouseOptions:
        """What a run is asked for."""
        return WarehouseOptions(
            **{"schemas": Schemas(NAME), "work_folder": self.folder / "spark.run", **given}
        )

    def publish(self, **given: Any) -> str:
        """Runs an hour later, and returns the run's id."""
        self.hour += 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Spark, "score", self._build)
            done = publication.score_and_publish(
                self.session, self.options(**given), self.said.append
            )
        return done.record.run_id

    def roll_back(self, run: str) -> None:
        """Goes back to a run."""
        options = self.options()
        publication.roll_back(self.session, options.schemas, options.work_folder, run)

    def _build(self, building: Schemas, **run: Any) -> BuildResult:
        """Takes the place of a run of dbt."""
        nodes = {LOG: SimpleNamespace(name=LOG, config=_INCREMENTAL)}
        run["begin"](SimpleNamespace(nodes=nodes))
        connection = Connection(self.session)
        values = {
            "as_of": self.as_of,
            "rules": self.rules,
            "erased": self.erased,
            "more": self.more,
            "leads": ", ".join(f"('L{number}')" for number in range(self.leads)),
        }
        log = f"{building.private}.{LOG}"
        if LOG not in self.tables(building.private):
            connection.execute(
                f"create table {log} using delta as select '' as lead_id,"
                f" timestamp '{self.as_of}' as as_of where false"
            )
        connection.execute(f"insert into {log} values ('L{self.hour}', timestamp '{self.as_of}')")
        if self.erased:
            connection.execute(f"delete from {log} where lead_id = '{self.erased}'")
        if self.fails:
            raise RunFailed("a test failed")
        made = {name: query for name, query in TABLES.items() if name[1:] != self.without}
        for name, query in made.items():
            query = query.format(building.name, **values)
            connection.execute(f"create table {building.name}{name} using delta as {query}")
        public = tuple(name for name in PUBLIC if name != self.without)
        return BuildResult(self.folder / "spark.run", 1.0, 1, {"pass": 1}, (), public)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return Connection(self.session).execute(query).fetchall()

    def tables(self, schema: str) -> set[str]:
        """The names of what a schema holds."""
        return {row[1] for row in self.ask(f"show tables in {schema}")}

    def schemas(self) -> set[str]:
        """The names of all schemas of the story, without that of their first."""
        return {name.removeprefix(NAME) for (name,) in self.ask(f"show schemas like '{NAME}*'")}

    def seen(self) -> tuple[Any, ...]:
        """What readers see: all of one run, or the test fails. Its number, hour and runs."""
        (found,) = self.ask(LOOK.format(NAME))
        first, last, leads, *_ = found
        assert {found[3], found[4], found[6], found[8], last} == {first}, found
        assert found[5] == leads
        # What is on record are the runs that led there, and no others.
        assert found[7] == found[9] - bool(self.erased), found
        return int(found[10][:6]), (first - BEGIN) // timedelta(hours=1), found[9]


_INCREMENTAL = SimpleNamespace(materialized="incremental")
