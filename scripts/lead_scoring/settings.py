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

    Raises SettingError where they are no mapping.
    """
    import yaml  # commands that look at no inputs do not wait for it

    text = (project.PROJECT / "dbt_project.yml").read_text(encoding="utf-8")
    declared = yaml.safe_load(text).get("vars") or {}
    if not isinstance(declared, Mapping):
        raise SettingError("vars in dbt_project.yml is no mapping of names and values.")
    own = declared.get("lead_scoring")
    return {**declared, **(own if isinstance(own, Mapping) else {})}


def inputs_as_read() -> dict[str, object]:
    """Returns dbt's vars by which inputs are read: the environment's, else the project's.

    Raises SettingError where there is no such time zone or order of dates.
    """
    declared = declared_variables()
    found = {
        f"lead_scoring_{name}": os.environ.get(f"LEAD_SCORING_{name.upper()}")
        or declared.get(f"lead_scoring_{name}")
        for name in READ_BY
    }
    given = {name: str(value) for name, value in found.items() if value}
    try:
        if zone := given.get("lead_scoring_input_time_zone"):
            check_time_zone(zone)
    except ValueError as error:
        raise SettingError(f"lead_scoring_input_time_zone: {error}") from None
    order = given.get("lead_scoring_date_order", DateOrder.DMY.value)
    if order not in [each.value for each in DateOrder]:
        raise SettingError(f"lead_scoring_date_order is {order}. Write dmy or mdy.")
    return dict(given)
