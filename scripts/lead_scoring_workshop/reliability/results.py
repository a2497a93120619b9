"""What was tried, one JSON line each, so that a long trial can be broken off and gone on with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Results:
    """A folder with a file per kind of trial."""

    def __init__(self, folder: Path) -> None:
        """The folder is made if absent."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def add(self, kind: str, result: Mapping[str, Any]) -> None:
        """Writes down a trial."""
        with self._file(kind).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(result, default=str) + "\n")

    def read(self, kind: str) -> list[dict[str, Any]]:
        """Returns the trials of a kind, in the order in which they were made."""
        file = self._file(kind)
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    def _file(self, kind: str) -> Path:
        return self._folder / f"{kind}.jsonl"
