"""Decides for each row of a list of points what rule it is, or says what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lead_scoring.rules.importing.attributes import (
    AttributeReader,
    AttributeWords,
    family_of_attribute,
)
from lead_scoring.rules.importing.entries import Entry, Kind
from lead_scoring.rules.importing.events import EventReader, EventWords, family_of_event
from lead_scoring.rules.importing.vocabulary import EVENT_DETAILS, OPERATORS, VAGUE
from lead_scoring.rules.importing.wording import NotPlaced, count_of, days_in, plain, points_of
from lead_scoring.rules.rule_set import RuleSet

TOKEN = re.compile(r"{{\s*(?:my\.)?(.*?)\s*}}")
DIRECTION = re.compile(r"^(?:decrease|increase|change|negative|positive) ?(?:score)? ?[-:] ?")
INACTIVITY = re.compile(
    r"(?:no|without|zero) (?:recent )?(?:activity|activities|engagement|interaction)s?"
    r"|inactive|inactivity|not active|dormant"
)
SINCE = re.compile(r"(?:for|in|within|after|since|over)? ?(?:more than |over |at least )?")
STAGES = {
    "mql": "mql", "marketing qualified": "mql", "marketing qualified lead": "mql",
    "sql": "sql", "sales qualified": "sql", "sales qualified lead": "sql", "sales ready": "sql",
}  # fmt: skip
STAGE_WORDS = re.compile(r"[ -]*(?:threshold|score|cut-?off|limit|minimum|from|at|level)*[ -:]*")
NEGATED = re.compile(r"(?:no|not|never|without|did not|didn't|has not|hasn't|have not) ")
TOTALS = ("total", "sum", "subtotal", "total score", "grand total", "maximum score", "max score")
DISQUALIFIES = ("disqualify", "disqualified", "disqualifies", "dq", "exclude", "excluded")

# 'Once per session': what counts as one.
PER = re.compile(
    r"(?:(?:once|one time|1x?) ?)?(?:per|a|an|each|every|/) ?(?:"
    r"(?P<session>session|visit)|(?P<target>page|url|asset|file|document|link))"
)
PER_REMARKS = {
    "session": "visits are told apart by session_id: check that events have it",
    "target": "what is the same is told by url, else asset: check that events have one",
}


@dataclass(frozen=True)
class Decay:
    """A row of decay_curves, without its name."""

    method: str
    days: int
    percent: str = ""


@dataclass(frozen=True)
class Placement:
    """What a row became. table: fit_rules, engagement_rules, inactivity_rules or thresholds."""

    entry: Entry
    table: str
    points: Decimal
    family: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    condition: dict[str, str] = field(default_factory=dict)  # a row of rule_conditions
    decay: Decay | None = None
    remark: str = ""

    @property
    def subject(self) -> str:
        """What the rule looks at: the attribute or the event type."""
        return self.cells.get("attribute") or self.cells.get("event_type") or ""


class Placer:
    """Places rows by the event types and attributes of a rule set."""

    def __init__(self, rule_set: RuleSet, kind: Kind) -> None:
        self._events = EventReader(rule_set)
        self._attributes = AttributeReader(rule_set)
        self._kind = kind

    def place(self, entry: Entry) -> Placement:
        """Returns the rule of a row. Raises NotPlaced, which says why there is none."""
        if entry.is_heading:
            raise NotPlaced("has no points: it was read as a heading of the rows below it")
        if entry.token_type and plain(entry.token_type) != "score":
            raise NotPlaced(f"is a token of type {entry.token_type}, not Score")
        text = self._text(entry)
        if not text and not entry.operator and not entry.value:
            raise NotPlaced("has points, and no criterion")
        if text in TOTALS:
            raise NotPlaced("is a total, not a criterion")
        stage = _stage(text)
        if stage:
            return _threshold(entry, stage)
        if plain(entry.points) in DISQUALIFIES:
            return self._disqualifier(entry, text)
        points = points_of(entry.points)
        if entry.is_negative and points > 0:
            points = -points
        quiet = INACTIVITY.match(text)
        if quiet:
            return _inactivity(entry, text[quiet.end() :], points)
        found = self._condition_or_event(entry, text)
        if isinstance(found, AttributeWords):
            return _fit(entry, found, points)
        return _engagement(entry, found, points)

    def _text(self, entry: Entry) -> str:
        token = TOKEN.search(entry.criterion)
        text = plain(token[1] if token else entry.criterion)
        return DIRECTION.sub("", text) if self._kind is Kind.MARKETO else text

    def _condition_or_event(self, entry: Entry, text: str) -> AttributeWords | EventWords:
        if entry.operator or entry.value:
            return self._by_columns(entry, text)
        # 'Job title' as the category of 'VP' and 'Manager' is the attribute itself.
        attribute = self._attributes.named(entry.category) if entry.category else None
        problems = []
        readers: list[Callable[[], AttributeWords | EventWords | None]] = [
            lambda: self._events.read(text),
            lambda: self._attributes.read(text),
        ]
        if attribute:
            readers.insert(0, lambda: self._attributes.condition(attribute, "", entry.criterion))
        for read in readers:
            try:
                found = read()
            except NotPlaced as problem:
                problems.append(problem)
                continue
            if found:
                return found
        raise problems[0] if problems else NotPlaced(self._why_unknown(text))

    def _by_columns(self, entry: Entry, text: str) -> AttributeWords | EventWords:
        attribute = self._attributes.named(text)
        if attribute:
            return self._attributes.condition(attribute, entry.operator, entry.value)
        event = self._events.read(text)
        if event is None and not entry.operator:
            # 'Demographics' beside 'Job title is VP': the first is but a group.
            return self._condition_or_event(replace(entry, value=""), plain(entry.value))
        if event is None:
            raise NotPlaced(self._why_unknown(text))
        if not entry.value:
            if plain(entry.operator) in ("", "is", "is known", "has", "completed", "occurred"):
                return event
            raise NotPlaced("no value is given")
        detail = EVENT_DETAILS.get(event.event_type, "")
        if plain(entry.value) in ("any", "all", "is any"):
            return event
        code = OPERATORS.get(plain(entry.operator) or "is")
        if not detail or event.attribute or code not in (
            "equals", "not_equals", "contains", "starts_with", "ends_with",
        ):  # fmt: skip
            raise NotPlaced(f"'{entry.operator} {entry.value}' cannot be asked of this event here")
        if re.search(r"[,;|]", entry.value):
            raise NotPlaced("several values: write one row for each")
        return replace(event, attribute=detail, operator=code, value=entry.value.strip())

    def _disqualifier(self, entry: Entry, text: str) -> Placement:
        found = self._condition_or_event(entry, text)
        if isinstance(found, AttributeWords):
            return replace(
                _fit(entry, found, Decimal(0)),
                cells=_fit_cells(found) | {"disqualifies": "true"},
            )
        if found.attribute:
            raise NotPlaced("a disqualifier can count events of a type, not of some address")
        return Placement(
            entry=entry,
            table="fit_rules",
            points=Decimal(0),
            family=family_of_event(found.event_type),
            cells={"disqualifies": "true"},
            condition={
                "of": "history",
                "event_type": found.event_type,
                "within_days": "" if found.within_days is None else str(found.within_days),
                "operator": "gte",
                "value": str(found.min_count),
            },
        )

    def _why_unknown(self, text: str) -> str:
        if NEGATED.match(text):
            return "it is about what a lead did not do: say it by hand, see rule_conditions"
        vague = sorted(VAGUE.intersection(text.replace("-", " ").split()))
        if vague:
            return f"the list does not say what '{vague[0]}' means here"
        if re.search(r"\b(?:located|location|based|geography)\b", text):
            return "a place may be the country, region or city: name one of them"
        if re.search(r"\bforms?\b", text):
            return "no event type for this form: add it to event_types.csv if your events have it"
        if self._events.is_named_like(text):
            return "it asks more of an event than its type: say it by hand, see rule_conditions"
        return (
            "no event type or attribute of these words: add it to event_types.csv or "
            "attributes.csv if your data has it"
        )


def _stage(text: str) -> str | None:
    text = " ".join(re.sub(r"\(.*?\)", " ", text).split())
    for words in sorted(STAGES, key=len, reverse=True):
        if text.startswith(words) and STAGE_WORDS.fullmatch(text[len(words) :]):
            return STAGES[words]
    return None


def _threshold(entry: Entry, stage: str) -> Placement:
    words = re.sub(r"^(?:>=|>|from|at least) ?|(?: ?\+| or more)$", "", plain(entry.points))
    points = points_of(words)
    if points <= 0:
        raise NotPlaced("a stage needs a threshold above 0")
    return Placement(entry, "thresholds", points, cells={"label": stage})


def _inactivity(entry: Entry, rest: str, points: Decimal) -> Placement:
    days = days_in(SINCE.sub("", rest.strip(" -:"), count=1))
    if not rest.strip(" -:"):
        raise NotPlaced("it does not say after how many days without activity")
    if days is None:
        raise NotPlaced("inactivity here means no activity at all; this looks at some of it")
    if points >= 0:
        raise NotPlaced("inactivity can only take points")
    return Placement(
        entry,
        "inactivity_rules",
        points,
        cells={"after_days": str(days)},
        remark="taken once, and given back by any activity",
    )


def _fit(entry: Entry, found: AttributeWords, points: Decimal) -> Placement:
    for column in ("frequency", "decay", "within"):
        if plain(getattr(entry, column)) not in ("", "none", "no", "n/a", "-", "never", "once"):
            raise NotPlaced(f"'{getattr(entry, column)}': who a lead is does not repeat or fade")
    return Placement(
        entry=entry,
        table="fit_rules",
        points=points,
        family=family_of_attribute(found.attribute),
        cells=_fit_cells(found),
        remark=_fit_remark(found),
    )


def _fit_remark(found: AttributeWords) -> str:
    missing = "a lead without a value does not get the points"
    return "; ".join(
        part
        for part in (found.remark, missing if found.operator in ("not_equals", "not_in") else "")
        if part
    )


def _fit_cells(found: AttributeWords) -> dict[str, str]:
    return {"attribute": found.attribute, "operator": found.operator, "value": found.value}


def _engagement(entry: Entry, found: EventWords, points: Decimal) -> Placement:
    cells = {
        "event_type": found.event_type,
        "attribute": found.attribute,
        "operator": found.operator,
        "value": found.value,
        "award": "once" if found.min_count > 1 else "each",
        "per": "",
        "min_count": str(found.min_count) if found.min_count > 1 else "",
        "within_days": "" if found.within_days is None else str(found.within_days),
    }
    cells |= _frequency(entry.frequency)
    if plain(entry.within) not in ("", "all time", "any time", "none", "no", "n/a", "-"):
        days = days_in(re.sub(r"^(?:in|within) ", "", plain(entry.within)))
        if days is None:
            raise NotPlaced(f"'{entry.within}' is no span of time that can be read")
        cells["within_days"] = str(days)
    return Placement(
        entry=entry,
        table="engagement_rules",
        points=points,
        family=family_of_event(found.event_type),
        cells=cells,
        decay=_decay(entry.decay),
        remark="; ".join(part for part in (found.remark, PER_REMARKS.get(cells["per"])) if part),
    )


def _frequency(text: str) -> dict[str, str]:
    words = plain(text)
    if words in ("", "each", "each time", "every", "every time", "always", "unlimited"):
        return {}
    if words in ("once", "one time", "first time", "once only", "only once", "1", "one-time"):
        return {"award": "once"}
    if words in ("daily", "per day"):
        return {"max_per_day": "1"}
    per = PER.fullmatch(words)
    if per:
        return {"per": next(name for name, text in per.groupdict().items() if text)}
    per_day = re.fullmatch(r"(?:max(?:imum)? |up to )?(\w+)(?: times?|x)? ?(?:per|a|/) ?day", words)
    count = 1 if words.startswith("once") else count_of(per_day[1]) if per_day else None
    if not count or not words.endswith("day"):
        raise NotPlaced(f"the frequency '{text}' is not known here")
    return {"max_per_day": str(count)}


def _decay(text: str) -> Decay | None:
    """Reads how points fade; a percentage is of the first points, as HubSpot counts it."""
    words = plain(text)
    if words in ("", "none", "no", "off", "never", "n/a", "-"):
        return None
    half = re.fullmatch(r"half-?(?: |)life:?(?: of)? (.+)|halves every (.+)", words)
    share = re.fullmatch(r"-?(\d+(?:\.\d+)?) ?% (?:every|per|each|a) (.+)", words)
    span = re.fullmatch(r"(?:expires? |expired |valid )?(?:after |in |for )?(.+)", words)
    if share:
        days = days_in(share[2])
        if days and 0 < Decimal(share[1]) <= 100:
            return Decay("step_linear", days, share[1])
    elif half:
        days = days_in(half[1] or half[2])
        if days:
            return Decay("half_life", days)
    elif span:
        days = days_in(span[1])
        if days:
            return Decay("window", days)
    raise NotPlaced(f"the decay '{text}' cannot be read")
