"""A run of the project in schemas of a warehouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

from lead_scoring.databases import Queries
from lead_scoring.rules.commit import rules_commit
from lead_scoring.rules.files import RulesError, lay_out_rules
from lead_scoring.runs.failures import RunFailed, invalid_rules
from lead_scoring.runs.runner import BuildResult, build
from lead_scoring.times import read_time


def score_in_schemas(
    target: str,
    opened: Callable[[], AbstractContextManager[Queries]],
    *,
    schema: str,
    work_folder: Path,
    environment: Mapping[str, str] | None = None,
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
    """Scores the leads of input tables of a warehouse, by `dbt build`.

    target: of the profile. opened: a session that sees the schemas. schema: of the public tables;
    contacts and private tables come to lie beside it. environment: further variables of the
    profile. input_schema: where the input tables lie; None: as the project's vars say. work_folder:
    of the run's rule tables, artifacts and logs. begin: as for `runner.build`. The others are those
    of `runner.score`.

    Raises RunFailed where a rule table, the warehouse or a part of the run fails.
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
                **(environment or {}),
                "LEAD_SCORING_SCHEMA": schema,
                "LEAD_SCORING_AS_OF": as_of or "",
                "LEAD_SCORING_RULES_COMMIT": rules_commit(rules),
            },
            target=target,
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
            with opened() as connection:
                raise RunFailed(invalid_rules(connection)) from None
        raise
