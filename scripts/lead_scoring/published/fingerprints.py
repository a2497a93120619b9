"""What a run was made from, as fingerprints: input files, settings, and the project itself."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from lead_scoring.data.folder import demo_folder, find_files
from lead_scoring.project import PROJECT

# What decides how tables are built. dbt knows no checksum of macros; this knows them too.
PROJECT_PARTS = ("dbt_project.yml", "models", "macros")
FileState = tuple[str, int, int]


def input_files(data: Path | None) -> dict[str, list[Path]]:
    """Returns the input files of each table in a folder; None: the demo's.

    Raises InputError where the folder cannot be used.
    """
    return find_files(data.absolute() if data else demo_folder())


def state_of(files: Mapping[str, Sequence[Path]]) -> list[FileState]:
    """Returns name, size and time of change of each file; no size where it is gone."""
    found = []
    for path in itertools.chain.from_iterable(files.values()):
        try:
            status = path.stat()
        except OSError:
            found.append((str(path), -1, -1))
        else:
            found.append((str(path), status.st_size, status.st_mtime_ns))
    return found


def inputs_fingerprint(files: Mapping[str, Sequence[Path]]) -> str:
    """Returns a fingerprint of the files' bytes and names; where they lie does not matter."""
    return _digest(
        (f"{table}/{path.name}", path) for table, paths in files.items() for path in paths
    )


def project_fingerprint() -> str:
    """Returns a fingerprint of the models and macros."""
    files = [
        path
        for part in PROJECT_PARTS
        for path in (
            [PROJECT / part] if (PROJECT / part).is_file() else (PROJECT / part).rglob("*")
        )
        if path.suffix in (".sql", ".yml")
    ]
    return _digest((str(path.relative_to(PROJECT)), path) for path in sorted(files))


def settings_fingerprint(variables: Mapping[str, object] | None) -> str:
    """Returns a fingerprint of the settings of a run: dbt's variables, and DuckDB's version."""
    words = json.dumps(dict(variables or {}), sort_keys=True, default=str)
    return hashlib.sha256(f"{duckdb.__version__} {words}".encode()).hexdigest()[:32]


def _digest(files: Iterable[tuple[str, Path]]) -> str:
    whole = hashlib.sha256()
    for name, path in files:
        with path.open("rb") as content:
            part = hashlib.sha256()  # hashlib.file_digest is not in Python 3.10
            while block := content.read(1 << 20):
                part.update(block)
        whole.update(f"{name}\0{part.hexdigest()}\n".encode())
    return whole.hexdigest()[:32]
