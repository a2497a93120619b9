"""The input that everything is tried on: few made-up leads, as small as a run can be."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

from lead_scoring.demo.files import generate

LEADS, EVENTS = 100, 1500


def write_sample(folder: Path) -> Path:
    """Writes input files that end two days ago; returns the folder."""
    until = datetime.now(timezone.utc) - timedelta(days=2)
    generate(folder, LEADS, EVENTS, as_of=until.isoformat(timespec="seconds"))
    return folder


def copy_of(data: Path, folder: Path) -> Path:
    """Copies input files to be changed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(data, folder)
    return folder
