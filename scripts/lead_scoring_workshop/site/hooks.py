"""What MkDocs calls while it builds the site: adds the pages that are made of the code."""

from __future__ import annotations

from typing import Any

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from lead_scoring.commands.app import app
from lead_scoring.project import called
from lead_scoring_workshop.site.command_pages import command_pages
from lead_scoring_workshop.site.table_pages import table_pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages of commands and tables, and lists in the navigation what a folder holds."""
    for path, text in {
        **command_pages(typer.main.get_command(app), called("")),
        **table_pages(),
    }.items():
        files.append(File.generated(config, path, content=text))
    pages = [file.src_uri for file in files.documentation_pages()]
    config.nav = _listed(config.nav, sorted(pages))
    return files


def _listed(entry: Any, pages: list[str]) -> Any:
    """Returns the navigation with the pages of a folder, its index first, for the folder's name."""
    if isinstance(entry, list):
        return [_listed(one, pages) for one in entry]
    if isinstance(entry, dict):
        return {title: _listed(one, pages) for title, one in entry.items()}
    if not str(entry).endswith("/"):
        return entry
    inside = [page for page in pages if page.startswith(entry)]
    return sorted(inside, key=lambda page: not page.endswith(("/index.md", "/README.md")))
