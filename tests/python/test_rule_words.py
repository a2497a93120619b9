"""Rules in words, operators and decay curves in Python are those of the SQL: one real run."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from lead_scoring.databases import open_database
from lead_scoring.rules.decay_curves import Curve, curve_words, read_curve
from lead_scoring.rules.files import SEEDS
from lead_scoring.rules.rule_set import RuleSet, plain, read_rule_set
from lead_scoring.rules.words import OPERATORS, TYPES, all_rules, fits, rule_words
from lead_scoring.runs import runner
from oracle.decay import Curve as OracleCurve
from oracle.decay import factor

VALUES = {
    "text": "alpha",
    "list": "alpha",
    "number": "12",
    "whole": "7",
    "flag": "yes",
    "date": "2026-01-31",
}
SPECIAL_VALUES = {
    ("in", "number"): "1|2 | 3",
    ("not_in", "text"): "alpha|Beta|",
    ("between", "number"): "1..2.5",
    ("between", "whole"): "1..2",
    ("between", "date"): "2026-01-01..2026-01-31",
    ("within_last_days", "date"): "7",
    ("within_next_days", "date"): "7",
}
RULES = Path(__file__).parents[2] / "models" / "scores" / "rules"
CONDITIONS = RULES / "int_lead_scoring__invalid_conditions.sql"


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def default_rows(name: str) -> tuple[list[str], list[list[str]]]:
    with (SEEDS / f"lead_scoring__{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def fitting_pairs() -> list[tuple[str, str]]:
    return [(operator, type_) for operator in OPERATORS for type_ in TYPES if fits(operator, type_)]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default rules, and a fit rule for every operator and type that it fits."""
    folder = tmp_path_factory.mktemp("rules")
    header, rows = default_rows("attributes")
    for type_ in TYPES:
        rows.append([f"x_{type_}", "lead", type_, "at_creation", "", "", f"An {type_}", ""])
    rows.append(["x_bare", "event", "text", "at_creation", "", "", "", ""])
    write(folder / "attributes.csv", header, rows)
    header, rows = default_rows("fit_rules")
    for operator, type_ in fitting_pairs():
        value = SPECIAL_VALUES.get((operator, type_), VALUES[type_])
        value = "" if operator.endswith("_empty") else value
        value = "competitor" if operator.endswith("in_list") else value
        name = f"pair_{operator}_{type_}"
        rows.append([name, " * ", "market", "", f"X_{type_}", operator, value, "1", "", ""])
    rows.append(["several", "*", "market", "", " industry", "EQUALS", "\u00a0b  c ", "1", "", ""])
    write(folder / "fit_rules.csv", header, rows)
    header, rows = default_rows("rule_conditions")
    for within_days in ("", "100", "7"):
        rows.append(["several", "*", "history", "page_viewed", within_days, "", "lte", "3", ""])
    rows.append(["several", "*", "history", "email_opened", "", "", "equals", "0", ""])
    rows.append(["several", "*", "lead", "", "", "industry", "equals", "b  c", "said twice"])
    rows.append(["several", "*", "lead", "", "", "City", "is_empty", "", ""])
    rows.append(["inactive_30_days", "*", "history", "page_viewed", "9", "", "gte", "1", ""])
    rows.append(["customer_story_read", "*", "event", "", "", "x_bare", "in", "a|b", ""])
    several = " product_signed_in | Page_Viewed|email_opened"
    rows.append(["several", "*", "history", several, "", "", "gte", "2", ""])
    write(folder / "rule_conditions.csv", header, rows)
    header, rows = default_rows("engagement_rules")
    cells = {"rule_id": "any_of", "scorecard": "*", "signal": "buying_interest", "points": "1"}
    cells |= {"event_type": several, "award": "each", "per": "session"}
    rows.append([cells.get(column, "") for column in header])
    write(folder / "engagement_rules.csv", header, rows)
    return folder


@pytest.fixture(scope="module")
def rule_set(rules: Path) -> RuleSet:
    return read_rule_set(rules)


@pytest.fixture(scope="module")
def database(rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("database") / "scores.duckdb"
    result = runner.score(
        rules=rules,
        as_of="2026-06-30",
        database=database,
        select=["+int_lead_scoring__reason_texts"],
        with_tests=False,
    )
    return result.database


def fetch(database: Path, query: str) -> list[tuple[object, ...]]:
    with open_database(database) as connection:
        return connection.execute(query).fetchall()


def test_every_rule_has_the_words_of_the_sql(database: Path, rule_set: RuleSet) -> None:
    made_by_sql = {
        tuple(key): words
        for *key, words in fetch(
            database,
            "select kind, rule_id, scorecard, words from int_lead_scoring__rules"
            " join int_lead_scoring__reason_texts using (rule_key)",
        )
    }
    made_here = {
        (kind, row["rule_id"], row["scorecard"]): rule_words(rule_set, kind, row)
        for kind, row in all_rules(rule_set)
    }
    assert made_here == made_by_sql


def test_several_event_types_are_told_as_alternatives(rule_set: RuleSet) -> None:
    words = {row["rule_id"]: rule_words(rule_set, kind, row) for kind, row in all_rules(rule_set)}
    assert words["any_of"] == "E-mail open or Website visit or Product sign-in"
    told = "E-mail open or Website visit or Product sign-in at least 2 times"
    assert told in words["several"]


def test_operators_fit_the_types_that_the_sql_lets_them_fit() -> None:
    model = CONDITIONS.read_text(encoding="utf-8")
    body = re.search(r"(coalesce\(case[^{]*) as operator_fits,", model)
    assert body
    for operator in OPERATORS:
        for type_ in TYPES:
            query = f"select {body[1]} from (select ? as operator, ? as type)"
            (fits_in_sql,) = duckdb.execute(query, [operator, type_]).fetchone() or (None,)
            assert fits(operator, type_) == fits_in_sql, (operator, type_)


CURVES = [read_curve(row) for row in read_rule_set().tables["decay_curves"]]


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.decay)
def test_curves_are_those_of_the_oracle(curve: Curve) -> None:
    same = OracleCurve(
        curve.method, curve.clock, curve.days, curve.percent, curve.grace_days,
        curve.floor_percent, curve.expire_days,
    )  # fmt: skip
    assert [curve.factor(days) for days in range(200)] == [
        factor(same, days) for days in range(200)
    ]


def curve(method: str, days: int = 30, **others: object) -> Curve:
    cells = {"decay": "c", "method": method, "clock": "", "days": str(days)}
    for column in ("percent", "grace_days", "floor_percent", "expire_days"):
        cells[column] = str(others.pop(column, ""))
    assert not others
    return read_curve(cells)


@pytest.mark.parametrize(
    ("given", "points"),
    [
        (curve("half_life"), "10 7.0711 5 3.5355 2.5 1.25 0.625"),
        (curve("linear", 90), "10 8.3333 6.6667 5 3.3333 0 0"),
        (curve("step_linear", percent=50), "10 10 5 5 0 0 0"),
        (curve("step_compound", percent=25), "10 10 7.5 7.5 5.625 4.2188 3.1641"),
        (curve("window"), "10 10 0 0 0 0 0"),
    ],
)
def test_the_figures_of_the_contract(given: Curve, points: str) -> None:
    ages = (0, 15, 30, 45, 60, 90, 120)
    assert " ".join(plain(given.points(age)) for age in ages) == points


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (curve("none"), "does not fade"),
        (curve("linear", 1), "fades evenly to nothing in a day"),
        (
            curve("step_compound", 7, percent="2.5", grace_days=90, floor_percent=20),
            "loses 2.5 % of what is left every 7 days, after 90 days of grace, never below 20 %",
        ),
        (curve("half_life", 14, expire_days=180), "halves every 14 days, gone after 180 days"),
    ],
)
def test_a_curve_in_words(given: Curve, words: str) -> None:
    assert curve_words(given) == words


def test_grace_and_expiry() -> None:
    given = curve("step_compound", 7, percent=5, grace_days=90, expire_days=120)
    assert given.points(96) == Decimal(10)
    assert given.points(97) == Decimal("9.5")
    assert given.factor(120) == 0
