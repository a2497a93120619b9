"""One run at a time: a lock that ends with the process, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path


class Locked(RuntimeError):
    """Another run holds the lock. The message says which, and since when."""


@contextlib.contextmanager
def only_run(file: Path, what: str) -> Iterator[None]:
    """Holds the lock of a database. what: the command, for those who find it held.

    Raises Locked at once where another process holds it, OSError where it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as holder:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            words = holder.read().strip() or "a process that has just begun"
            raise Locked(
                f"Another run is at work on this database: {words}. Nothing was done. "
                "Wait until it has ended, or stop it."
            ) from None
        since = datetime.now(timezone.utc)
        holder.truncate()
        holder.write(
            f"{what}, process {os.getpid()} on {socket.gethostname()},"
            f" since {since:%Y-%m-%d %H:%M:%S} UTC"
        )
        holder.flush()
        try:
            yield
        finally:
            holder.seek(0)
            holder.truncate()
