"""A challenger goes live: the two scorecards change places, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.files import RulesError
from lead_scoring.rules.promote import write_promoted
from lead_scoring.rules.rule_set import read_rule_set
from worlds.truths import WORLDS, write_rules


def test_the_two_change_places(tmp_path: Path) -> None:
    rules = write_rules(WORLDS["better"], tmp_path / "rules")
    assert write_promoted(rules, "rival", "all", tmp_path / "new") == "all"
    before, after = read_rule_set(rules), read_rule_set(tmp_path / "new")
    status = {row["scorecard"]: row["status"] for row in after.tables["scorecards"]}
    assert status == {"all": "challenger", "rival": "live"}
    for table, rows in before.tables.items():
        assert table == "scorecards" or after.tables[table] == rows
    assert not [one for one in check_folder(tmp_path / "new") if one.is_refusal]


def test_a_scorecard_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    rules = write_rules(WORLDS["better"], tmp_path / "rules")
    with pytest.raises(RulesError, match=r"There is no challenger all\. There are: rival"):
        write_promoted(rules, "all", None, tmp_path / "new")
    with pytest.raises(RulesError, match="Say by --in-place-of which live scorecard rival"):
        write_promoted(rules, "rival", None, tmp_path / "new")
    with pytest.raises(RulesError, match="rival is no live scorecard"):
        write_promoted(rules, "rival", "rival", tmp_path / "new")
    with pytest.raises(RulesError, match=r"There is no challenger x\. There are: mid"):
        write_promoted(None, "x", None, tmp_path / "new")
