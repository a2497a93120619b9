"""Writes every page of the site."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from lead_scoring.pages.rendering import render
from lead_scoring.places import Places
from lead_scoring.private_files import private_files
from lead_scoring.project import called
from lead_scoring.review.figures import (
    Figures,
    predictions_of_run,
    read_figures,
)
from lead_scoring.review.likelihoods import sections as of_predictions
from lead_scoring.review.pages import MOST_OPEN_ROWS, as_page
from lead_scoring.review.trial import kept_trials
from lead_scoring.rules.rule_set import RuleSet
from lead_scoring.rules.sentences import Section, chosen_scorecards, explain_scorecard
from lead_scoring.site.accounts import write_accounts
from lead_scoring.site.folder import copy_scripts, new_site
from lead_scoring.site.inputs import input_tables, input_tiles
from lead_scoring.site.leads import write_leads
from lead_scoring.site.likelihoods import shown_predictions
from lead_scoring.site.lists import (
    ACCOUNTS,
    FILTERS_OF_ACCOUNTS,
    FILTERS_OF_LEADS,
    LEADS,
    of_data,
)
from lead_scoring.site.published import published, scored_at
from lead_scoring.site.recorded_rules import recorded_rules
from lead_scoring.site.today import write_handoffs
from lead_scoring.terminal import shown

LAYOUT = "site/layout.html.jinja"
BROWSER = Path(__file__).with_name("browser")


@dataclass(frozen=True)
class Shell:
    """What stands around every page. page: its file; rules: how those of the run are called."""

    pages: ClassVar[dict[str, str]] = {
        "index.html": "Today",
        "leads.html": "Leads",
        "accounts.html": "Accounts",
        "review.html": "Does it work?",
        "rules.html": "Rules",
        "data.html": "Data",
    }
    page: str
    as_of: str
    rules: str
    with_contacts: bool

    @property
    def found_by(self) -> str:
        """What the search for leads looks at."""
        return "id, account, name, e-mail" if self.with_contacts else "id or account"


@dataclass(frozen=True)
class Written:
    """What a site holds."""

    leads: int
    accounts: int
    files: int
    bytes: int
    has_review: bool


def write_site(
    database: Path, target: Path, *, rules: Path | None = None, with_contacts: bool = False
) -> Written:
    """Writes the site over a published database into a folder, whole or not at all.

    rules: the folder of rule tables that runs use, for what of them is not on record.
    with_contacts: with names and e-mail addresses of leads; the files are then the owner's alone.
    Equal databases give equal bytes. Raises DatabaseError, RulesError, NoSite, OSError.
    """
    with ExitStack() as stack:
        if with_contacts:
            stack.enter_context(private_files())
        site = stack.enter_context(new_site(target))
        connection = stack.enter_context(published(database, with_contacts=with_contacts))
        rule_set, name = recorded_rules(connection, rules)
        as_of = scored_at(connection)

        def shell(file: str) -> Shell:
            return Shell(file, shown(as_of).plain, name, with_contacts)

        def write(file: str, template: str, **values: object) -> None:
            page = render(f"site/{template}.html.jinja", shell=shell(file), **values)
            (site / file).write_text(page, encoding="utf-8")

        predictions = shown_predictions(connection, rules, site)
        leads = write_leads(connection, rule_set, predictions, site)
        accounts = write_accounts(connection, site)
        write("index.html", "today", **write_handoffs(connection, site))
        of_leads = of_data(leads, LEADS, FILTERS_OF_LEADS)
        write("leads.html", "leads", predictions=predictions, **of_leads)
        write("lead.html", "lead")
        write("accounts.html", "accounts", **of_data(accounts, ACCOUNTS, FILTERS_OF_ACCOUNTS))
        write("rules.html", "rules", scorecards=_scorecards(rule_set))
        tiles, tables = input_tiles(connection), input_tables(connection)
        write("data.html", "data", tiles=tiles, tables=tables)
        cards = {one.name: one.card for one in predictions if one.card is not None}
        figures = _review(database, cards)
        if figures is None:
            how = called("review --to review.html")
            sections = of_predictions(predictions_of_run(database, cards))
            said = {"sections": sections, "most_open_rows": MOST_OPEN_ROWS}
            write("review.html", "review", how=how, **said)
        else:
            page = as_page(figures, LAYOUT, shell=shell("review.html"))
            (site / "review.html").write_text(page, encoding="utf-8")
        copy_scripts(BROWSER, site)
        files = [path for path in site.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    return Written(leads["rows"], accounts["rows"], len(files) + 1, size, figures is not None)


def _scorecards(rules: RuleSet) -> dict[str, list[Section]]:
    return {name: explain_scorecard(rules, name) for name in chosen_scorecards(rules, None)}


def _review(database: Path, cards: Mapping[str, str]) -> Figures | None:
    """The figures of a review that came to its end; None: there is none."""
    evidence = Places(database).evidence
    tried = kept_trials(evidence)
    if tried is None:
        return None
    return replace(read_figures(evidence, database).with_trials(tried), cards=cards)
