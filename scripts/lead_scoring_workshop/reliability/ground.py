"""A published database that faults are tried on, and what is seen of it meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lead_scoring.places import places_of
from lead_scoring.published.versions import Version, current_version
from lead_scoring_workshop.reliability.commands import Command, Ended
from lead_scoring_workshop.reliability.seen import NotWhole, look


@dataclass(frozen=True)
class Fault:
    """What a fault did: what readers saw, how the command ended, and how the next run did."""

    name: str
    before: str
    during: str
    after: str
    code: int
    words: str
    next_code: int | None  # None: the next run was made once after several
    next_seen: str


class Ground:
    """A folder with input files and a published database."""

    def __init__(self, data: Path, database: Path) -> None:
        """data: input files that are right."""
        self.data, self.database = data, database

    @property
    def version(self) -> Version:
        """What is published."""
        found = current_version(places_of(self.database))
        if found is None:
            raise RuntimeError("Nothing is published.")
        return found

    def seen(self) -> str:
        """Returns the run that a reader sees, or what is wrong with it."""
        try:
            found = look(self.database)
        except (NotWhole, duckdb.Error, OSError) as error:
            return f"error: {error}"
        return found.run_id.split("-")[0] if found else "nothing"

    def start(
        self,
        *arguments: object,
        data: Path | None = None,
        environment: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
    ) -> Command:
        """Starts the command score."""
        given = ("--data", data or self.data, "--database", self.database)
        return Command.of("score", *given, *arguments, environment=environment, prefix=prefix)

    def try_fault(
        self,
        name: str,
        command: Callable[[], Command],
        meanwhile: Callable[[Command], None] = lambda _: None,
        mend: Callable[[], object] = lambda: None,
        *,
        again: bool = True,
    ) -> Fault:
        """Runs a command into a fault, then mends it and, if `again`, runs without it."""
        before = self.seen()
        during: set[str] = set()
        has_ended = threading.Event()

        def watch() -> None:
            while not has_ended.wait(0.5):
                during.add(self.seen())

        watcher = threading.Thread(target=watch)
        watcher.start()
        running = command()
        meanwhile(running)
        ended: Ended = running.ended()
        has_ended.set()
        watcher.join()
        after = self.seen()
        mend()
        following = self.start("--publish-anyway").ended().code if again else None
        return Fault(
            name,
            before,
            ", ".join(sorted(during)),
            after,
            ended.code,
            _short(ended.words),
            following,
            self.seen(),
        )


def _short(words: str) -> str:
    first = [line for line in words.splitlines() if line.strip()]
    return " ".join(first)[:400]
