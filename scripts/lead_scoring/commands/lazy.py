"""Makes one command of many modules, each imported only when it is called: dbt takes seconds.

The module of a command is named like it (check_data for `check data`). It has a function `main`,
whose parameters are the options and whose docstring follows the summary in the help; EXAMPLES, what
to write behind the name -> what for; and ENDS, exit codes -> what they mean, where there are others
than 0 (done), 1 (failed) and 2 (called wrongly).
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

WIDTH = 100  # of the help, in columns, where the terminal has so many
ENDS = {0: "done", 1: "failed, with a sentence on why", 2: "called wrongly"}


class LazyCommand(TyperCommand):
    """A command of which only name, summary and users are known until it is called."""

    def __init__(self, app: type[App], words: str, summary: str, people: str) -> None:
        """words: the whole name."""
        super().__init__(words.split()[-1], help=summary, rich_help_panel=people)
        self.app, self.words, self.summary = app, words, summary

    def make_context(self, *arguments: Any, **extra: Any) -> Any:
        """Lets the command itself read its options, and so be what is called."""
        return self.load().make_context(*arguments, **extra)

    def load(self) -> Any:
        """Imports the command, and returns it with its whole help."""
        module = import_module(f"{self.app.package}.{self.words.replace(' ', '_')}")
        examples = "\n".join(
            f"  {self.app.call} {self.words} {arguments}".rstrip() + f"  # {what_for}"
            for arguments, what_for in module.EXAMPLES.items()
        )
        ends = "; ".join(f"{code} {meaning}" for code, meaning in ends_of(module).items())
        made = typer.Typer(
            add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
        )
        made.command(
            self.words.split()[-1],
            help=f"{self.summary}\n\n{inspect.getdoc(module.main) or ''}",
            epilog=f"\b\nExamples:\n{examples}\n\nExit codes: {ends}.",
        )(module.main)
        return get_command(made)


def ends_of(module: ModuleType) -> Mapping[int, str]:
    """Returns the exit codes of a command's module, and what they mean."""
    return getattr(module, "ENDS", ENDS)


class App(TyperGroup):
    """A command of commands, of one or two words each."""

    call: ClassVar[str]  # as a person calls it
    package: ClassVar[str]  # where the modules of its commands lie
    people: ClassVar[Mapping[str, Mapping[str, str]]]  # who -> names of commands -> summaries

    def __init__(self, **attributes: Any) -> None:
        """attributes: those of Typer's groups."""
        super().__init__(**attributes)
        for words, command in self.everything().items():
            first, *rest = words.split()
            if not rest:
                self.commands[first] = command
                continue
            group = self.commands.setdefault(
                first, TyperGroup(name=first, no_args_is_help=True, rich_markup_mode=None)
            )
            assert isinstance(group, TyperGroup)
            group.commands[rest[0]] = command

    @classmethod
    def everything(cls) -> dict[str, LazyCommand]:
        """Returns the commands by their whole names."""
        return {
            words: LazyCommand(cls, words, summary, who)
            for who, summaries in cls.people.items()
            for words, summary in summaries.items()
        }

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands to the help, all words of them: `check` alone says little."""
        widest = max(map(len, self.everything()))
        for who, summaries in self.people.items():
            with formatter.section(who):
                formatter.write_dl(
                    [(words.ljust(widest), summary) for words, summary in summaries.items()]
                )


def typer_of(app: type[App], text: str) -> typer.Typer:
    """Returns an App as Typer calls it. text: of its help."""
    made = typer.Typer(
        name=Path(app.call).name,
        cls=app,
        help=text,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"max_content_width": WIDTH, "help_option_names": ["-h", "--help"]},
    )
    made.callback()(lambda: None)  # Typer asks for one, where nothing is registered beforehand
    return made
