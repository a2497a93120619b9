"""Calls the command: python -m lead_scoring score."""

from __future__ import annotations

from lead_scoring.commands.app import app

if __name__ == "__main__":
    app(prog_name="lead-scoring")
