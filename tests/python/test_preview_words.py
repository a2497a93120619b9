"""The parts of a preview: rule differences in words, conditions, AUC, the file of movers."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from sklearn.metrics import roc_auc_score
from typer.testing import CliRunner

from lead_scoring.commands import preview as command
from lead_scoring.commands.app import app
from lead_scoring.preview.fail_conditions import (
    METRICS,
    ConditionError,
    percent_change,
    read_condition,
)
from lead_scoring.preview.movers import Reason
from lead_scoring.preview.movers_file import safe, write_movers
from lead_scoring.preview.outcomes import auc
from lead_scoring.preview.rule_differences import RuleDifference, read_laid_out, rule_differences
from lead_scoring.preview.stage_minimums import stage_minimums
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.rules.rule_set import RuleSet
from preview_sample import HOSTILE, sample, standing

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "preview.md"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """The project's own rules."""
    folder = tmp_path_factory.mktemp("rules")
    lay_out_rules(None, folder)
    return read_laid_out(folder)


def edit(rules: RuleSet, table: str, find: dict[str, str], **cells: str) -> RuleSet:
    """The rules with some cells of one row changed."""
    rows = [row | cells if find.items() <= row.items() else row for row in rules.tables[table]]
    assert sum(row in rows for row in rules.tables[table]) == len(rows) - 1
    return RuleSet({**rules.tables, table: rows})


def without(rules: RuleSet, table: str, find: dict[str, str]) -> RuleSet:
    """The rules without the rows that are like this."""
    rows = [row for row in rules.tables[table] if not find.items() <= row.items()]
    return RuleSet({**rules.tables, table: rows})


def test_equal_rules_do_not_differ(rules: RuleSet) -> None:
    turned = RuleSet({name: list(reversed(rows)) for name, rows in rules.tables.items()})
    assert rule_differences(rules, turned) == []


def test_a_changed_rule_is_named_with_its_words_and_cells(rules: RuleSet) -> None:
    title = {"rule_id": "decision_maker_title"}
    edited = edit(rules, "fit_rules", title, points="25", note="More")
    assert rule_differences(rules, edited) == [
        RuleDifference(
            "changed",
            "fit_rules",
            "decision_maker_title, every scorecard",
            "Seniority is one of c_level, vp, director",
            (("points", "20", "25"), ("note", "blank", "More")),
        )
    ]


def test_blank_points_are_said_to_switch_the_rule_off(rules: RuleSet) -> None:
    edited = edit(rules, "engagement_rules", {"rule_id": "demo_requested"}, points="")
    (difference,) = rule_differences(rules, edited)
    assert difference.cells == (("points", "25", "blank: off"),)


def test_added_and_removed_rows_say_what_they_hold(rules: RuleSet) -> None:
    fewer = without(rules, "engagement_rules", {"rule_id": "social_engaged"})
    words = (
        "Social media interaction - signal social_activity, points 2, award each, max_per_day 1, "
        "decay half_life_14"
    )
    row = ("engagement_rules", "social_engaged, every scorecard", words)
    assert rule_differences(rules, fewer) == [RuleDifference("removed", *row)]
    assert rule_differences(fewer, rules) == [RuleDifference("added", *row)]


def test_another_value_of_a_condition_is_a_change_of_that_row(rules: RuleSet) -> None:
    edited = edit(rules, "rule_conditions", {"rule_id": "bounced_email"}, value="3")
    (difference,) = rule_differences(rules, edited)
    assert (difference.change, difference.cells) == ("changed", (("value", "2", "3"),))
    assert difference.row == "bounced_email, history, email_bounced, every scorecard"
    edited = edit(rules, "audiences", {"scorecard": "enterprise"}, value="500")
    (difference,) = rule_differences(rules, edited)
    assert difference.cells == (("value", "1000", "500"),)


def test_one_more_event_type_is_a_change_of_that_row(rules: RuleSet) -> None:
    types = "email_bounced|email_unsubscribed"
    edited = edit(rules, "rule_conditions", {"rule_id": "bounced_email"}, event_type=types)
    (difference,) = rule_differences(rules, edited)
    assert difference.cells == (("event_type", "email_bounced", types),)
    assert difference.words == "E-mail bounce or Unsubscribe at least 2 times in the last 90 days"


def test_another_row_of_event_types_is_no_change_of_one(rules: RuleSet) -> None:
    edited = edit(rules, "event_types", {"event_type": "email_bounced"}, event_type="bounced")
    changes = [difference.change for difference in rule_differences(rules, edited)]
    assert sorted(changes) == ["added", "removed"]


def test_another_per_is_told(rules: RuleSet) -> None:
    edited = edit(rules, "engagement_rules", {"rule_id": "customer_story_read"}, per="session")
    (difference,) = rule_differences(rules, edited)
    assert difference.cells == (("per", "blank", "session"),)


def test_stages_have_one_minimum_or_none(rules: RuleSet) -> None:
    assert stage_minimums(rules) == {"mql": 50, "sql": 80}
    fit_too = edit(rules, "thresholds", {"label": "sql"}, min_fit="30")
    assert stage_minimums(fit_too) == {"mql": 50}


@pytest.mark.parametrize("seed", range(20))
def test_auc_counts_ties_half(seed: int) -> None:
    dice = random.Random(seed)
    leads = [(dice.randint(-1, 6), dice.random() < 0.3) for _ in range(60)]
    leads += [(3, True), (3, False)]
    expected = roc_auc_score([won for _, won in leads], [score for score, _ in leads])
    found = auc([(score, int(won), int(not won)) for score, won in leads])
    assert found is not None
    assert float(found) == pytest.approx(float(expected), abs=1e-12)


def test_auc_needs_both_kinds() -> None:
    assert auc([]) is None
    assert auc([(50, 3, 0)]) is None
    assert auc([(50, 3, 4)]) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "figure", "holds"),
    [
        ("mql_change > 20%", Fraction(20), False),
        ("mql_change>=20 %", Fraction(20), True),
        ("mql_change < -10.5%", Fraction(-11), True),
        ("mql_change > 1000%", float("inf"), True),
        ("  sql_after == 3 ", 3, True),
        ("sql_after != 3", 3, False),
        ("sql_after <= 2", 3, False),
        ("auc_change < -0.005", Fraction(-1, 100), True),
    ],
)
def test_conditions_compare(text: str, figure: Fraction | float, holds: bool) -> None:
    condition = read_condition(text)
    assert condition.holds({condition.metric: figure}) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mql_change",
        "mql_change > 20",
        "sql_after > 3%",
        "mql_chance > 20%",
        "mql_change > 20% or sql_after > 3",
        "mql_change => 20%",
        "mql_after > 1e3",
        "__import__('os') > 1",
    ],
)
def test_other_conditions_are_refused(text: str) -> None:
    with pytest.raises(ConditionError, match="--fail-if"):
        read_condition(text)


def test_a_change_from_nothing_has_no_bound() -> None:
    assert percent_change(0, 0) == 0
    assert percent_change(0, 1) == float("inf")
    assert percent_change(3, 4) == Fraction(100, 3)


def test_every_figure_is_known_and_documented() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert sample().figures.keys() == METRICS.keys()
    for metric, meaning in METRICS.items():
        assert f"| `{metric}` | {meaning} |" in document


@pytest.mark.parametrize(
    ("conditions", "code", "words"),
    [
        ([], 0, ""),
        (["mql_change > 0.5%"], 0, ""),
        (["mql_change > 0%"], 2, "Fails: mql_change > 0% (it is 0.1%)."),
        (["handoffs_after > 999", "capacity_used > 100%"], 2, "it is 108.3%"),
        (["sql_left >= 1", "sql_entered > 0"], 2, "Fails: sql_left >= 1 (it is 1)."),
        (["mql_change > 20"], 1, "Write 20%."),
    ],
)
def test_the_command_fails_where_a_condition_holds(
    conditions: list[str], code: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "preview", lambda **_: (sample(), {}))
    options = [part for condition in conditions for part in ("--fail-if", condition)]
    result = CliRunner().invoke(app, ["preview", *options])
    assert result.exit_code == code
    assert words in result.output


def test_a_machine_gets_every_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "preview", lambda **_: (sample(), {}))
    result = CliRunner().invoke(app, ["preview", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == pytest.approx(sample().figures)


def test_a_figure_that_is_not_known_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = replace(sample(), weekly_capacity=None)
    monkeypatch.setattr(command, "preview", lambda **_: (unknown, {}))
    result = CliRunner().invoke(app, ["preview", "--fail-if", "capacity_used > 100%"])
    assert result.exit_code == 1
    assert "needs --weekly-capacity" in result.output


def test_reasons_say_what_their_points_were() -> None:
    def words(before: str, after: str) -> str:
        return Reason("rule", "Demo request", Decimal(before), Decimal(after)).in_words

    assert words("20", "25.0050") == "Demo request: 20 -> 25.01 (+5.01)"
    assert words("0", "3.5") == "Demo request: now +3.5"
    assert words("-2.25", "0") == "Demo request: no longer -2.25"


def test_a_mover_without_other_points_names_the_kind_of_change() -> None:
    mover = replace(sample().movers[-1], after=standing("lead", 80))
    assert mover.why == ["Same points and scores: a threshold changed"]
    mover = replace(mover, after=standing("lead", 79))
    assert mover.why == ["Same points: a weight of the scorecard changed"]
    barred = replace(standing("disqualified", 80), disqualified_because=("Unsubscribed",))
    assert replace(mover, after=barred).why == ["Disqualified now: Unsubscribed"]


def test_the_file_of_movers_is_safe_for_spreadsheets(tmp_path: Path) -> None:
    write_movers(sample(2).movers, tmp_path / "movers.csv")
    with (tmp_path / "movers.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["lead_id"] for row in rows] == ["L0", "L1", f"'{HOSTILE}"]
    assert [row["movement"] for row in rows] == ["enters", "enters", "leaves"]
    assert [safe(cell) for cell in ("+1", "-x", "@a", "\tb", -5, "a=b")] == [
        "'+1",
        "'-x",
        "'@a",
        "'\tb",
        -5,
        "a=b",
    ]
