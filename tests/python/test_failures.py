"""What a run that fails says of the step that failed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

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


def test_of_an_error_of_java_its_frames_are_left_out() -> None:
    message = """
  Runtime Error in unit_test bands_meet (models/bands.yml)
    An error occurred while calling o31142.collectToPython.
: org.apache.spark.SparkException: Not enough memory to build and broadcast the table.
\tat java.base/java.util.concurrent.CompletableFuture.get(CompletableFuture.java:2096)
\tat scala.util.Try$.apply(Try.scala:217)
\t... 11 more
Caused by: org.apache.spark.SparkException: Not enough memory to build and broadcast the table.
\tat java.base/java.lang.Thread.run(Unknown Source)
"""
    node = SimpleNamespace(resource_type="unit_test", name="bands_meet", description="")
    assert sentence(SimpleNamespace(node=node, message=message, failures=None)) == (
        "unit_test bands_meet: An error occurred while calling o31142.collectToPython. :"
        " org.apache.spark.SparkException: Not enough memory to build and broadcast the table."
    )


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            'invalid input syntax for type numeric: "anna@x.example"',
            "invalid input syntax for type numeric: (a value)",
        ),
        (
            'date/time field value out of range: "Anna\'s"',
            "date/time field value out of range: (a value)",
        ),
        (
            "Conversion Error: Could not convert string 'anna@x.example' to INT64",
            "Conversion Error: Could not convert string (a value) to INT64",
        ),
        (
            "[CAST_INVALID_INPUT] The value 'anna@x.example' of the type \"STRING\" cannot be cast",
            '[CAST_INVALID_INPUT] The value (a value) of the type "STRING" cannot be cast',
        ),
        (
            "Could not convert string 'anna o'neil@x.example' to INT64",
            "Could not convert string (a value) to INT64",
        ),
        (
            'CSV Error on Line: 3\nOriginal Line: L1,"Ann\'s\nnote"\nExpected Number of Columns: 3',
            "CSV Error on Line: 3 Expected Number of Columns: 3",
        ),
        (
            'null value in column "lead_id"\nDETAIL:  Failing row contains (anna).\nHINT: x',
            'null value in column "lead_id" HINT: x',
        ),
        ("Env var required but not provided: 'SPARK_HOST'",) * 2,
    ],
)
def test_values_of_rows_are_not_told(message: str, told: str) -> None:
    node = SimpleNamespace(resource_type="model", name="m", description="")
    result = SimpleNamespace(node=node, message=message, failures=None)
    assert sentence(result) == f"model m: {told}"
