"""dbt without what it makes again and again, or for nobody.

A run of few rows spends most of its time in dbt. What is kept here depends on what it is kept by,
and on nothing else.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dbt.adapters.base import BaseAdapter, BaseRelation
from dbt.clients.jinja import MacroGenerator
from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
from dbt.context.providers import generate_runtime_macro_context
from dbt_common.clients import agate_helper
from dbt_common.clients.jinja import MacroFuzzEnvironment
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.utils.encoding import JSONEncoder

from lead_scoring.runs.compiled_templates import CompiledTemplates
from lead_scoring.runs.progress import FOLLOWED_EVENTS

_TEMPLATES = CompiledTemplates()
# Where dbt hands its adapter the function that makes the surroundings of a macro.
_PLACES = ("dbt.cli.requires", "dbt.parser.manifest")
_fire_event = EventManager.fire_event
_begin_event = BaseEvent.__init__
_matches = BaseAdapter._make_match
# Where dbt writes what it has read and done.
_WRITERS = ("dbt.artifacts.schemas.base", "dbt.artifacts.schemas.run.v5.run")
# What a statement without rows gives. Nobody can change it.
_NO_ROWS = agate_helper.empty_table()


@contextlib.contextmanager
def lean_dbt() -> Iterator[None]:
    """Lets dbt take the code of a template, and the names that a macro sees, that are there.

    Each process compiles the text of every model, macro and test anew: a seventh of a run of few
    rows. And for every table that it renames or drops it gathers all macros by name: a seventh.
    Thirty times for each model it puts into words what it does, whether or not a log takes them: a
    tenth. It writes its artifacts a word at a time: another tenth. For each relation that it asks
    for it compares all that there are, for each statement without rows it makes the parsers of
    dates, and for each node it names all macros one by one.
    """
    surroundings: dict[tuple[int, str, str | None], dict[str, Any]] = {}

    def surroundings_of(
        macro: Any, config: Any, manifest: Any, package_name: str | None
    ) -> dict[str, Any]:
        # Results of queries are kept among the names: each thread has its own.
        key = (threading.get_ident(), macro.unique_id, package_name)
        if key not in surroundings:
            surroundings[key] = generate_runtime_macro_context(
                macro, config, manifest, package_name
            )
        return surroundings[key]

    with contextlib.ExitStack() as stack:
        stack.enter_context(_TEMPLATES.kept())
        # A log on a full disk: Python would show its own stack for each line that is lost.
        stack.enter_context(patch.object(logging, "raiseExceptions", False))
        stack.enter_context(patch.object(MacroFuzzEnvironment, "compile", _compile_once))
        for place in _PLACES:
            stack.enter_context(patch(f"{place}.{generate_runtime_macro_context.__name__}",
                                      surroundings_of))  # fmt: skip
        stack.enter_context(patch.object(EventManager, "fire_event", _fire_what_is_read))
        stack.enter_context(patch.object(MacroNamespaceBuilder, "build_namespace", _macros_by_name))
        stack.enter_context(patch.object(BaseEvent, "__init__", _keep_words))
        stack.enter_context(patch.object(BaseEvent, "pb_msg", _MESSAGE, create=True))
        stack.enter_context(patch.object(BaseAdapter, "_make_match", _match_of_its_name))
        stack.enter_context(patch.object(agate_helper, "empty_table", lambda: _NO_ROWS))
        for writer in _WRITERS:
            stack.enter_context(patch(f"{writer}.write_json", _write_at_once))
        yield


class _Names(MacroNamespace):  # type: ignore[misc]
    """The macros that a node sees, by name: looked up once for all names, not name by name."""

    def __init__(self, **packages: Any) -> None:
        super().__init__(**packages)
        self._found: dict[str, Any] = {}
        for names in reversed(list(self._search_order())):
            self._found.update(names)

    def keys(self) -> Any:
        return self._found.keys()

    def __getitem__(self, key: str) -> Any:
        return self._found[key]


def _macros_by_name(
    builder: MacroNamespaceBuilder, macros: Mapping[str, Mapping[str, Any]], names: dict[str, Any]
) -> MacroNamespace:
    node, stack = builder.node, builder.thread_ctx
    made = {
        package: {name: MacroGenerator(macro, names, node, stack) for name, macro in own.items()}
        for package, own in macros.items()
    }
    internal: dict[str, Any] = {}
    for package in reversed(builder.internal_package_names_order):
        internal.update(made.pop(package, {}))
    local = made.get(builder.search_package, {})
    is_root = builder.search_package == builder.root_package
    return _Names(
        global_namespace={} if is_root else made.get(builder.root_package, {}),
        local_namespace=local,
        global_project_namespace=internal,
        packages=made,
    )


def _compile_once(environment: MacroFuzzEnvironment, source: Any, *further: Any) -> Any:
    return _TEMPLATES.code(environment, source, *further)


def _fire_what_is_read(
    manager: EventManager,
    event: BaseEvent,
    level: EventLevel | None = None,
    node: Any = None,
    force_warn_or_error_handling: bool = False,
) -> None:
    is_read = (
        (level or event.level_tag()) != EventLevel.DEBUG
        or type(event).__name__ in FOLLOWED_EVENTS
        or any(logger.level == EventLevel.DEBUG for logger in manager.loggers)
    )
    if is_read:
        _fire_event(manager, event, level, node, force_warn_or_error_handling)


def _keep_words(event: BaseEvent, *arguments: Any, **named: Any) -> None:
    vars(event)["words"] = (arguments, named)


def _message(event: BaseEvent) -> Any:
    """The message of an event, made when somebody first reads it: of most nobody does."""
    if "pb_msg" not in vars(event):
        arguments, named = vars(event)["words"]
        _begin_event(event, *arguments, **named)
    return vars(event)["pb_msg"]


_MESSAGE = property(_message, lambda event, message: vars(event).update(pb_msg=message))


def _match_of_its_name(
    adapter: BaseAdapter,
    relations: Sequence[BaseRelation],
    database: str,
    schema: str,
    identifier: str,
) -> list[BaseRelation]:
    """dbt's own search, among those alone whose name is that one but for quotes and case."""
    name = identifier.lower().strip('"`')
    near = [each for each in relations if str(each.identifier).lower().strip('"`') == name]
    return list(_matches(adapter, near, database, schema, identifier))


def _write_at_once(path: str, content: Mapping[str, Any]) -> bool:
    """Writes an artifact as dbt does, but the whole text at once."""
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(content, cls=JSONEncoder), encoding="utf-8")
    return True
