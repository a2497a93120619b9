"""The macros of the project, and which files call them.

Files are a mapping from path to text. A generic test and a materialization are no macros here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lead_scoring_workshop.house.texts import without_comments

Files = Mapping[str, str]

_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\s*\((.*?)\{%-?\s*endmacro\b", re.DOTALL)
_DISPATCH = re.compile(r"\badapter\s*\.\s*dispatch\s*\(\s*['\"](\w+)['\"]")
_CALL = re.compile(r"\blead_scoring\.(\w+)(?=[\s(])")
# What dispatch puts before a name: default__, duckdb__, ...
_DATABASE = re.compile(r"^[a-z0-9]+__(?=[a-z])")


@dataclass(frozen=True)
class Macro:
    """A name that macros are called by, whatever databases it has a form of its own for."""

    name: str
    files: frozenset[str]  # where it or one of its forms is defined
    # It chooses a form by the database, or dbt or another macro chooses one of its forms.
    is_dispatched: bool


def macros_of(files: Files) -> list[Macro]:
    """Returns the macros that the files of a project define, by name."""
    places: dict[str, set[str]] = defaultdict(set)
    dispatched: set[str] = set()
    for path, text in files.items():
        for definition in _MACRO.finditer(without_comments(text)):
            name = _DATABASE.sub("", definition[1], count=1)
            places[name].add(path)
            forms = _DISPATCH.findall(definition[2])
            # dbt calls a form by itself where it is one of a macro of its own.
            if forms or name != definition[1]:
                dispatched |= {name, *forms}
    return [Macro(name, frozenset(places[name]), name in dispatched) for name in sorted(places)]


def calls_of(text: str) -> set[str]:
    """Returns the names that a text calls as macros of this project: `lead_scoring.name(`.

    The override of a macro in a unit test, `lead_scoring.name: value`, is no call.
    """
    return set(_CALL.findall(without_comments(text)))


def callers_of(macros: list[Macro], files: Files) -> dict[str, list[str]]:
    """Returns, for each macro, the files that call it, those aside that define it."""
    calls = {path: calls_of(text) for path, text in sorted(files.items())}
    return {
        macro.name: [
            path
            for path, called in calls.items()
            if macro.name in called and path not in macro.files
        ]
        for macro in macros
    }
