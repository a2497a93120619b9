"""The figures of the project's shape, each beside the goal that is set for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from lead_scoring_workshop.house.chains import chain_between, chain_to, longest_chain
from lead_scoring_workshop.house.macros import callers_of, calls_of, macros_of
from lead_scoring_workshop.house.project import Project
from lead_scoring_workshop.house.texts import has_materialization, jinja_percent, lines_of

EVENTS = "stg_lead_scoring__events"
SCORES = "lead_scores"
MACROS = "macros/"
# What differs between databases: whoever follows a score need not read it.
ADAPTERS = "macros/adapters/"
SHOWN = 5


@dataclass(frozen=True)
class Figure:
    """One figure. value: a count, lines or percent, as the words say; None: nothing to measure."""

    key: str
    words: str
    value: int | float | None
    goal: int | None = None  # at most this; None: no goal is set
    names: tuple[str, ...] = ()  # what was counted, or what stands in the way of the goal

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is reached; None: there is none. Nothing to measure reaches none."""
        if self.goal is None:
            return None
        return self.value is not None and self.value <= self.goal


def figures_of(project: Project) -> list[Figure]:
    """Returns all figures of a project, in the order in which they are shown."""
    return [
        *chain_figures(project),
        *line_figures(project),
        *macro_figures(project),
        *way_figures(project),
    ]


def chain_figures(project: Project) -> list[Figure]:
    """Returns how many models there are, and how deep they lie."""
    longest = longest_chain(project.daily.graph)
    step = chain_to(project.daily.graph, SCORES)
    evidence = project.evidence.graph.keys() - project.daily.graph.keys()
    return [
        Figure("daily_models", "daily models", len(project.daily.graph), 60),
        Figure("evidence_models", "models of evidence", len(evidence)),
        Figure("longest_chain", "longest chain of daily models", len(longest), 15, longest),
        Figure("step_of_lead_scores", f"step of {SCORES}", len(step) or None, 11, step),
    ]


def line_figures(project: Project) -> list[Figure]:
    """Returns how many lines models and macros have, and how many of the models' hold Jinja."""
    daily = _texts(project, project.daily.paths)
    evidence = _texts(project, project.evidence.paths.keys() - project.daily.paths.keys())
    lengths = {name: lines_of([text]) for name, text in daily.items()}
    longest = sorted(lengths, key=lambda name: (-lengths[name], name))[:SHOWN]
    of_daily, of_evidence = lines_of(daily.values()), lines_of(evidence.values())
    of_macros = lines_of(_macro_files(project).values())
    percent = round(jinja_percent(daily.values()), 2)
    return [
        Figure("lines_of_daily_models", "lines of daily models", of_daily),
        Figure("lines_of_evidence_models", "lines of models of evidence", of_evidence),
        Figure("lines_of_macros", "lines of macros", of_macros),
        Figure("lines", "lines of models and macros", of_daily + of_evidence + of_macros, 8000),
        Figure(
            "median_lines_of_daily_model",
            "median lines of a daily model",
            median(lengths.values()) if lengths else None,
            45,
        ),
        Figure(
            "most_lines_of_daily_model",
            "most lines of a daily model",
            max(lengths.values(), default=None),
            names=tuple(f"{name} ({lengths[name]})" for name in longest),
        ),
        Figure("jinja_percent", "percent of daily models' lines with Jinja", percent, 8),
    ]


def macro_figures(project: Project) -> list[Figure]:
    """Returns how many macros there are, and which of them few files call."""
    macros = macros_of(_macro_files(project))
    callers = callers_of(macros, project.files)
    called = {macro.name: callers[macro.name] for macro in macros if not macro.is_dispatched}
    single = [f"{name} ({files[0]})" for name, files in called.items() if len(files) == 1]
    uncalled = [name for name, files in called.items() if not files]
    own = [path for path, text in _macro_files(project).items() if has_materialization(text)]
    return [
        Figure("macros", "macros", len(macros), 90),
        Figure(
            "macros_with_one_caller",
            "macros that one file calls",
            len(single),
            0,
            tuple(single),
        ),
        Figure(
            "macros_without_caller",
            "macros that no file calls",
            len(uncalled),
            names=tuple(uncalled),
        ),
        Figure("materializations", "materializations of its own", len(own), 0, tuple(own)),
    ]


def way_figures(project: Project) -> list[Figure]:
    """Returns what a newcomer reads to follow a raw event into the scores."""
    way = chain_between(project.daily.graph, EVENTS, SCORES)
    macros = macros_on(way, project)
    return [
        Figure(
            "models_from_event_to_lead_scores",
            f"models from a raw event to {SCORES}",
            len(way) or None,
            11,
            way,
        ),
        Figure(
            "macros_from_event_to_lead_scores",
            "macros that these models call",
            len(macros),
            names=macros,
        ),
    ]


def macros_on(way: Sequence[str], project: Project) -> tuple[str, ...]:
    """Returns the macros that models call themselves, those of the adapters aside, by name."""
    called = {name for text in _texts(project, way).values() for name in calls_of(text)}
    return tuple(
        macro.name
        for macro in macros_of(_macro_files(project))
        if macro.name in called and not all(path.startswith(ADAPTERS) for path in macro.files)
    )


def _texts(project: Project, models: Iterable[str]) -> dict[str, str]:
    """Returns the text of each of these models."""
    return {name: project.files[project.evidence.paths[name]] for name in models}


def _macro_files(project: Project) -> dict[str, str]:
    return {
        path: text
        for path, text in project.files.items()
        if path.startswith(MACROS) and path.endswith(".sql")
    }
