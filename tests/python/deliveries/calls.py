"""Calls of the commands that export, and what they left in folders and in the log."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

from typer.testing import CliRunner

from deliveries.receiver import Receiver
from lead_scoring.commands.app import app
from lead_scoring.delivery.delivery_log import log_file

FAST = ("--backoff", "0.01", "--max-wait", "0.05", "--timeout", "0.3")


def call(database: Path, *arguments: object, content: str = "handoffs") -> tuple[int, str]:
    """Exports; returns the exit code and all that was printed, its lines joined."""
    given = [str(each) for each in ("--database", database, *arguments)]
    result = CliRunner().invoke(app, ["export", content, *given])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.replace("│", "").split())


def send(database: Path, receiver: Receiver, path: str, *arguments: object) -> tuple[int, str]:
    """Exports hand-offs to a path of a receiver."""
    return call(database, "--to", receiver.address + path, *FAST, *arguments)


def in_files(*folders: Path) -> list[dict[str, str]]:
    """The rows of all CSV files, as any reader of CSV sees them."""
    found = []
    for file in sorted(file for folder in folders for file in folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            found += list(csv.DictReader(opened))
    return found


def last_errors(database: Path) -> dict[str, str | None]:
    """Item -> kind of its last error, by the log."""
    with sqlite3.connect(log_file(database)) as connection:
        return dict(connection.execute("select item_id, last_error from deliveries").fetchall())
