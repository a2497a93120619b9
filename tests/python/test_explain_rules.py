"""Scorecards as sentences: overrides, limits, decay, ranges and what the command prints."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.commands.describe_rules import section_text
from lead_scoring.rules.files import seed_columns
from lead_scoring.rules.rule_set import RuleSet, read_rule_set
from lead_scoring.rules.sentences import Section, award_words, explain_scorecard

runner = CliRunner()

SIGNALS = "signal,dimension,family,matching,min_points,max_points,description,note"
FIT = "rule_id,scorecard,signal,priority,attribute,operator,value,points,disqualifies,note"
ENGAGEMENT = (
    "rule_id,scorecard,signal,priority,event_type,attribute,operator,value,points,award,"
    "max_per_day,min_count,within_days,decay,note"
)
CONDITIONS = "rule_id,scorecard,of,event_type,within_days,attribute,operator,value,note"
SCORECARDS = (
    "scorecard,segment,status,priority,owner,fit_points_for_100,engagement_points_for_100,"
    "fit_weight,description,note"
)
THRESHOLDS = "scorecard,ladder,label,rank,min_total,min_fit,min_engagement,exit_margin,note"
INACTIVITY = "rule_id,scorecard,after_days,every_days,points,max_times,note"
SMALL = {
    "scorecards": [
        SCORECARDS,
        "Main,all,live,2,,50,80,0.25,,",
        "trial,all,challenger,,,50,80,1,Tried out,",
        "first,some,live,1,,10,10,0.5,,",
        "old,some,off,9,,10,10,0.5,,",
    ],
    "audiences": ["scorecard,attribute,operator,value,note", "first,country,in,de|at,"],
    "signals": [
        SIGNALS,
        "role,fit,demographic,first,,30,Role,",
        "extras,fit,intent,sum,-5,,,",
        "visits,engagement,content,sum,0,20,Visits,",
        "asks,engagement,intent,sum,,,Requests,",
    ],
    "fit_rules": [
        FIT,
        "boss,*,role,2,seniority,equals,vp,20,,",
        "clerk,*,role,1,seniority,equals,junior,-2.5,true,",
        "boss,MAIN,role,2,seniority,equals,vp,40,,",
        "extra,*,extras,,city,is_not_empty,,5,,",
        "extra,trial,extras,,,,,,,",
    ],
    "engagement_rules": [
        ENGAGEMENT,
        "visit,*,visits,,page_viewed,url,contains,/a,2,each,3,,,fade,",
        "ask,*,asks,,demo_requested,,,,25,once,,2,14,,",
    ],
    "rule_conditions": [CONDITIONS, "ask,*,lead,,,city,is_not_empty,,"],
    "inactivity_rules": [INACTIVITY, "quiet,*,30,,-10,,"],
    "decay_curves": [
        "decay,method,clock,days,percent,grace_days,floor_percent,expire_days,note",
        "fade,half_life,activity,14,,,,,",
    ],
    "thresholds": [
        THRESHOLDS,
        "*,stage,lead,1,,,,,",
        "*,stage,mql,2,50,,,,",
        "*,stage,sql,3,80,30,,,",
        "*,temperature,cold,1,,,,,",
        "*,temperature,hot,2,,,60,,",
        "main,temperature,hot,2,,,70.5,,",
    ],
    "routing_rules": [
        "rule_id,scorecard,stage,priority,attribute,operator,value,queue,action,"
        "respond_within_minutes,note"
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in SMALL.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def rule_set(folder: Path) -> RuleSet:
    return read_rule_set(folder)


def lines_of(rule_set: RuleSet, scorecard: str, title: str) -> list[tuple[str, str]]:
    for section in explain_scorecard(rule_set, scorecard):
        if section.title.startswith(title):
            return list(section.lines)
    raise AssertionError(f"no section {title}")


def titles(rule_set: RuleSet, scorecard: str) -> list[str]:
    return [section.title for section in explain_scorecard(rule_set, scorecard)]


def test_a_first_signal_stands_in_the_order_of_its_priorities(rule_set: RuleSet) -> None:
    assert lines_of(
        rule_set, "trial", "Role (the first that holds counts, together at most +30)"
    ) == [
        ("-2.5", "Seniority is junior; disqualifies"),
        ("+20", "Seniority is vp"),
    ]


def test_an_override_takes_the_place_of_the_shared_rule(rule_set: RuleSet) -> None:
    assert ("+40", "Seniority is vp (own)") in lines_of(rule_set, "main", "Role")
    assert "Switched off here, unlike elsewhere" not in titles(rule_set, "main")


def test_a_rule_switched_off_is_named_and_counts_nowhere(rule_set: RuleSet) -> None:
    assert lines_of(rule_set, "trial", "Switched off") == [("", "City is known")]
    assert not any(title.startswith("extras") for title in titles(rule_set, "trial"))


def test_engagement_rules_say_limits_and_decay(rule_set: RuleSet) -> None:
    assert lines_of(rule_set, "main", "Visits (all add up, together 0 to +20)") == [
        (
            "+2",
            "Website visit: Page address contains /a; up to 3 times a day, "
            "halves every 14 days without activity",
        )
    ]
    assert lines_of(rule_set, "main", "Requests (all add up)") == [
        (
            "+25",
            "Demo request: City is known; once, for the latest, "
            "if 2 times or more within the last 14 days, does not fade",
        )
    ]


@pytest.mark.parametrize(
    ("per", "others", "words"),
    [
        ("day", {}, "each day with one or more"),
        ("day", {"max_per_day": "1"}, "each day with one or more"),
        ("session", {}, "each session"),
        ("target", {}, "each page or asset once"),
        ("session", {"max_per_day": "3"}, "each session, up to 3 a day"),
        ("target", {"max_per_day": "1"}, "each page or asset once, at most one a day"),
        ("day", {"min_count": "3", "within_days": "7"}, "each day with one or more, "
         "if on 3 days or more within the last 7 days"),
        ("session", {"award": "once", "min_count": "2"}, "once, for the latest, "
         "if in 2 sessions or more"),
        ("target", {"min_count": "2"}, "each page or asset once, if 2 pages or assets or more"),
    ],
)  # fmt: skip
def test_engagement_rules_say_what_counts_as_one(
    rule_set: RuleSet, per: str, others: dict[str, str], words: str
) -> None:
    row = dict.fromkeys(seed_columns()["engagement_rules"], "") | {"points": "1", "per": per}
    assert award_words(rule_set, row | others) == f"{words}, does not fade"


def test_inactivity_and_disqualifiers(rule_set: RuleSet) -> None:
    assert lines_of(rule_set, "main", "Inactivity")[0] == ("-10", "No activity for 30 days; once")
    assert lines_of(rule_set, "main", "Disqualified") == [("", "Seniority is junior")]


def test_scores_say_points_for_100_reach_and_weight(rule_set: RuleSet) -> None:
    words = [words for _, words in lines_of(rule_set, "main", "Scores")]
    # Role gives no more than its limit, 30, and the other signal 5.
    assert words[0].startswith(
        "50 fit points make a fit score of 100; the rules can give at most 35."
    )
    assert "the rules can give at most 45" in words[1]
    assert words[2] == (
        "Total score: 25 % fit and 75 % engagement. Fit alone reaches 25, engagement alone 75."
    )


def test_labels_have_ranges_and_points(rule_set: RuleSet) -> None:
    words = [words for _, words in lines_of(rule_set, "main", "Labels")]
    assert words[0] == (
        "Stage: lead from the start; mql from total score 50; "
        "sql from total score 80 and fit score 30."
    )
    assert words[1] == "Temperature: engagement score, cold: 0 to 70; hot: 70.5 to 100."
    assert words[2] == (
        "mql takes, say, 25 fit points and 40 engagement points; "
        "or a fit score of 100 and 26.7 engagement points."
    )


def test_what_weighs_nothing_is_not_asked_for(rule_set: RuleSet) -> None:
    words = [words for _, words in lines_of(rule_set, "trial", "Labels")]
    assert "mql takes 25 fit points." in words


def test_the_audience_and_what_comes_before(rule_set: RuleSet) -> None:
    main = [words for _, words in lines_of(rule_set, "main", "Scorecard main")]
    assert "It is for everyone." in main
    assert "A lead that first is for has that scorecard instead." in main
    first = [words for _, words in lines_of(rule_set, "first", "Scorecard first")]
    assert "It is for leads of whom all of this holds: Country is one of de, at." in first
    trial = " ".join(words for _, words in lines_of(rule_set, "trial", "Scorecard trial"))
    assert "challenger" in trial
    assert "instead" not in trial


def test_the_command_prints_all_that_score(folder: Path) -> None:
    result = runner.invoke(app, ["describe", "rules", "--rules", str(folder)])
    assert result.exit_code == 0
    found = [line for line in result.stdout.splitlines() if line.startswith("Scorecard ")]
    assert found == ["Scorecard main", "Scorecard trial", "Scorecard first"]


def test_the_command_prints_one_scorecard_whatever_its_case(folder: Path) -> None:
    result = runner.invoke(app, ["describe", "rules", " OLD ", "--rules", str(folder)])
    assert result.exit_code == 0
    assert "Status: off: it scores nobody." in result.stdout


def test_an_unknown_scorecard_is_refused_with_those_known(folder: Path) -> None:
    result = runner.invoke(app, ["describe", "rules", "none", "--rules", str(folder)])
    assert result.exit_code == 1
    assert "Those known: main, trial, first, old." in result.stderr


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    result = runner.invoke(app, ["describe", "rules", "--rules", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "no folder" in result.stderr


def test_every_default_rule_that_is_on_is_told(tmp_path: Path) -> None:
    rule_set = read_rule_set()
    for scorecard, row in rule_set.names("scorecards", "scorecard").items():
        told = sum(
            bool(points)
            for section in explain_scorecard(rule_set, scorecard)
            for points, _ in section.lines
        )
        on = sum(
            bool(rule["points"])
            for table in ("fit_rules", "engagement_rules", "inactivity_rules")
            for rule in rule_set.effective(table, scorecard, ("rule_id",))
        )
        assert told == on, row


def test_lines_wrap_below_their_words_and_show_no_control_characters() -> None:
    text = section_text(Section("T", (("+5", "word " * 20), ("", "a\x1b[31mb"))), 40)
    assert all(len(line) <= 40 for line in text.splitlines())
    assert text.splitlines()[1].startswith(" " * 10 + "word")
    assert "\x1b" not in text


def test_the_tables_of_this_test_are_whole() -> None:
    for lines in SMALL.values():
        header, *rows = csv.reader(lines)
        assert all(len(row) == len(header) for row in rows)
