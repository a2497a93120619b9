"""What the check of data prints: its forms, exit codes, and no cell of an input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from checked_data import CANARY, call, column, write
from lead_scoring.data.checks import check_folder
from lead_scoring.project import PROJECT

pytestmark = pytest.mark.usefixtures("rules_read_once")


def test_formats_and_exit_codes(tmp_path: Path) -> None:
    folder = write(tmp_path / "data")
    code, text = call(folder)
    assert code == 0
    assert "The data can be used: " in text
    code, text = call(folder, "--json", "--input-time-zone", "Europe/Berlin")
    document = json.loads(text)
    assert (code, document["refused"], document["tables"]["leads"]["rows"]) == (0, False, 1)
    assert document["input_time_zone"] == "Europe/Berlin"
    code, text = call(folder, "--github", "--date-order", "dmy")
    assert (code, text.startswith("::warning file=")) == (0, True)
    assert call(tmp_path / "none")[0] == 2
    assert call(folder, "--rules", tmp_path / "none")[0] == 1
    assert call(folder, "--input-time-zone", "Atlantis")[0] == 2
    shutil.copy(folder / "leads.csv", folder / "leads.csv.gz")
    code, text = call(folder, "--github")
    assert (code, text.startswith("::error ")) == (1, True)


def test_rules_of_a_folder_are_those_that_count(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    seed = (PROJECT / "seeds" / "lead_scoring__audiences.csv").read_text()
    (tmp_path / "rules" / "audiences.csv").write_text(
        seed.replace("mid_market,employee_count,between,100..999", "mid_market,industry,equals,x")
    )
    found = check_folder(write(tmp_path / "data"), tmp_path / "rules")
    assert "audience of mid_market" in column(found, "leads", "industry").rules


def test_no_value_of_a_cell_comes_out(tmp_path: Path) -> None:
    """Canaries in every cell, ids, types and unreadable times among them."""
    word = iter(range(10_000))
    names = {
        "leads": "lead_id created_at email first_name job_title employee_count updated_at comments",
        "events": "event_id lead_id event_type occurred_at url is_bot quantity remark",
        "outcomes": "lead_id outcome occurred_at amount reason",
        "lead_merges": "lead_id merged_into_lead_id merged_at",
    }
    tables = {
        table: [
            {name: f"{CANARY}{next(word)}@{CANARY}.example" for name in columns.split()}
            for _ in range(5)
        ]
        for table, columns in names.items()
    }
    tables["leads"][0] |= {f"{CANARY}@x.example": f"{CANARY}", f"5 {CANARY}": ""}
    folder = write(tmp_path / "data", **tables)
    for form in ([], ["--json"], ["--github"]):
        code, text = call(folder, *form)
        assert code == 1
        assert CANARY not in text
    assert "column 9" in call(folder, "--json")[1]


@pytest.mark.parametrize("table", ["leads", "events", "outcomes", "lead_merges"])
@pytest.mark.parametrize(
    "content",
    [
        f"98765,2026-05-01,{CANARY},{CANARY}@x.example,{CANARY} vp\n" * 2,
        f"{CANARY},{CANARY},{CANARY}\n{CANARY},1,2\n",
        f"lead_id,{CANARY}@x,{CANARY}@x\n1,{CANARY},3\n",
        f"PK\x03\x04{CANARY}",
        f"SQLite format 3\0{CANARY}",
        f"{CANARY},\0\0\0\1\2",
    ],
)
def test_no_doubtful_header_and_no_binary_file_comes_out(
    tmp_path: Path, table: str, content: str
) -> None:
    folder = write(tmp_path / "data")
    (folder / f"{table}.csv").write_text(content)
    for form in ([], ["--json"], ["--github"]):
        code, text = call(folder, *form)
        assert (code, CANARY in text) == (1, False)
