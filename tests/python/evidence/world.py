"""Leads with a known story: what they are, do and become, written as input files and rules.

Half-way through, the base rate moves from 4 % to 55 %; of large companies one in a hundred buys.
Wins come days or months after the leads, times are whole hours in two zones, cases stay open. Some
leads have a twin: one whose times are written in another zone, and one that has another future.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

UTC = timezone.utc
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
HORIZON = 60
WEEKS = 8
DAYS = (7, 30)
PURPOSE = "created_plus_7_days"
LEADS = 900
TWINS = 120
ELSEWHERE = timezone(timedelta(hours=5, minutes=30))
VARIABLES = {
    "lead_scoring_horizon_days": HORIZON,
    "lead_scoring_evidence_weeks": WEEKS,
    "lead_scoring_evidence_days": list(DAYS),
    "lead_scoring_evidence_purpose": PURPOSE,
    "lead_scoring_weekly_capacity": {"*": 8},
    "lead_scoring_holdout_percent": 20,
}
INDUSTRIES = ["software", "retail", "mining", ""]
MAILS = ["a@firm.example", "a@gmail.com", "a@mailinator.com", ""]
SOURCES = ["web", "fair", "referral", ""]
REASONS = ["no budget", "wrong person", ""]


@dataclass
class Lead:
    """A lead with its whole story; `zone` is the one in which its times are written."""

    lead_id: str
    created: datetime
    industry: str
    source: str
    region: str
    employees: int
    email: str
    budget_authority: str
    zone: timezone = UTC
    events: list[tuple[str, datetime]] = field(default_factory=list)
    outcomes: list[tuple[str, datetime, str, str]] = field(default_factory=list)


def make_leads(seed: int = 5) -> list[Lead]:
    """The leads of the world, twins among them."""
    dice = random.Random(seed)
    leads = [_make_lead(dice, number) for number in range(LEADS)]
    in_other_zone = [
        replace(lead, lead_id=f"Z{lead.lead_id}", zone=ELSEWHERE) for lead in leads[:TWINS]
    ]
    with_other_future = [_with_other_future(dice, lead) for lead in leads[:TWINS]]
    return leads + in_other_zone + with_other_future


def _make_lead(dice: random.Random, number: int) -> Lead:
    hours = dice.randrange(365 * 24)
    created = BEGIN + timedelta(hours=hours)
    lead = Lead(
        lead_id=f"L{number:04}",
        created=created,
        industry=dice.choice(INDUSTRIES),
        source=dice.choice(SOURCES),
        region=dice.choice(["americas", "europe", ""]),
        employees=dice.choice([5, 40, 300, 4000]),
        email=dice.choices(MAILS, [4, 4, 1, 3])[0],
        budget_authority="",
    )
    base = 0.04 if hours < 365 * 12 else 0.55
    if lead.employees == 4000:
        base = 0.01
    likes = (lead.industry == "software") + (lead.source == "referral")
    will_buy = dice.random() < base * (0.4 + 0.6 * likes)
    for _ in range(dice.randrange(6 if will_buy else 3)):
        when = created + timedelta(hours=dice.randrange(0, 40 * 24))
        kind = dice.choice(["page_viewed", "demo_requested" if will_buy else "page_viewed"])
        lead.events.append((kind, when))
    contacted = created + timedelta(hours=dice.randrange(24, 60 * 24))
    if will_buy or dice.random() < 0.4:
        lead.outcomes.append(("contacted", contacted, "", ""))
        lead.budget_authority = "decides" if will_buy else "none"
        if will_buy or dice.random() < 0.3:
            lead.outcomes.append(("accepted", contacted + timedelta(hours=1), "", ""))
            lead.outcomes.append(("qualified", contacted + timedelta(hours=30), "", ""))
        else:
            reason = dice.choice(REASONS)
            if reason and int(lead.lead_id.strip("L")) % 4 == 0:
                reason = f"ask {lead.lead_id.lower()}"  # in words of its own
            lead.outcomes.append(("rejected", contacted + timedelta(hours=2), "", reason))
    closed = contacted + timedelta(hours=dice.choice([50, 500, 3000]))
    if will_buy:
        amount = dice.choice(["1000", "2500.50", ""])
        lead.outcomes.append(("won", closed, amount, ""))
        if dice.random() < 0.2:  # a second win counts for no second conversion
            lead.outcomes.append(("won", closed + timedelta(hours=5), "99", ""))
    elif dice.random() < 0.3:
        lead.outcomes.append(("lost", closed, "", "price"))
        if dice.random() < 0.3:
            lead.outcomes.append(("reopened", closed + timedelta(days=3), "", ""))
    return lead


def _with_other_future(dice: random.Random, lead: Lead) -> Lead:
    """A twin that is the same up to 30 days after creation, and other in all that follows."""
    parting = lead.created + timedelta(days=30)
    past = [(kind, when) for kind, when in lead.events if when <= parting]
    future = [
        ("demo_requested", parting + timedelta(hours=dice.randrange(1, 200)))
        for _ in range(dice.randrange(5))
    ]
    outcomes = [outcome for outcome in lead.outcomes if outcome[1] <= parting]
    if not any(kind in ("won", "lost") for kind, *_ in lead.outcomes):
        outcomes.append(("won", parting + timedelta(days=9), "7", ""))
    return replace(
        lead,
        lead_id=f"F{lead.lead_id}",
        budget_authority=dice.choice(["decides", "influences", "none", ""]),
        events=past + future,
        outcomes=outcomes,
    )


def write_data(leads: list[Lead], folder: Path) -> Path:
    """Writes the input files into the folder and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / "leads.csv",
        "lead_id,created_at,industry,lead_source,region,employee_count,email,budget_authority",
        [
            [lead.lead_id, _text(lead.created, lead), lead.industry, lead.source, lead.region,
             lead.employees, lead.email, lead.budget_authority]
            for lead in leads
        ],
    )  # fmt: skip
    _write(
        folder / "events.csv",
        "event_id,lead_id,event_type,occurred_at",
        [
            [f"{lead.lead_id}-{place}", lead.lead_id, kind, _text(when, lead)]
            for lead in leads
            for place, (kind, when) in enumerate(lead.events)
        ],
    )
    _write(
        folder / "outcomes.csv",
        "lead_id,outcome,occurred_at,amount,reason",
        [
            [lead.lead_id, outcome, _text(when, lead), amount, reason]
            for lead in leads
            for outcome, when, amount, reason in lead.outcomes
        ],
    )
    return folder


def write_rules(folder: Path) -> Path:
    """Writes the rule tables into the folder and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in RULES.items():
        (folder / f"{table}.csv").write_text(text.strip() + "\n", encoding="utf-8")
    return folder


def _text(when: datetime, lead: Lead) -> str:
    return when.astimezone(lead.zone).isoformat()


def _write(path: Path, header: str, rows: list[list[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)


RULES = {
    "scorecards": """
scorecard,segment,status,priority,owner,fit_points_for_100,engagement_points_for_100,fit_weight,description,note
large,large,live,10,sales,60,60,0.5,Large companies,
large_by_fit,large,challenger,15,sales,60,60,0.9,The same by fit,
other,other,live,20,sales,60,60,0.5,Everyone else,
""",
    "audiences": """
scorecard,attribute,operator,value,note
large,employee_count,gte,1000,
large_by_fit,employee_count,gte,1000,
""",
    "signals": """
signal,dimension,family,matching,min_points,max_points,description,note
industry,fit,firmographic,first,,,Industry,
source,fit,firmographic,sum,,,Source,
budget,fit,demographic,sum,,,Budget,
mail,fit,spam,sum,,,Mail,
web,engagement,content,sum,,40,Web,
""",
    "fit_rules": """
rule_id,scorecard,signal,priority,attribute,operator,value,points,disqualifies,note
software,*,industry,10,industry,equals,software,20,false,
any_industry,*,industry,20,industry,is_not_empty,,5,false,
referral,*,source,,lead_source,equals,referral,15,false,
europe,*,source,,region,equals,europe,10,false,
decides,*,budget,,budget_authority,equals,decides,40,false,
no_budget_known,*,budget,,budget_authority,is_empty,,3,false,
thrown_away,*,mail,,email_type,equals,disposable,-10,true,
small_company,other,source,,employee_count,lte,10,-5,false,
""",
    "engagement_rules": """
rule_id,scorecard,signal,priority,event_type,attribute,operator,value,points,award,max_per_day,min_count,within_days,decay,note
demo,*,web,,demo_requested,,,,25,each,,,,half_life_20,
page,*,web,,page_viewed,,,,4,each,,,,,
webinar,*,web,,webinar_attended,,,,9,once,,,,,
""",
    "inactivity_rules": """
rule_id,scorecard,after_days,every_days,points,max_times,note
silent,*,7,,-6,,
""",
    "rule_conditions": "rule_id,scorecard,of,event_type,within_days,attribute,operator,value,note",
    "decay_curves": """
decay,method,clock,days,percent,grace_days,floor_percent,expire_days,note
half_life_20,half_life,event,20,,,,,
""",
    "thresholds": """
scorecard,ladder,label,rank,min_total,min_fit,min_engagement,exit_margin,note
*,stage,lead,1,,,,,
*,stage,MQL,2,20,,,,
*,stage,sql,3,40,,,,
*,temperature,cold,1,,,,,
*,fit_grade,D,1,,,,,
*,engagement_grade,4,1,,,,,
""",
    "routing_rules": """
rule_id,scorecard,stage,priority,attribute,operator,value,queue,action,respond_within_minutes,note
everyone,*,mql,10,email_type,is_not_empty,,sales,call,60,
""",
}
