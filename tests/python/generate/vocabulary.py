"""The words that generated inputs and rules share: conditions often just hold or just miss."""

from __future__ import annotations

TEXT, NUMBER, WHOLE, FLAG, DATE, LIST = "text", "number", "whole", "flag", "date", "list"

# Attributes of leads that a generated rule may name, by type.
LEAD_ATTRIBUTES = {
    "case_id": TEXT,
    "industry": TEXT,
    "country": TEXT,
    "job_title": TEXT,
    "company_name": TEXT,
    "lead_source": TEXT,
    "x_text": TEXT,
    "email_domain": TEXT,
    "email_type": TEXT,
    "seniority": TEXT,
    "department": TEXT,
    "company_size": TEXT,
    "employee_count": WHOLE,
    "annual_revenue": NUMBER,
    "x_number": NUMBER,
    "x_whole": WHOLE,
    "profile_completeness": NUMBER,
    "active_colleagues": NUMBER,
    "x_flag": FLAG,
    "is_competitor": FLAG,
    "name_has_odd_capitals": FLAG,
    "name_has_keyboard_run": FLAG,
    "name_has_digits": FLAG,
    "email_looks_random": FLAG,
    "x_date": DATE,
    "created_at": DATE,
    "updated_at": DATE,
    "technologies": LIST,
    "x_list": LIST,
}
EVENT_ATTRIBUTES = {
    "channel": TEXT,
    "url": TEXT,
    "asset": TEXT,
    "quantity": NUMBER,
    "y_flag": FLAG,
    "y_date": DATE,
    "occurred_at": DATE,
    "y_list": LIST,
}
# Columns of leads that may come from merged ones: neither made here nor about the row itself.
MERGEABLE = (
    "industry", "country", "job_title", "company_name", "lead_source", "x_text", "employee_count",
    "annual_revenue", "x_number", "x_whole", "x_flag", "x_date", "technologies", "x_list",
)  # fmt: skip
EVENT_TYPES = (
    "page_view", "email_click", "email_open", "webinar", "register", "demo", "unsubscribe",
)  # fmt: skip

RULED_EVENT_TYPES = EVENT_TYPES[:4]

# Cells of leads and events. None is a missing cell.
TEXTS = (
    "alpha", "Alpha Beta", "beta", " BETA ", "Größe", "GRÖSSE äöü", "École", "a|b", "100%_x",
    "o'neil; drop", "alphabeta", "none", "null", "{{ x }}", "\u00a0alpha\u00a0", "   ", "日本 語",
)  # fmt: skip
# Not `null`: dbt reads that word in a seed as a blank cell, and the rule is refused.
TEXT_VALUES = (
    "alpha", "ALPHA beta", "beta", "größe", "école", "a|b", "%", "o'neil", "alphabeta", "none",
    "{{ x }}", "_", "日本",
)  # fmt: skip
NUMBERS = (
    "0", "1", "-1", "+1", " 10 ", "10.0", "9.99", "10.01", "9", "49", "50", "250", "999", "1000",
    "0.00000000005", "0.00000000004", "1e3", "abc", "1,000", "10.", "٣", "12345678901234567890",
    "1 000", "1\u00a0000", "1\u2009000", "1'000.00", "-1,000,000.5", "1,2", "1,0000", "1,000 000",
    "$50", "50 €", "£ 250", "¥1,000", "1 000\u00a0₹", "€9.99", "$$1", "$1€", "50 USD", "$",
)  # fmt: skip
WHOLES = (
    "0", "9", " 10 ", "49", "+50", "50.0", "250", "999", "1000", "10,000", "1 000", "1\u00a0000",
    "1'000", "$1,000", "50 €", "51-200", "1-10", "1,000-5,000", "10,000+", "250+", "9+", "-1",
    "9.5", "10-", "-10+", "1e3", "ten", "10..50", "1,00", "12345678901234567890",
)  # fmt: skip
NUMBER_VALUES = ("0", "1", "-1", "10", "10.00", "9.995", "50", "0.0000000001", "+9", "999")
FLAGS = ("true", "Yes", "1", "FALSE", "no", " 0 ", "maybe")
WHOLE_VALUES = ("0", "1", "9", "10", "50", "51", "1000", "+9", "999")
FLAG_VALUES = ("true", "Yes", "1", "FALSE", "no", "0")
LISTS = ("alpha;beta", " Alpha ; ;Größe", ";", "beta", "gamma;a|b;100%_x", "alphabeta;none")
INDUSTRIES = ("software", "Software", "retail", "Banking ", "health care")
COUNTRIES = ("DE", "de", "us", "FR ", "Germany")
JOB_TITLES = (
    "VP of Sales", "vp", "Vice-President, Sales", "assistant to the VP", "VPN admin", "CTO",
    "Geschäftsführer", "GESCHÄFTSFÜHRERIN", "Élève ingénieur", "Head  of  IT", "Head of IT Sales",
    "Manager2", "IT manager", "Intern (IT)", "日本 vp",
)  # fmt: skip
KEYWORDS = (
    "vp", "vice president", "assistant", "cto", "Geschäftsführer", "élève", "head of it", "head",
    "it", "sales", "manager", "intern", "日本",
)  # fmt: skip
SENIORITIES = (
    "c_level", "vp", "director", "manager", "individual", "junior", "student", "intern",
)  # fmt: skip
DEPARTMENTS = ("sales", "it", "marketing")
NAMES = (
    "Anna", "McDonald", "jOHN", "JoHnNy", "Qwerty", "asdf", "R2D2", "Łukasz", "ÉLODIE", "x", "  ",
    "O'Brien", "iPHone", "deVries deBoer",
)  # fmt: skip
COMPANIES = ("Acme", "Rival Inc", "rival inc ", "Größe AG", "Initech")
MAIL_NAMES = ("ann", "b.c", "xkcdfgh", "a1b2c3", "Anna.B", "bcdfgh", "a1b22c", "émile")
BROKEN_MAILS = ("no-at-sign", "a@b", "a@b..c", "a b@c.example", "@c.example", "a@@c.example")
CHANNELS = ("email", "Web", "paid search", "webinar")
URLS = ("/pricing", "/Pricing", "/docs", " /careers/x", "https://a.example/p?x=1|2")
ASSETS = ("e-book", "E-Book", "case study", "  ")
SESSIONS = ("s1", "s1", "s2", "S1", " s1", "  ")
BOT_MARKS = ("true", "Yes", "1", "FALSE", "no", " 0 ", "maybe")
USER_AGENTS = ("Mozilla/5.0", "GoogleBOT/2.1", "a mail scanner v2", "Safari")

LISTS_OF_ENTRIES = {
    "free_mail": ("gmail.com", "Web.DE", "throwaway.example", "rival.example"),
    "disposable_mail": ("throwaway.example", " mailinator.com "),
    "competitor": ("rival inc", "rival.example"),
    "keyboard_run": ("qwert", "asdf"),
    "bot_user_agent": ("bot/", "Mail Scanner"),
    "words": ("alpha", " Größe ", "beta gamma", "none", "email", "/pricing", "de"),
    "numbers": ("10", "1.0", "-1", "x"),
}
FREE_DOMAINS = ("gmail.com", "WEB.de", "throwaway.example", "mailinator.com", "rival.example")

FIT_FAMILIES = ("demographic", "firmographic", "technographic", "spam", "email")
ENGAGEMENT_FAMILIES = ("email", "content", "intent", "social", "product", "spam")

SEED_COLUMNS = {
    "attributes": (
        "attribute", "of", "type", "known", "on_merge", "can_be_prompted", "description",
    ),
    "event_types": (
        "event_type", "is_activity", "is_click", "can_be_prompted", "description",
    ),
    "scorecards": (
        "scorecard", "segment", "status", "priority", "owner", "fit_points_for_100",
        "engagement_points_for_100", "fit_weight", "description",
    ),
    "audiences": ("scorecard", "attribute", "operator", "value"),
    "signals": (
        "signal", "dimension", "family", "matching", "min_points", "max_points", "description",
    ),
    "fit_rules": (
        "rule_id", "scorecard", "signal", "priority", "attribute", "operator", "value", "points",
        "disqualifies",
    ),
    "engagement_rules": (
        "rule_id", "scorecard", "signal", "priority", "event_type", "attribute", "operator",
        "value", "points", "award", "per", "max_per_day", "min_count", "within_days", "decay",
    ),
    "rule_conditions": (
        "rule_id", "scorecard", "of", "event_type", "within_days", "attribute", "operator",
        "value",
    ),
    "decay_curves": (
        "decay", "method", "clock", "days", "percent", "grace_days", "floor_percent",
        "expire_days",
    ),
    "inactivity_rules": (
        "rule_id", "scorecard", "after_days", "every_days", "points", "max_times",
    ),
    "thresholds": (
        "scorecard", "ladder", "label", "rank", "min_total", "min_fit", "min_engagement",
        "exit_margin",
    ),
    "routing_rules": (
        "rule_id", "scorecard", "stage", "priority", "attribute", "operator", "value", "queue",
        "action", "respond_within_minutes",
    ),
    "buying_roles": (
        "role", "scorecard", "attribute", "operator", "value", "priority", "members_needed",
        "weight", "is_required", "description",
    ),
    "predictions": (
        "prediction", "scorecard", "status", "foretells", "horizon_days", "moments", "days",
        "trained_from", "trained_until", "leads_with", "leads_without", "intercept",
        "mean_amount", "auc", "auc_low", "auc_high", "scorecard_auc", "calibration_slope",
        "calibration_error", "leaking", "slices_off", "fingerprint", "description",
    ),
    "prediction_features": (
        "prediction", "feature", "measure", "attribute", "event_type", "within_days", "decay",
        "description",
    ),
    "prediction_bins": (
        "prediction", "feature", "priority", "operator", "value", "log_odds", "leads",
    ),
    "prediction_calibration": (
        "prediction", "band", "log_odds_from", "log_odds_until", "probability_from",
        "probability_until", "leads", "won", "median_days",
    ),
    "lists": ("list", "entry"),
    "title_keywords": ("keyword", "priority", "seniority", "department"),
}  # fmt: skip
INPUT_COLUMNS = {
    "leads": (
        "lead_id", "created_at", "email", "first_name", "last_name", "job_title", "company_name",
        "company_domain", "account_id", "industry", "employee_count", "annual_revenue", "country",
        "technologies", "lead_source", "updated_at", "deleted_at", "case_id", "X_Text", "x_number",
        "x_whole", "x_flag", "x_date", "x_list", "seniority",
    ),
    "events": (
        "event_id", "lead_id", "event_type", "occurred_at", "loaded_at", "channel", "url", "asset",
        "session_id", "user_agent", "is_bot", "quantity", "Y_Flag", "y_date", "y_list",
    ),
    "outcomes": ("lead_id", "outcome", "occurred_at", "loaded_at", "outcome_id", "amount"),
    "lead_merges": ("lead_id", "merged_into_lead_id", "merged_at"),
}  # fmt: skip
