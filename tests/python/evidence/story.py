"""What became of the leads, told from the world itself and not from the project's tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from evidence.world import AS_OF, DAYS, HORIZON, WEEKS, Lead

CLOSING = {"disqualified": 0, "won": 1, "lost": 2, "reopened": 3}


def known(lead: Lead) -> list[tuple[str, datetime, str, str]]:
    """The lead's outcomes until the run's instant."""
    return [outcome for outcome in lead.outcomes if outcome[1] <= AS_OF]


def status_at(lead: Lead, instant: datetime) -> str:
    """open, won, lost or disqualified."""
    decisive = [
        (when, -CLOSING[kind], kind)
        for kind, when, *_ in known(lead)
        if kind in CLOSING and when <= instant
    ]
    latest = max(decisive)[2] if decisive else "reopened"
    return "open" if latest == "reopened" else latest


def instants(lead: Lead) -> list[tuple[str, datetime]]:
    """Purpose and instant of each honest instant at which the lead was open."""
    wanted = [(f"created_plus_{days}_days", lead.created + timedelta(days=days)) for days in DAYS]
    wanted += [("weekly", lead.created + timedelta(weeks=week)) for week in range(WEEKS + 1)]
    contacts = [when for kind, when, *_ in known(lead) if kind == "contacted"]
    wanted += [("first_contact", min(contacts))] if contacts else []
    return [
        (purpose, instant)
        for purpose, instant in wanted
        if instant <= AS_OF and status_at(lead, instant) == "open"
    ]


def fate(lead: Lead, instant: datetime) -> dict[str, object]:
    """What became of the lead within the horizon after an instant."""
    end = instant + timedelta(days=HORIZON)
    result: dict[str, object] = {"fate": "open", "won_at": None, "days": None, "amount": 0.0}
    wins = sorted(
        (when, amount) for kind, when, amount, _ in lead.outcomes
        if kind == "won" and instant < when <= end
    )  # fmt: skip
    if end > AS_OF:
        result["fate"] = "censored"
    elif wins:
        when, amount = wins[0]
        result |= {"fate": "converted", "won_at": when, "amount": float(amount or 0)}
        result["days"] = (when.date() - instant.date()).days
    elif status_at(lead, end) in ("lost", "disqualified"):
        result["fate"] = "lost"
    return result


def month_of(instant: datetime) -> date:
    """The first day of the instant's month in UTC."""
    return instant.date().replace(day=1)


def band_of(score: int) -> str:
    """The band of a ranking score, in words."""
    if score < 0:
        return "disqualified"
    low = min(90, score // 10 * 10)
    return f"{low} to {100 if low == 90 else low + 9}"
