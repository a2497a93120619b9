"""Buying groups: the arithmetic by hand, roles as sentences, and the rows that the how-to shows."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from lead_scoring.rules.buying_roles import buying_roles
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.files import SEEDS
from lead_scoring.rules.rule_set import RuleSet, read_rule_set
from lead_scoring.rules.sentences import explain_scorecard
from oracle.buying_groups import (
    Filled,
    completeness_of,
    effective_roles,
    filled_roles,
    first_role,
    weighted_score,
)
from oracle.rule_types import BuyingRole

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "buying_groups.md"
HEADER = (
    "role,scorecard,attribute,operator,value,priority,members_needed,weight,is_required,"
    "description,note"
)
CONTACT_ROLE = "contact_role,lead,text,later,,,Role in the deal,\n"


def role(
    name: str,
    weight: str | None,
    needed: int | None,
    *,
    priority: str = "1",
    scorecard: str = "*",
    is_required: bool = False,
) -> BuyingRole:
    """A role without conditions."""
    weighs = None if weight is None else Decimal(weight)
    return BuyingRole(
        name, scorecard, (), Decimal(priority), needed, weighs, is_required, name.title()
    )


TECHNICAL, ECONOMIC, USER = (
    role("technical", "100", 2),
    role("economic", "80", 1),
    role("u", "60", 1),
)


def contract_example() -> list[Filled]:
    """The group that the contract reckons."""
    members = [("technical", 90), ("u", 40), ("u", 30), (None, 99)]
    return filled_roles([TECHNICAL, ECONOMIC, USER], members)


def test_the_example_of_the_contract() -> None:
    filled = contract_example()
    assert completeness_of(filled) == 50
    assert weighted_score(filled) == 48
    assert [one.words for one in filled if one.lacks] == ["Technical (1 of 2)", "Economic (0 of 1)"]


def test_roles_that_need_nobody_are_never_missing_and_weigh_where_they_are() -> None:
    welcome = role("welcome", "20", None)
    assert completeness_of(filled_roles([welcome], [])) is None
    assert weighted_score(filled_roles([USER, welcome], [("u", 50)])) == 50
    assert weighted_score(filled_roles([USER, welcome], [("u", 50), ("welcome", 10)])) == 40
    assert weighted_score(filled_roles([role("zero", "0", 1)], [("zero", 50)])) is None


def test_own_roles_take_the_place_of_shared_ones_and_order_is_by_priority() -> None:
    roles = [
        role("b", "1", 1, priority="20"),
        role("a", "1", 1, priority="20"),
        role("off", "1", 1),
        role("off", None, None, scorecard="large"),
        role("b", "2", 3, priority="5", scorecard="large"),
    ]
    found = effective_roles(roles, "large")
    assert [(one.role, one.members_needed) for one in found] == [("b", 3), ("a", 1)]
    assert first_role(found, lambda _: True) == "b"
    assert first_role(found, lambda _: False) is None


def test_adobe_shows_whole_percents_half_up() -> None:
    """ "a score of 66.67% is displayed as 67%" """
    three = [role(name, "60", 1) for name in "abc"]
    assert completeness_of(filled_roles(three, [("a", 1), ("b", 1)])) == 67
    decision_maker = role("decision_maker", "100", 3)
    found = [
        completeness_of(filled_roles([decision_maker], [("decision_maker", 1)] * count))
        for count in range(5)
    ]
    # The page shows 66 for two of three, and says that 66.67 is shown as 67.
    assert found == [0, 33, 67, 100, 100]


def rule_set_of(folder: Path, *rows: str) -> RuleSet:
    """The project's rules with these buying roles."""
    folder.mkdir(exist_ok=True)
    (folder / "buying_roles.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return read_rule_set(folder)


def test_a_scorecard_says_its_buying_group(tmp_path: Path) -> None:
    rule_set = rule_set_of(
        tmp_path,
        "user,*,department,in,sales|it,20,,50,,,",
        "buyer,*,seniority,in,c_level|vp,10,1,100,,Economic buyer,",
        "buyer,enterprise,seniority,in,c_level|vp,,,,,,",
        "buyer,enterprise,department,equals,finance,10,2,62.5,true,Economic buyer,",
        "user,small_business,,,,,,,,,",
    )

    def lines(scorecard: str) -> list[tuple[str, str]]:
        section = explain_scorecard(rule_set, scorecard)[-1]
        assert section.title.startswith("Buying group")
        return list(section.lines)

    user = ("", "user: Department is one of sales, it; welcome, none needed, weight 50")
    assert lines("mid_market") == [
        ("", "Economic buyer: Seniority is one of c_level, vp; 1 needed, weight 100"),
        user,
    ]
    assert lines("enterprise") == [
        (
            "",
            "Economic buyer: Seniority is one of c_level, vp, Department is finance; "
            "2 needed, required, weight 62.5 (own)",
        ),
        user,
    ]
    assert lines("small_business") == [
        ("", "Economic buyer: Seniority is one of c_level, vp; 1 needed, weight 100")
    ]
    assert [one.name for one in buying_roles(rule_set_of(tmp_path), "enterprise")] == []


def test_a_scorecard_without_roles_says_so(tmp_path: Path) -> None:
    assert explain_scorecard(rule_set_of(tmp_path), "enterprise")[-1].lines == (("", "No roles."),)


def blocks_of_the_how_to() -> list[str]:
    """Its tables of buying roles: the first is our own, then Adobe's and Salesforce's."""
    parts = HOW_TO.read_text(encoding="utf-8").split("```text\n")[1:]
    return ["\n".join(map(str.strip, part.split("```")[0].strip().splitlines())) for part in parts]


@pytest.mark.parametrize("number", range(3))
def test_the_rows_of_the_how_to_can_be_used(tmp_path: Path, number: int) -> None:
    block = blocks_of_the_how_to()[number]
    if number == 0:
        # It is an excerpt: the role that it switches off stands in the project's own table.
        block += "\neconomic_buyer,*,department,equals,finance,30,1,80,,Economic buyer,"
    (tmp_path / "buying_roles.csv").write_text(block + "\n", encoding="utf-8")
    attributes = (SEEDS / "lead_scoring__attributes.csv").read_text(encoding="utf-8")
    (tmp_path / "attributes.csv").write_text(attributes + CONTACT_ROLE, encoding="utf-8")
    assert [str(one) for one in check_folder(tmp_path) if one.file.parent == tmp_path] == []


def test_the_default_roles_know_every_department_once() -> None:
    """So that whoever had a buying role by its department has one by the default rows."""
    with (SEEDS / "lead_scoring__title_keywords.csv").open(encoding="utf-8") as file:
        departments = {row["department"] for row in csv.DictReader(file)} - {""}
    with (SEEDS / "lead_scoring__buying_roles.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["attribute"] == "department"]
    named = [name for row in rows for name in row["value"].split("|")]
    assert sorted(named) == sorted(departments)
