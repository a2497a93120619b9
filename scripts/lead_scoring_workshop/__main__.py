"""Calls the command: python -m lead_scoring_workshop benchmark."""

from __future__ import annotations

from lead_scoring_workshop.commands.app import app

if __name__ == "__main__":
    app(prog_name="workshop")
