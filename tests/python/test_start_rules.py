"""A first set of rule tables from a data folder, and what check data says of its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from lead_scoring.data.checks import check_folder as check_data
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.suggest.first_rules import start
from worlds.truths import WORLDS, write_rules, write_world


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world with two columns that are written once a lead is won."""
    return write_world(WORLDS["leak"], tmp_path_factory.mktemp("start") / "data")


def test_every_column_gets_a_row_and_leaks_are_known_after_contact(
    data: Path, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    attributes, entries = start(data, None, rules)
    assert {row["attribute"]: row["known"] for row in attributes} == {
        "handover": "after_contact",
        "sales_note": "after_contact",
    }
    assert {row["note"].partition(":")[0] for row in attributes} == {"Seems to know the outcome"}
    assert {row["list"] for row in entries} == {"handover", "sales_note"}
    assert not [one for one in check_folder(rules) if one.is_refusal]
    before, after = read_rule_set(None), read_rule_set(rules)
    kept = after.tables["attributes"][: len(before.tables["attributes"])]
    assert kept == before.tables["attributes"]


def test_types_are_read_from_the_values(data: Path, tmp_path: Path) -> None:
    """With none declared, all columns are; rare values may name somebody and are not listed."""
    rules = write_rules(WORLDS["fine"], tmp_path / "few")
    header = "attribute,of,type,known,on_merge,description,note\n"
    (rules / "attributes.csv").write_text(header, encoding="utf-8")
    (rules / "fit_rules.csv").write_text(
        (rules / "fit_rules.csv").read_text(encoding="utf-8").splitlines()[0] + "\n",
        encoding="utf-8",
    )
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("events.csv", "outcomes.csv"):
        (folder / name).write_bytes((data / name).read_bytes())
    lines = (data / "leads.csv").read_text(encoding="utf-8").splitlines()
    extra = [
        f"{line},{'yes' if n % 3 else 'no'},2026-01-0{1 + n % 9},a;b,Person {n},sara@vendor.example"
        for n, line in enumerate(lines[1:])
    ]
    header = f"{lines[0]},wants_mail,trial_ends,tools,boss,looked_after"
    (folder / "leads.csv").write_text("\n".join([header, *extra]) + "\n", encoding="utf-8")
    attributes, entries = start(folder, rules, tmp_path / "rules")
    kinds = {row["attribute"]: row["type"] for row in attributes if row["of"] == "lead"}
    assert kinds == {
        "industry": "text", "employee_count": "number", "lead_source": "text", "region": "text",
        "handover": "text", "sales_note": "text", "wants_mail": "flag", "trial_ends": "date",
        "tools": "list", "boss": "text", "looked_after": "text",
    }  # fmt: skip
    assert {row["entry"] for row in entries if row["list"] == "tools"} == {"a", "b"}
    assert not [row for row in entries if row["list"] in ("boss", "looked_after")]


def test_a_check_of_the_data_names_declared_columns_that_know_the_outcome(
    data: Path, tmp_path: Path
) -> None:
    found = check_data(data, write_rules(WORLDS["leak"], tmp_path / "rules"))
    said = [one for one in found.findings if "seems to know the outcome" in one.problem]
    assert [one.column for one in said] == ["handover"]
    assert "299" not in said[0].mend and "were won" in said[0].problem
