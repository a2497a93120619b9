"""Delivers items as CSV files into a folder."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from lead_scoring.delivery.contents import Content, Item, as_cells
from lead_scoring.delivery.delivery_log import Channel, DeliveryLog
from lead_scoring.delivery.destination import Folder


class FolderError(RuntimeError):
    """The folder cannot be written. The message says why and what to do."""


def prepare(folder: Folder, log: DeliveryLog, content: Content) -> None:
    """Makes the folder where it is a new one.

    One that got files before and is not there now is more likely a disk that is not mounted.
    Raises FolderError where the folder is gone or cannot be made.
    """
    if folder.path.is_dir():
        return
    if log.known(Channel(content.name, folder.name)):
        raise FolderError(
            f"{folder.path} got {content.many} before and is gone. Is its disk mounted?"
        )
    try:
        folder.path.mkdir(parents=True)
    except OSError as error:
        raise FolderError(f"{folder.path} cannot be made: {error.strerror}.") from None


def settle(folder: Folder, log: DeliveryLog, content: Content) -> None:
    """Finds out what became of a file that an earlier export was killed over, and records it.

    The rename takes the temporary name away in the same moment in which the file appears. So the
    temporary name tells whether the file was there, even where its reader has moved it since.
    """
    channel = Channel(content.name, folder.name)
    begun = log.open_file(channel)
    if begun is None:
        return
    temporary = _temporary(folder, begun.name)
    if begun.is_complete and not temporary.exists():
        log.close_file(channel)
        return
    # Its rows are read again, not renamed: a lead may have been erased since.
    temporary.unlink(missing_ok=True)
    log.close_file(channel, "interrupted")


def deliver(folder: Folder, log: DeliveryLog, content: Content, items: Sequence[Item]) -> Path:
    """Writes one file with all items, whole or not at all, and returns its path.

    Raises FolderError where it cannot be written; the log then counts the items as not sent.
    """
    channel = Channel(content.name, folder.name)
    items = log.with_keys(channel, items)
    name = file_name(content, items)
    temporary, final = _temporary(folder, name), folder.path / name
    log.begin(channel, items, name)
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(content.columns)
            writer.writerows(as_cells(item) for item in items)
            file.flush()
            os.fsync(file.fileno())
        _sync(folder.path)
        log.complete_file(channel)
        temporary.rename(final)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        log.close_file(channel, "disk")
        raise FolderError(f"{final} cannot be written: {error.strerror}.") from None
    _sync(folder.path)
    log.close_file(channel)
    return final


def file_name(content: Content, items: Sequence[Item]) -> str:
    """Returns a name made of the rows' own time and keys: what is sent again has the same name."""
    keys = "\n".join(sorted(item.key for item in items))
    last = max(str(item.row[content.time] or "") for item in items)
    time = "".join(sign for sign in last.split(".")[0].rstrip("Z") if sign.isalnum())
    when = f"{time}Z" if time else "cleared"
    return f"{content.name}_{when}_{hashlib.sha256(keys.encode()).hexdigest()[:16]}.csv"


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
