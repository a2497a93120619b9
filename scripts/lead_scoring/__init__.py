"""Scores leads: thin Python around dbt, which does the scoring.

What the commands do can be called from Python too, with typed results:

    from lead_scoring import Options, score
    published = score(Options(data=Path("my_folder")))

Each name is imported when it is asked for: dbt takes seconds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lead_scoring.data.checks import check_folder as check_data
    from lead_scoring.delivery.export import export
    from lead_scoring.preview.preview import preview as preview_rules
    from lead_scoring.published.scored_run import Options
    from lead_scoring.published.scored_run import score_and_publish as score
    from lead_scoring.rules.checks import check_folder as check_rules
    from lead_scoring.rules.importing.import_rules import import_rules

__all__ = [
    "Options",
    "check_data",
    "check_rules",
    "export",
    "import_rules",
    "preview_rules",
    "score",
]

_WHERE = {
    "Options": ("published.scored_run", "Options"),
    "check_data": ("data.checks", "check_folder"),
    "check_rules": ("rules.checks", "check_folder"),
    "export": ("delivery.export", "export"),
    "import_rules": ("rules.importing.import_rules", "import_rules"),
    "preview_rules": ("preview.preview", "preview"),
    "score": ("published.scored_run", "score_and_publish"),
}


if not TYPE_CHECKING:  # a checker of types is to know the names above, and no others

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(f"lead_scoring has no {name}.")
        module, attribute = _WHERE[name]
        return getattr(import_module(f"lead_scoring.{module}"), attribute)
