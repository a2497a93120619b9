"""Rule tables in real runs: odd ones score alike, refused ones touch nothing, and the check
refuses at least what the model invalid_rules would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lead_scoring.demo.files import generate
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.files import SEEDS
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed
from rule_files.broken import broken_files, broken_rows
from rule_files.changes import good_files, with_columns, write
from rule_files.loading import RuleModels, invalid_rules
from rule_files.mangled import MANGLED
from rule_files.odd import in_capitals, in_quotes, upside_down, with_blanks, without_notes
from runs import KEYS, read_tables
from worlds.compiled import Compiled

MARK = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("rule_runs")
    generate(made / "data", leads=200, events=5000)
    return made


@pytest.fixture(scope="module")
def database(folder: Path) -> Path:
    """A run by the good tables."""
    rules = write(good_files(), folder / "good")
    with runner.keeping_artifacts():
        return run(folder, rules, folder / "scores.duckdb")


def run(folder: Path, rules: Path, database: Path) -> Path:
    result = runner.score(
        data=folder / "data",
        rules=rules,
        as_of="2026-06-30T12:00:00Z",
        database=database,
        with_tests=False,
    )
    return result.database


def scores(database: Path) -> dict[str, list[str]]:
    """The rows of the public tables, in lower case: labels are shown as the rules write them.

    The fingerprint of the rules is left out: it may tell one spelling from another.
    """
    return {
        name: sorted(
            str(
                (key, sorted(item for item in row.items() if item[0] != "rules_fingerprint"))
            ).lower()
            for key, row in table.items()
        )
        for name, table in read_tables(database).items()
    }


def digests(folder: Path) -> Mapping[str, str]:
    """A digest of every file below a folder."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_odd_tables_give_equal_scores(folder: Path, database: Path) -> None:
    changes: list[Callable[[bytes], bytes]] = [
        in_quotes,
        with_blanks,
        upside_down,
        in_capitals,
        without_notes,
        lambda content: with_columns(content, sorted),
        lambda content: MARK + content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"\n", b"\r"),
        lambda content: MARK + in_quotes(with_columns(upside_down(content), sorted)),
    ]
    files = {
        name: changes[number % len(changes)](content)
        for number, (name, content) in enumerate(good_files().items())
    }
    models = Compiled(database, database.with_suffix(".run"))
    odd = write(files, folder / "odd")
    (folder / "run").mkdir()
    again = models.build(folder / "data", odd, folder / "run" / "scores.duckdb", *KEYS)
    expected, found = scores(database), scores(again)
    assert expected["score_reasons"]
    for name, rows in expected.items():
        assert found[name] == rows, name


def test_a_refused_file_leaves_every_byte_as_it_was(folder: Path, database: Path) -> None:
    before = digests(folder)
    for mangled in MANGLED[:: len(MANGLED) // 5]:
        rules = write(good_files() | dict(mangled.files), folder / "refused" / mangled.name)
        with pytest.raises(RunFailed, match="nothing was changed"):
            run(folder, rules, database)
    after = digests(folder)
    assert {name: after[name] for name in before} == before
    assert all(name in before or "/refused/" in name for name in after)


def test_the_check_names_every_row_that_the_model_would_name(folder: Path, database: Path) -> None:
    """Tables with many wrong rows, loaded past the check, so that the model speaks of them."""
    files = broken_files()
    found = {
        (finding.file.name, finding.row)
        for finding in check_folder(write(files, folder / "broken"))
    }
    count = 0
    for name, content in files.items():
        rows = content.decode().splitlines()
        broken = broken_rows(name.removesuffix(".csv"))
        count += len(broken)
        first = len(rows) - len(broken) + 1
        missed = [row for number, row in enumerate(broken, first) if (name, number) not in found]
        assert not missed, name
    # What a folder lacks is the project's own.
    seeds = {path.name: path.read_bytes() for path in SEEDS.glob("lead_scoring__prediction*.csv")}
    seeds |= {f"lead_scoring__{name}": content for name, content in files.items()}
    models = RuleModels(database.with_suffix(".run"))
    assert len(invalid_rules(models.load(write(seeds, folder / "seeds")))) >= count
