"""The rule tables of a run: the project's own, replaced by those of a folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lead_scoring.rule_files import SEEDS, RulesError, lay_out_rules, seed_columns

RULE = "rule_id,scorecard,after_days,every_days,points,max_times"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def table(target: Path, name: str) -> list[list[str]]:
    with (target / f"lead_scoring__{name}.csv").open(newline="") as lines:
        return list(csv.reader(lines))


def refusal(rules: Path, target: Path) -> str:
    with pytest.raises(RulesError) as caught:
        lay_out_rules(rules, target)
    return str(caught.value)


def test_without_a_folder_the_rules_are_our_own(tmp_path: Path) -> None:
    lay_out_rules(None, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in SEEDS.iterdir() if path.suffix in (".csv", ".yml")
    }
    for name, columns in seed_columns().items():
        with (SEEDS / f"lead_scoring__{name}.csv").open(newline="", encoding="utf-8") as lines:
            own = list(csv.reader(lines))
        assert table(tmp_path, name) == own
        assert own[0] == columns, "our own seeds are written in the order of their properties"


@pytest.mark.parametrize("name", ["inactivity_rules.csv", "lead_scoring__inactivity_rules.csv"])
def test_a_table_replaces_ours_in_the_order_of_our_columns(
    rules: Path, tmp_path: Path, name: str
) -> None:
    (rules / name).write_bytes(
        "\ufeffpoints,rule_id,Scorecard , max_times,every_days,after_days\r\n"
        '-5,"a ""b"", ü",*,,,7\r\n\r\n'.encode()
    )
    (rules / "README.md").write_text("Our rules.")
    lay_out_rules(rules, tmp_path / "target")
    assert table(tmp_path / "target", "inactivity_rules") == [
        [*RULE.split(","), "note"],
        ['a "b", ü', "*", "7", "", "-5", "", ""],
    ]
    own = (SEEDS / "lead_scoring__thresholds.csv").read_text()
    assert (tmp_path / "target" / "lead_scoring__thresholds.csv").read_text() == own


def test_what_an_earlier_run_left_goes_away(rules: Path, tmp_path: Path) -> None:
    (rules / "inactivity_rules.csv").write_text(f"{RULE}\nquiet,*,7,,-5,\n")
    lay_out_rules(rules, tmp_path / "target")
    (tmp_path / "target" / "left.csv").write_text("x")
    lay_out_rules(None, tmp_path / "target")
    own = (SEEDS / "lead_scoring__inactivity_rules.csv").read_text()
    assert (tmp_path / "target" / "lead_scoring__inactivity_rules.csv").read_text() == own
    assert not (tmp_path / "target" / "left.csv").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty. Its first line must name the columns rule_id, scorecard,"),
        (f"{RULE},colour\n", "column 7 is named 'colour'"),
        (f"{RULE},Points \n", "several columns named points"),
        ("rule_id,scorecard,points\n", "has no column after_days, every_days, max_times"),
        (f"{RULE}\nquiet,*,7,,-5\n", "line 2: it has 5 cells, the header names 6 columns"),
        (f"{RULE}\nquiet,*,7,,-5,,1\n", "line 2: it has 7 cells"),
        (f'{RULE}\n"quiet,*,7,,-5,\n', "Are all quotes closed?"),
        (RULE.replace(",", ";"), "has one column only"),
        (f"{RULE}\nÜ,*,7,,-5,\n".encode("latin-1"), "is not UTF-8 text"),
    ],
)
def test_a_broken_table_is_refused(
    rules: Path, tmp_path: Path, content: str | bytes, words: str
) -> None:
    file = rules / "inactivity_rules.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    message = refusal(rules, tmp_path / "target")
    assert words in message
    assert str(file) in message


@pytest.mark.parametrize("name", ["fit-rules.csv", "fit_rules.xlsx", "fit_rules.CSV", "leads.csv"])
def test_a_file_that_is_no_rule_table_is_refused(rules: Path, tmp_path: Path, name: str) -> None:
    (rules / name).write_text("x")
    message = refusal(rules, tmp_path / "target")
    assert f"{rules / name} is no rule table" in message
    assert "fit_rules.csv" in message


def test_two_files_of_one_table_are_refused(rules: Path, tmp_path: Path) -> None:
    for name in ("inactivity_rules.csv", "lead_scoring__inactivity_rules.csv"):
        (rules / name).write_text(f"{RULE}\n")
    assert "Keep one of them" in refusal(rules, tmp_path / "target")


def test_an_empty_or_missing_folder_is_refused(rules: Path, tmp_path: Path) -> None:
    assert "holds no rule table" in refusal(rules, tmp_path / "target")
    assert "There is no folder" in refusal(rules / "none", tmp_path / "target")
