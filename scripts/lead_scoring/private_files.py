"""Files that are private, copied cheaply, and on disk before anyone is led to them."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

PRIVATE = 0o600
PUBLIC = 0o640
FOLDER = 0o750
_CLONE = 0x40049409  # FICLONE: on file systems that can, the copy shares its blocks


@contextlib.contextmanager
def private_files() -> Iterator[None]:
    """What the process makes meanwhile only its owner may read: inputs have passed through it."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextlib.contextmanager
def cleaned_up() -> Iterator[None]:
    """Lets a process that is told to end leave its contexts first, as one that fails does."""
    if threading.current_thread() is not threading.main_thread():  # which alone gets signals
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """A folder of the owner alone, which goes with the process, also where that is told to end."""
    with cleaned_up(), tempfile.TemporaryDirectory(prefix=f"lead_scoring-{purpose}-") as name:
        yield Path(name)


def copy_file(source: Path, target: Path) -> None:
    """Copies a file, without moving its bytes where the file system can."""
    target.unlink(missing_ok=True)
    with source.open("rb") as read, target.open("xb") as written:
        target.chmod(PRIVATE)
        try:
            fcntl.ioctl(written, _CLONE, read.fileno())
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            shutil.copyfileobj(read, written, 1 << 24)


def remove_database(file: Path) -> None:
    """Removes a DuckDB file with all that a broken-off run left beside it."""
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
    shutil.rmtree(file.with_name(f"{file.name}.tmp"), ignore_errors=True)


def write_to_disk(path: Path) -> None:
    """Waits until a file's or a folder's content is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lead(link: Path, target: Path) -> None:
    """Makes a link lead elsewhere in one step: whoever opens it gets the old or the new file."""
    aside = link.with_name(f".{link.name}.new")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
    write_to_disk(link.parent)
