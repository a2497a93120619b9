"""The instants that commands take are those that the input may hold."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from lead_scoring.times import read_time


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-06-30", datetime(2026, 6, 30)),
        ("2026-06-30T12:30", datetime(2026, 6, 30, 12, 30)),
        (" 2026-06-30 12:30:15Z ", datetime(2026, 6, 30, 12, 30, 15)),
        ("2026-06-30T12:30:15.1234567 Z", datetime(2026, 6, 30, 12, 30, 15, 123456)),
        ("2026-06-30T12:00+02", datetime(2026, 6, 30, 10)),
        ("2026-06-30 12:00:00 -0230", datetime(2026, 6, 30, 14, 30)),
        ("2026-06-30T01:00:00+05:30", datetime(2026, 6, 29, 19, 30)),
    ],
)
def test_readable(text: str, instant: datetime) -> None:
    assert read_time(text) == instant.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "30.06.2026", "2026-6-3", "2026-02-29", "2026-06-30Z", "2026-06-30T24:00"),
        *("2026-06-30T12", "2026-06-30T12:00.5", "2026-06-30T12:00+25", "2026-06-30T12:00+02:60"),
        *("2026-06-30T12:00:00.1234567890", "2026-06-30  12:00", "٢٠٢٦-06-30"),
        "2026-06-30'; drop table leads; --",
    ],
)
def test_unreadable(text: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        read_time(text)
