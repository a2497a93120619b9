"""The rules that made the published scores, as the run wrote them down."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lead_scoring.databases import Queries, rows
from lead_scoring.rules.recorded import write_recorded_rules
from lead_scoring.rules.rule_set import RuleSet, read_rule_set


def recorded_rules(connection: Queries, rules: Path | None) -> tuple[RuleSet, str]:
    """Returns the latest recorded rules, and how they are called: by commit or fingerprint.

    rules: the folder of rule tables that runs use, for what is not on record, as descriptions.
    Raises RulesError.
    """
    latest = rows(
        connection,
        "select rules_version, rules_fingerprint, rules_commit from rule_changes"
        " order by rules_version desc limit 1",
    )
    if not latest:
        return read_rule_set(rules), "that are not on record"
    with tempfile.TemporaryDirectory(prefix="lead_scoring-rules-") as folder:
        write_recorded_rules(connection, latest[0]["rules_version"], rules, Path(folder))
        found = read_rule_set(Path(folder))
    return found, latest[0]["rules_commit"] or latest[0]["rules_fingerprint"]
