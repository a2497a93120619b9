"""Generated cases, many to a run, against the oracle: no cell may differ.

`pytest tests/python/test_oracle.py --cases 3000 --seed 1000 -n 2` compares more of them.
"""

from __future__ import annotations

from pathlib import Path

from comparison import compare_run, report
from conftest import CASES_PER_RUN
from generate.packs import seeded_pack
from generate.predictions import with_predictions
from runs import run_pack


def test_a_run_agrees_with_the_oracle(pack_seed: int, tmp_path: Path) -> None:
    pack = with_predictions(seeded_pack(pack_seed, CASES_PER_RUN), pack_seed)
    database = run_pack(pack, tmp_path)
    differences = compare_run(pack, [pack.oracle().at(pack.world.now)], database)
    assert not differences, f"seed {pack_seed}: {report(differences, pack)}"
