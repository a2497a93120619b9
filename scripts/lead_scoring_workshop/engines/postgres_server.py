"""A PostgreSQL server of one's own: in a folder, on a free port of this machine, gone afterwards.

It is Debian's PostgreSQL, or whatever `initdb` and `postgres` are found; nothing of a server that
runs already is touched. Nothing survives it, so it need not wait for the disk.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lead_scoring_workshop.engines.ports import free_port

# Where Debian and the PGDG packages keep what is not on the path.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "256MB",
    "listen_addresses": "127.0.0.1",
}
PATIENCE = 60  # seconds until it has to answer


class NoPostgresError(RuntimeError):
    """There is no PostgreSQL on this machine, or it does not start; the message says what to do."""


@contextlib.contextmanager
def postgres_server(
    folder: Path | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Mapping[str, str]]:
    """Runs a server with an empty database; gives the variables by which libpq finds it.

    folder: where its files lie; None: a folder of its own, which is removed. settings: of the
    server, in place of those here.
    Raises NoPostgresError where there is none, or where it does not start.
    """
    initdb, postgres = _binary("initdb"), _binary("postgres")
    with tempfile.TemporaryDirectory(prefix="postgres-", dir=folder) as made:
        home = Path(made)
        account = _account(home)
        making = [initdb, "--pgdata", str(home / "data"), "--username", "lead_scoring"]
        making += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        _run(making, account)
        port = free_port()
        places = {"port": str(port), "unix_socket_directories": str(home)}
        given = {**SETTINGS, **(settings or {}), **places}
        arguments = [f"--{name}={value}" for name, value in given.items()]
        with (home / "log").open("w") as log:
            server = subprocess.Popen(
                [postgres, "-D", str(home / "data"), *arguments],
                stdout=log,
                stderr=log,
                user=account,
                group=account,
            )
        try:
            _await(server, port, home / "log")
            yield {
                "PGHOST": "127.0.0.1",
                "PGPORT": str(port),
                "PGUSER": "lead_scoring",
                "PGPASSWORD": "",
                "PGDATABASE": "postgres",
            }
        finally:
            server.send_signal(signal.SIGINT)  # ends sessions, and then itself
            server.wait()


def _binary(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        paths = [path for folder in FOLDERS for path in Path("/").glob(f"{folder[1:]}/{name}")]
        found = str(max(paths)) if paths else None
    if found is None:
        raise NoPostgresError(
            f"There is no {name} on this machine. Install PostgreSQL (on Debian and Ubuntu: "
            "apt-get install postgresql), or leave this engine out."
        )
    return found


def _account(home: Path) -> str | None:
    """The account that the server runs under: PostgreSQL refuses to run under root's."""
    if os.geteuid() != 0:
        return None
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgresError(
            "PostgreSQL does not run under root, and there is no account named postgres. Make "
            "one, or run this under another account."
        ) from None
    os.chown(home, account.pw_uid, account.pw_gid)
    return account.pw_name


def _run(command: Sequence[str], account: str | None) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, user=account, group=account
    )
    if done.returncode:
        raise NoPostgresError(f"{command[0]} failed:\n{done.stderr.strip()}")


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import psycopg2  # comes with dbt's adapter, which only this engine needs

    ends = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < ends:
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(
                host="127.0.0.1", port=port, user="lead_scoring", dbname="postgres"
            ).close()
            return
        time.sleep(0.05)
    raise NoPostgresError(f"PostgreSQL does not start:\n{log.read_text()[-2000:]}")
