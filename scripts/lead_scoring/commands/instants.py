"""The instant that a command speaks about."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from lead_scoring.demo import AS_OF
from lead_scoring.runs.failures import RunFailed
from lead_scoring.times import read_time


def instant(as_of: str | None, data: Path | None) -> datetime:
    """Returns the instant of --as-of; without it now, for the demo its last day.

    Raises RunFailed where the text is no time.
    """
    if as_of is None:
        return datetime.now(timezone.utc) if data else read_time(AS_OF)
    try:
        return read_time(as_of)
    except ValueError as error:
        raise RunFailed(str(error)) from None
