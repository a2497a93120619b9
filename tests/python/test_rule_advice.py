"""Warnings about rule tables that can be used, with and without the leads of a run."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lead_scoring.databases import DatabaseError
from lead_scoring.rules.checks import Finding, check_folder
from lead_scoring.rules.checks.schema import SEEDS, schemas
from lead_scoring.rules.files import lay_out_rules
from rule_files.changes import Files, good_files, row_of, with_cell, with_rows, write

LARGE = "large_company"
NO_NUMBERS = "large,*,company,,employee_count,in_list,free_mail"
VISITED = "visited,*,buying_interest,,page_viewed,,,,1"
OPENED = "opened,*,email_activity,,email_opened|email_clicked,,,,1"
OVERRIDE = "unsubscribed,enterprise,address,,industry,equals,x"
MANY_RULES = [
    f"many_{number},enterprise,company,,industry,equals,x{number},1,false," for number in range(40)
]
MANY_SIGNALS = [f"many_{number},fit,spam,sum,,,," for number in range(12)]
RULES_OF_SIGNALS = [
    f"many_{number},*,many_{number},,industry,equals,x,1,false," for number in range(12)
]


def warnings(files: Files, folder: Path) -> list[Finding]:
    """The warnings about the good tables with some files replaced; errors there are none."""
    findings = check_folder(write(good_files() | files, folder / "rules"))
    assert not [finding for finding in findings if finding.is_refusal]
    return findings


@pytest.mark.parametrize(
    ("files", "row", "column", "problem"),
    [
        ({"fit_rules": with_rows("fit_rules", *MANY_RULES)}, 2, "scorecard", "has 63 rules"),
        (
            {
                "signals": with_rows("signals", *MANY_SIGNALS),
                "fit_rules": with_rows("fit_rules", *RULES_OF_SIGNALS),
            },
            2,
            "scorecard",
            "has 19 signals",
        ),
        (
            {"engagement_rules": with_cell("engagement_rules", "social", "points", "20")},
            row_of("engagement_rules", "social"),
            "points",
            "more than 3 of the 4 intent rules of enterprise",
        ),
        (
            {"attributes": with_cell("attributes", "industry", "known", "after_contact")},
            row_of("fit_rules", "target_industry"),
            "attribute",
            "known only after sales spoke",
        ),
        (
            {"event_types": with_rows("event_types", "call_taken,true,false,,")},
            10,
            "event_type",
            "no rule looks at",
        ),
        (
            {"engagement_rules": with_rows("engagement_rules", f"{VISITED},each,,,,,,")},
            11,
            "per",
            "count as three visits",
        ),
        (
            {"engagement_rules": with_rows("engagement_rules", f"{OPENED},,,,,,,")},
            11,
            "per",
            "opened three times counts three times",
        ),
        (
            {"engagement_rules": with_rows("engagement_rules", f"{VISITED},once,day,,,,,")},
            11,
            "per",
            "the latest event alone gives points",
        ),
        (
            {"engagement_rules": with_cell("engagement_rules", "signed_in", "max_per_day", "2")},
            row_of("engagement_rules", "signed_in"),
            "max_per_day",
            "a day counts once",
        ),
        (
            {"routing_rules": with_cell("routing_rules", "enter", "operator", "is_empty")},
            2,
            "value",
            "is not looked at",
        ),
        (
            {"routing_rules": with_cell("routing_rules", "enter", "value", "de,at")},
            2,
            "value",
            "one value with commas",
        ),
        (
            {"routing_rules": with_cell("routing_rules", "enter", "operator", "equals")},
            2,
            "value",
            "compared as one text",
        ),
        (
            {"rule_conditions": with_cell("rule_conditions", "unsub", "value", "0")},
            2,
            "value",
            "holds for every lead",
        ),
        (
            {"fit_rules": with_rows("fit_rules", f"{NO_NUMBERS},1,,")},
            18,
            "value",
            "a list without numbers",
        ),
        (
            {"fit_rules": with_rows("fit_rules", f"{OVERRIDE},1,,")},
            18,
            "rule_id",
            "further conditions do not hold here",
        ),
        (
            {"inactivity_rules": with_rows("inactivity_rules", "warehouse,enterprise,30,,-5,,")},
            4,
            "rule_id",
            "takes the place of a rule of fit_rules",
        ),
        (
            {"decay_curves": with_cell("decay_curves", "step_25", "percent", "")},
            row_of("decay_curves", "step_25"),
            "percent",
            "never fade",
        ),
        (
            {"decay_curves": with_cell("decay_curves", "window_60", "expire_days", "0")},
            row_of("decay_curves", "window_60"),
            "expire_days",
            "expire at once",
        ),
        (
            {"title_keywords": with_rows("title_keywords", "gardener,10,,,")},
            10,
            "keyword",
            "neither seniority nor department",
        ),
        (
            {"fit_rules": with_rows("fit_rules", "manager,enterprise,job_role,,,,,,true,")},
            18,
            "disqualifies",
            "switched off with the rule",
        ),
        (
            {"fit_rules": with_cell("fit_rules", "french", "value", "pre\u0301sident")},
            row_of("fit_rules", "french"),
            "value",
            "as two characters",
        ),
        (
            {"fit_rules": with_cell("fit_rules", "french", "value", "pr\u0435sident")},
            row_of("fit_rules", "french"),
            "value",
            "two scripts",
        ),
    ],
)
def test_what_is_odd_is_said_and_not_refused(
    files: dict[str, bytes], row: int, column: str, problem: str, tmp_path: Path
) -> None:
    found = warnings({f"{name}.csv": content for name, content in files.items()}, tmp_path)
    assert any(
        (finding.row, finding.column) == (row, column) and problem in finding.problem
        for finding in found
    ), found


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A run by the good tables: 30 leads, of which each gets the same two rules."""
    lay_out_rules(write(good_files(), tmp_path / "good"), tmp_path / "seeds")
    path = tmp_path / "run.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, schema in schemas().items():
            columns = ", ".join(
                f"{column} {'numeric(38, 10)' if kind == 'number' else 'varchar'}"
                for column, kind in schema.kinds.items()
            )
            connection.execute(f"create table lead_scoring__{name} ({columns})")
            file = tmp_path / "seeds" / f"lead_scoring__{name}.csv"
            connection.execute(f"copy lead_scoring__{name} from '{file}' (format csv, header)")
        connection.execute("""
            create table scorecard_scores as
                select unnest(['enterprise', 'mid_market', 'challenger', 'small_business'])
                    as scorecard;
            create table score_reasons as
                select 'lead' || number as lead_id, rule_id, 'enterprise' as scorecard,
                    timestamptz '2026-06-30 12:00:00Z' as as_of
                from range(30) as leads(number),
                    (select unnest(['target_industry', 'large_company']) as rule_id)
                union all
                select 'lead' || number, 'pricing_page', 'challenger',
                    timestamptz '2026-06-30 12:00:00Z'
                from range(25) as leads(number);
            create table stg_lead_scoring__event_contents as
                select * from (values
                    (1, 'page_viewed'), (2, 'pricing_page_viewed'), (3, 'call_taken'),
                    (4, 'call_taken'), (5, 'refused')
                ) as contents (content_key, event_type);
            create table int_lead_scoring__counting_events as
                select * from (values (1, null, 7), (1, null, null), (2, 8, null))
                    as events (content_key, session_hash, target_hash);
            create table stg_lead_scoring__events as
                select unnest([1, 2, 3, 4]) as content_key, null as quarantine_cause
                union all
                select 5, 'unknown lead'
        """)
    return path


def test_the_leads_of_a_run_tell_which_rules_never_decide(tmp_path: Path, database: Path) -> None:
    files = {"fit_rules.csv": with_cell("fit_rules", "warehouse", "points", "11")}
    findings = check_folder(write(good_files() | files, tmp_path / "rules"), database)
    found = {
        (finding.file.stem, finding.row, finding.value): finding.problem for finding in findings
    }
    large, industry = row_of("fit_rules", LARGE), row_of("fit_rules", "target_industry")
    assert "same 30 leads as target_industry did by enterprise" in found["fit_rules", large, LARGE]
    assert ("fit_rules", industry, "target_industry") not in found
    assert found["fit_rules", 2, "decision_maker"] == "gave no lead any points in the last run"
    changed = row_of("fit_rules", "warehouse")
    assert ("fit_rules", changed, "warehouse") not in found, "that rule was another one then"
    pricing = row_of("engagement_rules", "pricing_page,challenger")
    assert ("engagement_rules", pricing, "pricing_page") not in found
    every = row_of("engagement_rules", "pricing_page,*")
    assert "no lead" in found["engagement_rules", every, "pricing_page"]
    demo = row_of("engagement_rules", "demo")
    assert found["engagement_rules", demo, "demo_requested"].startswith("no event of this type")
    assert found["event_types", None, "call_taken"].startswith("2 events of this type occur")
    opened = row_of("engagement_rules", "email_opened")
    assert not found.get(("engagement_rules", opened, "email_opened"), "").startswith("gave no")


@pytest.mark.parametrize(
    "row",
    [
        f"{VISITED},each,session,,,,,",
        f"{VISITED},each,,3,,,,",
        f"{VISITED},once,,,5,,,",
        f"{VISITED},once,day,,5,,,",
        "visited,*,buying_interest,,page_viewed,,,,0,each,,,,,,",
        "asked,*,buying_interest,,demo_requested,,,,1,each,,,,,,",
    ],
)
def test_a_rule_that_says_what_counts_as_one_is_no_matter_of_advice(
    row: str, tmp_path: Path
) -> None:
    files = {"engagement_rules.csv": with_rows("engagement_rules", row)}
    assert warnings(files, tmp_path) == []


def test_a_per_that_nothing_in_the_data_can_join_is_said(tmp_path: Path, database: Path) -> None:
    rows = [
        f"{name},*,buying_interest,,{types},,,,1,each,{per},,,,,"
        for name, types, per in (
            ("lonely", "page_viewed", "session"),
            ("joined", "page_viewed|pricing_page_viewed", "session"),
            ("aimed", "page_viewed", "target"),
            ("aimless", "pricing_page_viewed", "target"),
            ("daily", "page_viewed", "day"),
            ("unseen", "demo_requested", "session"),
        )
    ]
    files = {"engagement_rules.csv": with_rows("engagement_rules", *rows)}
    rules = write(good_files() | files, tmp_path / "rules")
    first = row_of("engagement_rules", "social") + 1
    found = {
        finding.row - first: finding.problem
        for finding in check_folder(rules, database)
        if finding.column == "per" and finding.row and finding.row >= first
    }
    assert found == {
        0: "none of its events in the data has a session_id: each counts by itself",
        3: "none of its events in the data has a url or asset: each counts by itself",
    }


def test_event_types_of_a_rule_that_never_occur_are_named(tmp_path: Path, database: Path) -> None:
    rows = [
        "both,*,buying_interest,,email_opened|email_unsubscribed,,,,1,once,,,,,,",
        "one,*,buying_interest,,page_viewed|email_opened,,,,1,once,,,,,,",
        "none,*,buying_interest,,page_viewed | Pricing_page_viewed,,,,1,once,,,,,,",
    ]
    files = {"engagement_rules.csv": with_rows("engagement_rules", *rows)}
    rules = write(good_files() | files, tmp_path / "rules")
    found = {
        finding.row: (finding.problem, finding.mend)
        for finding in check_folder(rules, database)
        if finding.column == "event_type" and finding.file.stem == "engagement_rules"
    }
    problem, mend = found[11]
    assert problem == "no event of type email_opened or email_unsubscribed occurs in the data"
    assert mend.endswith("or remove the rule.")
    problem, mend = found[12]
    assert problem == "no event of type email_opened occurs in the data"
    assert mend.endswith("or remove the name.")
    assert 13 not in found


def test_a_database_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb").write_text("x")
    with pytest.raises(DatabaseError):
        check_folder(None, tmp_path / "x.duckdb")


def test_event_types_without_a_rule_are_one_warning(tmp_path: Path) -> None:
    types = with_rows("event_types", *(f"seen_{number},true,false,," for number in range(5)))
    (found,) = warnings({"event_types.csv": types}, tmp_path / "own")
    assert found.value == "seen_0"
    assert found.problem.endswith("of this type, nor at seen_1, seen_2, seen_3, 1 more")


def test_rules_of_ones_own_need_not_name_what_the_project_knows(tmp_path: Path) -> None:
    """Nor conditions of one's own; event types of one's own are told of beside whose rules ever."""
    conditions = good_files()["rule_conditions.csv"].splitlines(keepends=True)[0]
    own = write({"rule_conditions.csv": conditions}, tmp_path / "conditions")
    assert not [one for one in check_folder(own) if "no rule looks at" in one.problem]
    project_types = (SEEDS / "lead_scoring__event_types.csv").read_bytes()
    types = write({"event_types.csv": project_types + b"rung,true,false,,,\n"}, tmp_path / "types")
    assert [one.value for one in check_folder(types)] == ["rung"]
