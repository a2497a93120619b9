"""Options of the tests that try generated cases and changes at random."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache

import pytest

from deliveries.killed_exports import KilledExports
from deliveries.receiver import Receiver
from engines_here import ENGINES, Run, engine_here
from lead_scoring.data import checks as data_checks
from lead_scoring.delivery.receivers import CRM_TOKENS, WEBHOOK_TOKEN
from lead_scoring.rules.rule_set import read_rule_set

CASES_PER_RUN = 300
# Each takes one to five minutes. Begun first, none is left to one worker while the other idles.
LONG_FILES = (
    *("test_postgres_publication", "test_selectors", "test_schedules", "test_record"),
    *("test_history", "test_relations", "test_publication", "test_mangled_inputs"),
    *("test_verdicts", "test_commands", "test_preview", "test_held_back"),
)
# Most of a run of dbt is the same for few and for many.
SCHEDULES_PER_RUN = 300


# Tests run side by side: a run that takes one core takes a seventh less of them in all.
ONE_CORE = {"LEAD_SCORING_CORES": "1", "LEAD_SCORING_THREADS": "1"}


def pytest_configure() -> None:
    """What the runs of all tests have in their environment, and how often memory is freed.

    By itself Python looks for what to free so often that reading SQL takes a fifth longer.
    """
    os.environ.update(ONE_CORE)
    gc.set_threshold(100_000, 50, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many generated cases, and from which seed."""
    group = parser.getgroup("oracle")
    group.addoption("--cases", type=int, default=300, help="generated cases to compare")
    group.addoption("--seed", type=int, default=1, help="seed of the first pack of cases")
    group.addoption("--schedules", type=int, default=300, help="schedules of arrival to try")
    group.addoption("--rebuilds", type=int, default=0, help="generated histories to rebuild")
    group.addoption("--fuzz", type=int, default=60, help="changes of rule files to try")
    group.addoption("--run-kills", type=int, default=2, help="kills of a run")
    group.addoption("--thorough", action="store_true", help="all parts, folders, worlds, kills")
    group.addoption("--benchmark", action="store_true", help="measure and compare all ways")
    group.addoption("--kills", type=int, default=8, help="kills of an export, per destination")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per pack: a seed of its own, and so many cases."""
    for fixture, option, cases_per_run in (
        ("pack_seed", "--cases", CASES_PER_RUN),
        ("schedule_seed", "--schedules", SCHEDULES_PER_RUN),
        ("rebuild_seed", "--rebuilds", 1),
    ):
        if fixture in metafunc.fixturenames:
            cases = metafunc.config.getoption(option)
            first = metafunc.config.getoption("--seed")
            packs = -(-cases // cases_per_run)
            metafunc.parametrize(fixture, range(first, first + packs))
    if "selection" in metafunc.fixturenames:
        every = metafunc.module.SELECTIONS
        chosen = every if metafunc.config.getoption("--thorough") else every[::5]
        metafunc.parametrize("selection", chosen)
    if "faults" in metafunc.fixturenames:
        folders = metafunc.module.shared_folders()
        chosen = folders if metafunc.config.getoption("--thorough") else folders[::5]
        names = [", ".join(one.name for one in faults) for faults in chosen]
        metafunc.parametrize("faults", chosen, ids=names)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first, in the order in which they are named; only quick tests, unless asked."""
    if not config.getoption("--thorough"):
        for item in items:
            if item.get_closest_marker("thorough"):
                item.add_marker(pytest.mark.skip(reason="takes minutes; --thorough tries it"))
    places = {name: place for place, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A webhook on this machine, for exports without a token."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv(WEBHOOK_TOKEN, raising=False)
    with Receiver() as running:
        yield running


@pytest.fixture(scope="module")
def exports() -> Iterator[KilledExports]:
    """A process that exports, and is killed over it as asked."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NO_PROXY", "*")
        for variable in (WEBHOOK_TOKEN, *CRM_TOKENS.values()):
            patched.setenv(variable, "s3cret")
        with KilledExports() as running:
            yield running


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How many kills to try."""
    return int(request.config.getoption("--kills"))


READ_ONCE = cache(read_rule_set)


@pytest.fixture
def rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For checks of many data folders: to read the project's rules takes longer than to check."""
    monkeypatch.setattr(data_checks, "read_rule_set", READ_ONCE)


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Run]]:
    """The name of an engine, and what runs a query on it."""
    with engine_here(request.param, tmp_path_factory.mktemp("engine")) as run:
        yield request.param, run
