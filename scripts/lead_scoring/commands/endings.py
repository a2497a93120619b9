"""What commands say where they stop, and how they print what a machine reads."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import typer

from lead_scoring.settings import SettingError
from lead_scoring.terminal import console

Failure = TypeVar("Failure", bound=Exception)


@contextlib.contextmanager
def ending(codes: Mapping[type[Failure], int]) -> Iterator[None]:
    """Turns an exception of these kinds into its sentence on the standard error and an exit code.

    The first kind that fits counts. A setting that cannot be used ends every command with 2.
    """
    try:
        yield
    except SettingError as error:
        complain(str(error))
        raise typer.Exit(2) from None
    except tuple(codes) as error:
        complain(str(error.args[0]) if isinstance(error, LookupError) else str(error))
        code = next(code for kind, code in codes.items() if isinstance(error, kind))
        raise typer.Exit(code) from None


def complain(words: str) -> None:
    """Writes a sentence to the standard error."""
    console(is_error=True).print(words, soft_wrap=True)


def print_json(found: Mapping[str, object]) -> None:
    """Prints one object: times in ISO 8601 and UTC, decimals and fractions as numbers."""
    sys.stdout.write(f"{json.dumps(found, ensure_ascii=False, indent=2, default=_plain)}\n")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        # What tables hold has no zone, and is in UTC.
        return value.replace(tzinfo=value.tzinfo or timezone.utc).isoformat()
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot stand in JSON.")


def check_empty(folder: Path) -> None:
    """Raises OSError where a folder that is to be written holds something already."""
    if folder.is_dir() and any(folder.iterdir()):
        raise OSError(f"{folder} is not empty. Name a new folder for the rule tables.")
