"""Commands of the project as processes of their own: run to their end, or killed at an instant."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lead_scoring.project import PROJECT

LONGEST = 900  # seconds that any command may take


@dataclass(frozen=True)
class Ended:
    """How a command ended. code: negative, the signal. words: what it said on standard error."""

    code: int
    words: str
    seconds: float


class Command:
    """A running command, in a process group of its own."""

    def __init__(
        self, *words: object, project: Path = PROJECT, environment: Mapping[str, str] | None = None
    ) -> None:
        """project: the checkout whose code runs."""
        self._started = time.monotonic()
        clean = {name: value for name, value in os.environ.items() if "LEAD_SCORING" not in name}
        clean |= {"PYTHONPATH": str(project / "scripts"), **(environment or {})}
        self._process = subprocess.Popen(
            [str(word) for word in words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=clean,
            start_new_session=True,
        )

    @classmethod
    def of(
        cls,
        name: str,
        *arguments: object,
        project: Path = PROJECT,
        environment: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
    ) -> Command:
        """Starts a command by its name, of one or two words. prefix: what starts it."""
        words = (*prefix, sys.executable, "-m", "lead_scoring", *name.split(), *arguments)
        return cls(*words, project=project, environment=environment)

    @property
    def runs(self) -> bool:
        """Tells whether it has not ended."""
        return self._process.poll() is None

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Waits until a condition holds or the command has ended."""
        while self.runs and not condition():
            time.sleep(0.01)

    def kill(self) -> Ended:
        """Kills the whole process group, as nothing can prevent."""
        if self.runs:
            os.killpg(self._process.pid, signal.SIGKILL)
        return self.ended()

    def ended(self) -> Ended:
        """Waits for its end."""
        _, errors = self._process.communicate(timeout=LONGEST)
        words = errors.decode(errors="replace")
        lines = [line for line in words.splitlines() if not line.startswith("Scoring: ")]
        seconds = time.monotonic() - self._started
        return Ended(self._process.returncode, "\n".join(lines).strip(), seconds)
