"""Makes leads whose truth is known: what tells of a win, what does not, and what is recorded.

Every world has the same columns, so that the SQL that one run compiled reads them all.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import numpy.typing as npt

Real = npt.NDArray[np.float64]

AS_OF = datetime(2026, 6, 30, tzinfo=timezone.utc)
START = datetime(2025, 1, 1, tzinfo=timezone.utc)
DAYS = 540  # in which leads are created
LOOK = 7  # days after creation at which they are looked at
INDUSTRIES = ("software", "banking", "retail", "farming")
INDUSTRY_WEIGHTS = (1.6, 0.8, 0.0, -1.2)


@dataclass(frozen=True)
class World:
    """What is true of a world's leads. strength: of everything that could tell of a win.

    rate, late_rate: the base rate of the first and of the last lead, as log-odds. days_to_win:
    from and to. recorded_from: the day, of DAYS, from which outcomes were written down.
    """

    name: str
    leads: int = 1500
    strength: float = 1.0
    rate: float = -1.8
    late_rate: float | None = None
    days_to_win: tuple[float, float] = (15.0, 75.0)
    early_share: float = 0.0  # of the wins, within three days of creation
    recorded_from: int = 0
    has_contacts: bool = True
    has_segments: bool = True
    has_leak: bool = False
    mix_drifts: bool = False  # the kind of lead moves with the base rate, and tells nothing
    demo_harms: bool = False
    challenger: str = ""  # what its points are: better, equal, worse


WORLDS = {
    world.name: world
    for world in (
        World("fine", leads=1500),
        World("no_signal", strength=0.0, rate=-1.2),
        World("leak", strength=0.0, rate=-1.2, has_leak=True),
        World("drift", strength=0.0, rate=-3.0, late_rate=0.5, mix_drifts=True),
        World("truncated", leads=2000, recorded_from=270),
        World("early", leads=2000, early_share=0.7),
        World("rare", leads=6000, rate=-6.0),
        World("no_contacts", has_contacts=False),
        World("one_segment", has_segments=False),
        World("harms", demo_harms=True),
        World("better", challenger="better"),
        World("equal", challenger="equal"),
        World("worse", challenger="worse"),
    )
}


def write_world(world: World, folder: Path, seed: int = 7) -> Path:
    """Writes the input files of a world into `folder` and returns it."""
    dice = np.random.default_rng(seed)
    size = world.leads
    place = np.arange(size) / size
    created = [START + timedelta(days=DAYS * one, seconds=7 * n) for n, one in enumerate(place)]
    software = 0.1 + 0.8 * place if world.mix_drifts else np.full(size, 0.25)
    industry = np.where(dice.random(size) < software, 0, dice.integers(1, 4, size))
    employees = np.where(dice.random(size) < 0.3, 800, 40)
    referral = dice.random(size) < 0.25
    visits = dice.poisson(1.5, size)
    demo = dice.random(size) < 0.2
    if not world.has_segments:
        industry, referral = np.zeros(size, int), np.zeros(size, bool)
        employees = np.full(size, 40)
    tells: Real = (
        np.array(INDUSTRY_WEIGHTS)[industry] * (not world.mix_drifts)
        + 0.8 * (employees > 100)
        + 0.7 * referral
        + 0.35 * visits
        + (-1.6 if world.demo_harms else 1.4) * demo
    )
    late = world.rate if world.late_rate is None else world.late_rate
    log_odds = world.rate + (late - world.rate) * place + world.strength * (tells - 1.2)
    is_won = dice.random(size) < 1 / (1 + np.exp(-log_odds))
    low, high = world.days_to_win
    days = dice.uniform(low, high, size)
    days = np.where(dice.random(size) < world.early_share, dice.uniform(0.1, 3, size), days)
    is_lost = ~is_won & (dice.random(size) < 0.5)
    leads, events, outcomes = [], [], []
    for n in range(size):
        lead_id, born = f"L{n:05}", created[n]
        closed = born + timedelta(days=float(days[n]))
        is_recorded = (closed - START).days >= world.recorded_from
        note = "signed" if world.has_leak and is_won[n] and closed <= AS_OF else ""
        source = ["web", "referral"][int(referral[n])] if world.has_contacts else ""
        leads.append(
            [
                lead_id, born.isoformat(), INDUSTRIES[industry[n]], int(employees[n]),
                source, "emea" if n % 2 and world.has_segments else "", note, note,
            ]
        )  # fmt: skip
        doings = ["page_viewed"] * int(visits[n]) + ["Demo: requested"] * int(demo[n])
        for number, doing in enumerate(doings):
            moment = born + timedelta(days=float(dice.uniform(0, LOOK)))
            events.append([f"{lead_id}-{number}", lead_id, doing, moment.isoformat()])
        if world.has_contacts and (is_won[n] or dice.random() < 0.5) and is_recorded:
            called = born + (closed - born) * 0.5
            outcomes.append([lead_id, "contacted", called.isoformat(), "", ""])
        if is_won[n] and is_recorded:
            amount = "1000" if world.has_contacts else ""
            outcomes.append([lead_id, "won", closed.isoformat(), amount, ""])
        elif is_lost[n] and is_recorded:
            outcomes.append([lead_id, "lost", closed.isoformat(), "", "price"])
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "leads.csv", LEADS, leads)
    _write(folder / "events.csv", "event_id,lead_id,event_type,occurred_at", events)
    _write(folder / "outcomes.csv", "lead_id,outcome,occurred_at,amount,reason", outcomes)
    return folder


LEADS = "lead_id,created_at,industry,employee_count,lead_source,region,handover,sales_note"


def _write(path: Path, header: str, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def write_rules(world: World, folder: Path) -> Path:
    """Writes the rule tables of a world into `folder` and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    cards, fit, engagement = [CARD.format("all", "live", 10)], [FIT], [ENGAGEMENT]
    if world.challenger:
        cards.append(CARD.format("rival", "challenger", 20))
        fit.append(RIVALS[world.challenger])
    if world.has_leak:
        fit.append("handed_over,*,handover,,handover,is_not_empty,,30,false,\n")
    tables = {
        **FIXED,
        "scorecards": SCORECARDS + "".join(cards),
        "fit_rules": "".join([FIT_RULES, *fit]),
        "engagement_rules": "".join([ENGAGEMENT_RULES, *engagement]),
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


SCORECARDS = (
    "scorecard,segment,status,priority,owner,fit_points_for_100,engagement_points_for_100,"
    "fit_weight,description,note\n"
)
CARD = "{0},{0},{1},{2},sales,45,45,0.5,Everyone,\n"
FIT_RULES = "rule_id,scorecard,signal,priority,attribute,operator,value,points,disqualifies,note\n"
FIT = """software,*,industry,10,industry,equals,software,20,false,
banking,*,industry,20,industry,equals,banking,12,false,
retail,*,industry,30,industry,equals,retail,6,false,
large_company,*,size,,employee_count,gte,500,12,false,
referral,*,source,,lead_source,equals,referral,10,false,
"""
# The live points are about right. A challenger is truly better where the live ones are wrong.
RIVALS = {
    "equal": "large_company,rival,size,,employee_count,gte,500,13,false,\n",
    "worse": """software,rival,industry,10,industry,equals,software,0,false,
banking,rival,industry,20,industry,equals,banking,4,false,
retail,rival,industry,30,industry,equals,retail,20,false,
""",
    # Live leaves industries aside in that world, see below.
    "better": """software,all,industry,10,industry,equals,software,0,false,
banking,all,industry,20,industry,equals,banking,4,false,
retail,all,industry,30,industry,equals,retail,20,false,
""",
}
ENGAGEMENT_RULES = (
    "rule_id,scorecard,signal,priority,event_type,attribute,operator,value,points,award,per,"
    "max_per_day,min_count,within_days,decay,note\n"
)
ENGAGEMENT = """demo,*,interest,,demo: requested,,,,20,once,,,,,,
page,*,web,,page_viewed,,,,5,each,,,,,,
"""
# Short ones of its own: to read the project's takes longer than to score a world.
FIXED = {
    "lists": "list,entry,note\nbot_user_agent,googlebot,\nfree_mail,gmail.com,\n",
    "title_keywords": "keyword,priority,seniority,department,note\nceo,1,c_level,,\n",
    "audiences": "scorecard,attribute,operator,value,note\n",
    "attributes": """
attribute,of,type,known,on_merge,description,note
industry,lead,text,at_creation,,Industry,
employee_count,lead,whole,at_creation,,Employees,
lead_source,lead,text,at_creation,,Lead source,
handover,lead,text,at_creation,,Handed over,
""",
    "event_types": """
event_type,is_activity,is_click,description,note
page_viewed,true,false,Page viewed,
demo: requested,true,false,Demo requested,
""",
    "signals": """
signal,dimension,family,matching,min_points,max_points,description,note
industry,fit,firmographic,first,,,Industry,
size,fit,firmographic,sum,,,Size,
source,fit,intent,sum,,,Source,
handover,fit,intent,sum,,,Handed over,
interest,engagement,intent,sum,,,Interest,
web,engagement,content,sum,,25,Web,
""",
    "inactivity_rules": "rule_id,scorecard,after_days,every_days,points,max_times,note\n",
    "rule_conditions": (
        "rule_id,scorecard,of,event_type,within_days,attribute,operator,value,note\n"
    ),
    "decay_curves": "decay,method,clock,days,percent,grace_days,floor_percent,expire_days,note\n",
    "thresholds": """
scorecard,ladder,label,rank,min_total,min_fit,min_engagement,exit_margin,note
*,stage,lead,1,,,,,
*,stage,mql,2,40,,,,
*,stage,sql,3,60,,,,
*,temperature,cold,1,,,,,
*,fit_grade,D,1,,,,,
*,engagement_grade,4,1,,,,,
""",
    "routing_rules": (
        "rule_id,scorecard,stage,priority,attribute,operator,value,queue,action,"
        "respond_within_minutes,note\n"
    ),
    "buying_roles": (
        "role,scorecard,attribute,operator,value,priority,members_needed,weight,is_required,"
        "description,note\n"
    ),
}
