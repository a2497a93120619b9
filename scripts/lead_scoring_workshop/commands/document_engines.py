"""The command workshop document engines: writes docs/reference/engines.md."""

from __future__ import annotations

from lead_scoring_workshop.engines.forms_page import PAGE, page

EXAMPLES = {"": "a test says when this was forgotten"}


def main() -> None:
    """Which macros have a form of their own for which engine, and why."""
    PAGE.write_text(page(), encoding="utf-8")
