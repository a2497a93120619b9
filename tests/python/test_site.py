"""The docs: what is made of the code is whole, and what is written by hand names what there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import pytest
import typer
import yaml
from typer.core import TyperGroup

from lead_scoring.commands.app import app
from lead_scoring.project import PROJECT, called
from lead_scoring_workshop.site.command_pages import command_pages
from lead_scoring_workshop.site.table_pages import table_pages

DOCS = PROJECT / "docs"
VAR = re.compile(
    r"""\bvar\(['"](lead_scoring_\w+)['"](?:,\s*(\[[^()]*\]|'[^']*'|"[^"]*"|\w+))?\)"""
)
QUOTES = "'\""
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# Folders and files that name pages of the docs in comments and messages.
NAMING = ("models", "macros", "seeds", "scripts", "tests", "profiles.yml", "integration_tests")
NAMED = re.compile(r"(?<![\w/])docs/[\w./-]*[\w-]")


@pytest.fixture(scope="module")
def commands() -> dict[str, str]:
    return command_pages(typer.main.get_command(app), called(""))


@pytest.fixture(scope="module")
def tables() -> dict[str, str]:
    return table_pages()


def small_app() -> TyperGroup:
    """A command of commands, one of them within a group."""
    app, group = typer.Typer(), typer.Typer()

    @app.callback()
    def nothing() -> None:
        pass

    @group.command(
        epilog="\b\nExamples:\n  small check rules my_rules  # looks\n\nExit codes: 0, 1."
    )
    def rules(
        folder: Annotated[Path, typer.Argument(help="Folder | of <rules>.")],
        most: Annotated[int, typer.Option(metavar="N", help="At most.", envvar="MOST")] = 3,
    ) -> None:
        """Looks at rules.

        All of them.
        """

    app.add_typer(group, name="check")
    group.callback()(lambda: None)
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def test_a_command_within_a_group_has_a_page_with_all_of_its_help() -> None:
    pages = command_pages(small_app(), "small ")
    page = pages["reference/commands/check_rules.md"]
    assert page.startswith("# check rules\n\nLooks at rules.\n\nAll of them.\n")
    assert "small check rules [OPTIONS]" in page
    assert "Folder \\| of &lt;rules>." in page
    assert re.search(r"^\| `--most.*N` \| At most\. \| env var: MOST; default: 3 \|$", page, re.M)
    assert "```bash\nsmall check rules my_rules  # looks\n```\n\nExit codes: 0, 1.\n" in page
    index = pages["reference/commands/index.md"]
    assert "| [`check rules`](check_rules.md) | Looks at rules. |" in index


def test_every_command_has_a_page_with_every_option(commands: dict[str, str]) -> None:
    assert len(commands) > 10
    for path, page in commands.items():
        assert str(PROJECT) not in page, path
        if not path.endswith("index.md"):
            assert f"]({Path(path).name})" in commands["reference/commands/index.md"]
            assert "| option | meaning | default |" in page


def test_every_public_table_has_a_page_with_every_column(tables: dict[str, str]) -> None:
    models = {
        path.stem
        for folder in ("marts", "evidence")
        for path in (PROJECT / "models" / folder).glob("*.sql")
    }
    assert set(tables) == {f"reference/tables/{name}.md" for name in (*models, "index")}
    for path in (PROJECT / "models" / "marts").glob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            page = tables[f"reference/tables/{model['name']}.md"]
            assert re.search(r"^No two rows are alike in `", page, re.M), model["name"]
            assert [column["name"] for column in model["columns"]] == re.findall(
                r"^\| `(\w+)` \| ", page, re.M
            )
    assert not any("doc(" in page for page in tables.values())


def test_tests_of_a_table_are_said_of_its_columns_and_rows(tables: dict[str, str]) -> None:
    page = tables["reference/tables/lead_scores.md"]
    assert "No two rows are alike in `lead_id` and `as_of`." in page
    assert re.search(r"^\| `lead_id` \| string \| never \| ", page, re.M)
    assert "- `total_score between 0 and 100`" in page
    assert "- `status` is one of `open`, `won`, `lost`, `disqualified`" in page


def test_every_var_stands_in_the_settings_with_its_default() -> None:
    settings = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = [line for line in settings.splitlines() if line.startswith("| `lead_scoring_")]
    tools = {f"lead_scoring_{path.name}" for path in (PROJECT / "models" / "connectors").iterdir()}
    found = set()
    for folder in ("macros", "models", "tests"):
        for path in (PROJECT / folder).rglob("*.sql"):
            for name, default in VAR.findall(path.read_text(encoding="utf-8")):
                found.add(name)
                row = next((row for row in rows if f"`{name}`" in row), "")
                assert row or name in tools, name
                if default not in ("", "none"):
                    assert f"`{default.strip(QUOTES)}`" in row, (name, default)
    assert len(found) > 20


def test_every_decision_is_listed() -> None:
    folder = DOCS / "explanation" / "decisions"
    headings = {
        path.name: path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        for path in sorted(folder.glob("0*.md"))
    }
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", (folder / "README.md").read_text(), re.M)
    assert [(heading, name) for name, heading in headings.items()] == listed


def test_links_of_the_pages_beside_the_docs_lead_somewhere() -> None:
    """MkDocs looks at those of the docs themselves."""
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for link in LINK.findall((PROJECT / name).read_text(encoding="utf-8")):
            assert "://" in link or (PROJECT / link).exists(), (name, link)


def test_the_tutorial_prints_what_the_readme_prints() -> None:
    """Both show the demo's run; the tutorial tells more of its inputs."""
    printed = [
        set(re.findall(r"^.+$", "".join(re.findall(r"```text\n(.*?)```", text, re.S)), re.M))
        for text in (
            (PROJECT / "README.md").read_text(encoding="utf-8"),
            (DOCS / "tutorial" / "first_score.md").read_text(encoding="utf-8"),
        )
    ]
    run = {line for line in printed[0] if not line.startswith("rule_id,")}
    run -= {line for line in run if line.startswith("demo_requested,")}
    assert len(run) > 15
    assert not run - printed[1]


def test_pages_that_code_names_are_there() -> None:
    for name in NAMING:
        place = PROJECT / name
        for path in place.rglob("*") if place.is_dir() else [place]:
            if path.suffix in (".sql", ".yml", ".py", ".md", ""):
                text = path.read_text(encoding="utf-8") if path.is_file() else ""
                for page in NAMED.findall(text):
                    assert (PROJECT / page).exists(), (path, page)


def test_the_site_needs_nothing_from_elsewhere() -> None:
    settings = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "://" not in settings
    assert "font: false" in settings
