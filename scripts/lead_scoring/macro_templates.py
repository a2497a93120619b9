"""Jinja as far as dbt has changed it: a macro may return a value."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator, Frame, MacroRef


class _Returned(Exception):
    """Carries what a macro returns to whoever called it, as in dbt."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


def return_value(value: Any = None) -> None:
    """Is what `return` means in a macro."""
    raise _Returned(value)


class _ReturningMacros(CodeGenerator):
    """Writes macros that can return a value to whoever calls them, as dbt's can."""

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.returning(")
        super().macro_def(macro_ref, frame)
        self.write(")")


class _Environment(jinja2.Environment):
    code_generator_class = _ReturningMacros

    @staticmethod
    def returning(macro: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            try:
                return macro(*arguments, **named)
            except _Returned as returned:
                return returned.value

        return called


def environment() -> jinja2.Environment:
    """Returns Jinja as dbt sets it up."""
    return _Environment(
        extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined, autoescape=False
    )


@cache
def compiled(path: Path, changed_at: int) -> CodeType:
    """Returns a file as Jinja compiles it, which takes longer than to render it."""
    return environment().compile(path.read_text(encoding="utf-8"))
