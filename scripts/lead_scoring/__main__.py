"""Calls the command: python -m lead_scoring score."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from lead_scoring.commands.app import app


def main() -> None:
    """Runs a command, and ends the process at once where it has said and tidied all.

    What a command has read, dbt's project above all, stays until its end and goes with the process:
    to look for what could be freed as often as Python does by itself takes half a second of rule
    tables alone, and to free it at the end a twentieth of a run of few rows. Never to look would
    cost a command that fits points 400 MB.
    """
    gc.set_threshold(100_000, 50, 50)
    try:
        app(prog_name="lead-scoring")
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        atexit._run_exitfuncs()
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:  # closed by whoever called
                    stream.flush()
        except OSError:
            raise end from None  # Python's own end knows what a reader who has gone means.
        os._exit(end.code)


if __name__ == "__main__":
    main()
