"""What may become of a mutant, and the share of those that are killed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

UNIT_TEST = "killed by a unit test"
DATA_TEST = "killed by a data test"
ERROR = "killed by an error on real rows"
ORACLE = "killed by the oracle"
SURVIVED = "survived"
SAME = "same rows"
NOT_TRIED = "not tried"
EQUIVALENT = "equivalent"


def killed_share(fates: Mapping[str, int], left_out: Collection[str] = ()) -> float:
    """Returns the percentage of mutants that are killed. Equivalent ones are left out."""
    counted = {name: count for name, count in fates.items() if name not in {*left_out, EQUIVALENT}}
    killed = sum(count for name, count in counted.items() if name.startswith("killed"))
    return 100 * killed / max(1, sum(counted.values()))
