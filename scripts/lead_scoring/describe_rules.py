"""The command ./scripts/describe_rules: writes the pages of docs/reference/rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.curve_plot import drawn, plot_description, shows
from lead_scoring.decay_curves import read_curve
from lead_scoring.rule_files import RulesError
from lead_scoring.rule_pages import PLOT, rule_pages
from lead_scoring.rule_set import read_rule_set
from lead_scoring.rule_tables import read_rule_tables

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

PAGES = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rules"


def outdated(folder: Path) -> list[str]:
    """Returns the names of pages that are missing, differ or belong to no table any more."""
    return _outdated(folder, *_made())


def write_pages(folder: Path) -> list[str]:
    """Writes the pages that are outdated, removes those of no table; returns their names."""
    pages, plot = _made()
    changed = _outdated(folder, pages, plot)
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name == PLOT:
            (folder / name).write_text(drawn(plot), encoding="utf-8", newline="\n")
        elif name in pages:
            (folder / name).write_text(pages[name], encoding="utf-8", newline="\n")
        else:
            (folder / name).unlink()
    return changed


def _outdated(folder: Path, pages: dict[str, str], plot: dict[str, object]) -> list[str]:
    wrong = [name for name, text in pages.items() if _text(folder / name) != text]
    if not shows(_text(folder / PLOT), plot):
        wrong.append(PLOT)
    wanted = {*pages, PLOT}
    left_over = [path.name for path in folder.glob("*") if path.name not in wanted]
    return sorted(wrong + left_over)


def _made() -> tuple[dict[str, str], dict[str, object]]:
    rule_set = read_rule_set()
    curves = [read_curve(row) for row in rule_set.tables["decay_curves"]]
    return rule_pages(read_rule_tables(), rule_set), plot_description(curves)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@app.command()
def main(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a page is out of date.")
    ] = False,
    to: Annotated[
        Path,
        typer.Option(
            help="Folder of the pages.", file_okay=False, show_default="docs/reference/rules"
        ),
    ] = PAGES,
) -> None:
    """Writes a page for each rule table, the operators and the curves, from the seeds."""
    try:
        names = outdated(to) if check else write_pages(to)
    except RulesError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if check and names:
        typer.echo(f"Out of date: {', '.join(names)}. Run ./scripts/describe_rules.", err=True)
        raise typer.Exit(1)
    typer.echo("The pages are up to date." if not names else f"Written: {', '.join(names)}")


if __name__ == "__main__":
    app(prog_name="./scripts/describe_rules")
