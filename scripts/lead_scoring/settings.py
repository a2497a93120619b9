"""What dbt_project.yml sets, for whoever looks at inputs before dbt does.

A package that installs this one has vars of its own; commands run in this project alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from lead_scoring import project
from lead_scoring.times import DateOrder, check_time_zone

# Vars by which inputs are read, by the names that they have in the environment too.
READ_BY = ("input_time_zone", "date_order")


class SettingError(ValueError):
    """A var of dbt_project.yml, or a variable of the environment, cannot be used."""


def declared_variables() -> dict[str, object]:
    """Returns the vars of dbt_project.yml: those of every package, and over them those of its own.

    Raises SettingError where the file is no YAML, or they are no mapping.
    """
    import yaml  # commands that look at no inputs do not wait for it

    try:
        read = yaml.safe_load((project.PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SettingError(f"dbt_project.yml is no YAML: {error}") from None
    declared = (read.get("vars") or {}) if isinstance(read, Mapping) else None
    if not isinstance(declared, Mapping):
        raise SettingError("vars in dbt_project.yml is no mapping of names and values.")
    own = declared.get("lead_scoring")
    return {**declared, **(own if isinstance(own, Mapping) else {})}


def inputs_as_read(given: Mapping[str, object] | None = None) -> dict[str, object]:
    """Returns dbt's vars by which inputs are read: those given, else the environment's, else the
    project's.

    given: dbt's vars, others among them; None or blank: as without. Raises SettingError where there
    is no such time zone or order of dates.
    """
    declared, given = declared_variables(), given or {}
    found = {
        f"lead_scoring_{name}": given.get(f"lead_scoring_{name}")
        or os.environ.get(f"LEAD_SCORING_{name.upper()}")
        or declared.get(f"lead_scoring_{name}")
        for name in READ_BY
    }
    read: dict[str, object] = {name: str(value) for name, value in found.items() if value}
    try:
        check_time_zone(str(read.get("lead_scoring_input_time_zone", "UTC")))
    except ValueError as error:
        raise SettingError(f"lead_scoring_input_time_zone: {error}") from None
    order = read.get("lead_scoring_date_order")
    if order and order not in [each.value for each in DateOrder]:
        raise SettingError(f"lead_scoring_date_order is {order}. Write dmy or mdy.")
    return read
