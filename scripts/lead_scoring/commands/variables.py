"""What options of commands mean as dbt's vars."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from lead_scoring.exports import read_as
from lead_scoring.runs.runner import in_environment
from lead_scoring.times import DateOrder, check_time_zone


def run_variables(
    announce_rule_changes: bool, input_time_zone: str | None, date_order: DateOrder | None
) -> dict[str, object] | None:
    """Returns dbt's vars for these options, None where they ask for none.

    Raises typer.BadParameter where there is no such time zone.
    """
    given: dict[str, object] = {}
    if announce_rule_changes:
        given["lead_scoring_announce_rule_changes"] = True
    if input_time_zone:
        try:
            given["lead_scoring_input_time_zone"] = check_time_zone(input_time_zone)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--input-time-zone") from None
    if date_order:
        given["lead_scoring_date_order"] = date_order.value
    return given or None


@contextmanager
def inputs_read_as(
    source: str | None, input_time_zone: str | None, date_order: DateOrder | None
) -> Iterator[None]:
    """Has every run meanwhile read its inputs as these options say; None: as before.

    Raises typer.BadParameter where there is no such time zone.
    """
    variables = run_variables(False, input_time_zone, date_order) or {}
    environment = {name.upper(): str(value) for name, value in variables.items()}
    with read_as(source), in_environment(environment):
        yield
