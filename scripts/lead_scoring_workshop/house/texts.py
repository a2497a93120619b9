"""What is counted in the texts of .sql files: lines, and signs of Jinja."""

from __future__ import annotations

import re
from collections.abc import Iterable

_JINJA = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_MATERIALIZATION = re.compile(r"\{%-?\s*materialization\b")


def lines_of(texts: Iterable[str]) -> int:
    """Returns how many lines texts have together, blank ones included."""
    return sum(len(text.splitlines()) for text in texts)


def jinja_percent(texts: Iterable[str]) -> float:
    """Returns how many percent of all lines, blank ones included, hold a mark of Jinja.

    A mark begins or ends an expression, a statement or a comment; a line between the two counts as
    SQL. No line at all: 0.
    """
    lines = [line for text in texts for line in text.splitlines()]
    marked = sum(_JINJA.search(line) is not None for line in lines)
    return 100 * marked / len(lines) if lines else 0.0


def without_comments(text: str) -> str:
    """Returns a text without its Jinja comments: what they mention is not defined or called."""
    return _COMMENT.sub("", text)


def has_materialization(text: str) -> bool:
    """Returns whether a text defines a materialization."""
    return _MATERIALIZATION.search(without_comments(text)) is not None
