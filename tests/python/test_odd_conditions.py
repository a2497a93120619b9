"""Warnings about values that are compared otherwise than they look, and about cells left blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from lead_scoring.rules.checks import check_folder
from rule_files.changes import Files, good_files, with_cell, with_rows, write
from test_rule_advice import warnings

# an attribute with decimals
VALUE = {"attributes.csv": with_rows("attributes", "lead_value,lead,number,at_creation,,,")}


def told(files: Files, folder: Path) -> list[tuple[str | None, str]]:
    """The warnings that the good tables do not have: column and problem."""
    return [(one.column, one.problem) for one in warnings(files, folder)]


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "problem"),
    [
        ("job_title", "contains", "vp|director", "looked for as one text, with its |"),
        ("job_title", "has_word", '"vp, director"', "looked for as one phrase"),
        ("job_title", "starts_with", "chief;head", "looked for as one text, with its ;"),
        ("job_title", "contains", "*director*", "* and % stand for nothing but themselves"),
        ("email_domain", "ends_with", "%.edu", "* and % stand for nothing but themselves"),
        ("industry", "equals", '"""software"""', "quotes around it"),
        ("job_title", "contains", "cto", "found within other words too"),
        ("industry", "in", "software; fintech", "one value with semicolons"),
        ("industry", "equals", "software;fintech", "one value with semicolons"),
        ("industry", "in", "free_mail", "is the name of a list"),
        ("industry", "not_equals", "Free_Mail", "is the name of a list"),
        ("lead_value", "gte", "5.000", "thousands or decimals"),
        ("lead_value", "between", "1..5.000", "thousands or decimals"),
    ],
)
def test_a_value_that_is_compared_otherwise(
    attribute: str, operator: str, value: str, problem: str, tmp_path: Path
) -> None:
    row = f"odd,*,company,,{attribute},{operator},{value},1,,"
    (found,) = told({"fit_rules.csv": with_rows("fit_rules", row), **VALUE}, tmp_path)
    assert found[0] == "value"
    assert problem in found[1]


@pytest.mark.parametrize(
    ("attribute", "operator", "value"),
    [
        ("job_title", "contains", "director"),
        ("job_title", "has_word", "cto"),
        ("job_title", "equals", '"Partner, Sales"'),
        ("industry", "equals", "100%"),
        ("industry", "contains", "100%"),
        ("job_title", "contains", "engin"),
        ("profile_completeness", "gte", "1.000"),
        ("industry", "in", "software|fintech"),
        ("industry", "in_list", "free_mail"),
        ("lead_value", "gte", "5000.5"),
        ("profile_completeness", "gte", "0.125"),
        ("lead_value", "gte", "1000"),
    ],
)
def test_a_value_that_means_what_it_says(
    attribute: str, operator: str, value: str, tmp_path: Path
) -> None:
    row = f"even,*,company,,{attribute},{operator},{value},1,,"
    assert told({"fit_rules.csv": with_rows("fit_rules", row), **VALUE}, tmp_path) == []


@pytest.mark.parametrize("value", ["1.000", "10.000"])
def test_a_whole_number_with_a_point_for_thousands_is_refused(value: str, tmp_path: Path) -> None:
    row = f"odd,*,company,,seats,gte,{value},1,,"
    seats = {"attributes.csv": with_rows("attributes", "seats,lead,whole,at_creation,,,")}
    files = good_files() | {"fit_rules.csv": with_rows("fit_rules", row)} | seats
    (found,) = check_folder(write(files, tmp_path / "rules"))
    assert found.is_refusal
    assert found.problem == "may mean thousands or decimals"
    assert found.mend == f"Write {value.replace('.', '')} or {value.removesuffix('.000')}."


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "problem"),
    [
        ("decay_curves", "step_25", "percent", "0.5", "is of 100"),
        ("thresholds", "*,stage,mql", "min_total", "0.8", "is of 100"),
        (
            "thresholds",
            "*,stage,mql",
            "exit_margin",
            "45",
            "nearly all that the label asks for",
        ),
    ],
)
def test_numbers_of_another_scale(
    table: str, key: str, column: str, value: str, problem: str, tmp_path: Path
) -> None:
    found = told({f"{table}.csv": with_cell(table, key, column, value)}, tmp_path)
    assert [one for one in found if one[0] == column and problem in one[1]], found


def test_an_override_is_taken_whole(tmp_path: Path) -> None:
    row = "signed_in,enterprise,product_use,,product_signed_in,quantity,gte,3,9,each,{},,,{},{},"
    blank, whole = (
        told({"engagement_rules.csv": with_rows("engagement_rules", one)}, tmp_path / one[-9:-1])
        for one in (row.format("", "", ""), row.format("day", "30", "linear_90"))
    )
    words = "per, within_days, decay blank here, filled in row 9: an override is taken whole"
    assert ("per", words) in blank
    assert not [one for one in whole if "taken whole" in one[1]]
