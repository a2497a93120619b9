"""Runs of generated cases that agree with the oracle: would they still, with a fault?"""

from __future__ import annotations

import duckdb

from lead_scoring_workshop.mutations.built import Built

# What tests/python/comparison.py compares. Of reasons in lead_scores it compares the rule, here
# they stand in words: they are left out. So is what the record says: these runs have none.
COMPARED = {
    "scorecard_scores": "select * exclude (rules_commit, rules_fingerprint) from {table}",
    "score_reasons": "select * exclude (reason) from {table}",
    "lead_scores": "select columns(name -> name not similar to"
    " 'reason_.*|rules_.*|change_.*|trend|.*_because'), disqualified_because is null from {table}",
    "lead_fit_scores": "from {table}",
    "lead_engagement_scores": "select * exclude (last_activity_at) from {table}",
    "lead_decay": "from {table}",
    "lead_levers": "select * exclude (words, value, attribute) from {table}",
    "account_scores": "select columns(name -> name not similar to 'change_.*|trend') from {table}",
    "enterprise_lead_scores": "select lead_id, as_of from {table}",
    "mid_market_lead_scores": "select lead_id, as_of from {table}",
    "small_business_lead_scores": "select lead_id, as_of from {table}",
    "quarantined_rows": "select input_table, row_id, cause from {table}",
    "invalid_rules": "from {table}",
    "int_lead_scoring__input_counts": "select input_table, fate, sum(row_count) from {table}"
    " group by input_table, fate",
}


def oracle_sees(built: Built, model: str) -> bool:
    """Builds what depends on a model that is now after_<model>; tells whether the oracle sees it.

    A part of the run that fails is seen too.
    """
    changed = {model}
    for name, query in built.models.items():
        if name != model:
            if not built.parents[name] & changed or not built.make_before(name):
                continue
            text = query.sql(dialect="duckdb")
            for each in changed:
                text = text.replace(built.relations[each], f"temp.after_{each}")
            try:
                built.make_after(name, text)
            except duckdb.Error:
                return True
            if not built.differs(name):
                continue
            changed.add(name)
        if name in COMPARED and built.differs(name, COMPARED[name]):
            return True
    return False
