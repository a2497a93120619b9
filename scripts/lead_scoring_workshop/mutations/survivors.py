"""What unit tests let pass, tried on real rows: does it change the model there, and is it seen?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import duckdb

from lead_scoring_workshop.mutations.built import Built
from lead_scoring_workshop.mutations.fates import (
    DATA_TEST,
    ERROR,
    NOT_TRIED,
    ORACLE,
    SAME,
    SURVIVED,
)
from lead_scoring_workshop.mutations.oracle import oracle_sees
from lead_scoring_workshop.mutations.outcomes import Outcomes
from lead_scoring_workshop.mutations.unit_tests import Mutant

KILLED = (DATA_TEST, ERROR, ORACLE)


def fate(runs: Sequence[Built], same: Iterable[Mutant], outcomes: Outcomes) -> str:
    """Returns what becomes of a fault on the rows of built databases, in any model that has it.

    killed by a data test, or by the oracle; same rows: nothing changes; survived: rows change, and
    no test says so; not tried: no model is built with what the fault is in.
    """
    found = {NOT_TRIED}
    places = dict.fromkeys((each.part.model, each.part.name, each.fault) for each in same)
    for built in runs:
        for model, name, fault in places:
            changed = built.with_fault(model, name, fault)
            if changed is not None:
                question = f"{built.version} {built.tests.get(model)} {changed}"
                found.add(outcomes.of(question, partial(_fate, built, model, changed)))
            if found & set(KILLED):
                break
    return next(each for each in (*KILLED, SURVIVED, SAME, NOT_TRIED) if each in found)


def _fate(built: Built, model: str, changed: str) -> str:
    if not built.make_before(model):
        return NOT_TRIED
    try:
        built.make_after(model, changed)
        if not built.differs(model):
            return SAME
    except duckdb.Error:
        return ERROR
    for test in built.tests.get(model, []):
        try:
            text = test.replace(built.relations[model], f"temp.after_{model}")
            rows = built.connection.execute(f"select count(*) from ({text})").fetchall()
        except duckdb.Error:
            continue
        if rows != [(0,)]:
            return DATA_TEST
    return ORACLE if built.has_oracle and oracle_sees(built, model) else SURVIVED
