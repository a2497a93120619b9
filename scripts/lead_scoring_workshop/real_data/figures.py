"""Scores the public data sets at honest moments, and measures what the scores foretold.

Beside the scores, the database holds the table real_data_moments: lead_id, as_of, purpose (why the
lead was scored then) and label (what came true later). SQL beside this module
makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from sklearn.metrics import roc_auc_score

from lead_scoring.databases import Row, open_database, rows
from lead_scoring.runs import runner
from lead_scoring_workshop.real_data.sets import FOLDER, DataSet, open_source, prepare

ALL_LEADS = "all leads"
WEEKLY = "weekly"


def score(data_set: DataSet, source: Path, folder: Path) -> Path:
    """Prepares a data set, scores its moments and returns the database; all of it in `folder`.

    Raises SourceError where the source files cannot be read, RunFailed where the run fails.
    """
    prepare(data_set, source, folder / "input")
    database = folder / f"{data_set.value}.duckdb"
    with open_source(data_set, source) as connection:
        moments = FOLDER / f"{data_set.value}_moments.sql"
        connection.execute(moments.read_text(encoding="utf-8"))
        connection.execute("attach '" + str(database).replace("'", "''") + "' as scored")
        connection.execute(
            "create or replace table scored.real_data_moments as"
            " select purpose, lead_id, cast(as_of as timestamp) as as_of, label from moments"
        )
        # Every lead has a moment at one of the instants: as of it the input's rows are counted.
        ((as_of,),) = connection.execute(
            "select as_of from scored.real_data_moments group by as_of"
            " order by count(distinct lead_id) desc, as_of desc limit 1"
        ).fetchall()
    runner.score(
        data=folder / "input",
        rules=data_set.rules,
        as_of=as_of.isoformat(),
        database=database,
        variables={"lead_scoring_moments": "real_data_moments"},
        echo=True,
    )
    return database


@contextmanager
def open_scores(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens a database of `score`, with the view measured: scorecard_scores, purpose and label."""
    with open_database(database) as connection:
        connection.execute(
            "create temp view measured as"
            " select scores.*, moments.purpose, moments.label from scorecard_scores as scores"
            " inner join real_data_moments as moments using (lead_id, as_of)"
        )
        # The share of rows for which a flag is true, as text.
        connection.execute(
            "create temp macro share(flag) as"
            " format('{:.1f} %', 100 * cast(avg(cast(flag as integer)) as double))"
        )
        yield connection


def auc(
    connection: duckdb.DuckDBPyConnection, scorecard: str, score: str, purpose: str = ALL_LEADS
) -> float:
    """The area under the ROC curve of a column of scores, for the label of its moments.

    0.5: the score tells nothing; 1: every true label scores above every false one.
    """
    values = connection.execute(
        f"select label, cast({score} as double) as score from measured"
        " where scorecard = $1 and purpose = $2",
        [scorecard, purpose],
    ).fetchnumpy()
    return float(roc_auc_score(values["label"], values["score"]))


def xeducation_figures(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The tables on X Education as Markdown, by the names that report.md gives them."""
    areas = [
        {
            "Leads": words,
            "Total score": auc(connection, "course", "total_score", purpose),
            "Fit score": auc(connection, "course", "fit_score", purpose),
            "Engagement score": auc(connection, "course", "engagement_score", purpose),
            "Total score with Last Activity": auc(
                connection, "course_with_last_activity", "total_score", purpose
            ),
        }
        for words, purpose in {
            "all": ALL_LEADS,
            "lowest 30 % of `Lead Number`": "lowest 30 % of Lead Number",
            "highest 30 % of `Lead Number`": "highest 30 % of Lead Number",
        }.items()
    ]
    grades = f"""
        pivot (
            select
                fit_grade as "Fit grade",
                'Engagement ' || engagement_grade as engagement,
                share(label) || ' of ' || count(*) as converted
            from measured
            where is_own_scorecard and purpose = '{ALL_LEADS}'
            group by fit_grade, engagement_grade
        )
        on engagement using first(converted) order by "Fit grade"
    """
    silent_leads = f"""
        select
            case when recommended.lead_id is null then 'neither'
                else 'recommended or added by hand' end as "Leads of engagement grade 4",
            count(*) as "Leads",
            share(measured.label) as "Converted"
        from measured
        left join (
            select distinct lead_id
            from score_reasons
            where rule_id in ('recommended', 'added_by_hand')
        ) as recommended on measured.lead_id = recommended.lead_id
        where
            measured.is_own_scorecard
            and measured.purpose = '{ALL_LEADS}'
            and measured.engagement_grade = '4'
        group by 1
        order by 1 desc
    """
    words = ("Leads", "Converted")
    return {
        "xeducation_auc": _text(areas[0]["Total score"]),
        "xeducation_input": markdown(rows(connection, INPUT)),
        "xeducation_areas": markdown(areas),
        "xeducation_bands": markdown(rows(connection, _bands(ALL_LEADS, *words))),
        "xeducation_stages": markdown(rows(connection, _labels("stage", ALL_LEADS, *words))),
        "xeducation_grades": markdown(rows(connection, grades)),
        "xeducation_engagement": markdown(
            rows(connection, _labels("engagement_grade", ALL_LEADS, *words))
        ),
        "xeducation_silent_leads": markdown(rows(connection, silent_leads)),
    }


def udacity_figures(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The tables on Udacity as Markdown, by the names that report.md gives them."""
    decays = [
        {
            "Half-life": words,
            "Points": auc(connection, scorecard, "engagement_points", WEEKLY),
            "Total score": auc(connection, scorecard, "total_score", WEEKLY),
        }
        for scorecard, words in {
            "learner_no_decay": "none",
            "learner_half_life_1": "1 day",
            "learner": "5 days, the live scorecard",
            "learner_half_life_30": "30 days",
            "learner_half_life_90": "90 days",
        }.items()
    ]
    counts = rows(
        connection,
        "select purpose, count(*) as leads from measured where is_own_scorecard"
        f" and purpose <> '{WEEKLY}' group by purpose"
        " order by starts_with(purpose, 'end'), purpose",
    )
    first_projects = [
        {
            "Known to the score": row["purpose"],
            "Leads": row["leads"],
            "Without decay": auc(
                connection, "learner_no_decay", "engagement_points", row["purpose"]
            ),
            "Half-life 5 days": auc(connection, "learner", "engagement_points", row["purpose"]),
        }
        for row in counts
    ]
    words = ("Moments", "Active in the next 14 days")
    at_zero = f"""
        select
            case when engagement_points = 0 then 'none' else 'traces' end as "Points left",
            count(*) as "{words[0]}",
            share(label) as "{words[1]}"
        from measured
        where is_own_scorecard and purpose = '{WEEKLY}' and total_score = 0
        group by 1
        order by 1
    """
    return {
        "udacity_auc": _text(auc(connection, "learner", "total_score", WEEKLY)),
        "udacity_input": markdown(rows(connection, INPUT)),
        "udacity_decays": markdown(decays),
        "udacity_bands": markdown(rows(connection, _bands(WEEKLY, *words))),
        "udacity_grades": markdown(rows(connection, _labels("engagement_grade", WEEKLY, *words))),
        "udacity_at_zero": markdown(rows(connection, at_zero)),
        "udacity_first_projects": markdown(first_projects),
    }


INPUT = """
    select input_table as "Table", fate as "Fate", cast(sum(row_count) as bigint) as "Rows"
    from int_lead_scoring__input_counts
    where row_count > 0
    group by input_table, fate
    order by input_table, "Rows" desc
"""


def _bands(purpose: str, count: str, label: str) -> str:
    return f"""
        select
            case when total_score < 90
                then format('{{0}} to {{1}}', total_score // 10 * 10, total_score // 10 * 10 + 9)
                else '90 to 100' end as "Total score",
            count(*) as "{count}",
            share(label) as "{label}"
        from measured
        where is_own_scorecard and purpose = '{purpose}'
        group by 1
        order by min(total_score) desc
    """


def _labels(ladder: str, purpose: str, count: str, label: str) -> str:
    return f"""
        select
            {ladder} as "{ladder.replace("_", " ").capitalize()}",
            count(*) as "{count}",
            share(label) as "{label}"
        from measured
        where is_own_scorecard and purpose = '{purpose}'
        group by 1
        order by avg(total_score) desc
    """


def markdown(lines: list[Row]) -> str:
    """The rows as a Markdown table: columns of numbers to the right, floats with three decimals."""
    texts = [[_text(value) for value in line.values()] for line in lines]
    rules = [
        "---:" if all(text[-1:] in "0123456789%" for text in column) else "---"
        for column in zip(*texts, strict=True)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in [list(lines[0]), rules, *texts])


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str("-" if value is None else value)
