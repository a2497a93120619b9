"""The one command whose help the site prints."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

CALL = "./scripts/"  # what stands before a command's name
WHO = {
    "For the analyst who edits points": {
        "check_rules": "lead_scoring.check_rules",
        "preview": "lead_scoring.preview.__main__",
        "explain_rules": "lead_scoring.explain_rules",
        "import_rules": "lead_scoring.import_rules",
        "start_rules": "lead_scoring.start_rules",
        "review": "lead_scoring.review.__main__",
        "suggest_points": "lead_scoring.suggest.__main__",
        "promote": "lead_scoring.promote",
    },
    "For the analytics engineer who runs it": {
        "score": "lead_scoring.score",
        "check_data": "lead_scoring.check_data",
        "rollback": "lead_scoring.rollback",
        "export_handoffs": "lead_scoring.export_handoffs",
    },
    "For whoever reads the scores": {"explain": "lead_scoring.explain"},
}


def application() -> Any:
    """Returns the command, as Typer makes it: a group, with all commands in it."""
    made = TyperGroup(name="")
    for who, modules in WHO.items():
        for name, module in modules.items():
            command: Any = typer.main.get_command(import_module(module).app)
            command.rich_help_panel = who
            made.commands[name] = command
    return made
