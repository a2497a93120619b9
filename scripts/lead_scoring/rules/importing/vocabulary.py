"""The words by which lists of points name event types, attributes, operators and values."""

from __future__ import annotations

from collections.abc import Mapping

# Words that change nothing about what an event is.
FILLERS = frozenset(
    (
        "a", "an", "the", "our", "your", "any", "some", "every", "to", "for", "on", "in", "of",
        "by", "from", "with", "via", "at", "has", "have", "had", "was", "were", "is", "are",
        "been", "lead", "leads", "prospect", "prospects", "contact", "person", "someone", "user",
        "visitor", "who", "they", "it", "new", "all", "marketing",
    )
)  # fmt: skip
# Words in one form: 'visited', 'visits' and 'views' all say view.
FORMS: Mapping[str, str] = {
    form: word
    for word, forms in {
        "view": "views viewed viewing visit visits visited visiting browse browsed browses",
        "click": "clicks clicked clicking clickthrough clickthroughs",
        "open": "opens opened opening",
        "email": "emails e-mail e-mails mail mails",
        "reply": "replies replied respond responds responded answers answered",
        "unsubscribe": "unsubscribes unsubscribed unsubscribing optout opt-out opted-out",
        "bounce": "bounces bounced",
        "download": "downloads downloaded downloading",
        "attend": "attends attended attendance attending attendee",
        "register": "registers registered registration registrations registering",
        "request": "requests requested requesting",
        "book": "books booked booking schedule schedules scheduled scheduling",
        "start": "starts started starting begin begins began",
        "miss": "misses missed no-show no-shows",
        "invite": "invites invited invitation",
        "reach": "reaches reached hit hits",
        "like": "likes liked",
        "share": "shares shared",
        "comment": "comments commented",
        "follow": "follows followed",
        "engage": "engages engaged engagement interacts interact interacted interaction",
        "submit": "submits submitted fill fills filled fills-out filled-out submission completes "
        "completed complete",
        "signin": "login logins sign-in log-in signed-in logged-in",
        "page": "pages webpage webpages",
        "website": "websites site sites web",
        "link": "links",
        "webinar": "webinars",
        "demo": "demos demonstration",
        "trial": "trials",
        "meeting": "meetings call calls appointment",
        "price": "prices pricing",
        "tradeshow": "tradeshows",
        "teammate": "teammates colleague colleagues",
        "competitor": "competitors",
        "form": "forms",
        "whitepaper": "whitepapers",
        "ebook": "ebooks e-book e-books",
        "guide": "guides",
        "report": "reports",
        "brochure": "brochures",
        "case-study": "case-studies",
    }.items()
    for form in (word, *forms.split())
}
PHRASES = {  # several words that are one
    "opt out": "unsubscribe", "opted out": "unsubscribe", "opts out": "unsubscribe",
    "sign up": "register", "signed up": "register", "signs up": "register", "signup": "register",
    "sign-up": "register",
    "no show": "miss", "did not attend": "miss", "fill out": "submit", "fills out": "submit",
    "filled out": "submit", "sign in": "signin", "signed in": "signin", "signs in": "signin",
    "log in": "signin", "logged in": "signin", "logs in": "signin", "click through": "click",
    "trade show": "tradeshow", "trade fair": "tradeshow", "web page": "page",
    "web pages": "page", "web site": "website", "team member": "teammate", "social media": "social",
    "white paper": "whitepaper", "white papers": "whitepaper", "case study": "case-study",
    "e mail": "email",
    "sales rep": "sales", "mailing list": "email",
}  # fmt: skip

# For each event type of the project: its family, and the sets of words that mean it.
EVENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "email_opened": ("email", ("open email",)),
    "email_clicked": (
        "email", ("click email", "click link", "click email link", "click link marketing email"),
    ),
    "email_replied": ("email", ("reply email", "reply")),
    "email_unsubscribed": ("email", ("unsubscribe", "unsubscribe email")),
    "email_bounced": ("email", ("bounce email", "bounce", "hard bounce", "hard bounce email")),
    "page_viewed": (
        "content", ("view website", "view page", "view website page", "page website", "page"),
    ),
    "pricing_page_viewed": (
        "intent", ("view price page", "price page", "view price", "view price page website"),
    ),
    "demo_requested": (
        "intent",
        ("request demo", "demo", "book demo", "demo form", "request demo form", "submit demo form",
         "submit request demo form", "submit demo request form"),
    ),
    "trial_started": (
        "intent",
        ("start trial", "start free trial", "register trial", "register free trial", "trial",
         "free trial"),
    ),
    "meeting_booked": ("intent", ("book meeting", "book meeting sales")),
    "meeting_missed": ("intent", ("miss meeting", "miss meeting sales")),
    "webinar_registered": ("content", ("register webinar",)),
    "webinar_attended": ("content", ("attend webinar", "view webinar")),
    "asset_downloaded": (
        "content",
        ("download", "download content", "download asset", "download file", "download resource",
         "download material", "download document", "download collateral"),
    ),
    "social_engaged": (
        "social",
        ("social engage", "engage social", "like post", "share post", "comment post",
         "follow social", "social", "engage social post", "like social post", "share social post"),
    ),
    "trade_fair_visited": (
        "social",
        ("tradeshow", "attend tradeshow", "view tradeshow", "view booth", "view booth tradeshow",
         "view tradeshow booth", "booth tradeshow"),
    ),
    "product_signed_in": ("product", ("signin", "signin product", "product signin")),
    "teammate_invited": ("product", ("invite teammate",)),
    "plan_limit_reached": ("product", ("reach plan limit", "reach trial limit")),
}  # fmt: skip
# What people download, in the form of FORMS; and what they visit without saying 'page'.
CONTENT = frozenset(("whitepaper", "ebook", "guide", "report", "brochure", "case-study"))
PARTS_OF_A_WEBSITE = frozenset(("blog",))
# Words that leave open which event is meant.
UNCLEAR: Mapping[frozenset[str], str] = {
    frozenset(["webinar"]): "it does not say whether the lead registered or attended",
    frozenset(["meeting"]): "it does not say whether the meeting was booked or missed",
}
# The attribute of an event that a further word or value is about.
EVENT_DETAILS = {
    "page_viewed": "url", "pricing_page_viewed": "url", "email_clicked": "url",
    "asset_downloaded": "asset", "webinar_attended": "asset", "webinar_registered": "asset",
}  # fmt: skip

# For each attribute of leads: its family, and what lists of points call it.
ATTRIBUTES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "job_title": ("demographic", ("job title", "title", "position", "job role", "role")),
    "seniority": (
        "demographic",
        ("seniority", "job level", "management level", "level", "seniority level"),
    ),
    "department": ("demographic", ("department", "job function", "function")),
    "company_name": ("firmographic", ("company name", "company", "account name")),
    "company_domain": ("firmographic", ("company domain", "company website", "domain")),
    "industry": ("firmographic", ("industry", "sector", "vertical", "company industry")),
    "employee_count": (
        "firmographic",
        ("number of employees", "employees", "employee count", "headcount", "# of employees",
         "no. of employees", "num employees", "company size", "size", "size of company",
         "organization size", "employee size", "number employees"),
    ),
    "annual_revenue": (
        "firmographic",
        ("annual revenue", "revenue", "company revenue", "turnover"),
    ),
    "country": ("firmographic", ("country", "country/region", "country or region")),
    "region": ("firmographic", ("region", "state", "state/region", "province", "state/province")),
    "city": ("firmographic", ("city", "town")),
    "technologies": ("technographic", ("technologies", "technology", "tech stack", "uses")),
    "budget_authority": ("intent", ("budget authority", "buying authority", "authority")),
    "lead_source": ("intent", ("lead source", "source", "original source", "person source")),
    "product_interest": ("intent", ("product interest", "product of interest")),
    "email_type": ("email", ("email type", "type of email", "kind of email")),
    "email_domain": ("email", ("email domain", "e-mail domain", "email address")),
    "is_competitor": ("firmographic", ("is competitor",)),
}  # fmt: skip
FAMILIES = {
    "demographic", "firmographic", "technographic", "email", "content", "intent", "social",
    "product", "spam",
}  # fmt: skip

# Phrases that mean one condition of their own: attribute, operator, value.
WHOLE_PHRASES: Mapping[str, tuple[str, str, str]] = {
    phrase: condition
    for phrases, condition in {
        (
            "free email", "personal email", "generic email domain", "free email domain",
            "free email address", "personal email address", "free email provider",
            "generic email", "non-business email", "uses free email", "personal email domain",
            "generic email address", "free/personal email", "free mail", "free email account",
        ): ("email_type", "equals", "free"),
        (
            "business email", "corporate email", "company email", "work email",
            "business email address", "corporate email address", "corporate email domain",
            "business email domain", "work email address",
        ): ("email_type", "equals", "business"),
        ("disposable email", "temporary email", "disposable email address", "throwaway email"): (
            "email_type", "equals", "disposable",
        ),
        ("invalid email", "invalid email address"): ("email_type", "equals", "invalid"),
        ("competitor", "works for competitor", "works for a competitor", "is a competitor",
         "is competitor", "competitor email domain", "competitors", "from a competitor"): (
            "is_competitor", "equals", "true",
        ),
    }.items()
    for phrase in phrases
}  # fmt: skip
EMAIL_KINDS = {
    "free": "free", "generic": "free", "personal": "free", "freemail": "free",
    "business": "business", "corporate": "business", "work": "business",
    "disposable": "disposable", "temporary": "disposable", "invalid": "invalid",
}  # fmt: skip

# Levels of seniority, the highest first, and what lists of points call them.
SENIORITY: Mapping[str, tuple[str, ...]] = {
    "c_level": ("c_level", "c-level", "c level", "clevel", "c-suite", "c suite", "cxo", "chief"),
    "vp": ("vp", "vice president", "svp", "evp", "v.p"),
    "director": ("director", "head of department", "head"),
    "manager": ("manager",),
    "individual": ("individual", "individual contributor", "ic", "specialist"),
    "junior": ("junior", "entry level", "entry-level"),
    "student": ("student",),
    "intern": ("intern", "trainee", "internship"),
}
# What a list has to say before a rule can: these words alone name no value.
VAGUE = frozenset(
    (
        "high", "mid", "medium", "low", "key", "target", "targeted", "ideal", "good", "bad",
        "best", "relevant", "specific", "undesirable", "desirable", "preferred", "qualified",
        "important", "valuable", "multiple", "several", "many", "frequent", "often", "tier",
        "poor", "strong", "weak", "certain", "decision-maker", "decision", "maker", "influencer",
        "icp",
    )
)  # fmt: skip

# Operators as people and products write them; longer ones are looked for first.
OPERATORS: Mapping[str, str] = {
    "is greater than or equal to": "gte", "greater than or equal to": "gte", "is at least": "gte",
    "at least": "gte", "on or after": "gte", ">=": "gte", "=>": "gte", "minimum": "gte",
    "is less than or equal to": "lte", "less than or equal to": "lte", "is at most": "lte",
    "at most": "lte", "up to": "lte", "on or before": "lte", "<=": "lte", "=<": "lte",
    "maximum": "lte", "is greater than": "gt", "greater than": "gt", "more than": "gt",
    "is more than": "gt", "over": "gt", "above": "gt", ">": "gt", "is less than": "lt",
    "less than": "lt", "fewer than": "lt", "under": "lt", "below": "lt", "<": "lt",
    "is between": "between", "between": "between", "is one of": "equals", "one of": "equals",
    "is any of": "equals", "any of": "equals", "is equal to any of": "equals", "in": "equals",
    "is in": "equals", "is equal to": "equals", "equals": "equals", "equal to": "equals",
    "is exactly": "equals", "is": "equals", "are": "equals", "==": "equals", "=": "equals",
    ":": "equals", "is none of": "not_equals", "is not any of": "not_equals",
    "is not one of": "not_equals", "not in": "not_equals", "is not in": "not_equals",
    "is not equal to": "not_equals", "is not": "not_equals", "isn't": "not_equals",
    "not": "not_equals", "!=": "not_equals", "<>": "not_equals", "contains any of": "contains",
    "contains exactly": "contains", "contains the word": "has_word", "has word": "has_word",
    "contains": "contains", "includes": "contains", "includes any of": "contains",
    "doesn't contain any of": "not_contains", "doesn't contain": "not_contains",
    "does not contain": "not_contains", "not contains": "not_contains",
    "starts with any of": "starts_with", "starts with": "starts_with", "begins with": "starts_with",
    "ends with any of": "ends_with", "ends with": "ends_with", "not starts with": "not_contains",
    "is known": "is_not_empty", "is not empty": "is_not_empty", "has a value": "is_not_empty",
    "is provided": "is_not_empty", "provided": "is_not_empty", "known": "is_not_empty",
    "is filled in": "is_not_empty", "is unknown": "is_empty", "is empty": "is_empty",
    "is missing": "is_empty", "missing": "is_empty", "unknown": "is_empty",
    "not provided": "is_empty", "is not provided": "is_empty", "is blank": "is_empty",
    "in past": "within_last_days", "is in the last": "within_last_days",
    "in the last": "within_last_days", "in future": "within_next_days",
    "is in the next": "within_next_days", "in the next": "within_next_days",
    "has ever been": "", "has ever been any of": "", "has never been": "", "changed": "",
    "in time frame": "", "in past before": "", "in future after": "",
}  # fmt: skip
