"""Headers that vendors' exports have, and the contract's column that each stands for.

They are fixed words of this file: a message may print one, even where a header line is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

_IDS_OF_LEADS = (
    "id|record id|record id - contact|contact id|lead id|18 character id|person id"
    "|vid|hs object id|prospect id|user id|customer id|person - id|lead"
)
# HubSpot, Salesforce, Marketo, Pipedrive, Zoho, Dynamics, Segment, GA4, Snowplow and spreadsheets.
# Where a file has several for one column, the one that stands first here is proposed.
_HEADERS: Mapping[str, Mapping[str, str]] = {
    "leads": {
        "lead_id": _IDS_OF_LEADS,
        "created_at": "create date|created|created date|createdate|date created|created on"
        "|created time|creation date|person created|lead created|date entered|createdat",
        "email": "email address|e-mail|e-mail address|work email|business email|mail|primary email"
        "|email 1|emailaddress1|person - email",
        "first_name": "firstname|given name|forename|first",
        "last_name": "lastname|surname|family name|last",
        "job_title": "title|jobtitle|position|role|job position|job role|designation|job",
        "company_name": "company|account name|organization|organisation|organization name"
        "|employer|associated company|business name|account|firm",
        "company_domain": "company domain name|domain|website|company website|website url"
        "|web site|company url|email domain name",
        "account_id": "associated company id|company id|organization id|account record id",
        "industry": "company industry|sector|branch|vertical|industry sector",
        "employee_count": "number of employees|employees|no. of employees|company size|headcount"
        "|num employees|numberofemployees|staff count|employee range|employee size|team size"
        "|company headcount|employees count|no of employees|company employees",
        "annual_revenue": "revenue|annualrevenue|company revenue|turnover|annual turnover|yearly "
        "revenue|total revenue|annual revenue usd",
        "country": "country/region|country region|country name|mailing country|country code"
        "|billing country|ip country|nation|company country|address country|address1 country",
        "region": "state/region|state|state/province|province|mailing state/province|territory"
        "|mailing state|address1 stateorprovince",
        "city": "town|address1 city|mailing city|company city|billing city|address city",
        "technologies": "technology|tech stack|web technologies|technologies used|technographics",
        "budget_authority": "authority|budget|decision maker|buying role|decision role",
        "lead_source": "source|original source|latest source|original traffic source|utm source"
        "|acquisition source|person source|lead origin|marketing source",
        "product_interest": "product|product of interest|interest|interested in"
        "|products of interest",
        "updated_at": "last modified date|last modified|modified|updated|date modified"
        "|last updated|modified date|last update|modified time|modified on|updatedat",
        "deleted_at": "deleted|deleted date|date deleted|deletion date|erased at|removed at",
    },
    "events": {
        "event_id": "id|activity id|message id|messageid|activity guid|marketo guid|engagement id"
        "|event uuid|event key|uuid|insert id|fivetran id",
        # the last of these know a browser and no person
        "lead_id": "contact id|record id|record id - contact|who id|whoid|user id|person id|vid"
        "|prospect id|contact record id|associated contact|associated contact id|lead|distinct id"
        "|anonymous id|user pseudo id|domain userid",
        "event_type": "event name|event|activity type|type|activity type name|action|activity"
        "|event action|name",
        "occurred_at": "timestamp|derived tstamp|event timestamp|event time|activity date|time"
        "|occurred at|activity time|datetime|date/time|created at|created date|date|event date"
        "|collector tstamp|original timestamp|sent at",
        "loaded_at": "received at|loaded|ingested at|load time|inserted at|load date|load tstamp"
        "|etl tstamp|server upload time",
        "channel": "medium|source medium|marketing channel",
        "url": "page url|current url|page|link|page location|web page|webpage|page address"
        "|clicked link|event url|full url|page path",
        "asset": "asset name|content|content name|file|file name|form name|email name"
        "|campaign name|document|page title",
        "session_id": "session|ga session id|visit id|visitor session|domain sessionid",
        "user_agent": "useragent|browser|user agent string|context user agent",
        "is_bot": "bot|is bot activity|bot activity|is robot|bot activity pattern",
        "quantity": "count|value|number|event count|event value|duration|minutes",
    },
    "outcomes": {
        "lead_id": "contact id|record id|record id - contact|who id|person id|prospect id|lead",
        "outcome": "status|stage|lead status|deal stage|result|opportunity stage|disposition"
        "|lifecycle stage",
        "occurred_at": "date|timestamp|close date|closed date|changed at|stage date|status date"
        "|created date|event date|outcome date",
        "loaded_at": "received at|loaded|ingested at|load time",
        "outcome_id": "id|deal id|opportunity id|outcome record id",
        "amount": "deal amount|value|opportunity amount|revenue|amount usd",
        "reason": "closed lost reason|lost reason|loss reason|rejection reason|disqualified reason",
        "owner": "deal owner|contact owner|opportunity owner|sales rep|assigned to|record owner",
    },
    "lead_merges": {
        "lead_id": "merged id|loser id|merged record id|old id|losing id|merged lead id|from id",
        "merged_into_lead_id": "winner id|master record id|masterrecordid|surviving id|new id"
        "|merged into|winning id|merged into id|survivor id|into id|primary id",
        "merged_at": "merge date|merged date|merged on|date merged|merge time",
    },
    # No table of a run: what the CRM scored itself, to be set beside our scores.
    "crm_scores": {
        "lead_id": _IDS_OF_LEADS,
        "score": "lead score|contact score|person score|prospect score|total score|combined score"
        "|hubspot score|hubspotscore|pardot score|pi score c|marketo score|einstein score"
        "|einstein lead score|behavior score|behaviour score|engagement score|fit score"
        "|demographic score|likelihood to close|lead scoring|points|grade|lead grade"
        "|prospect grade|pardot grade|pi grade c|person grade",
    },
}
# Tools write these before the names of their own fields: property_jobtitle, context_page_url.
_PREFIXES = re.compile(r"((property|properties|traits|context)[ _.])+", re.IGNORECASE)
# Names that come from a rule's vocabulary match by letters alone; shorter ones would by chance.
_SHORTEST_FUZZY = 5
_LIKENESS = 0.85


def plain_name(name: str) -> str:
    """Returns a name as names are told alike: its letters and digits, in small letters."""
    return re.sub(r"[\W_]+", "", name.lower())


def contract_column(header: str, table: str) -> str | None:
    """Returns the contract's column that a vendor's header stands for; None: it is not known.

    The spelling of the contract in other letters ("Job Title") counts as known.
    """
    found = _found(header, table)
    return found[0] if found else None


def likeliest_first(headers: Iterable[str], table: str) -> list[str]:
    """Returns the known headers, those first that most likely hold what the contract means."""
    found = {name: place for name in headers if (place := _found(name, table)) is not None}
    return sorted(found, key=lambda name: found[name][1])


def near_names(names: Iterable[str], candidates: Sequence[str], table: str) -> dict[str, str]:
    """Returns the likely candidate of each name that has one: known, in other letters, or misspelt.

    A candidate that is spelt as one of the names is taken, and stands for no other.
    """
    names = list(names)
    free = [name for name in candidates if name not in names]
    by_letters = {plain_name(name): name for name in free}
    found: dict[str, str] = {}
    for name in names:
        if name in candidates:
            continue
        plain = plain_name(name)
        known = contract_column(name, table)
        likely = by_letters.get(plain) or (known if known in free else None)
        if likely is None and len(plain) >= _SHORTEST_FUZZY:
            close = get_close_matches(plain, by_letters, 1, _LIKENESS)
            likely = by_letters[close[0]] if close else None
        if likely is not None:
            found[name] = likely
    return found


def _found(header: str, table: str) -> tuple[str, int] | None:
    """Returns the column and the place in the list of its headers."""
    known = _known(table)
    bare = _PREFIXES.sub("", header, count=1) if _PREFIXES.match(header) else header
    return known.get(plain_name(header)) or known.get(plain_name(bare))


@cache
def _known(table: str) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for column, headers in _HEADERS[table].items():
        for place, header in enumerate((column, *headers.split("|"))):
            found.setdefault(plain_name(header), (column, place))
    return found
