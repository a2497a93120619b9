"""The lists of robots and mail domains: what the refresh replaces, and whom the lists name."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from lead_scoring_workshop.commands.refresh_lists import LISTS, NewList, refreshed, robots
from lead_scoring_workshop.list_sources import packages
from lead_scoring_workshop.list_sources.mail import (
    corrections,
    domains,
    lies_in,
    mail_lists,
    national_variants,
)
from lead_scoring_workshop.list_sources.packages import NpmPackage, RobotPattern, robot_patterns
from lead_scoring_workshop.list_sources.robots import (
    AMBIGUOUS,
    OWN,
    contains,
    literals,
    robot_entries,
)

CASES = Path(__file__).parent / "list_cases"
OLD = """list,entry,note
bot_user_agent,oldbot,
target_industry,software,ours
free_mail,gone.example,
competitor,rivalsuite,"one, two"
"""


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def seed() -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(LISTS):
        found[row["list"]].add(row["entry"])
    return found


def type_of(domain: str) -> str:
    """As the models decide it."""
    if lies_in(domain, seed()["disposable_mail"]):
        return "disposable"
    return "free" if domain in seed()["free_mail"] else "business"


def test_lists_stand_where_they_stood_and_new_ones_at_the_end() -> None:
    new = refreshed(
        OLD,
        {
            "disposable_mail": NewList(["z.example"], "two"),
            "free_mail": NewList(["b.example", "a.example"], "one"),
        },
    )
    assert new.splitlines() == [
        "list,entry,note",
        "bot_user_agent,oldbot,",
        "target_industry,software,ours",
        "free_mail,b.example,one",
        "free_mail,a.example,",
        'competitor,rivalsuite,"one, two"',
        "disposable_mail,z.example,two",
    ]


def test_a_second_refresh_changes_nothing() -> None:
    lists = {"free_mail": NewList(["a.example"], "of, some"), "bot_user_agent": NewList([], "")}
    new = refreshed(OLD, lists)
    assert refreshed(new, lists) == new
    assert "bot_user_agent" not in new


def test_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="rule_id"):
        refreshed("rule_id,points\n", {})


def made(**changes: object) -> tuple[set[str], set[str]]:
    given: dict[str, object] = {
        "verified": [], "reported": [], "free": [], "curated_free": [],
        "is_public_suffix": lambda domain: False, "corrected": {},
    }  # fmt: skip
    return mail_lists(**{**given, **changes})  # type: ignore[arg-type]


def test_a_domain_of_both_kinds_is_disposable_alone() -> None:
    both = made(verified=["both.example"], free=[" Both.example", "sub.both.example", "a.example"])
    assert both == ({"both.example"}, {"a.example"})


def test_a_report_is_not_believed_where_a_list_without_disposable_domains_says_free() -> None:
    names = ["a.example", "b.a.example", "c.example"]
    disposable, free = made(verified=["c.example"], reported=names, free=names, curated_free=names)
    assert disposable == {"b.a.example", "c.example"}
    assert free == {"a.example"}


def test_a_disposable_domain_stands_for_those_below_it() -> None:
    listed = ["a.example", "x.a.example", "y.x.a.example", "ba.example"]
    assert made(reported=listed)[0] == {"a.example", "ba.example"}


def test_where_anyone_may_register_nobody_is_listed() -> None:
    disposable, free = made(
        reported=["co.example", "a.co.example"],
        free=["org.example", "b.org.example"],
        is_public_suffix=lambda domain: domain in ("co.example", "org.example"),
    )
    assert (disposable, free) == ({"a.co.example"}, {"b.org.example"})


def test_corrections_go_before_every_package() -> None:
    disposable, free = made(
        verified=["firm.example", "mail.example"],
        free=["gone.example", "hotmail.de", "firm.example"],
        corrected={
            "firm.example": "business",
            "mail.example": "free",
            "gone.example": "disposable",
            "hotmail.de": "business",
        },
    )
    assert (disposable, free) == (
        {"gone.example"},
        {"mail.example"} | variants("de") - {"hotmail.de", "ymail.de"},
    )


def variants(ending: str) -> set[str]:
    names = ("aol", "gmail", "gmx", "googlemail", "hotmail", "yahoo", "yandex")
    more = ("live", "msn", "outlook", "ymail")
    return {f"{name}.{ending}" for name in (*names, *more)}


def test_large_providers_are_free_in_every_country_that_one_of_them_serves() -> None:
    assert national_variants({"yahoo.cl", "firm.pe"}) >= {"hotmail.cl", "gmx.cl", "ymail.cl"}
    assert "live.cl" not in national_variants({"yahoo.cl"})
    assert "live.cl" in national_variants({"outlook.cl"})
    assert "aol.co.uk" in national_variants({"gmail.co.uk"})
    assert not national_variants({"gmail.com.com", "hotmail.roor", "gmail.h5ma.cn"})


def test_what_is_no_domain_is_left_out() -> None:
    texts = [" A.Example ", "404:", "gmail", "a b.example", "", "x@y.example", "a.example1"]
    assert domains(texts) == {"a.example", "a.example1"}


def test_corrections_say_types() -> None:
    assert set(corrections().values()) == {"business", "free", "disposable"}
    wrong = {one: kind for one, kind in corrections().items() if type_of(one) != kind}
    assert not wrong


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"BLEXBot\/", ["blexbot/"]),
        (r"[wW]get", ["wget"]),
        (r"webmon ", ["webmon"]),
        (r"Netumo|netumo", ["netumo", "netumo"]),
        (r"developers\.google\.com\/\+\/web", ["developers.google.com/+/web"]),
        (r"^Silk\/", []),
        (r"SSL Labs$", []),
        (r"AdsBot-Google([^-]|$)", []),
        (r"a\d+", []),
        (r"a.*b", []),
    ],
)
def test_a_pattern_is_taken_where_it_says_plain_text(pattern: str, texts: list[str]) -> None:
    assert literals(pattern) == texts


def test_an_entry_is_left_out_where_others_see_its_agents() -> None:
    entries = robot_entries(
        [
            RobotPattern("Newbot", ("Newbot/1.0", "Newbot (http://new.example)")),
            RobotPattern("Fetch", ("Fetch 1",)),
            RobotPattern("Fetcher", ("Fetcher 1",)),
            RobotPattern("Unseen", ()),
            RobotPattern("Sonic", ("Sonic 1",)),
        ]
    )
    assert entries == [*OWN, "fetch", "unseen"]
    assert "sonic" in AMBIGUOUS


def test_an_archive_that_was_not_pinned_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(*_: object, cwd: str, **__: object) -> None:
        (Path(cwd) / "a.tgz").write_bytes(b"other")

    monkeypatch.setattr(packages.subprocess, "run", pack)  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match=r"is sha512-.*, not sha512-old"):
        NpmPackage("a", "1", "sha512-old").archive()


def test_the_seed_holds_what_the_pinned_packages_of_python_hold() -> None:
    pytest.importorskip("crawleruseragents")
    pytest.importorskip("MailChecker")
    text = LISTS.read_text(encoding="utf-8")
    assert refreshed(text, {"bot_user_agent": robots()}) == text
    kinds = corrections()
    verified = packages.verified_disposable()
    missing = {one for one in verified if type_of(one) != kinds.get(one, "disposable")}
    assert not missing
    as_business = {
        one
        for one in packages.reported_disposable() - set(kinds)
        if type_of(one) == "business" and not packages.is_public_suffix(one)
    }
    assert not as_business


def test_of_published_robots_nine_tenths_are_known() -> None:
    pytest.importorskip("crawleruseragents")
    agents = [agent for robot in robot_patterns() for agent in robot.instances]
    known = sum(contains(agent, seed()["bot_user_agent"]) for agent in agents)
    assert len(agents) > 2000
    assert known / len(agents) >= 0.98


def test_no_browser_is_a_robot() -> None:
    agents = [row["user_agent"] for row in rows(CASES / "browsers.csv")]
    assert len(agents) >= 100
    assert not [agent for agent in agents if contains(agent, seed()["bot_user_agent"])]


def test_domains_named_in_issues_of_the_packages_are_judged_as_they_should_be() -> None:
    named = rows(CASES / "mail_domains_of_issues.csv")
    assert len(named) >= 300
    wrong = [
        (row["domain"], row["email_type"], type_of(row["domain"]))
        for row in named
        if type_of(row["domain"]) != row["email_type"]
    ]
    assert not wrong


def test_the_lists_stay_of_a_size_that_loads_quickly() -> None:
    assert sum(map(len, seed().values())) <= 100_000
    assert LISTS.stat().st_size <= 3_000_000


def test_no_entry_of_the_seed_stands_twice_or_with_capitals() -> None:
    entries = [(row["list"], row["entry"]) for row in rows(LISTS)]
    assert len(set(entries)) == len(entries)
    assert [entry.strip() for _, entry in entries] == [entry for _, entry in entries]
    mail = seed()["free_mail"] | seed()["disposable_mail"]
    assert domains(mail) == mail
