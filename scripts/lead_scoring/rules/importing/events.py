"""Reads what a lead did: 'Visited pricing page 3 times in 2 weeks'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lead_scoring.rules.importing.vocabulary import (
    CONTENT,
    EVENT_DETAILS,
    EVENTS,
    FILLERS,
    FORMS,
    PARTS_OF_A_WEBSITE,
    PHRASES,
    UNCLEAR,
    VAGUE,
)
from lead_scoring.rules.importing.wording import (
    NUMBER_WORDS,
    TIME,
    NotPlaced,
    count_of,
    days_in,
    plain,
)
from lead_scoring.rules.rule_set import RuleSet

TIMES = re.compile(
    r"(?P<more>more than |over )?(?:at least |minimum (?:of )?|min )?"
    r"(?P<count>\d+|" + "|".join(NUMBER_WORDS) + r") ?(?:\+|or more)? ?(?:x|times)(?: or more)?\b"
)
COUNTED = re.compile(
    r"(?P<more>more than |over )?(?:at least )?(?P<count>\d+) ?(?P<plus>\+|or more )? ?"
    r"(?=(?:web ?|website )?(?:pages|e-?mails|webinars|visits|downloads|clicks|opens|views|links"
    r"|white ?papers|e-?books|guides|reports|brochures|assets|files)\b)"
)
ONCE_WORDS = {"once": 1, "twice": 2}
WINDOW = re.compile(rf"\b(?:in|within|over|during) {TIME}(?= |$)")
SAME_DAY = re.compile(
    r"\b(?:in|on|within|per) (?:the same|same|one|1|a|single|a single) (?:day|visit|session)\b"
)
KINDS_OF_CONTENT = 2  # words that may say what was downloaded


@dataclass(frozen=True)
class EventWords:
    """What a text says about events: their type, and what else is asked of them."""

    event_type: str
    attribute: str = ""
    operator: str = ""
    value: str = ""
    min_count: int = 1
    within_days: int | None = None
    remark: str = ""


class _Word(NamedTuple):
    """A word in the form in which words are compared, and as it is written."""

    form: str
    written: str


class EventReader:
    """Knows the event types of a rule set, by the words of this package and by their own."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._types: dict[frozenset[str], str] = {}
        for row in rule_set.tables["event_types"]:
            name = row["event_type"]
            spoken = (name.replace("_", " "), row["description"], *EVENTS.get(name, ("", ()))[1])
            for words in spoken:
                self._types.setdefault(frozenset(word.form for word in _words(words)), name)

    def read(self, text: str) -> EventWords | None:
        """Returns the event that a text speaks of, None where it names no known one.

        Raises NotPlaced where the event is known and something else is left open.
        """
        rest, min_count, within_days, remark = _counts(plain(text))
        words = _words(rest)
        forms = frozenset(word.form for word in words)
        if forms in UNCLEAR:
            raise NotPlaced(UNCLEAR[forms])
        found = self._types.get(forms)
        if found:
            return EventWords(found, min_count=min_count, within_days=within_days, remark=remark)
        detail = _page(words) or _download(words)
        if detail is None:
            return None
        event_type, operator, value = detail
        if any(sign.isdigit() for sign in value):
            raise NotPlaced(f"it is not clear what '{value}' counts")
        if VAGUE.intersection(value.split()):
            raise NotPlaced(f"the list does not say what '{value}' means here")
        note = (
            f"reads '{value}' as a part of the {EVENT_DETAILS[event_type]}: check how it is named"
        )
        return EventWords(
            event_type,
            EVENT_DETAILS[event_type],
            operator,
            value,
            min_count,
            within_days,
            "; ".join(part for part in (remark, note) if part),
        )

    def is_named_like(self, text: str) -> bool:
        """Returns whether a text holds all the words of some event type, and others."""
        words = {word.form for word in _words(plain(text))}
        return any(len(each) > 1 and each < words for each in self._types)


def family_of_event(event_type: str) -> str:
    """Returns the family of evidence that an event type belongs to."""
    return EVENTS.get(event_type, ("intent", ()))[0]


def _words(text: str) -> list[_Word]:
    text = re.sub(r"[^\w\s'/.-]|_", " ", text.lower())
    text = re.sub(r" [-/.]+ |^[-/.]+ | [-/.]+$", " ", f" {text} ")
    text = " ".join(text.split())
    for phrase, word in _by_length(PHRASES):
        text = re.sub(rf"\b{re.escape(phrase)}\b", word, text)
    return [_Word(FORMS.get(word, word), word) for word in text.split() if word not in FILLERS]


def _by_length(phrases: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return sorted(phrases.items(), key=lambda each: -len(each[0]))


def _counts(text: str) -> tuple[str, int, int | None, str]:
    """Takes counts and spans of time out of a text; returns the rest and what they say."""
    if SAME_DAY.search(text):
        raise NotPlaced("events of one day or visit cannot be counted by themselves")
    within_days, min_count = None, 1
    window = WINDOW.search(text)
    if window:
        within_days = days_in(window[0].split(" ", 1)[1])
        if within_days is None:
            raise NotPlaced(f"'{window[0]}' is no span of time that can be read")
        text = text.replace(window[0], " ")
    found = TIMES.search(text) or COUNTED.search(text)
    if found:
        count = count_of(found["count"]) or 1
        min_count = count + 1 if found["more"] else count
        text = text.replace(found[0], " ")
    for word, count in ONCE_WORDS.items():
        if re.search(rf"\b{word}\b", text):
            min_count, text = count, re.sub(rf"\b{word}\b", " ", text)
    parts = []
    if min_count > 1:
        parts.append("points come once, when the count is reached")
    if within_days is not None:
        parts.append("the days are those before the score's instant")
    return " ".join(text.split()), min_count, within_days, "; ".join(parts)


def _page(words: list[_Word]) -> tuple[str, str, str] | None:
    """A visit to pages of a name: 'careers page'."""
    forms = [word.form for word in words]
    others = [word.written for word in words if word.form not in ("view", "page", "website")]
    if len(others) != 1 or not ("page" in forms or PARTS_OF_A_WEBSITE.issuperset(others)):
        return None
    return "page_viewed", "contains", others[0]


def _download(words: list[_Word]) -> tuple[str, str, str] | None:
    """A download of something with a name: 'whitepaper'."""
    forms = [word.form for word in words]
    others = [
        word.form if word.form in CONTENT else word.written
        for word in words
        if word.form not in ("download", "website")
    ]
    if "download" not in forms or not 0 < len(others) <= KINDS_OF_CONTENT:
        return None
    return "asset_downloaded", "has_word", " ".join(others)
