"""Checks a data folder before a run reads it: columns, times, numbers, ids, event types.

Whether a value can be read, and which rows are put aside, say the models' own SQL.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from lead_scoring.data.checks.columns import columns_of
from lead_scoring.data.checks.doubtful_rows import findings_on_parts, findings_on_rows
from lead_scoring.data.checks.doubtful_times import findings_on_times
from lead_scoring.data.checks.doubtful_values import findings_on_values
from lead_scoring.data.checks.event_types import event_types_of
from lead_scoring.data.checks.findings import (
    DataFindings,
    Finding,
    Level,
    Limits,
    Quarantined,
    declared_limits,
    only_warned_of,
    worst_first,
)
from lead_scoring.data.checks.ids import duplicates, near_misses, spreadsheet_ids
from lead_scoring.data.checks.judged_types import findings_on_ids, findings_on_types
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.data.checks.leaking import findings_on_leaks
from lead_scoring.data.checks.nested import findings_on_nested
from lead_scoring.data.checks.rule_reads import rule_reads
from lead_scoring.data.checks.spoilt_texts import findings_on_texts
from lead_scoring.data.checks.strays import findings_on_strays
from lead_scoring.data.folder import InputError, create_views, find_files
from lead_scoring.exports import exports_of, maps_of
from lead_scoring.exports.counts import counts_in_words
from lead_scoring.model_expressions import Project
from lead_scoring.reading.guesses import ENDINGS, unread_files
from lead_scoring.reading.headers import REQUIRED_COLUMNS, literal
from lead_scoring.rules.rule_set import RuleSet, read_rule_set
from lead_scoring.settings import inputs_as_read

__all__ = ["DataFindings", "Finding", "Level", "Limits", "check_folder"]

MOST_FILES = 5  # that are named
# Ids that a spreadsheet may have spoilt.
IDS = (
    *(("leads", "lead_id"), ("leads", "account_id"), ("events", "event_id")),
    *(("events", "lead_id"), ("outcomes", "lead_id")),
)


def check_folder(
    folder: Path,
    rules: Path | None = None,
    *,
    input_time_zone: str | None = None,
    date_order: str | None = None,
) -> DataFindings:
    """Returns what each file of a data folder holds, and what a run would say of it, worst first.

    rules: a folder whose rule tables take the place of the project's own. input_time_zone,
    date_order: None: as the environment or dbt_project.yml says, as for a run.
    Raises NotADirectoryError where the folder does not exist, RulesError where the rule tables
    cannot be used, SettingError where a var cannot be.
    """
    if not folder.is_dir():
        raise NotADirectoryError(
            f"There is no folder {folder}. Give the folder that holds your input files."
        )
    rule_set = read_rule_set(rules)
    given = {
        "lead_scoring_input_time_zone": input_time_zone,
        "lead_scoring_date_order": date_order,
    }
    read = inputs_as_read(given)
    zone = str(read.get("lead_scoring_input_time_zone", "UTC"))
    variables = {"lead_scoring_date_order": None, **read, "lead_scoring_input_time_zone": zone}
    found = DataFindings(folder, zone)
    try:
        with tempfile.TemporaryDirectory() as private, duckdb.connect() as connection:
            connection.execute("set TimeZone = 'UTC'")
            # What does not fit into memory would else lie beside whoever calls.
            connection.execute(f"set temp_directory = {literal(private)}")
            _look(connection, found, rule_set, variables, declared_limits())
    except InputError as error:
        found.findings = [Finding(Level.REFUSED, None, None, None, None, None, str(error), "")]
    except duckdb.Error as error:
        # DuckDB's message may quote a value: it is not passed on.
        words = f"the files could not be read to their end ({type(error).__name__})"
        mend = "Export them anew; if that does not help, look at each column's type."
        found.findings = [Finding(Level.REFUSED, None, folder, None, None, None, words, mend)]
    return found


def _look(
    connection: duckdb.DuckDBPyConnection,
    found: DataFindings,
    rules: RuleSet,
    variables: Mapping[str, object],
    limits: Limits,
) -> None:
    exports = exports_of(found.folder.absolute())
    aside = create_views(connection, found.folder, maps_of(rules, variables))
    if exports:
        found.read_as, found.fates = exports.in_words, counts_in_words(connection)
    project = Project(variables, connection)
    _load_seed(connection, rules, "attributes")
    reads = rule_reads(rules)
    files = find_files(found.folder.absolute()) if not exports else {}
    places = {
        table: paths[0] if len(paths) == 1 else paths[0].parent for table, paths in files.items()
    }
    if exports:
        places = dict.fromkeys(REQUIRED_COLUMNS, found.folder)
    for table in places:
        columns = columns_of(connection, project, table, reads, aside)
        found.columns += columns
        found.rows[table] = max(column.rows for column in columns)
    found.event_types = event_types_of(connection, project, reads)
    found.quarantined = [
        Quarantined(*row)
        for row in connection.execute(
            "select input_table, cause, count(*) "
            f"from {project.relation_of_model('quarantined_rows')} "
            "group by input_table, cause order by 1, 3 desc, 2"
        ).fetchall()
    ]
    found.near_misses = near_misses(connection, project)
    found.duplicates = duplicates(connection, project)
    date_order = variables["lead_scoring_date_order"]
    judge = Judge(
        found,
        places,
        limits,
        str(date_order) if date_order else None,
    )
    signs = {place: spreadsheet_ids(connection, project, *place) for place in IDS}
    found.findings = worst_first(
        only_warned_of(
            [
                *_of_unread_files(found.folder.absolute(), files),
                *judge.findings(),
                *findings_on_strays(connection, found.rows, judge),
                *findings_on_ids(signs, judge),
                *findings_on_types(found, judge),
                *findings_on_rows(connection, project, found.rows, judge),
                *findings_on_parts(connection, files, found.columns, judge),
                *findings_on_times(connection, project, found, judge),
                *findings_on_texts(connection, project, found.columns, judge),
                *findings_on_values(connection, project, found.columns, reads, judge),
                *findings_on_nested(connection, found.columns, judge),
                *findings_on_leaks(connection, rules, found.rows, judge),
            ]
        )
    )


def _of_unread_files(folder: Path, files: Mapping[str, Sequence[Path]]) -> Iterator[Finding]:
    taken = [path for paths in files.values() for path in paths]
    unread = unread_files(folder, taken) if files else {}
    if unread:
        names = [
            f"{path.name} (seems to be the {table})" if table and table not in files else path.name
            for path, table in unread.items()
        ]
        more = f" and {len(names) - MOST_FILES} more" if len(names) > MOST_FILES else ""
        yield Finding(
            Level.WARNING,
            None,
            folder,
            None,
            len(names),
            None,
            f"not read: {', '.join(names[:MOST_FILES])}{more}",
            "A table's file is called leads, events, outcomes or lead_merges, in lower case, with "
            f"{', '.join(ENDINGS)} behind; its parts lie in a folder of that name.",
        )


def _load_seed(connection: duckdb.DuckDBPyConnection, rules: RuleSet, name: str) -> None:
    """Makes the table of a seed that models of inputs refer to."""
    rows = rules.tables[name]
    columns = list(rows[0]) if rows else ["attribute", "of", "type"]
    names = ", ".join(f'"{column}" varchar' for column in columns)
    connection.execute(f'create temp table "lead_scoring__{name}" ({names})')
    if rows:
        # As text: DuckDB loads pandas for a statement with parameters, which takes longer.
        cells = (
            ", ".join(literal(row[column]) if row[column] else "null" for column in columns)
            for row in rows
        )
        connection.execute(f'insert into "lead_scoring__{name}" values ({"), (".join(cells)})')
