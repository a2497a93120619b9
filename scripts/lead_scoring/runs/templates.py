"""What Jinja makes of a template is made once in a process, however often dbt asks for it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from dbt_common.clients.jinja import MacroFuzzEnvironment

# By the text of the template. Of one project these are some hundreds, of 3 MB together.
_COMPILED: dict[tuple[str, str | None, str | None], Any] = {}
_compile = MacroFuzzEnvironment.compile


@contextlib.contextmanager
def compiled_once() -> Iterator[None]:
    """Lets dbt take the code of a template that an earlier run of this process has met.

    Each run compiles the text of every model, macro and test anew: a fifth of a run of few rows.
    What comes of it depends on the text alone.
    """
    with patch.object(MacroFuzzEnvironment, "compile", _compile_once):
        yield


def _compile_once(
    environment: MacroFuzzEnvironment,
    source: Any,
    name: str | None = None,
    filename: str | None = None,
    raw: bool = False,
    defer_init: bool = False,
) -> Any:
    if raw or not isinstance(source, str):
        return _compile(environment, source, name, filename, raw, defer_init)
    key = (source, name, filename)
    if key not in _COMPILED:
        _COMPILED[key] = _compile(environment, source, name, filename)
    return _COMPILED[key]
