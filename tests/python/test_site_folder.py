"""The folder of a site: whole or not at all, the same from the same tables, nothing else lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from lead_scoring.databases import open_database
from lead_scoring.places import Places
from lead_scoring.review.trial import forget_trials, keep_trials, kept_trials
from lead_scoring.rules.rule_set import RuleSet, read_rule_set
from lead_scoring.site import pages
from lead_scoring.site.data_files import as_json, columns_of
from lead_scoring.site.folder import CONTENTS, NoSite, new_site
from lead_scoring.site.today import time_left
from review_sample import sample, write_evidence
from site_sample import NEWER_COLUMNS, write_published
from test_commands import call

Write = Callable[[Path], pages.Written]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up published database."""
    file = tmp_path_factory.mktemp("published") / "x.duckdb"
    write_published(file)
    return file


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The project's rules, read once: that takes longer than to write a site."""
    return read_rule_set()


@pytest.fixture
def write(database: Path, rules: RuleSet, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the site."""
    monkeypatch.setattr(pages, "recorded_rules", lambda *_: (rules, "some"))
    return lambda folder: pages.write_site(database, folder)


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_equal_tables_give_equal_bytes_and_a_site_takes_the_place_of_an_earlier_one(
    write: Write, tmp_path: Path
) -> None:
    written = write(tmp_path / "one")
    first = contents(tmp_path / "one")
    assert written.files == len(first)
    (tmp_path / "one" / "data" / "leads_0002.js").unlink()
    write(tmp_path / "one")
    assert contents(tmp_path / "one") == first
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    names = (tmp_path / "one" / CONTENTS).read_text().split()
    assert {name for name in names if "." in name} == set(first)
    texts = [(tmp_path / "one" / name).read_text("utf-8") for name in first]
    assert not any("@mail.example" in text for text in texts)  # of lead_contacts


def test_a_folder_with_anything_else_is_refused_and_stays(
    write: Write, database: Path, tmp_path: Path
) -> None:
    write(tmp_path / "site")
    (tmp_path / "site" / "data" / "thesis.txt").write_text("mine")
    with pytest.raises(NoSite, match=r"holds data/thesis\.txt, which no earlier site wrote"):
        write(tmp_path / "site")
    code, said = call("--to", tmp_path, "--database", database, command="site")
    assert code == 1
    assert "which no earlier site wrote. Name a new folder" in said
    assert (tmp_path / "site" / "data" / "thesis.txt").read_text() == "mine"


def test_what_fails_leaves_the_earlier_site_and_nothing_beside_it(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "site")
    before = contents(tmp_path / "site")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name == "made":
            raise OSError("Permission denied")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(pages, "copy_scripts", full)
        with pytest.raises(OSError, match="No space"):
            write(tmp_path / "site")
    assert contents(tmp_path / "site") == before
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refused)
        with pytest.raises(OSError, match="Permission denied"):
            write(tmp_path / "site")
    assert contents(tmp_path / "site") == before
    with pytest.raises(NoSite, match=r"holds thesis\.txt"), new_site(tmp_path / "site"):
        (tmp_path / "site" / "thesis.txt").write_text("came meanwhile")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_database_without_scores_is_told_in_a_sentence(tmp_path: Path) -> None:
    code, said = call(
        *("--to", tmp_path / "site", "--database", tmp_path / "none.duckdb"), command="site"
    )
    assert (code, "There is no database" in said) == (1, True)
    write_evidence(tmp_path / "other.duckdb", {})
    code, said = call(
        *("--to", tmp_path / "site", "--database", tmp_path / "other.duckdb"), command="site"
    )
    assert (code, "holds no scores of this version" in said) == (1, True)
    assert not (tmp_path / "site").exists()


def test_the_review_is_shown_once_one_came_to_its_end(
    write: Write, database: Path, tmp_path: Path
) -> None:
    page = tmp_path / "site" / "review.html"
    evidence = Places(database).evidence
    assert not write(tmp_path / "site").has_review
    assert "./scripts/lead-scoring review --to review.html" in page.read_text("utf-8")
    write_evidence(evidence, sample())
    assert not write(tmp_path / "site").has_review
    trial = {"scorecard": "one", "auc_before": 0.7}
    keep_trials(evidence, [trial])
    assert kept_trials(evidence) == [trial]
    keep_trials(evidence, [])
    assert write(tmp_path / "site").has_review
    assert "Does the score rank leads?" in page.read_text("utf-8")
    assert 'aria-current="page">Does it work?' in page.read_text("utf-8")
    forget_trials(evidence)
    assert kept_trials(evidence) is None


def test_texts_of_many_rows_are_written_once(database: Path) -> None:
    with open_database(database) as connection:
        found = columns_of(connection, _VALUES)
    assert found == {
        "rows": 4,
        "columns": {"word": {"words": ["a", "b"], "places": [1, -1, 0, 1]}, "id": list("wxyz")},
    }
    assert as_json(found).endswith('"id":["w","x","y","z"]}}')


_VALUES = "from (values ('b', 'w'), (null, 'x'), ('a', 'y'), ('b', 'z')) as found (word, id)"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (None, "-"),
        (0, "0 min"),
        (59, "59 min"),
        (60, "1 h"),
        (1501, "1 d 1 h"),
        (2881, "2 d 1 min"),
    ],
)
def test_time_that_is_left_in_words(minutes: int | None, words: str) -> None:
    assert time_left(minutes) == words


@pytest.mark.usefixtures("write")
def test_a_site_over_tables_of_an_earlier_version_and_without_leads_stands(
    tmp_path: Path,
) -> None:
    write_published(tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("delete from lead_scores")
        connection.execute("drop table lead_levers")
        for table, columns in NEWER_COLUMNS.items():
            for column in columns:
                connection.execute(f"alter table {table} drop column {column}")
    written = pages.write_site(tmp_path / "x.duckdb", tmp_path / "site")
    assert written.leads == 0
    assert "Nobody waits" in (tmp_path / "site" / "index.html").read_text("utf-8")
