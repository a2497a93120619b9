"""Runs of publication without dbt: a builder that writes a few tables, and what readers see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lead_scoring.places import Places
from lead_scoring.published import scored_run
from lead_scoring.published.scored_run import Options
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed
from test_commands import write_input

PUBLIC = ("lead_scores", "lead_contacts", "lead_score_history")
TABLES = """
    create or replace table stg_lead_scoring__as_of as select timestamp '2026-06-30' as as_of;
    create or replace table int_lead_scoring__rules_fingerprint as
    select '{rules}' as rules_fingerprint, 'abc' as rules_commit;
    create or replace table lead_scores as
    select 'L' || n as lead_id, if(n % 10 < {mql_of_ten}, 'mql', 'lead') as stage,
        '{rules}' as rules_fingerprint
    from range({first}, {first} + {leads}) as numbers (n);
    create or replace view lead_contacts as select lead_id, lead_id || '@x.example' as email
    from main.lead_scores;
    create table if not exists int_lead_scoring__score_log (lead_id varchar, leads bigint);
    insert into int_lead_scoring__score_log select 'log', {leads};
    create or replace table last_logged_rows as
    select sum(leads) as leads from int_lead_scoring__score_log;
    create or replace view lead_score_history as from main.int_lead_scoring__score_log;
    create or replace table stg_lead_scoring__lead_identities as
    select hash(lead_id) as lead_hash, lead_id, false as is_erased from lead_scores
    union all select hash('{erased}'), null, true;
    create or replace table stg_lead_scoring__leads as select '{unusable}' as lead_id;
"""


def options_in(folder: Path) -> Options:
    """What a run of a small input is asked for, which is not looked at first: that takes three
    quarters of a run without dbt."""
    return Options(
        database=folder / "out" / "x.duckdb", data=write_input(folder / "data"), checks_data=False
    )


class Builder:
    """Builds a run's file in place of dbt; its attributes say what comes out."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Takes the place of a run of dbt."""
        patch.setattr(runner, "score", self)
        self.leads, self.first, self.mql_of_ten, self.rules = 1000, 0, 3, "r1"
        self.erased, self.unusable = "", "U"
        self.fails = False
        self.full_refreshes: list[bool] = []
        self.meanwhile: Callable[[Path], None] = lambda _: None

    def __call__(self, *, database: Path, work_folder: Path, **options: Any) -> runner.RunResult:
        self.full_refreshes.append(options["full_refresh"])
        tables = TABLES.format(
            leads=self.leads,
            first=self.first,
            mql_of_ten=self.mql_of_ten,
            rules=self.rules,
            erased=self.erased,
            unusable=self.unusable,
        )
        try:
            with duckdb.connect(str(database)) as connection:
                connection.execute(tables)
        except duckdb.Error as error:
            raise RunFailed(str(error)) from None
        self.meanwhile(database)
        if self.fails:
            raise RunFailed("test x: 3 rows")
        return runner.RunResult(work_folder, 1.0, 3, {"pass": 3}, (), PUBLIC, database)


def run(options: Options) -> tuple[str, list[str]]:
    """Returns the id of the run that is published, and what it told."""
    told: list[str] = []
    return scored_run.score_and_publish(options, told.append).record.run_id, told


def seen(places: Places) -> dict[str, object]:
    """What a reader of the published file finds."""
    with duckdb.connect(str(places.database), read_only=True) as connection:
        (run_id,) = connection.execute("select max(run_id) from runs").fetchall()[0]
        (leads,) = connection.execute("select count(*) from lead_scores").fetchall()[0]
        history = connection.execute("select leads from lead_score_history").fetchall()
        tables = {name for (name,) in connection.execute("show tables").fetchall()}
    return {"run": run_id, "leads": leads, "history": [n for (n,) in history], "tables": tables}
