"""Pages of the commands, made of their own help: nothing of it is written a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lead_scoring_workshop.site.markdown import grid, plain

FOLDER = "reference/commands"


def command_pages(command: Any, call: str) -> dict[str, str]:
    """Returns the text of every page by its path: one for each command, and an index.

    command: as Typer makes it; groups in it are walked. call: what a person writes before a
    command's name.
    """
    pages: dict[str, str] = {}
    entries: dict[str, list[tuple[str, str]]] = {}
    for words, context in _commands(command, [], None):
        name = " ".join(words)
        file = f"{'_'.join(words)}.md"
        pages[f"{FOLDER}/{file}"] = _page(name, f"{call}{name}", context)
        who = getattr(_listed(command, words), "rich_help_panel", None) or "Commands"
        summary = plain(_paragraphs(context.command.help)[0])
        entries.setdefault(str(who), []).append((f"[`{name}`]({file})", summary))
    lines = ["# Commands", "", "Each has `--help`; these pages are made of it."]
    for who, rows in entries.items():
        lines += ["", f"## {who}", "", *grid(("command", "what it does"), rows)]
    pages[f"{FOLDER}/index.md"] = _text(lines)
    return pages


def _commands(command: Any, words: list[str], parent: Any) -> Iterator[tuple[list[str], Any]]:
    """Yields every command that does something: its words and its context.

    The context's command is the one that is really called, also where the group loads it late.
    """
    context = command.make_context(
        words[-1] if words else "", [], parent=parent, resilient_parsing=True
    )
    if not hasattr(context.command, "list_commands"):
        yield words, context
        return
    for name in context.command.list_commands(context):
        inner = context.command.get_command(context, name)
        yield from _commands(inner, [*words, name], context)


def _listed(command: Any, words: list[str]) -> Any:
    """Returns the command as its group lists it, where what people it is for may stand."""
    for word in words:
        command = command.commands[word]
    return command


def _page(name: str, call: str, context: Any) -> str:
    command = context.command
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"# {name}", ""]
    for paragraph in _paragraphs(command.help):
        lines += [plain(paragraph), ""]
    lines += ["```text", f"{call} {usage}", "```"]
    for heading, kind in (("Arguments", "argument"), ("Options", "option")):
        rows = [
            _row(record)
            for parameter in command.get_params(context)
            if parameter.param_type_name == kind
            and parameter.name != "help"
            and (record := parameter.get_help_record(context)) is not None
        ]
        if rows:
            lines += ["", f"## {heading}", "", *grid((kind, "meaning", "default"), rows)]
    for paragraph in _paragraphs(command.epilog):
        lines += ["", *_epilog(paragraph)]
    return _text(lines)


def _row(record: tuple[str, str]) -> tuple[str, str, str]:
    names, words = record
    extras = ""
    if words.endswith("]"):  # behind an option's help: [env var: X; default: Y]
        words, _, extras = words.removesuffix("]").rpartition("  [")
    code = ", ".join(f"`{name}`" for name in re.split(r",\s+(?=-)", " ".join(names.split())))
    return code, plain(words), plain(extras).removeprefix("default: ")


def _epilog(paragraph: str) -> list[str]:
    r"""Returns what follows the options. A paragraph of \b keeps its lines, as on a terminal."""
    if not paragraph.startswith("\b"):
        return [plain(paragraph)]
    heading, *examples = paragraph.removeprefix("\b\n").splitlines()
    commands = [line.strip() for line in examples]
    return [f"## {heading.rstrip(':')}", "", "```bash", *commands, "```"]


def _paragraphs(text: str | None) -> list[str]:
    found = re.split(r"\n\s*\n", (text or "").replace("\f", "").strip("\n"))
    return [paragraph for paragraph in found if paragraph.strip()]


def _text(lines: list[str]) -> str:
    return "\n".join([*lines, ""])
