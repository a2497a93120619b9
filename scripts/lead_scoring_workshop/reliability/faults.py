"""The faults that really happen to a run, each tried on a published database."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import duckdb

from lead_scoring_workshop.reliability.commands import Command
from lead_scoring_workshop.reliability.ground import Fault, Ground
from lead_scoring_workshop.reliability.nasty import NASTY
from lead_scoring_workshop.reliability.results import Results
from lead_scoring_workshop.reliability.sample import copy_of

MEGABYTE = 1 << 20
# Limits the size of any file that the command writes, as a disk that is full does.
_LIMITED = (
    "import os, resource, sys; size = int(sys.argv[1]);"
    " resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)); os.execv(sys.argv[2], sys.argv[2:])"
)


def try_faults(folder: Path, results: Results, ground: Ground, names: str = "") -> None:
    """Tries every fault whose name holds `names`; goes on where `results` ends."""
    done = {each["name"] for each in results.read("faults")}
    for name, fault in faults(folder, ground).items():
        if name not in done and names in name:
            results.add("faults", asdict(fault(name)))


def faults(folder: Path, ground: Ground) -> dict[str, Callable[[str], Fault]]:
    """Returns each fault by its name."""
    found: dict[str, Callable[[str], Fault]] = {
        "disk full: no file over 1 MB": partial(_no_large_file, ground, 1),
        "disk full: no file over 8 MB": partial(_no_large_file, ground, 8),
        "memory limit of 1 MB": lambda name: ground.try_fault(
            name, lambda: ground.start(environment={"LEAD_SCORING_MEMORY_LIMIT": "1MB"})
        ),
        "memory limit of 40 MB": lambda name: ground.try_fault(
            name, lambda: ground.start(environment={"LEAD_SCORING_MEMORY_LIMIT": "40MB"})
        ),
        "a second run": partial(_second_run, ground),
        "a reader holds the file": partial(_held_by_reader, ground),
        "another time zone": lambda name: ground.try_fault(
            name, lambda: ground.start(environment={"TZ": "Pacific/Kiritimati"})
        ),
        "the clock a day back": lambda name: ground.try_fault(
            name, lambda: ground.start("--as-of", _day_before(ground))
        ),
        "work file: its head overwritten": partial(_damaged, ground, 0, 4096 * 3),
        "work file: its middle overwritten": partial(_damaged, ground, None, 1 << 20),
        "work file: half of it": partial(_cut, ground),
        "published file overwritten": partial(_published_damaged, ground),
        "an input removed midway": partial(_removed, folder, ground),
        "an input written to midway": partial(_written, folder, ground),
    }
    if os.geteuid() == 0 and shutil.which("mount"):
        for free in (1, 30, 60):
            found[f"disk full: {free} MB free"] = partial(_full_disk, folder, ground, free)
        found["read-only disk"] = partial(_read_only, folder, ground)
    else:
        found["read-only folder"] = partial(_read_only_folder, ground)
    for what in NASTY:
        found[f"input: {what}"] = partial(_nasty, folder, ground, what)
    return found


def _no_large_file(ground: Ground, megabytes: int, name: str) -> Fault:
    size = str(megabytes * MEGABYTE)
    prefix = (sys.executable, "-c", _LIMITED, size)
    return ground.try_fault(name, lambda: ground.start(prefix=prefix))


def _second_run(ground: Ground, name: str) -> Fault:
    first = ground.start()
    first.wait_until(lambda: ground.database.with_suffix(".lock").stat().st_size > 0)
    return ground.try_fault(name, ground.start, mend=first.ended)


def _held_by_reader(ground: Ground, name: str) -> Fault:
    hold = f"import duckdb; c = duckdb.connect({str(ground.database)!r}, read_only=True); input()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE) as holder:
        time.sleep(3)
        fault = ground.try_fault(name, ground.start)
        holder.communicate(b"\n")
    return fault


def _day_before(ground: Ground) -> str:
    with duckdb.connect(str(ground.database), read_only=True) as connection:
        found = connection.execute("select max(as_of) - interval 1 day from runs").fetchall()
    return f"{found[0][0]:%Y-%m-%dT%H:%M:%SZ}"


def _damaged(ground: Ground, offset: int | None, size: int, name: str) -> Fault:
    work = ground.version.work
    with work.open("r+b") as content:
        content.seek(work.stat().st_size // 2 if offset is None else offset)
        content.write(os.urandom(size))
    return ground.try_fault(name, ground.start)


def _cut(ground: Ground, name: str) -> Fault:
    work = ground.version.work
    os.truncate(work, work.stat().st_size // 2)
    return ground.try_fault(name, ground.start)


def _published_damaged(ground: Ground, name: str) -> Fault:
    with ground.version.published.open("r+b") as content:
        content.write(os.urandom(4096 * 3))
    return ground.try_fault(name, ground.start)


def _removed(folder: Path, ground: Ground, name: str) -> Fault:
    data = copy_of(ground.data, folder / "changing")
    return ground.try_fault(
        name,
        lambda: ground.start(data=data),
        lambda run: _later(run, ground, (data / "events.csv").unlink),
    )


def _written(folder: Path, ground: Ground, name: str) -> Fault:
    data = copy_of(ground.data, folder / "changing")

    def write() -> None:
        with (data / "events.csv").open("a", encoding="utf-8") as file:
            file.write("E9,L000004,demo_requested,2026-01-01T00:00:00Z,,,,,,,\n")

    return ground.try_fault(
        name, lambda: ground.start(data=data), lambda run: _later(run, ground, write)
    )


def _later(run: Command, ground: Ground, change: Callable[[], object]) -> None:
    """Changes something once the first models are built."""
    log = ground.database.with_suffix(".run") / "logs" / "dbt.log"
    log.unlink(missing_ok=True)
    run.wait_until(lambda: log.exists() and " START sql" in log.read_text(errors="replace"))
    change()


@contextlib.contextmanager
def _small_disk(folder: Path, ground: Ground, megabytes: int) -> Iterator[Ground]:
    """A file system in memory, of so many megabytes, with a published database on it."""
    disk = folder / "disk"
    disk.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", disk], check=True)
    try:
        small = Ground(ground.data, disk / "out" / "lead_scores.duckdb")
        if small.start().ended().code != 0:
            raise RuntimeError("The sample cannot be scored on a small disk.")
        yield small
    finally:
        time.sleep(0.5)
        subprocess.run(["umount", "-l", disk], check=True)


def _full_disk(folder: Path, ground: Ground, free: int, name: str) -> Fault:
    with _small_disk(folder, ground, 1000) as small:
        filling = small.database.with_name("filling")
        space = shutil.disk_usage(small.database.parent).free
        filling.write_bytes(bytes(space - free * MEGABYTE))
        return small.try_fault(name, small.start, mend=filling.unlink)


def _read_only(folder: Path, ground: Ground, name: str) -> Fault:
    with _small_disk(folder, ground, 1000) as small:
        disk = folder / "disk"
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        return small.try_fault(
            name,
            small.start,
            mend=lambda: subprocess.run(["mount", "-o", "remount,rw", disk], check=True),
        )


def _read_only_folder(ground: Ground, name: str) -> Fault:
    folder = ground.database.parent
    folder.chmod(0o500)
    return ground.try_fault(name, ground.start, mend=lambda: folder.chmod(0o755))


def _nasty(folder: Path, ground: Ground, what: str, name: str) -> Fault:
    data = copy_of(ground.data, folder / "nasty")
    NASTY[what](data)
    start = partial(ground.start, "--publish-anyway", data=data)
    return ground.try_fault(name, start, again=what == list(NASTY)[-1])
