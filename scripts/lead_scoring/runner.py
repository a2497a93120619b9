"""Runs dbt once, in this process: one folder of inputs, one set of rules, one database."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from lead_scoring.input_files import InputError
from lead_scoring.progress import Progress
from lead_scoring.project import DATABASE, PROJECT
from lead_scoring.published.files import private_files
from lead_scoring.rule_files import RulesError, lay_out_rules
from lead_scoring.rules_commit import rules_commit
from lead_scoring.tables import Queries, open_database
from lead_scoring.times import read_time

# What makes a dbt project, seeds aside.
PARTS = ("dbt_project.yml", "profiles.yml", "macros", "tests", "analyses")
MODELS = "models"
UNIT_TESTS = "unit_tests_*.yml"
# What dbt has read of the project, in a run's target; and copies of it, the newest few.
READ_PROJECT = "partial_parse.msgpack"
READ_BEFORE = PROJECT / "build" / "read"
KEPT = 20
# Vars whose values come to stand in the SQL alone: what dbt reads of the project, the graph and the
# configuration, is the same whatever they say, and need not be read anew (a test compares).
OF_SQL_ALONE = {
    "lead_scoring_account_method",
    "lead_scoring_account_minimum_active_leads",
    "lead_scoring_account_minimum_buying_roles",
    "lead_scoring_account_sum_limit",
    "lead_scoring_active_days",
    "lead_scoring_announce_rule_changes",
    "lead_scoring_bot_bursts",
    "lead_scoring_date_order",
    "lead_scoring_evidence_days",
    "lead_scoring_evidence_purpose",
    "lead_scoring_evidence_weeks",
    "lead_scoring_holdout_percent",
    "lead_scoring_horizon_days",
    "lead_scoring_input_time_zone",
    "lead_scoring_merges_in_a_row",
    "lead_scoring_minimum_dwell_days",
    "lead_scoring_time_zone",
    "lead_scoring_weekly_capacity",
}
# Only whether it is given decides what dbt reads.
MOMENTS = "lead_scoring_moments"
# Of database files that are made, as in profiles.yml: whoever has DuckDB 1.4 can read them. The
# oldest format, which DuckDB takes by itself, takes about a third longer to write.
STORAGE_VERSION = "v1.4.0"


class RunFailed(RuntimeError):
    """The run did not finish. The message says what failed, and where known what to do."""


@dataclass(frozen=True)
class BuildResult:
    """How a finished run went."""

    work_folder: Path  # the run's rule tables, and dbt's artifacts and logs
    seconds: float
    nodes: int  # seeds, models and tests that ran
    tests: Mapping[str, int]  # outcome, pass or warn -> tests
    warnings: tuple[str, ...]  # one sentence for each test that warned


@dataclass(frozen=True)
class RunResult(BuildResult):
    """How a finished run went, and the database that it leaves."""

    database: Path


def score(
    *,
    data: Path | None = None,
    rules: Path | None = None,
    as_of: str | None = None,
    database: Path = DATABASE,
    work_folder: Path | None = None,
    threads: int | None = None,
    full_refresh: bool = False,
    variables: Mapping[str, object] | None = None,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    with_tests: bool = True,
    echo: bool = False,
) -> RunResult:
    """Scores the leads of a folder of input files, by `dbt build` without the unit tests.

    data: the input folder; None: the demo. rules: a folder of rule tables that replace the
    project's own. as_of: the instant to score at; None: now, for the demo its fixed instant.
    work_folder: of the run's rule tables, artifacts and logs; None: beside the database.
    variables: further dbt variables. select: dbt selectors; none: everything. exclude: dbt
    selectors of what to leave out. with_tests: run the tests of what is built. echo: show progress.

    Raises RunFailed where an input, a rule table, the database or a part of the run fails.
    """
    database = database.absolute()
    work_folder = (work_folder or database.with_name(f"{database.stem}.run")).absolute()
    try:
        if as_of is not None:
            read_time(as_of)
        lay_out_rules(rules, work_folder / "project" / "seeds")
        check_database(database)
    except (RulesError, ValueError) as error:
        raise RunFailed(str(error)) from None
    environment = {
        "LEAD_SCORING_DATA": str(data.absolute()) if data else "",
        # Alike for databases in other folders, see reading.
        "LEAD_SCORING_DATABASE": seen_from(work_folder / "project", database),
        "LEAD_SCORING_RULES_COMMIT": rules_commit(rules),
        "LEAD_SCORING_AS_OF": as_of or "",
        # What a tool exported is read before dbt knows its vars.
        **{
            f"LEAD_SCORING_{name.upper()}": str(value)
            for name in ("input_time_zone", "date_order")
            if (value := (variables or {}).get(f"lead_scoring_{name}"))
        },
    }
    try:
        built = build(
            work_folder=work_folder,
            environment=environment,
            threads=threads,
            full_refresh=full_refresh,
            variables=variables,
            select=select,
            exclude=exclude,
            with_tests=with_tests,
            echo=echo,
        )
    except RunFailed as failure:
        if "assert_no_rule_is_invalid" in str(failure):
            with open_database(database) as connection:
                raise RunFailed(invalid_rules(connection)) from None
        raise
    return RunResult(**vars(built), database=database)


def build(
    *,
    work_folder: Path,
    environment: Mapping[str, str],
    target: str | None = None,
    threads: int | None = None,
    full_refresh: bool = False,
    variables: Mapping[str, object] | None = None,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    with_tests: bool = True,
    echo: bool = False,
    begin: Callable[[Manifest], None] | None = None,
) -> BuildResult:
    """Runs `dbt build` without the unit tests, on the rule tables that lie in the work folder.

    environment: the variables by which the profile finds inputs and database. target: of the
    profile; None: its own. begin: what is to be done before anything is built; it gets the project
    as dbt has read it. The others: as for `score`.
    Raises RunFailed where dbt does not start or a part of the run fails.
    """
    started = time.monotonic()
    given = dict(variables or {})
    of_target = ["--target", target] if target else []
    arguments = ["build", "--exclude-resource-type", "unit_test", *of_target]
    arguments += ["--vars", json.dumps(given)] if given else []
    arguments += ["--threads", str(threads)] if threads else []
    arguments += ["--full-refresh"] if full_refresh else []
    arguments += ["--select", *select] if select else []
    arguments += ["--exclude", *exclude] if exclude else []
    arguments += [] if with_tests else ["--exclude-resource-type", "test"]
    environment = {"DBT_PROJECT_DIR": str(PROJECT), **environment}
    # The build writes the artifacts, and once is enough.
    to_read = ["--no-write-json", "parse", *of_target]
    to_read += ["--vars", json.dumps(read_variables(given), sort_keys=True)]
    places = (environment.get(f"LEAD_SCORING_{name}", "") for name in ("DATABASE", "SCHEMA"))
    known = " ".join([*to_read, *places])
    with Progress(echo) as progress, _environment(environment):
        with reading(work_folder, known):
            manifest = invoke(to_read, work_folder)
        if begin:
            begin(manifest)
        results = _finished(invoke(arguments, work_folder, progress.follow, manifest), work_folder)
    return BuildResult(
        work_folder=work_folder,
        seconds=time.monotonic() - started,
        nodes=len(results),
        tests=Counter(
            str(result.status) for result in results if result.node.resource_type == "test"
        ),
        warnings=tuple(_sentence(result) for result in results if result.status == "warn"),
    )


def seen_from(folder: Path, file: Path) -> str:
    """Returns the path that leads from a folder to a file, whatever links lead to either."""
    return os.path.relpath(file.parent.resolve() / file.name, folder.resolve())


def read_variables(variables: Mapping[str, object]) -> dict[str, object]:
    """Returns the vars that dbt has to know when it reads the project."""
    return {
        name: "given" if name == MOMENTS and value else value
        for name, value in variables.items()
        if name not in OF_SQL_ALONE
    }


def invoke(
    arguments: Sequence[str],
    work_folder: Path,
    callback: Callable[[Any], None] = lambda _: None,
    manifest: Manifest | None = None,
) -> Any:
    """Calls dbt silently and returns its result, that of the command.

    dbt sees the project as links in `work_folder`/project, beside that run's own rule tables;
    its artifacts and logs come to lie in `work_folder` too. manifest: the project as dbt read it;
    None: it is read.

    Raises RunFailed where dbt does not start.
    """
    project = _link_project(work_folder / "project")
    with _folder(project), _no_garbage_collection():
        outcome = dbtRunner(manifest, [callback]).invoke(
            [
                *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-use-colors"),
                *("--log-level", "none", "--log-level-file", "info"),
                *("--log-path", str(work_folder / "logs")),
                *arguments,
                *("--project-dir", str(project), "--profiles-dir", str(project)),
                *("--target-path", str(work_folder / "target")),
            ]
        )
        _release_database()
    if outcome.exception is not None:
        raise RunFailed(_reason(outcome.exception))
    return outcome.result


def _finished(built: Any, work_folder: Path) -> Sequence[Any]:
    """Returns the results of a build's nodes. Raises RunFailed where one fails."""
    results: Sequence[Any] = built.results
    failures = [result for result in results if result.status in ("error", "fail")]
    if failures:
        skipped = sum(result.status == "skipped" for result in results)
        message = "\n".join(_sentence(result) for result in failures)
        if skipped:
            message += f"\nSkipped because of that: {skipped} further steps."
        raise RunFailed(f"{message}\nThe log is in {work_folder / 'logs'}.")
    return results


@contextlib.contextmanager
def reading(work_folder: Path, name: str) -> Iterator[None]:
    """Lends a new work folder what dbt has read of the project before, and keeps what it reads.

    Reading takes longer than scoring few leads. dbt itself sees which files have changed since.
    """
    own = work_folder / "target" / READ_PROJECT
    kept = READ_BEFORE / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.msgpack"
    with contextlib.suppress(OSError):
        if not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(kept, own)
    yield
    with contextlib.suppress(OSError):
        if not kept.exists() or own.stat().st_mtime_ns > kept.stat().st_mtime_ns:
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(own, partly := kept.with_suffix(f".{os.getpid()}"))
            partly.replace(kept)
            for old in sorted(READ_BEFORE.iterdir(), key=lambda each: each.stat().st_mtime_ns)[
                :-KEPT
            ]:
                old.unlink()


def _link_project(folder: Path) -> Path:
    """Makes `folder` a dbt project: links to the parts of this one, except for its seeds.

    dbt takes seeds from inside a project only, and each run has its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        link, part = folder / name, PROJECT / name
        if link.resolve() != part.resolve():
            link.unlink(missing_ok=True)  # it may lead to another checkout, or nowhere any more
            link.symlink_to(part)
    _link_models(folder / MODELS)
    return folder


def _link_models(folder: Path) -> None:
    """Fills `folder` with links to the files of the models, but for their unit tests.

    A run that scores has no use for them, and dbt would take a fifth of its reading for them.
    """
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    for part in sorted((PROJECT / MODELS).rglob("*")):
        if part.is_file() and not part.match(UNIT_TESTS):
            link = folder / part.relative_to(PROJECT / MODELS)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(part)


@contextlib.contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Lets dbt work without a search for objects that nothing needs any more.

    Nearly all of its objects stay until the end, and each search looks at them all: a fifth of a
    run of few rows. What is not freed until then takes some 100 MB.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def no_further_tests() -> Iterator[None]:
    """Keeps dbt from running every test of a selected table as well."""
    with _environment({"DBT_INDIRECT_SELECTION": "empty"}):
        yield


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def check_database(database: Path, *, read_only: bool = False) -> None:
    """Opens the file once: dbt would bury what is wrong with it in a page of its own words.

    It is made where it is absent, unless it is only to be read.
    Raises RunFailed where it cannot be used.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with private_files():
            storage: dict[str, str | bool | int | float | list[str]] = {
                "storage_compatibility_version": STORAGE_VERSION
            }
            duckdb.connect(str(database), read_only=read_only, config=storage).close()
    except (duckdb.Error, OSError) as error:
        if "lock" in str(error):
            raise RunFailed(
                f"{database} is open in another program. Close it there, or name another file "
                "with --database."
            ) from None
        raise RunFailed(f"{database} cannot be used as database: {error}") from None


def invalid_rules(connection: Queries) -> str:
    """Returns the sentences on rule rows that cannot apply, of the tables that a run has built."""
    columns = "seed, row_key, column_name, value, problem"
    found = connection.execute(f"select {columns} from invalid_rules order by {columns}").fetchall()
    lines = [
        f"  {seed}, row {row}, column {column}, value {value!r}: {problem}"
        for seed, row, column, value, problem in found
    ]
    return "Rule rows that cannot apply. Mend them and run again:\n" + "\n".join(lines)


def _release_database() -> None:
    # The adapter keeps its connection, and so the lock on the file, until the process ends.
    with contextlib.suppress(Exception):
        DuckDBConnectionManager.env().close()
    DuckDBConnectionManager.close_all_connections()


def _reason(exception: BaseException) -> str:
    cause: BaseException | None = exception
    while cause is not None:
        if isinstance(cause, InputError):
            return str(cause)
        cause = cause.__cause__ or cause.__context__
    return f"dbt could not start: {_tidy(str(exception))}"


def _sentence(result: Any) -> str:
    node = result.node
    words = f"{node.resource_type} {node.name}: {_tidy(result.message or 'no message')}"
    description = getattr(node, "description", "")
    return f"{words}\n  {description.strip()}" if description and result.failures else words


def _tidy(message: str) -> str:
    """Drops dbt's headings and file paths from a message, and input rows that engines quote."""
    lines = [line.strip() for line in message.strip().splitlines()]
    noise = re.compile(
        r"(Runtime|Database|Compilation|Parsing|Dbt Internal) Error( in .*)?$|compiled code at "
        r"|Original Line:|DETAIL:|LINE \d+:|\^$|> in macro|> called by"
    )
    kept = [line for line in lines if line and not noise.match(line)]
    return " ".join(kept) or message.strip()
