"""Files that must be refused: each with the place and words of the mend that must be named."""

from __future__ import annotations

from rule_files.changes import (
    good,
    row_of,
    with_line,
    with_rows,
    without_row,
)
from rule_files.mangled_files import HEADERS, NOT_A_TABLE
from rule_files.mangling import INDUSTRY, PRICING, Mangled, cell, file

ROWS = [
    file(
        "a blank row",
        "fit_rules",
        with_line("fit_rules", INDUSTRY, lambda line: b",,,,,,,,,\n" + line),
        row_of("fit_rules", INDUSTRY),
        None,
        "Remove the row",
    ),
    file(
        "a comma without quotes",
        "scorecards",
        with_line("scorecards", "enterprise,", lambda line: line.replace(b'"', b"")),
        2,
        "note",
        "Put quotes around a cell with a comma",
    ),
    file(
        "a cell is missing",
        "signals",
        with_line("signals", "company,", lambda line: line.rpartition(b",")[0]),
        row_of("signals", "company,"),
        "note",
        "Put the missing cells back",
    ),
    file(
        "a quote is not closed",
        "fit_rules",
        with_line(
            "fit_rules", INDUSTRY, lambda line: line.replace(b"industry,in", b'"industry,in')
        ),
        row_of("fit_rules", INDUSTRY),
        "attribute",
        "Close the quote",
    ),
    file(
        "a quote inside a cell",
        "scorecards",
        with_line("scorecards", "enterprise,", lambda line: line.replace(b"1,000", b'"1,000"')),
        2,
        "description",
        "written twice",
    ),
    file(
        "a quote that swallows rows",
        "inactivity_rules",
        good("inactivity_rules").replace(b",2,\n", b',2,"\n').replace(b"longer\n", b'longer"\n'),
        2,
        "note",
        "Close the quote",
    ),
    file(
        "an unfinished merge",
        "fit_rules",
        with_line("fit_rules", INDUSTRY, lambda line: b"<<<<<<< HEAD\n" + line),
        row_of("fit_rules", INDUSTRY),
        "rule_id",
        "Choose between",
    ),
    file(
        "a row twice",
        "fit_rules",
        with_rows("fit_rules", "target_industry,*,company,,industry,equals,x,1,false,"),
        18,
        "rule_id",
        "Keep one",
    ),
    file(
        "a row twice but for blanks and case",
        "lists",
        with_rows("lists", "Target_Industry, Software ,"),
        10,
        "list",
        "Keep one",
    ),
]

NUMBERS = [
    cell("thousands", "fit_rules", INDUSTRY, "points", "1,000", "Write 1000."),
    cell("thousands with blanks", "fit_rules", INDUSTRY, "points", "1\u202f000", "plain blank"),
    cell("thousands with a point", "fit_rules", INDUSTRY, "points", "1.000", "Write 1000 or 1."),
    cell("a decimal comma", "fit_rules", INDUSTRY, "points", "12,5", "Write 12.5."),
    cell("a percent sign", "fit_rules", INDUSTRY, "points", "10%", "Write 10."),
    cell("a share in percent", "scorecards", "enterprise,", "fit_weight", "60%", "Write 0.6."),
    cell("a share above 1", "scorecards", "enterprise,", "fit_weight", "60", "Write 0.6."),
    cell("brackets", "fit_rules", "student,", "points", "(10)", "Write -10."),
    cell("1E309", "fit_rules", INDUSTRY, "points", "1E309", "in digits"),
    cell("1e3", "fit_rules", INDUSTRY, "points", "1e3", "Write 1000."),
    cell("NaN", "fit_rules", INDUSTRY, "points", "NaN", "Write a number in digits"),
    cell("inf", "signals", "company,", "max_points", "inf", "Write a number in digits"),
    cell("n/a", "signals", "company,", "max_points", "n/a", "leave the cell blank"),
    cell("a long minus", "fit_rules", "student,", "points", "\u221220", "Write -20."),
    cell("other digits", "fit_rules", INDUSTRY, "points", "\uff11\uff15", "Write 15."),
    cell("an apostrophe", "fit_rules", INDUSTRY, "points", "'15", "Write 15."),
    cell("a unit", "fit_rules", INDUSTRY, "points", "15 points", "Write 15."),
    cell("a formula", "fit_rules", INDUSTRY, "points", "=10+5", "result of the formula"),
    cell("a spreadsheet's error", "fit_rules", INDUSTRY, "points", "#REF!", "Mend the formula"),
    cell("a number turned into a date", "fit_rules", INDUSTRY, "points", "15-Mar", "a date of it"),
    cell("three decimals", "fit_rules", INDUSTRY, "points", "0.125", "Round it"),
    cell("half a day", "inactivity_rules", "inactive,*", "after_days", "30.5", "Round it"),
    cell("days below 1", "decay_curves", "window_60,", "days", "0", "of at least 1"),
    cell("percents above 100", "decay_curves", "step_25", "percent", "150", "from 0 to 100"),
    cell("a limit on the wrong side", "signals", "company,", "max_points", "-5", "0 or more"),
    cell("a penalty that gives", "inactivity_rules", "inactive,*", "points", "10", "Write -10"),
    cell("too many points", "fit_rules", INDUSTRY, "points", "12345678", "at most 1000000"),
    cell("a minimum above 100", "thresholds", "*,stage,sql", "min_total", "120", "at most 100"),
]

TEXTS = [
    cell("Latin-1", "lists", "competitor,gr", "entry", b"gr\xf6\xdfenwahn", "it means größenwahn"),
    cell("mojibake", "fit_rules", "french_title", "value", "prÃ©sident", "Write président."),
    cell("a lost letter", "fit_rules", "french_title", "value", "pr\ufffdsident", "Type the cell"),
    cell(
        "a fixed blank", "lists", "target_industry,fin", "entry", "financial\u00a0services", "plain"
    ),
    cell("a blank of no width", "fit_rules", INDUSTRY, "signal", "com\u200bpany", "Type the cell"),
    cell("a mark of another file", "fit_rules", INDUSTRY, "rule_id", "\ufefftarget", "Type the"),
    cell("a soft hyphen", "lists", "target_industry,sof", "entry", "soft\u00adware", "Type the"),
    cell("NUL", "lists", "target_industry,sof", "entry", "soft\0ware", "Type the cell anew"),
    cell(
        "smart quotes", "fit_rules", "manager,*", "value", "\u201cmanager\u201d", "Write manager."
    ),
    cell("a line break", "fit_rules", INDUSTRY, "rule_id", "target\nindustry", "in one line"),
    cell("the word null", "fit_rules", "manager,*", "value", "NULL", "null|null"),
    cell("a flag in German", "fit_rules", INDUSTRY, "disqualifies", "FALSCH", "Write false."),
    cell("a flag in full", "event_types", "page_viewed", "is_click", "maybe", "true or false"),
    cell("a colon", "fit_rules", INDUSTRY, "rule_id", "company:limit", "without the colon"),
    cell("an unknown word", "signals", "company,", "matching", "frist", "Write first."),
    cell("an unknown per", "engagement_rules", PRICING, "per", "week", "or leave the cell blank"),
    cell("a per of other tools", "engagement_rules", PRICING, "per", "visit", "Write session."),
    cell("a per of each event", "engagement_rules", PRICING, "per", "event", "Leave the cell"),
    cell("a per nearly right", "engagement_rules", PRICING, "per", "days", "Write day."),
    cell("an unknown merge", "attributes", "country", "on_merge", "latest", "Write fill or any"),
    cell("a type of databases", "attributes", "employee", "type", "integer", "Write whole."),
    cell("a blank name", "engagement_rules", PRICING, "signal", "", "Fill it in"),
    cell("blank points", "fit_rules", INDUSTRY, "points", "", "Write the points"),
    cell("points of fixed blanks", "fit_rules", INDUSTRY, "points", "\u00a0", "Write the points"),
]

NAMES = [
    cell("an unknown scorecard", "fit_rules", "manager,sm", "scorecard", "smal_business", "small_"),
    cell("an unknown signal", "fit_rules", INDUSTRY, "signal", "compani", "did you mean company?"),
    cell("the other dimension", "fit_rules", INDUSTRY, "signal", "product_use", "a signal of fit"),
    cell("an unknown event type", "engagement_rules", PRICING, "event_type", "pricing", "event_ty"),
    cell("an unknown one of several", "engagement_rules", PRICING, "event_type",
         "page_viewed|pricing_page_vewed", "did you mean pricing_page_viewed?"),
    cell("event types with a comma", "engagement_rules", PRICING, "event_type",
         "page_viewed, pricing_page_viewed", "write page_viewed|pricing_page_viewed."),
    cell("an event type twice", "engagement_rules", PRICING, "event_type",
         "page_viewed | Page_Viewed", "Write page_viewed."),
    cell("a bar too many", "rule_conditions", "unsub", "event_type", "email_unsubscribed||",
         "Write email_unsubscribed."),
    cell("bars alone", "engagement_rules", PRICING, "event_type", "|", "separated by |"),
    cell("an unknown curve", "engagement_rules", PRICING, "decay", "half_life_41", "half_life_14"),
    cell("an unknown list", "fit_rules", INDUSTRY, "value", "industries", "lists.csv"),
    cell("an unknown attribute", "fit_rules", INDUSTRY, "attribute", "indutry", "mean industry?"),
    cell("an attribute of events", "fit_rules", "student", "attribute", "url", "attribute of lead"),
    cell("an unknown stage", "routing_rules", "any_sql", "stage", "sqll", "did you mean sql?"),
    cell("a condition of no rule", "rule_conditions", "demo", "rule_id", "demo", "Correct the"),
    file(
        "a rule_id of two kinds",
        "inactivity_rules",
        with_rows("inactivity_rules", "target_industry,*,30,,-5,,"),
        4,
        "rule_id",
        "another rule_id",
    ),
]  # fmt: skip

CONDITIONS = [
    cell("an operator's sign", "audiences", "enterprise", "operator", ">=", "Write gte."),
    cell("a misfit of operator", "fit_rules", "manager,*", "operator", "gte", "equals, not_equals"),
    cell("no value", "fit_rules", "manager,*", "value", "", "Give the value"),
    cell("no attribute", "fit_rules", INDUSTRY, "attribute", "", "Name the attribute"),
    cell("text for a number", "audiences", "enterprise", "value", "a thousand", "in digits"),
    cell("half a person", "audiences", "enterprise", "value", "25.5", "such as 26."),
    cell("half a person in a range", "audiences", "mid_market", "value", "100..999.5", "as 1000."),
    cell("less than nobody", "audiences", "enterprise", "value", "-5", "such as 0."),
    cell("a flag's merge for a text", "attributes", "country", "on_merge", "any", "Write fill"),
    cell("a merge of events", "attributes", "url", "on_merge", "fill", "Leave it blank"),
    cell("a range upside down", "audiences", "mid_market", "value", "999..100", "Write 100..999."),
    cell("a range with a dash", "audiences", "mid_market", "value", "100-999", "as 100..999."),
    cell("a range of three points", "audiences", "mid_market", "value", "100...999", "100..999."),
    cell("a date of days first", "fit_rules", "contract_ends", "value", "31/12/2026", "2026-12-31"),
    cell("a date of two meanings", "fit_rules", "contract_ends", "value", "03/04/2025", "or 2025-"),
    cell("a day that is none", "fit_rules", "contract_ends", "value", "2026-02-30", "2026-06-30"),
    cell("a word that cannot be", "fit_rules", "manager,*", "value", "boss", "Write one of"),
    cell("commas in place of bars", "fit_rules", "student", "value", "student,intern", "student|i"),
    cell("a share in percents", "fit_rules", "full_profile", "value", "75", "Write 0.75."),
    cell("several entries", "fit_rules", "warehouse", "value", "snowflake;bigquery", "one entry"),
    cell("no word to look for", "fit_rules", "french_title", "value", "--", "letters or digits"),
    cell("a count of half", "rule_conditions", "unsub", "value", "1.5", "a whole number of 0"),
    file("an event for a fit rule", "rule_conditions",
         with_rows("rule_conditions", "manager,*,event,,,url,is_empty,,"), 7, "of", "Write lead"),
    cell("no days to look back", "fit_rules", "contract_ends", "operator", "within_last_days",
         "a whole number of 1", "value"),
]  # fmt: skip

SETS = [
    cell("a ladder that falls", "thresholds", "*,stage,sql", "min_total", "40", "rise with"),
    cell("a ladder that falls once overridden", "thresholds", "small_business,stage,mql",
         "min_total", "85", "rise with"),
    cell("ranks alike", "thresholds", "*,stage,sql", "rank", "2", "a rank of its own"),
    cell("a first label that asks", "thresholds", "*,stage,lead", "min_total", "10", "Leave it"),
    Mangled("two catch-alls", {"audiences.csv": without_row("audiences", "mid_market")},
            "scorecards.csv", 3, "scorecard", "Add a row for it to audiences.csv"),
    cell("priorities alike", "scorecards", "mid_market", "priority", "10", "priority of its own"),
    cell("a catch-all that comes first", "scorecards", "small_b", "priority", "1", "above 20"),
    cell("no order", "scorecards", "mid_market", "priority", "", "no other live scorecard"),
    Mangled("no catch-all",
            {"audiences.csv": with_rows("audiences", "small_business,employee_count,lte,99,")},
            "scorecards.csv", 5, "scorecard", "Add a live scorecard"),
]  # fmt: skip

BUYER, FURTHER = "technical_buyer,*,dep", "technical_buyer,*,sen"
ROLES = [
    cell("nobody needed", "buying_roles", BUYER, "members_needed", "0", "at least 1"),
    cell("half a member", "buying_roles", BUYER, "members_needed", "1.5", "for instance to 2"),
    cell("more than all of it", "buying_roles", BUYER, "weight", "250", "at most 100"),
    cell("a weight of three decimals", "buying_roles", BUYER, "weight", "0.125", "Round it"),
    cell("a required role of nobody", "buying_roles", "sponsor", "members_needed", "", "at least"),
    cell("two weights of a role", "buying_roles", FURTHER, "weight", "50", "in one row"),
    cell("a role that weighs nothing", "buying_roles", BUYER, "weight", "", "Write the weight"),
    cell("a role's unknown attribute", "buying_roles", BUYER, "attribute", "departement", "mean d"),
    cell("a role's unknown scorecard", "buying_roles", "technical_buyer,s", "scorecard", "smal",
         "Add it to scorecards.csv"),
    cell("a role of no name", "buying_roles", "sponsor", "role", "", "Fill it in"),
    Mangled("a role without a condition",
            {"buying_roles.csv": with_rows("buying_roles", "user,*,,,,,1,50,,,")},
            "buying_roles.csv", 6, "attribute", "Name an attribute"),
]  # fmt: skip

MANGLED = [
    *ROLES, *NOT_A_TABLE, *HEADERS, *ROWS, *NUMBERS, *TEXTS, *NAMES, *CONDITIONS, *SETS,
]  # fmt: skip
