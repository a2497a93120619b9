"""Scores leads by two rule sets, side by side, and compares; publishes nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from lead_scoring.preview.comparison import Comparison, compare
from lead_scoring.preview.rule_differences import read_laid_out, rule_differences
from lead_scoring.preview.rule_sources import changed_tables, lay_out_base, lay_out_edited
from lead_scoring.preview.scratch import Instants, score_both
from lead_scoring.preview.stage_minimums import stage_minimums
from lead_scoring.private_files import scratch_folder

OUTCOME_DAYS = 60  # scores of so many days ago are compared with what was won since


def preview(
    *,
    data: Path | None,
    rules: Path | None,
    base: str,
    instants: Instants,
    weekly_capacity: int | None = None,
    keep: Path | None = None,
    threads: int | None = None,
    echo: bool = False,
) -> tuple[Comparison, dict[str, int]]:
    """Scores the leads by both rule sets and compares; returns the stages' minimums as well.

    keep: the folder that the scratch databases stay in; None: they are deleted.
    Raises RulesError where rules cannot be used, RunFailed where leads cannot be scored.
    """
    with _scratch_folder(keep) as folder:
        base_rules, edited_rules = folder / "base_rules", folder / "edited_rules"
        base_words = lay_out_base(base, base_rules)
        edited_words = lay_out_edited(rules, edited_rules)
        base_set, edited = read_laid_out(base_rules), read_laid_out(edited_rules)
        scratch = score_both(
            data=data,
            base_rules=base_rules,
            edited_rules=edited_rules,
            changed_tables=changed_tables(base_rules, edited_rules),
            instants=instants,
            folder=folder,
            with_likelihoods=any(one.tables["predictions"] for one in (base_set, edited)),
            threads=threads,
            echo=echo,
        )
        comparison = compare(
            scratch,
            base=base_words,
            edited=edited_words,
            instants=instants,
            rules=rule_differences(base_set, edited),
            weekly_capacity=weekly_capacity,
        )
        return comparison, stage_minimums(edited)


@contextlib.contextmanager
def _scratch_folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise OSError(f"{keep} is not empty. Name a new folder to keep the databases in.")
        yield keep.absolute()
        return
    with scratch_folder("preview") as folder:
        yield folder
