"""What the leads of the demo do: one row per event, with bots, late and repeated ones.

Times are whole seconds from the as-of instant: negative ones lie before it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from lead_scoring.demo.people import (
    BROWSER,
    BUYER,
    DAY,
    FADE_DAYS,
    INTERESTED,
    KINDS,
    Flags,
    People,
    Real,
    Whole,
)

SITE = "https://www.our-product.example"


class Thing(NamedTuple):
    """One thing that a lead can do: an event type with its details."""

    group: str
    event_type: str
    channel: str
    url: str | None
    asset: str | None


def _pages(group: str, event_type: str, channel: str, *paths: str) -> list[Thing]:
    return [Thing(group, event_type, channel, SITE + path, None) for path in paths]


def _assets(group: str, event_type: str, channel: str, *assets: str | None) -> list[Thing]:
    return [Thing(group, event_type, channel, None, asset) for asset in assets]


WEBINARS = ("first-pipeline", "data-contracts", "cost-of-bad-data", "warehouse-tuning")
THINGS = [
    *_assets("open", "email_opened", "email", "newsletter", "product-news", "event-invitation"),
    *_pages("click", "email_clicked", "email", "/blog/contracts", "/customers/mills",
            "/product", "/webinars", "/guides/checklist", "/pricing-news"),
    *_assets("reply", "email_replied", "email", None),
    *_pages("blog", "page_viewed", "web", "/blog/contracts", "/blog/quality", "/blog/costs",
            "/blog/roadmap"),
    *_pages("story", "page_viewed", "web", "/customers/mills", "/customers/freight",
            "/customers/health"),
    *_pages("page", "page_viewed", "web", "/", "/product", "/docs/start", "/integrations",
            "/security"),
    *_pages("careers", "page_viewed", "web", "/careers", "/careers/engineer"),
    *_pages("pricing", "pricing_page_viewed", "web", "/pricing"),
    *_assets("download", "asset_downloaded", "web", "buyers-guide.pdf", "checklist.pdf",
             "benchmark.pdf", "security-paper.pdf"),
    *_assets("social", "social_engaged", "social", "post-comment", "post-share", "post-like"),
    *_assets("fair", "trade_fair_visited", "event", "data-days", "cloud-fair"),
    *_assets("sign_in", "product_signed_in", "product", "workspace"),
    *_assets("register", "webinar_registered", "event", *WEBINARS),
    *_assets("attend", "webinar_attended", "event", *WEBINARS),
    *_pages("demo", "demo_requested", "web", "/demo"),
    *_pages("trial", "trial_started", "product", "/trial"),
    *_assets("meeting", "meeting_booked", "phone", None),
    *_assets("missed", "meeting_missed", "phone", None),
    *_assets("invite", "teammate_invited", "product", "workspace"),
    *_assets("limit", "plan_limit_reached", "product", "workspace"),
    *_assets("unsubscribe", "email_unsubscribed", "email", "newsletter"),
    *_assets("bounce", "email_bounced", "email", "newsletter"),
]  # fmt: skip
GROUPS = list(dict.fromkeys(thing.group for thing in THINGS))
_THING_GROUPS = np.array([GROUPS.index(thing.group) for thing in THINGS])
_GROUP_START = np.searchsorted(_THING_GROUPS, np.arange(len(GROUPS)))
_GROUP_SIZE = np.bincount(_THING_GROUPS)

# What the leads of a kind do, as shares. Buyers have two lives: before the burst and in it.
HABITS: dict[str, dict[str, float]] = {
    "burst": {"open": 22, "click": 12, "reply": 3, "blog": 6, "story": 9, "page": 17, "pricing": 15,
              "download": 6, "social": 4, "fair": 1, "sign_in": 5},
    "buyer": {"open": 38, "click": 10, "reply": 1, "blog": 14, "story": 5, "page": 16, "pricing": 3,
              "download": 5, "social": 6, "fair": 1, "sign_in": 1},
    "interested": {"open": 42, "click": 11, "reply": 1, "blog": 15, "story": 5, "page": 14,
                   "pricing": 2, "download": 5, "social": 4, "fair": 1},
    "browser": {"open": 53, "click": 7, "blog": 16, "story": 2, "page": 16, "careers": 0.2,
                "pricing": 0.8, "download": 2, "social": 3},
    "student": {"open": 25, "click": 5, "blog": 25, "story": 5, "page": 15, "careers": 3,
                "pricing": 1, "download": 18, "social": 3},
    "job_seeker": {"open": 20, "click": 4, "blog": 10, "story": 3, "page": 30, "careers": 31,
                   "social": 2},
    "competitor": {"open": 10, "click": 2, "blog": 20, "story": 15, "page": 22, "pricing": 20,
                   "download": 11},
    "spam": {"open": 90, "click": 5, "page": 5},
}  # fmt: skip
_HABIT_NAMES = [*KINDS, "burst"]
_HABIT_EDGES = np.cumsum(
    [[HABITS[name].get(group, 0.0) for group in GROUPS] for name in _HABIT_NAMES], axis=1
)
_HABIT_EDGES /= _HABIT_EDGES[:, -1:]
_BURST = len(KINDS)

BROWSERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/139.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/137.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Mobile Safari/604.1",
]
BOTS = [
    "Mozilla/5.0 (compatible; Barracuda Sentinel)",
    "Mimecast URL protection",
    "HeadlessChrome/137.0",
    "python-requests/2.32",
]
AGENTS = [*BROWSERS, *BOTS]


@dataclass
class Events:
    """Events, one entry each; `lead` counts from 0, `agent` and `thing` are codes."""

    lead: Whole
    thing: Whole
    occurred: Whole
    loaded: Whole
    agent: Whole
    # -1: none.
    quantity: Whole

    def __len__(self) -> int:
        return len(self.lead)

    def take(self, chosen: Whole) -> Events:
        """Returns the events at those positions, in that order."""
        return Events(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})


def join(*parts: Events) -> Events:
    """Returns all events of the parts, in order."""
    return Events(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Events)
        }
    )


def make_events(rng: np.random.Generator, people: People, count: int) -> Events:
    """Returns exactly `count` events of those leads, in the order of time; none before a lead
    was created."""
    milestones = _milestones(rng, people)
    bursts = _click_bursts(rng, people, count // 2000)
    rare = join(milestones, bursts)
    if len(rare) > count // 2:
        rare = rare.take(np.sort(rng.permutation(len(rare))[: count // 2]))
    events = join(rare, _everyday(rng, people, count - len(rare)))
    order = np.lexsort((events.thing, events.lead, events.occurred))
    events = events.take(order)
    late = rng.random(count) < 0.03
    delay = np.where(late, rng.integers(DAY, 12 * DAY, count), rng.integers(5, 600, count))
    events.loaded = events.occurred + delay
    return events


def _new_events(
    rng: np.random.Generator, people: People, lead: Whole, thing: Whole, occurred: Whole
) -> Events:
    count = len(lead)
    first = people.created[lead] + 60
    # Scattered, or what falls before the lead was known would look like one burst.
    soon = first + rng.integers(0, 4 * 3600, count)
    occurred = np.where(occurred < first, soon, occurred)
    groups = _THING_GROUPS[thing]
    quantity = np.where(
        groups == GROUPS.index("sign_in"),
        1 + rng.gamma(1.2, 14.0, count).astype(np.int64),
        np.where(groups == GROUPS.index("attend"), rng.integers(5, 60, count), -1),
    )
    # Everyone keeps to one browser.
    agent = (lead * 7919 + 13) % len(BROWSERS)
    is_scanned = (groups == GROUPS.index("click")) & (rng.random(count) < 0.06)
    agent = np.where(is_scanned, len(BROWSERS) + lead % len(BOTS), agent)
    return Events(lead, thing, occurred, occurred, agent, quantity)


def _things(rng: np.random.Generator, groups: Whole) -> Whole:
    things: Whole = _GROUP_START[groups] + (rng.random(len(groups)) * _GROUP_SIZE[groups]).astype(
        np.int64
    )
    return things


def _in_working_hours(rng: np.random.Generator, times: Whole) -> Whole:
    """Moves times to hours around the clock time of the as-of instant: noon in the demo."""
    hours = np.clip(rng.normal(0.0, 2.5, len(times)), -5, 7)
    moved: Whole = (times // DAY) * DAY + (hours * 3600).astype(np.int64)
    return moved


def _everyday(rng: np.random.Generator, people: People, count: int) -> Events:
    share = people.weight / people.weight.sum()
    lead = np.sort(rng.choice(len(share), count, p=share))
    created, ends, decides = people.created[lead], people.ends[lead], people.decides[lead]
    fade = FADE_DAYS * DAY
    calm = created + (
        fade * np.expm1(rng.random(count) * np.log1p((ends - created) / fade))
    ).astype(np.int64)
    # A burst grows towards the decision.
    latest = np.minimum(decides, -600)
    burst = latest - (DAY * rng.exponential(people.burst_days[lead] / 3)).astype(np.int64)
    is_burst = (people.kind[lead] == BUYER) & (rng.random(count) < 0.6) & (burst > created)
    # Who decides after today is only at the beginning of the burst.
    begun = np.exp(-np.maximum(decides, 0) / (DAY * people.burst_days[lead]))
    is_burst &= rng.random(count) < begun
    habit = np.where(is_burst, _BURST, people.kind[lead])
    group = _draw_by_row(rng.random(count), _HABIT_EDGES, habit)
    occurred = np.minimum(_in_working_hours(rng, np.where(is_burst, burst, calm)), -60)
    group = _with_trials(rng, people, lead, occurred, group)
    return _new_events(rng, people, lead, _things(rng, group), occurred)


def _draw_by_row(chance: Real, edges: Real, row: Whole) -> Whole:
    """Returns for each entry a code drawn by the cumulated shares in its row of `edges`."""
    codes = np.zeros(len(chance), dtype=np.int64)
    for number in range(len(edges)):
        chosen = row == number
        codes[chosen] = np.searchsorted(edges[number], chance[chosen], side="right")
    return codes


def _trial_starts(people: People) -> Whole:
    """Returns when each lead with a trial starts it: in the middle of the burst."""
    middle = np.minimum(people.decides, 0) - (DAY * people.burst_days * 0.6).astype(np.int64)
    early = people.created + 5 * DAY
    starts: Whole = np.where(people.kind == BUYER, middle, early)
    return np.maximum(starts, people.created + 3600)


def _with_trials(
    rng: np.random.Generator, people: People, lead: Whole, occurred: Whole, group: Whole
) -> Whole:
    started = people.has_trial[lead] & (occurred > _trial_starts(people)[lead])
    sign_in, page = GROUPS.index("sign_in"), GROUPS.index("page")
    group = np.where((group == sign_in) & ~started, page, group)
    return np.where(started & (rng.random(len(lead)) < 0.35), sign_in, group)


def _milestones(rng: np.random.Generator, people: People) -> Events:
    """Things that a lead does once or twice in its life."""
    count = len(people.kind)
    parts: list[Events] = []

    def add(group: str, does: Flags, occurred: Whole) -> None:
        lead = np.flatnonzero(does & (occurred <= -60))
        groups = np.full(len(lead), GROUPS.index(group))
        times = occurred[lead]
        parts.append(_new_events(rng, people, lead, _things(rng, groups), times))

    def chance(**shares: float) -> Flags:
        by_kind = np.array([shares.get(name, 0.0) for name in KINDS])
        return rng.random(count) < by_kind[people.kind]

    any_time = people.created + (rng.random(count) * (people.ends - people.created)).astype(
        np.int64
    )
    burst = (DAY * people.burst_days).astype(np.int64)
    in_burst = people.decides - (burst * rng.uniform(0.1, 0.8, count)).astype(np.int64)
    key_time = np.where(people.kind == BUYER, in_burst, any_time)
    demo_share = np.array([0.45, 0.6, 0.65])[people.size]
    wants_demo = (people.kind == BUYER) & (rng.random(count) < demo_share)
    add("demo", wants_demo | chance(interested=0.05, competitor=0.1), key_time)
    meets = chance(buyer=0.5, interested=0.05)
    add("meeting", meets, key_time + 2 * DAY)
    add("missed", meets & (rng.random(count) < 0.12), key_time + 4 * DAY)
    trial = _trial_starts(people)
    add("trial", people.has_trial, trial)
    invites = people.has_trial & (rng.random(count) < 0.4)
    add("invite", invites, trial + rng.integers(1, 8, count) * DAY)
    add("limit", people.has_trial & (rng.random(count) < 0.2), trial + 9 * DAY)
    for share in (1.0, 0.5):
        registers = chance(buyer=0.45 * share, interested=0.35 * share, student=0.3 * share,
                           browser=0.08 * share)  # fmt: skip
        time = people.created + (rng.random(count) * (people.ends - people.created)).astype(
            np.int64
        )
        add("register", registers, time)
        attends = registers & (rng.random(count) < 0.6)
        add("attend", attends, time + rng.integers(1, 9, count) * DAY)
    leaves = chance(browser=0.03, interested=0.015, student=0.05, job_seeker=0.05, spam=0.05)
    add("unsubscribe", leaves, people.ends - 120)
    bounces = chance(spam=0.6, browser=0.03, student=0.03)
    for days in (1, 8):
        add("bounce", bounces, np.maximum(people.created, -60 * DAY) + days * DAY)
    return join(*parts)


def _click_bursts(rng: np.random.Generator, people: People, count: int) -> Events:
    """Mail scanners that look like browsers but click all links within two seconds."""
    reads_mail = np.isin(people.kind, [BUYER, INTERESTED, BROWSER])
    lead = rng.choice(np.flatnonzero(reads_mail), count)
    start = people.created[lead] + (
        rng.random(count) * (people.ends[lead] - people.created[lead])
    ).astype(np.int64)
    clicks = rng.integers(3, 6, count)
    scan = np.repeat(np.arange(count), clicks)
    position = np.arange(len(scan)) - np.repeat(np.cumsum(clicks) - clicks, clicks)
    thing = _GROUP_START[GROUPS.index("click")] + position
    # After the first minute: a lead does nothing before it is known.
    occurred = np.maximum(start, people.created[lead] + 60)[scan] + position // 2
    events = _new_events(rng, people, lead[scan], thing, np.minimum(occurred, -10))
    events.agent = (events.lead * 7919 + 13) % len(BROWSERS)
    return events
