"""What a check says about a data folder: figures of each table, and what to mend.

No value of a cell is kept here but event types and outcomes: names of columns, counts and shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path

from lead_scoring.reading.headers import shown_name
from lead_scoring.rules.checks.text import number_of
from lead_scoring.settings import SettingError, declared_variables


class Level(IntEnum):
    """How bad a finding is, worst first. Only warnings let a run publish."""

    REFUSED = 0  # a file cannot be read
    HELD_BACK = 1  # a run would publish nothing
    WARNING = 2


class Role(str, Enum):
    """What a column was taken for."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    ATTRIBUTE = "declared attribute"
    OTHER = "other attribute"
    SET_ASIDE = "set aside"
    MISSING = "missing"  # rules read it, and the input lacks it


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or odd, in a data folder."""

    level: Level
    table: str | None
    file: Path | None
    column: str | None  # as it may be printed
    count: int | None  # rows, values, ids or columns that it is about
    share: float | None  # of those that there are: 0 to 1
    problem: str
    mend: str

    @property
    def is_refusal(self) -> bool:
        """Whether a run would be refused or held back."""
        return self.level is not Level.WARNING

    @property
    def place(self) -> str:
        """The table and the column in words."""
        return ", ".join(part for part in (self.table, self.column) if part)


@dataclass(frozen=True)
class TimeForm:
    """How many values of a column have one form of time, and how many of them can be read."""

    form: str
    count: int
    readable: int


@dataclass(frozen=True)
class Column:
    """One column of an input, or of the contract where rules read it and the input lacks it."""

    table: str
    name: str
    position: int | None  # None: the input lacks it
    role: Role
    type: str  # text, number, whole, flag, date, list, time, id
    rules: tuple[str, ...]  # that read it, or an attribute derived from it
    rows: int = 0
    filled: int = 0
    readable: int | None = None  # of the filled ones; None: every text is readable
    likely: str | None = None  # the other name where names are alike, as it may be printed
    forms: tuple[TimeForm, ...] = ()

    @property
    def shown(self) -> str:
        """The name as it may be printed: what does not look like one is called by its number."""
        return self.name if self.position is None else shown_name(self.name, self.position)

    @property
    def unreadable(self) -> int:
        """How many values are there and cannot be read."""
        return 0 if self.readable is None else self.filled - self.readable


@dataclass(frozen=True)
class EventType:
    """One event type or outcome, of the inputs or of the rules, in lower case."""

    table: str
    name: str
    rows: int
    is_known: bool
    rules: tuple[str, ...]
    likely: str | None
    is_one_of_many: bool = False  # of so many that the column may hold something else

    @property
    def may_be_shown(self) -> bool:
        """Whether it is no person's data by accident: it is known, near a known one, or common."""
        is_common = self.rows >= 3 and not self.is_one_of_many
        is_common = is_common and shown_name(self.name, 0) == self.name
        return self.is_known or bool(self.rules) or self.likely is not None or is_common


@dataclass(frozen=True)
class Quarantined:
    """How many rows of a table a run would put aside, by the cause it would give."""

    table: str
    cause: str
    rows: int


@dataclass(frozen=True)
class NearMisses:
    """Ids of a column that no lead has, and how many would match if they were written alike."""

    table: str
    column: str
    unmatched_ids: int
    unmatched_rows: int
    near: Mapping[str, int]  # in which way -> ids


@dataclass(frozen=True)
class Duplicates:
    """Leads that share an e-mail address: capitals, blanks and +tag aside."""

    addresses: int = 0
    leads: int = 0


@dataclass
class DataFindings:
    """All that a check found in a folder."""

    folder: Path
    input_time_zone: str = "UTC"  # of times that name none
    read_as: str = ""  # what exports the folder was taken for
    fates: str = ""  # what became of their rows
    rows: dict[str, int] = field(default_factory=dict)  # table -> rows
    columns: list[Column] = field(default_factory=list)
    event_types: list[EventType] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    near_misses: list[NearMisses] = field(default_factory=list)
    duplicates: Duplicates = Duplicates()
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether a run would be refused or held back."""
        return any(finding.is_refusal for finding in self.findings)


@dataclass(frozen=True)
class Limits:
    """From where on a run is held back (contract, "Held back"), by the names of the var."""

    quarantined_percent: Decimal = Decimal(5)
    quarantined_rows: Decimal = Decimal(50)
    unreadable_percent: Decimal = Decimal(20)
    unreadable_values: Decimal = Decimal(50)
    most_percent: Decimal = Decimal(50)
    most: Decimal = Decimal(2)

    def holds_back_rows(self, count: int, total: int) -> bool:
        """Whether so many quarantined rows of a table hold a run back."""
        return self._exceeds(count, total, self.quarantined_percent, self.quarantined_rows)

    def holds_back_values(self, count: int, total: int) -> bool:
        """Whether so many unreadable values of those that a column has hold a run back."""
        return self._exceeds(count, total, self.unreadable_percent, self.unreadable_values)

    def _exceeds(self, count: int, total: int, percent: Decimal, number: Decimal) -> bool:
        return (count > number and count * 100 > total * percent) or (
            count > self.most and count * 100 > total * self.most_percent
        )


def declared_limits() -> Limits:
    """Returns the limits that the var in dbt_project.yml sets, and the project's own for others.

    Raises SettingError where one is no number.
    """
    given = declared_variables().get("lead_scoring_hold_back") or {}
    if not isinstance(given, Mapping):
        raise SettingError("lead_scoring_hold_back is no mapping of limits and numbers.")
    limits = {}
    for each in fields(Limits):
        if each.name in given:
            number = number_of(str(given[each.name]))
            if number is None:
                raise SettingError(f"lead_scoring_hold_back: {each.name} is no number.")
            limits[each.name] = number
    return Limits(**limits)


def only_warned_of(findings: Iterable[Finding]) -> list[Finding]:
    """Returns the findings, what would hold a run back as warnings where the var asks for it."""
    severity = str(declared_variables().get("lead_scoring_input_severity", "error")).lower()
    if severity != "warn":
        return list(findings)
    return [
        replace(one, level=Level.WARNING) if one.level is Level.HELD_BACK else one
        for one in findings
    ]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Returns the findings by level, those of one level as they came."""
    return sorted(findings, key=lambda finding: finding.level)
