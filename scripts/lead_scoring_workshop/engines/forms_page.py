"""The page docs/reference/engines.md: what differs between engines, from the macros that hold it.

`./scripts/workshop document engines` writes it; a test says when that was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from lead_scoring.project import PROJECT

MACROS = PROJECT / "macros" / "adapters"
PAGE = PROJECT / "docs" / "reference" / "engines.md"
TEXT = Path(__file__).with_name("forms_page.md")
ENGINES: Mapping[str, str] = {
    "default": "every engine",
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
    "spark": "Spark",
    "snowflake": "Snowflake",
    "bigquery": "BigQuery",
    "redshift": "Redshift",
}
_FORM = re.compile(
    r"(?:\{#-(?P<why>(?:(?!#\}).)*?)-?#\}\s*)?\{% macro (?P<engine>\w+?)__(\w+)\(", re.S
)


@dataclass(frozen=True)
class Differing:
    """A macro that is written in other words for some engines."""

    name: str
    meaning: str  # the first sentence of its comment
    example: str  # a call
    forms: Mapping[str, str]  # engine -> why it has a form of its own, '' for the default


def differing_macros() -> Iterator[Differing]:
    """Yields the macros that engines have forms of, by name; one of a single form is none."""
    for path in sorted(MACROS.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        forms = {
            # the comment of the file itself is about what all forms do
            match["engine"]: " ".join((match["why"] or "").split()) if match.start() else ""
            for match in _FORM.finditer(text)
            if match["engine"] in ENGINES
        }
        if len(forms) > 1 or set(forms) - {"default"}:
            comment = " ".join(text[3 : text.index("#}")].strip("- ").split())
            call = re.search(r"Call: (.*?)(?:\. Out:|\.? *$)", comment)
            yield Differing(
                path.stem,
                re.split(r"(?<=[a-z)])[.:;] ", comment)[0].rstrip(".") + ".",
                call[1].strip() if call else "",
                forms,
            )


def page() -> str:
    """Returns the text of the page."""
    macros = list(differing_macros())
    rows = ["| macro | what it means | example | its own form |", "| --- | --- | --- | --- |"]
    for macro in macros:
        own = "<br>".join(
            f"{ENGINES[engine]}: {why}" if why else ENGINES[engine]
            for engine, why in macro.forms.items()
            if engine != "default"
        )
        example = macro.example.replace("|", "\\|")
        rows.append(f"| `{macro.name}` | {macro.meaning} | `{example}` | {own} |")
    text = Template(TEXT.read_text(encoding="utf-8"))
    return text.substitute(count=len(macros), macros="\n".join(rows))
