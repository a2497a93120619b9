"""Fills a template: each page is one file that needs nothing else, no network and no script."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lead_scoring.terminal import shown

TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, **values: object) -> str:
    """Returns the page that a template of the folder makes of these values.

    All text is escaped, and rid of characters that do not show: ids, rules and reasons are other
    people's words. A value that the template names and does not get raises UndefinedError.
    """
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _printable(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return shown(value).plain
    return value
