"""Warnings about rows that no lead comes to, and about cells that are not read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.checks.satisfying import Satisfying
from rule_files.changes import Files, good, good_files, row_of, with_cell, with_rows, write
from test_rule_advice import warnings


def told(files: Files, folder: Path) -> list[tuple[int | None, str | None, str]]:
    """The warnings about tables: row, column, problem."""
    return [(one.row, one.column, one.problem) for one in warnings(files, folder)]


def joined(*rows: str) -> Files:
    """The good tables with further conditions."""
    return {"rule_conditions.csv": with_rows("rule_conditions", *rows)}


@pytest.mark.parametrize(
    "condition",
    [
        "employee_count,lte,249",
        "employee_count,gte,5000",
        "employee_count,between,1..9",
        "employee_count,equals,7",
        "employee_count,in,1|2",
        "employee_count,is_empty,",
    ],
)
def test_conditions_that_exclude_each_other(condition: str, tmp_path: Path) -> None:
    ((row, column, problem),) = told(joined(f"large_company,*,lead,,,{condition},"), tmp_path)
    assert (row, column) == (7, "operator")
    assert problem == (
        f"can never hold together with row {row_of('fit_rules', 'large_company')} of fit_rules,"
        " and both must hold"
    )


@pytest.mark.parametrize(
    "condition",
    [
        "employee_count,gte,4999",
        "employee_count,lte,250",
        "employee_count,not_equals,300",
        "employee_count,in,1|300",
        "employee_count,is_not_empty,",
        "country,equals,de",
    ],
)
def test_conditions_that_one_lead_can_meet(condition: str, tmp_path: Path) -> None:
    assert told(joined(f"large_company,*,lead,,,{condition},"), tmp_path) == []


def test_texts_and_flags_exclude_each_other(tmp_path: Path) -> None:
    rows = ("free_email,*,lead,,,email_type,not_in,Free | invalid,",)
    flags = ("competitor,*,lead,,,is_competitor,not_equals,yes,",)
    lists = ("warehouse,*,lead,,,technologies,equals,dbt,",)  # of several entries each may be one
    for number, (rule, excluded) in enumerate(((rows, 1), (flags, 1), (lists, 0))):
        found = told(joined(*rule), tmp_path / str(number))
        assert len(found) == excluded, found


def test_audiences_and_roles_hold_together(tmp_path: Path) -> None:
    found = told(
        {
            "audiences.csv": with_rows("audiences", "enterprise,employee_count,lte,999,"),
            "buying_roles.csv": with_rows(
                "buying_roles", "sponsor,*,seniority,equals,junior,,,,,,"
            ),
        },
        tmp_path,
    )
    assert [(row, problem.partition(",")[0]) for row, _, problem in found] == [
        (5, "can never hold together with row 2"),
        (6, "can never hold together with row 2"),
    ]


def test_a_scorecard_behind_a_wider_one(tmp_path: Path) -> None:
    wider = with_cell("audiences", "enterprise", "value", "50")
    ((row, column, problem),) = told({"audiences.csv": wider}, tmp_path / "wider")
    assert (row, column) == (row_of("scorecards", "mid_market"), "priority")
    assert "behind enterprise" in problem
    narrower = with_cell("audiences", "enterprise", "value", "101")
    assert told({"audiences.csv": narrower}, tmp_path / "narrower") == []


@pytest.mark.parametrize(
    ("rule", "shadowed"),
    [
        ("vp,*,job_role,11,seniority,equals,vp,30,false,", [18]),
        ("vp,*,job_role,5,seniority,equals,vp,30,false,", []),
        ("vp,*,job_role,11,seniority,equals,vp,30,true,", []),  # it disqualifies all the same
        ("vp,*,job_role,11,seniority,in,vp|manager,30,false,", [3, 4]),  # those of managers
        ("vp,*,job_role,11,department,equals,data,30,false,", []),
        ("vp,*,company,11,seniority,equals,vp,30,false,", []),  # of a signal that adds all
    ],
)
def test_a_fit_rule_behind_a_wider_one(rule: str, shadowed: list[int], tmp_path: Path) -> None:
    found = told({"fit_rules.csv": with_rows("fit_rules", rule)}, tmp_path)
    assert [row for row, _, _ in found] == shadowed
    assert all(problem.startswith("never gives its points: ") for _, _, problem in found)


@pytest.mark.parametrize(
    "before",
    [
        {"fit_rules": "decision_maker,enterprise,job_role,10,seniority,in,c_level,,false,"},  # off
        {"fit_rules": "decision_maker,enterprise,company,10,seniority,in,c_level,5,false,"},
        {"inactivity_rules": "decision_maker,enterprise,10,,-5,,"},
    ],
)
def test_a_rule_counts_where_the_one_before_it_is_overridden(
    before: dict[str, str], tmp_path: Path
) -> None:
    files = {
        "fit_rules": ["vp,*,job_role,11,seniority,equals,vp,30,false,"],
        "inactivity_rules": [],
    }
    for table, row in before.items():
        files.setdefault(table, []).append(row)
    found = told({f"{name}.csv": with_rows(name, *rows) for name, rows in files.items()}, tmp_path)
    assert not [problem for _, _, problem in found if "never gives" in problem], found


def test_what_is_off_or_wrong_is_not_told_of(tmp_path: Path) -> None:
    off = "large_company,small_business,company,,employee_count,gte,250,,false,"
    impossible = "large_company,small_business,lead,,,employee_count,lte,10,"
    files = {"fit_rules.csv": with_rows("fit_rules", off), **joined(impossible)}
    assert told(files, tmp_path / "off") == []
    mistyped = with_cell("rule_conditions", "unsubscribed", "rule_id", "unsubscribd")
    found = check_folder(
        write(good_files() | {"rule_conditions.csv": mistyped}, tmp_path / "wrong")
    )
    assert all(one.is_refusal for one in found)
    old = with_rows("scorecards", "old,old,off,40,sales,80,90,0.5,Once,")
    rule = with_rows("fit_rules", "old,old,company,,department,equals,finance,1,false,")
    further = joined("old,old,lead,,,department,equals,data,")
    on_it = {"scorecards.csv": old, "fit_rules.csv": rule, **further}
    assert told(on_it, tmp_path / "scorecard") == []


def test_a_derived_attribute_that_is_known_later_may_be_missing(tmp_path: Path) -> None:
    files = {
        "attributes.csv": with_cell("attributes", "email_type", "known", "later"),
        "fit_rules.csv": with_rows("fit_rules", "none,*,company,,email_type,is_empty,,1,,"),
        "routing_rules.csv": with_rows(
            "routing_rules", "early,*,sql,5,email_type,is_not_empty,,b,call,60,"
        ),
    }
    assert told(files, tmp_path) == []


@pytest.mark.parametrize(
    ("rows", "shadowed"),
    [
        (["late,*,sql,30,country,equals,de,b,call,60,"], [4]),
        (["early,*,sql,15,country,equals,de,b,call,60,"], []),
        (["early,*,sql,5,email_type,is_not_empty,,b,call,60,"], [2, 3]),
        (["early,enterprise,sql,5,country,in,de|at|ch,b,call,60,"], [2]),
        (["late,*,mql,30,country,equals,de,b,call,60,"], []),
    ],
)
def test_a_route_behind_a_wider_one(rows: list[str], shadowed: list[int], tmp_path: Path) -> None:
    found = told({"routing_rules.csv": with_rows("routing_rules", *rows)}, tmp_path)
    assert [row for row, _, problem in found if problem.startswith("gets no lead")] == shadowed


def test_a_scorecard_that_hands_nobody_over(tmp_path: Path) -> None:
    header, enterprise = good("routing_rules").splitlines()[:2]
    found = told({"routing_rules.csv": header + b"\n" + enterprise + b"\n"}, tmp_path / "some")
    assert [row for row, _, _ in found] == [
        row_of("scorecards", name) for name in ("mid_market", "small_business")
    ]
    assert told({"routing_rules.csv": header + b"\n"}, tmp_path / "none") == []


@pytest.mark.parametrize(
    ("condition", "column", "problem"),
    [
        ("department,equals,marketng", "value", "no lead has the department marketng"),
        ("department,in,data|marketng", "value", "no lead has the department marketng"),
        ("seniority,equals,intern", "value", "no lead has the seniority intern"),
        ("email_type,is_empty,", "operator", "never holds: every lead has email_type"),
    ],
)
def test_values_that_no_lead_has(condition: str, column: str, problem: str, tmp_path: Path) -> None:
    row = f"odd,*,company,,{condition},1,,"
    ((_, where, what),) = told({"fit_rules.csv": with_rows("fit_rules", row)}, tmp_path)
    assert where == column
    assert problem in what


def test_lists_of_ones_own_lack_what_is_told_by_them(tmp_path: Path) -> None:
    lists = b"list,entry,note\ntarget_industry,software,\nkeyboard_run,qwe,\n"
    free = [row for row in good("fit_rules").splitlines(keepends=True) if b"email_type" not in row]
    found = told({"lists.csv": lists, "fit_rules.csv": b"".join(free)}, tmp_path)
    assert [problem.partition(",")[0] for _, _, problem in found] == [
        f"has no entry of the list {name}"
        for name in ("bot_user_agent", "free_mail", "disposable_mail", "competitor")
    ]


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("decay_curves", "half_life_14", "percent", "50"),
        ("decay_curves", "window_60", "grace_days", "7"),
        ("decay_curves", "linear_90", "percent", "1"),
        ("inactivity_rules", "inactive,*", "every_days", ""),
    ],
)
def test_cells_that_are_not_read(
    table: str, row: str, column: str, value: str, tmp_path: Path
) -> None:
    found = told({f"{table}.csv": with_cell(table, row, column, value)}, tmp_path)
    assert [problem.partition(" at")[0] for _, _, problem in found] == ["is not looked"]


def test_one_cell_has_one_warning(tmp_path: Path) -> None:
    """Of a bound on what counts once."""
    changed = with_cell("engagement_rules", "demo_requested", "max_per_day", "1")
    ((_, column, problem),) = told({"engagement_rules.csv": changed}, tmp_path / "once")
    assert (column, problem.partition(":")[0]) == ("max_per_day", "changes nothing")
    row = "late,*,buying_interest,,page_viewed,,,,1,once,day,1,2,,,"
    added = with_rows("engagement_rules", row)
    assert len(told({"engagement_rules.csv": added}, tmp_path / "both")) == 1


def test_a_read_cell_is_not_told_of(tmp_path: Path) -> None:
    for column, value in (("floor_percent", "10"), ("expire_days", "90"), ("grace_days", "0")):
        changed = with_cell("decay_curves", "window_60", column, value)
        assert told({"decay_curves.csv": changed}, tmp_path / column) == []


@pytest.mark.parametrize(
    ("wide", "narrow", "covers", "excludes"),
    [
        (Satisfying(), Satisfying(only=frozenset("a")), True, False),
        (Satisfying(but=frozenset("a")), Satisfying(only=frozenset("a")), False, True),
        (Satisfying(but=frozenset("a")), Satisfying(but=frozenset("ab")), True, False),
        (Satisfying(but=frozenset("ab")), Satisfying(but=frozenset("a")), False, False),
        (Satisfying(only=frozenset("a")), Satisfying(), False, False),
        (Satisfying(low=Decimal(1)), Satisfying(low=Decimal(2)), True, False),
        (Satisfying(low=Decimal(2)), Satisfying(low=Decimal(1)), False, False),
        (Satisfying(high=Decimal(1)), Satisfying(low=Decimal(2)), False, True),
        (Satisfying(low=Decimal(1), high=Decimal(9)), Satisfying(low=Decimal(2)), False, False),
    ],
)
def test_sets_of_values(wide: Satisfying, narrow: Satisfying, covers: bool, excludes: bool) -> None:
    assert wide.covers(narrow) is covers
    assert wide.excludes(narrow) is excludes is narrow.excludes(wide)
