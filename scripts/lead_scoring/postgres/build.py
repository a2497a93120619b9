"""A run of the project on a PostgreSQL server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.schemas import Schemas, relations
from lead_scoring.rules.commit import rules_commit
from lead_scoring.rules.files import RulesError, lay_out_rules
from lead_scoring.runs.failures import RunFailed, invalid_rules
from lead_scoring.runs.runner import BuildResult, build
from lead_scoring.times import read_time


def score_on_postgres(
    server: Mapping[str, str],
    *,
    schema: str,
    work_folder: Path,
    input_schema: str | None = None,
    as_of: str | None = None,
    rules: Path | None = None,
    threads: int | None = None,
    full_refresh: bool = False,
    variables: Mapping[str, object] | None = None,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    with_tests: bool = True,
    echo: bool = False,
    begin: Callable[[Manifest], None] | None = None,
) -> BuildResult:
    """Scores the leads of input tables of a server, by `dbt build`.

    server: the variables by which it is found. schema: of the public tables; contacts and private
    tables come to lie beside it. input_schema: where the input tables lie; None: as the project's
    vars say. work_folder: of the run's rule tables, artifacts and logs. begin: as for
    `runner.build`. The others are those of `runner.score`.

    Raises RunFailed where a rule table, the server or a part of the run fails.
    """
    try:
        if as_of is not None:
            read_time(as_of)
        lay_out_rules(rules, work_folder / "project" / "seeds")
    except (RulesError, ValueError) as error:
        raise RunFailed(str(error)) from None
    given = dict(variables or {})
    if input_schema is not None:
        given["lead_scoring_input_schema"] = input_schema
    try:
        return build(
            work_folder=work_folder,
            environment={
                **server,
                "LEAD_SCORING_SCHEMA": schema,
                "LEAD_SCORING_AS_OF": as_of or "",
                "LEAD_SCORING_RULES_COMMIT": rules_commit(rules),
            },
            target="postgres",
            threads=threads,
            full_refresh=full_refresh,
            variables=given,
            select=select,
            exclude=exclude,
            with_tests=with_tests,
            echo=echo,
            begin=begin,
        )
    except RunFailed as failure:
        if "assert_no_rule_is_invalid" in str(failure):
            with Connection(server, Schemas(schema).parts) as connection:
                raise RunFailed(invalid_rules(connection)) from None
        raise


class ServerPlace:
    """Schemas of a server in which a run has scored, for `rebuild`."""

    def __init__(
        self, server: Mapping[str, str], schemas: Schemas, work_folder: Path, **run: object
    ) -> None:
        """Keep the schemas. run: arguments of `score_on_postgres` that every run there has."""
        self._server = server
        self._schemas = schemas
        self._work_folder = work_folder
        self._run = run

    def score(self, **run: object) -> BuildResult:
        """Runs dbt there; the arguments are those of `score_on_postgres`."""
        return score_on_postgres(
            self._server,
            schema=self._schemas.name,
            **{"work_folder": self._work_folder, **self._run, **run},  # type: ignore[arg-type]
        )

    def open(self) -> Connection:
        """Opens a session that sees its tables."""
        return Connection(self._server, self._schemas.parts)

    @contextlib.contextmanager
    def beside(self, other: ServerPlace) -> Iterator[tuple[Connection, Callable[[str], str]]]:
        """Opens a session, which sees the other's tables by the names that the second gives."""
        with self.open() as connection:
            yield connection, other.relation

    def relation(self, table: str) -> str:
        """Returns the name by which any session of the server finds a table."""
        with self.open() as connection:
            schema, _ = relations(connection, self._schemas).get(table, (self._schemas.private, ""))
        return f"{schema}.{table}"
