"""What a check says about the rule tables: where, what is wrong, and how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

LONGEST_VALUE = 80
# Characters that show nothing, though Unicode counts them as letters, marks or symbols.
UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Stands for NUL while a file is read: not every version of Python's csv module takes NUL.
NUL_STAND_IN = "\ufdd0"


class Level(IntEnum):
    """How bad a finding is, worst first. Only warnings let a run go on."""

    FILE = 0  # a file cannot be read as this table
    CELL = 1  # a row or cell is wrong by itself
    RELATION = 2  # rows contradict each other
    WARNING = 3


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or odd, in a folder of rule tables."""

    level: Level
    file: Path
    row: int | None  # as a spreadsheet counts: the header is row 1
    line: int | None  # as a text editor counts: a cell may hold line breaks
    column: str | None
    value: str | None  # the cell, with invisible characters made visible
    problem: str
    mend: str

    @property
    def is_refusal(self) -> bool:
        """Whether no run may use these rule tables."""
        return self.level is not Level.WARNING

    @property
    def place(self) -> str:
        """The row and column in words; the file alone has none."""
        parts = [f"row {self.row}"] if self.row is not None else []
        return ", ".join([*parts, self.column] if self.column else parts)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Returns the findings, each once: by level, then file and row."""
    once = dict.fromkeys(findings)
    return sorted(once, key=lambda finding: (finding.level, str(finding.file), finding.row or 0))


def visible(text: str) -> str:
    """Returns a cell with every character visible: `10<U+00A0>`. Long cells are cut."""
    inner = text.strip(" ")
    before, after = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    if not inner:
        return "<U+0020>" * len(text)
    shown = "".join(map(_visible_character, inner[:LONGEST_VALUE]))
    if len(inner) > LONGEST_VALUE:
        shown += " ..."
    return "<U+0020>" * before + shown + "<U+0020>" * after


def code_point(character: str) -> str:
    """Returns how a character is written in Unicode's tables: `U+00A0`."""
    return f"U+{0 if character == NUL_STAND_IN else ord(character):04X}"


def is_unseen(character: str) -> bool:
    """Whether a character shows nothing, or not what it is; the plain blank aside."""
    category = unicodedata.category(character)
    return (
        category in ("Cc", "Cf", "Zl", "Zp", "Cs")
        or (category == "Zs" and character != " ")
        or character in UNSEEN_LETTERS
        or character == NUL_STAND_IN
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def escaped_byte(character: str) -> int | None:
    """Returns the byte that was no UTF-8 and was read as this character; None: it is none."""
    return ord(character) - 0xDC00 if "\udc80" <= character <= "\udcff" else None


def _visible_character(character: str) -> str:
    byte = escaped_byte(character)
    if byte is not None:
        return f"<byte {byte:02X}>"
    return f"<{code_point(character)}>" if is_unseen(character) else character
