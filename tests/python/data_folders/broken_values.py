"""Folders whose files can be read, and whose values or rows are wrong."""

from __future__ import annotations

from dataclasses import dataclass

from data_folders.changes import Files


@dataclass(frozen=True)
class Reported:
    """A folder with one fault, the place and words of the finding that names it."""

    name: str
    place: str
    words: str
    files: Files
    is_held_back: bool = False


BROKEN_VALUES: list[Reported] = []
