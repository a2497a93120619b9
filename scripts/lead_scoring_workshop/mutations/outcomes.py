"""What queries gave, kept in a file, so that a long trial can be broken off and gone on with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path


class Outcomes:
    """A file with a line for each question that was answered."""

    def __init__(self, file: Path) -> None:
        """The file is made if absent."""
        file.touch()
        self._file = file
        lines = file.read_text(encoding="utf-8").splitlines()
        self._known = dict(line.split(" ", 1) for line in lines)

    def of(self, question: str, answer: Callable[[], str]) -> str:
        """Returns the answer to a question that holds all it depends on, looked for only once."""
        key = hashlib.sha256(question.encode()).hexdigest()
        if key not in self._known:
            self._known[key] = answer()
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(f"{key} {self._known[key]}\n")
        return self._known[key]
