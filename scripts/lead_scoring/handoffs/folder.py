"""Delivers hand-offs as CSV files into a folder."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from lead_scoring.handoffs.delivery_log import DeliveryLog
from lead_scoring.handoffs.destination import Folder
from lead_scoring.handoffs.rows import COLUMNS, Handoff, as_cells, handoff_id


class FolderError(RuntimeError):
    """The folder cannot be written. The message says why and what to do."""


def prepare(folder: Folder, log: DeliveryLog) -> None:
    """Makes the folder where it is a new one.

    One that got files before and is not there now is more likely a disk that is not mounted.
    Raises FolderError where the folder is gone or cannot be made.
    """
    if folder.path.is_dir():
        return
    if log.knows(folder.name):
        raise FolderError(f"{folder.path} got hand-offs before and is gone. Is its disk mounted?")
    try:
        folder.path.mkdir(parents=True)
    except OSError as error:
        raise FolderError(f"{folder.path} cannot be made: {error.strerror}.") from None


def settle(folder: Folder, log: DeliveryLog) -> None:
    """Finds out what became of a file that an earlier export was killed over, and records it.

    The rename takes the temporary name away in the same moment in which the file appears. So the
    temporary name tells whether the file was there, even where its reader has moved it since.
    """
    begun = log.open_file(folder.name)
    if begun is None:
        return
    temporary = _temporary(folder, begun.name)
    if begun.is_complete and not temporary.exists():
        log.close_file(folder.name)
        return
    # Its rows are read again, not renamed: a lead may have been erased since.
    temporary.unlink(missing_ok=True)
    log.close_file(folder.name, "interrupted")


def deliver(folder: Folder, log: DeliveryLog, handoffs: Sequence[Handoff]) -> Path:
    """Writes one file with all hand-offs, whole or not at all, and returns its path.

    Raises FolderError where it cannot be written; the log then counts the hand-offs as not sent.
    """
    name = file_name(handoffs)
    temporary, final = _temporary(folder, name), folder.path / name
    log.begin(folder.name, [handoff_id(handoff) for handoff in handoffs], name)
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(as_cells(handoff) for handoff in handoffs)
            file.flush()
            os.fsync(file.fileno())
        _sync(folder.path)
        log.complete_file(folder.name)
        temporary.rename(final)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        log.close_file(folder.name, "disk")
        raise FolderError(f"{final} cannot be written: {error.strerror}.") from None
    _sync(folder.path)
    log.close_file(folder.name)
    return final


def file_name(handoffs: Sequence[Handoff]) -> str:
    """Returns a name made of the rows' own time and ids: the same rows are always the same file."""
    ids = "\n".join(sorted(handoff_id(handoff) for handoff in handoffs))
    last = max(str(handoff["handed_off_at"]) for handoff in handoffs)
    time = "".join(sign for sign in last.split(".")[0].rstrip("Z") if sign.isalnum())
    return f"lead_handoffs_{time}Z_{hashlib.sha256(ids.encode()).hexdigest()[:16]}.csv"


def _temporary(folder: Folder, name: str) -> Path:
    return folder.path / f".{name}.part"


def _sync(folder: Path) -> None:
    """Puts the names in the folder on disk; some network file systems have no way to ask that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
