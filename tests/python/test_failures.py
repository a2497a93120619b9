"""What a run that fails says of the step that failed."""

from __future__ import annotations

from types import SimpleNamespace

from lead_scoring.runs.failures import sentence


def test_of_an_error_of_spark_its_plan_is_left_out() -> None:
    message = """
  Runtime Error in model int_lead_scoring__bands (models/bands.sql)
    [TABLE_OR_VIEW_NOT_FOUND] The table or view `months` cannot be found.
    To tolerate the error use IF EXISTS. SQLSTATE: 42P01; line 40 pos 9;
    'Project ['scorecard, 'month]
    +- 'UnresolvedRelation [months], [], false
"""
    node = SimpleNamespace(resource_type="model", name="int_lead_scoring__bands", description="")
    assert sentence(SimpleNamespace(node=node, message=message, failures=None)) == (
        "model int_lead_scoring__bands: [TABLE_OR_VIEW_NOT_FOUND] The table or view `months` cannot"
        " be found. To tolerate the error use IF EXISTS. SQLSTATE: 42P01"
    )
