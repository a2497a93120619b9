"""The rule tables of a run: the project's own, replaced by those of a folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lead_scoring.rules.files import SEEDS, RulesError, lay_out_rules, seed_columns
from rule_files.changes import good_files, older_files, write
from rule_files.odd import ODD, Odd

RULE = "rule_id,scorecard,after_days,every_days,points,max_times"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def table(target: Path, name: str) -> list[list[str]]:
    with (target / f"lead_scoring__{name}.csv").open(newline="", encoding="utf-8") as lines:
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
        "\ufeffpoints,rule_id,scorecard,max_times,every_days,after_days\r\n"
        '-5.00,"a ""b"", ü",*,,,7\r\n\r\n'.encode()
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


def test_a_refused_table_is_named_and_nothing_is_written(rules: Path, tmp_path: Path) -> None:
    (rules / "inactivity_rules.csv").write_text(f"{RULE}\nquiet,*,7,,(5),\n")
    message = refusal(rules, tmp_path / "target")
    place = f"{rules / 'inactivity_rules.csv'}: row 2, points: (5)"
    assert f"{place} is no number. Write -5." in message
    assert not (tmp_path / "target").exists()


def test_of_many_errors_the_first_are_named_and_the_rest_counted(
    rules: Path, tmp_path: Path
) -> None:
    lines = [f"quiet_{number},*,7,,x," for number in range(30)]
    (rules / "inactivity_rules.csv").write_text("\n".join([RULE, *lines, ""]))
    message = refusal(rules, tmp_path / "target")
    assert message.count("is no number") == 20
    assert f"And 10 more: ./scripts/lead-scoring check rules {rules} shows them all." in message


def test_columns_that_came_later_read_as_blank_where_a_file_lacks_them(tmp_path: Path) -> None:
    older = older_files()
    lay_out_rules(write(older, tmp_path / "older"), tmp_path / "target")
    for name, column in (("engagement_rules", "per"), ("attributes", "on_merge")):
        header, *rows = table(tmp_path / "target", name)
        assert column not in older[f"{name}.csv"].decode().splitlines()[0].split(",")
        assert header == seed_columns()[name]
        assert len(rows) > 5
        assert {row[header.index(column)] for row in rows} == {""}
        assert len({len(row) for row in [header, *rows]}) == 1


def test_an_empty_or_missing_folder_is_refused(rules: Path, tmp_path: Path) -> None:
    assert "holds no rule table" in refusal(rules, tmp_path / "target")
    assert "There is no folder" in refusal(rules / "none", tmp_path / "target")


def staged(files: dict[str, bytes], folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of every table as dbt gets them, sorted, in lower case, without notes."""
    lay_out_rules(write(files, folder / "rules"), folder / "staged")
    tables = {}
    for name in seed_columns():
        header, *rows = table(folder / "staged", name)
        found = [dict(zip(header, map(str.lower, row), strict=True)) for row in rows]
        for row in found:
            row.pop("note")
            if "value" in row:
                ends = [end.strip() for end in row["value"].split("..")]
                values = [value.strip() for value in "..".join(ends).split("|") if value.strip()]
                row["value"] = "|".join(values)
            if "event_type" in row:
                row["event_type"] = "|".join(map(str.strip, row["event_type"].split("|")))
        tables[name] = sorted(found, key=str)
    return tables


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
def test_an_odd_spelling_of_the_good_tables_becomes_the_same_tables(
    odd: Odd, tmp_path: Path
) -> None:
    expected = staged(good_files(), tmp_path / "good")
    assert odd.files != good_files()
    assert staged(odd.files, tmp_path / "odd") == expected
