"""The code of dbt's templates, kept from process to process as Python keeps that of its modules."""

from __future__ import annotations

import contextlib
import importlib.util
import marshal
import os
import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

from dbt_common.clients.jinja import MacroFuzzEnvironment

from lead_scoring.project import PROJECT

Key = tuple[str, str, str | None, str | None]  # kind of code, text, name and file of the template

# Code is of one version of Python, and of what makes it.
MADE_BY = (importlib.util.MAGIC_NUMBER.hex(), *map(version, ("jinja2", "dbt-common")))
KEPT = PROJECT / "build" / "templates" / "-".join(MADE_BY)
# Of one project it is a thousand, of 3 MB together; beyond so many, most are of edited texts.
MOST = 5000
_compile = MacroFuzzEnvironment.compile


class CompiledTemplates:
    """Code by its template. A file that cannot be read or written is no obstacle."""

    def __init__(self, file: Path = KEPT) -> None:
        """Know where code is kept; it is read when it is first asked for."""
        self._file = file
        self._lock = threading.Lock()
        self._code: dict[Key, CodeType] | None = None

    def code(
        self,
        environment: MacroFuzzEnvironment,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        """Returns the code of a template: Jinja's own `Environment.compile`, once for each text."""
        if raw or not isinstance(source, str):
            return _compile(environment, source, name, filename, raw, defer_init)
        # What is rendered to values of Python has code of its own.
        key = (environment.code_generator_class.__name__, source, name, filename)
        known = self._known()
        if key not in known:
            known[key] = _compile(environment, source, name, filename)
        return known[key]

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Keeps what is compiled meanwhile for the processes to come."""
        before = len(self._known())
        yield
        known = self._known()
        if len(known) == before:
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            partly = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            partly.write_bytes(marshal.dumps(known if len(known) <= MOST else {}))
            partly.replace(self._file)

    def _known(self) -> dict[Key, CodeType]:
        with self._lock:
            if self._code is None:
                self._code = {}
                with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
                    self._code.update(marshal.loads(self._file.read_bytes()))
        return self._code
