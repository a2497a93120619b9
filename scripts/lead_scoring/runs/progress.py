"""Shows on the terminal how far a dbt run has come."""

from __future__ import annotations

import os
import threading
from types import TracebackType
from typing import Any

import rich.progress
from rich.console import Console
from rich.table import Column

# Those of dbt that are looked at here.
FOLLOWED_EVENTS = ("ConcurrencyLine", "NodeStart", "NodeFinished")


class _Lasting(Console):
    """A console that falls silent where nobody reads it any more.

    rich would leave the thread that writes. That is one of dbt's, and dbt would wait for it for
    ever, with the lock held.
    """

    def on_broken_pipe(self) -> None:
        """Goes on without words: the run matters more than who looks at it."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(
            nowhere, self.file.fileno()
        )  # what else is said there, and what waits to be written
        os.close(nowhere)


class Progress:
    """A bar where there is a terminal, else a line at each tenth; nothing unless it is shown.

    Its method `follow` is a callback for dbt's events. A context manager.
    """

    def __init__(self, is_shown: bool) -> None:
        """Makes a progress that is drawn on the standard error, or not at all."""
        self._console = _Lasting(stderr=True, quiet=not is_shown)
        self._bar = rich.progress.Progress(
            rich.progress.TextColumn("{task.description}"),
            rich.progress.BarColumn(bar_width=24),
            rich.progress.MofNCompleteColumn(),
            rich.progress.TimeElapsedColumn(),
            rich.progress.TextColumn("{task.fields[node]}", table_column=Column(no_wrap=True)),
            console=self._console,
            transient=True,
            disable=not (is_shown and self._console.is_terminal),
        )
        self._task = self._bar.add_task("Preparing", total=None, node="")
        self._lock = threading.Lock()  # dbt calls from all its threads
        self._total = 0
        self._done = 0

    def __enter__(self) -> Progress:
        """Starts to draw."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Takes the bar away."""
        self._bar.stop()

    def follow(self, event: Any) -> None:
        """Takes one event of dbt and draws what it changes."""
        name = event.info.name
        if name == "ConcurrencyLine":
            self._total = event.data.node_count
            self._bar.update(self._task, description="Scoring", total=self._total)
        elif name == "NodeStart":
            self._bar.update(self._task, node=event.data.node_info.node_name)
        elif name == "NodeFinished":
            with self._lock:
                self._done += 1
                done = self._done
            self._bar.update(self._task, completed=done)
            is_tenth = done * 10 // self._total > (done - 1) * 10 // self._total
            if is_tenth and not self._console.is_terminal:
                self._console.print(f"Scoring: {done} of {self._total} steps done")
