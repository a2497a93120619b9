"""Runs dbt once, in this process: one folder of inputs, one set of rules, one database."""

from __future__ import annotations

import contextlib
import gc
import json
import os
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
from dbt.contracts.graph.nodes import ModelNode
from dbt.node_types import AccessType

from lead_scoring.databases import open_database
from lead_scoring.private_files import private_files
from lead_scoring.project import DATABASE, PROJECT
from lead_scoring.rules.commit import rules_commit
from lead_scoring.rules.files import RulesError, lay_out_rules
from lead_scoring.runs.failures import RunFailed, finished, invalid_rules, reason, sentence
from lead_scoring.runs.lean_dbt import lean_dbt
from lead_scoring.runs.progress import Progress
from lead_scoring.runs.project_read import link_project, read_variables, reading
from lead_scoring.settings import READ_BY, inputs_as_read
from lead_scoring.times import read_time

# Of database files that are made, as in profiles.yml: whoever has DuckDB 1.4 can read them. The
# oldest format, which DuckDB takes by itself, takes about a third longer to write.
STORAGE_VERSION = "v1.4.0"
# What dbt is told unless the environment says otherwise: a log of a few lines, and no manifest and
# results beside it, which take a second.
UNLESS_ASKED = {"DBT_LOG_LEVEL_FILE": "info", "DBT_WRITE_JSON": "false"}


@dataclass(frozen=True)
class BuildResult:
    """How a finished run went."""

    work_folder: Path  # the run's rule tables, compiled SQL and logs, and artifacts if asked for
    seconds: float
    nodes: int  # seeds, models and tests that ran
    tests: Mapping[str, int]  # outcome, pass or warn -> tests
    warnings: tuple[str, ...]  # one sentence for each test that warned
    public_tables: tuple[str, ...]  # the names of the models that readers see


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
    variables: further dbt variables; those of zone and order of dates may stand in the environment
    instead, as LEAD_SCORING_INPUT_TIME_ZONE and LEAD_SCORING_DATE_ORDER. select: dbt selectors;
    none: everything. exclude: dbt selectors of what to leave out. with_tests: run the tests of what
    is built. echo: show progress.

    Raises SettingError where a var by which inputs are read cannot be used, RunFailed where an
    input, a rule table, the database or a part of the run fails.
    """
    database = database.absolute()
    work_folder = (work_folder or database.with_name(f"{database.stem}.run")).absolute()
    variables = {**(variables or {}), **inputs_as_read(variables)}
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
            for name in READ_BY
            if (value := variables.get(f"lead_scoring_{name}"))
        },
    }
    try:
        with private_files():
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
    environment = {
        "DBT_PROJECT_DIR": str(PROJECT),
        **{name: os.environ.get(name, value) for name, value in UNLESS_ASKED.items()},
        **environment,
    }
    with Progress(echo) as progress, in_environment(environment):
        manifest = read_project(work_folder, given, of_target)
        if begin:
            begin(manifest)
        results = finished(invoke(arguments, work_folder, progress.follow, manifest), work_folder)
    return BuildResult(
        work_folder=work_folder,
        seconds=time.monotonic() - started,
        nodes=len(results),
        tests=Counter(
            str(result.status) for result in results if result.node.resource_type == "test"
        ),
        warnings=tuple(sentence(result) for result in results if result.status == "warn"),
        public_tables=_public_tables(manifest),
    )


def _public_tables(manifest: Manifest) -> tuple[str, ...]:
    return tuple(
        sorted(
            node.name
            for node in manifest.nodes.values()
            if isinstance(node, ModelNode) and node.access == AccessType.Public
        )
    )


def read_project(
    work_folder: Path, variables: Mapping[str, object], options: Sequence[str] = ()
) -> Manifest:
    """Lets dbt read the project, or what has changed of it since a run like this one read it.

    variables: dbt's vars. options: further ones of dbt. Database and schema are those of the
    environment. Raises RunFailed where dbt cannot read it.
    """
    # A build writes the artifacts where they are wanted, and once is enough.
    to_read = ["--no-write-json", "parse", *options]
    to_read += ["--vars", json.dumps(read_variables(variables), sort_keys=True)]
    places = (os.environ.get(f"LEAD_SCORING_{name}", "") for name in ("DATABASE", "SCHEMA"))
    with reading(work_folder, " ".join([*to_read, *places])):
        try:
            manifest: Manifest = invoke(to_read, work_folder)
        except RunFailed:
            # What it read of an older version can be what it stumbles over: a macro that is
            # described in another file by now is described twice to it.
            manifest = invoke([*to_read, "--no-partial-parse"], work_folder)
    return manifest


def seen_from(folder: Path, file: Path) -> str:
    """Returns the path that leads from a folder to a file, whatever links lead to either."""
    return os.path.relpath(file.parent.resolve() / file.name, folder.resolve())


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
    project = link_project(work_folder / "project")
    with _folder(project), _no_garbage_collection(), lean_dbt():
        outcome = dbtRunner(manifest, [callback]).invoke(
            [
                *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-use-colors"),
                *("--log-level", "none"),
                *("--log-path", str(work_folder / "logs")),
                *arguments,
                *("--project-dir", str(project), "--profiles-dir", str(project)),
                *("--target-path", str(work_folder / "target")),
            ]
        )
        release_database()
    if isinstance(outcome.exception, SystemExit | KeyboardInterrupt):
        raise outcome.exception  # told to end, and not by dbt
    if outcome.exception is not None:
        raise RunFailed(reason(outcome.exception))
    return outcome.result


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
    with in_environment({"DBT_INDIRECT_SELECTION": "empty"}):
        yield


@contextlib.contextmanager
def keeping_artifacts() -> Iterator[None]:
    """Lets dbt write its manifest and results into the work folders of runs."""
    with in_environment({"DBT_WRITE_JSON": "true"}):
        yield


@contextlib.contextmanager
def in_environment(values: Mapping[str, str]) -> Iterator[None]:
    """Sets variables of the environment for a while."""
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


def release_database() -> None:
    """Closes the file that dbt has opened: its adapter keeps it locked until the process ends."""
    with contextlib.suppress(Exception):
        DuckDBConnectionManager.env().close()
    DuckDBConnectionManager.close_all_connections()
