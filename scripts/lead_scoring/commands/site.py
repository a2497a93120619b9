"""The command lead-scoring site: writes a static site over the published tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending, print_json
from lead_scoring.databases import DatabaseError
from lead_scoring.private_files import cleaned_up
from lead_scoring.project import DATABASE
from lead_scoring.rules.files import RulesError
from lead_scoring.site.folder import NoSite
from lead_scoring.site.pages import write_site
from lead_scoring.terminal import console

EXAMPLES = {
    "--to site": "of the latest run; open site/index.html",
    "--to team_site --with-contacts": "with names and e-mail addresses, which every page says",
}


def main(
    to: Annotated[
        Path,
        typer.Option(
            metavar="DIR", file_okay=False, help="Folder to write; an earlier site is replaced."
        ),
    ],
    with_contacts: Annotated[
        bool,
        typer.Option("--with-contacts", help="Show names and e-mail addresses of leads too."),
    ] = False,
    rules: given.Rules = None,
    database: given.Database = DATABASE,
    as_json: given.AsJson = False,
) -> None:
    """Pages that open from disk or from any web server, without the network, and need no program
    but a browser. Written whole or not at all.

    Whether the score works stands there once a review has been made of the same database.
    """
    with cleaned_up(), ending({DatabaseError: 1, RulesError: 1, NoSite: 1, OSError: 1}):
        written = write_site(database, to, rules=rules, with_contacts=with_contacts)
    if as_json:
        print_json({"page": to / "index.html", **vars(written)})
        return
    whose = "with names and e-mail addresses" if with_contacts else "without personal data"
    console().print(
        f"{written.leads:,} leads and {written.accounts:,} accounts, {whose}, in"
        f" {written.files:,} files of {written.bytes / 1e6:,.1f} MB.\nOpen {to / 'index.html'}",
        soft_wrap=True,
    )
