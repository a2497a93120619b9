"""Leads, and the numbers that vendors document for them.

The addresses of their pages stand in docs/how-to/move_from_another_score.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# What a lead is (job title, industry, employees, country), and what it did: event type, days ago.
Lead = tuple[Sequence[object], Sequence[tuple[str, int]]]
NOBODY = ("", "", "", "")
IDEAL = ("Marketing Director", "software", 120, "us")
OTHER = ("Nurse", "farming", 3, "fr")
HUBSPOT_GROUPS: Mapping[str, tuple[Lead, int]] = {
    "a group of meetings ends at 60": (
        (NOBODY, [("meeting_booked", day) for day in (1, 2, 3)]), 60,
    ),
    "the groups together end at 100": (
        (NOBODY, [("meeting_booked", day) for day in (1, 2, 3)]
         + [("email_clicked", day) for day in range(10)]), 100,
    ),
    "a form gives 10": ((NOBODY, [("demo_requested", 0)]), 10),
    "a month later half of it is left": ((NOBODY, [("demo_requested", 30)]), 5),
    "two months later nothing": ((NOBODY, [("demo_requested", 60)]), 0),
    "more may be subtracted than added": ((NOBODY, [("email_unsubscribed", 3)]), -20),
}  # fmt: skip
HUBSPOT_PROPERTY: Mapping[str, tuple[Lead, int]] = {
    "properties and activities are one sum": (
        (("VP Sales", "software", "", ""), [("meeting_booked", 40), ("email_clicked", 3)]), 50,
    ),
    "a criterion counts once": ((NOBODY, [("meeting_booked", 4), ("meeting_booked", 9)]), 20),
    "a further criterion gives more": ((NOBODY, [("email_clicked", day) for day in (1, 2, 3)]), 10),
    "one that is met gives points": ((NOBODY, [("pricing_page_viewed", 29)]), 10),
    "one that is no longer met gives none": ((NOBODY, [("pricing_page_viewed", 30)]), 0),
}  # fmt: skip
MARKETO: Mapping[str, tuple[Lead, int]] = {
    "each trigger adds": ((NOBODY, [("demo_requested", 1), ("demo_requested", 2)]), 10),
    "a step may subtract": ((NOBODY, [("demo_requested", 1), ("email_unsubscribed", 1)]), 0),
    "the score may be negative": ((NOBODY, [("email_unsubscribed", 1)]), -5),
    "once a day": ((NOBODY, [("pricing_page_viewed", 2)] * 3), 3),
    "it waits 180 days": ((NOBODY, [("email_clicked", 179), ("page_viewed", 1)]), 2),
    "then takes the points back": ((NOBODY, [("email_clicked", 180), ("page_viewed", 1)]), 0),
    "29 days without activity": ((NOBODY, [("demo_requested", 29)]), 5),
    "30 days without activity": ((NOBODY, [("demo_requested", 30)]), 0),
    "60 days without activity": ((NOBODY, [("demo_requested", 60)]), -5),
}
PARDOT_SCORES: Mapping[str, tuple[Lead, int]] = {
    "submission, file and three pages": (
        (NOBODY, [("form_submitted", 9), ("asset_downloaded", 9), *[("page_viewed", 9)] * 3]), 56,
    ),
    "three submissions, whatever their age": (
        (NOBODY, [("form_submitted", day) for day in (1, 90, 170)]), 150,
    ),
    "a form with an error": ((NOBODY, [("form_failed", 1)]), -5),
    "an open gives nothing": ((NOBODY, [("email_opened", 1)]), 0),
    "an opportunity, lost": ((NOBODY, [("opportunity_created", 9), ("opportunity_lost", 1)]), -50),
}  # fmt: skip
PARDOT_GRADES: Mapping[str, tuple[Lead, str]] = {
    "nothing is known": ((NOBODY, []), "D"),
    "five criteria of two thirds": ((IDEAL, []), "A+"),
    "none of the five": ((OTHER, []), "F"),
    "one of two thirds": ((("", "", 120, ""), []), "C-"),
    "two of two thirds": ((("", "retail", 120, ""), []), "C+"),
    "three of two thirds": ((("", "retail", 120, "gb"), []), "B"),
    "one matches, one does not": ((("", "farming", 120, ""), []), "D"),
    "one does not": ((("", "farming", "", ""), []), "F"),
}
