"""Each macro that engines have forms of: the same values on every engine that runs here.

The values that texts of inputs mean come from the oracle; the others stand here. PostgreSQL is
left out where the machine has none, Spark where ./scripts/setup spark was not run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engines_here import Run
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import literal
from oracle.amounts import input_number, input_whole, number
from oracle.text import trim, words
from oracle.times import Clock, instant

BERLIN = ZoneInfo("Europe/Berlin")
DRAWN = 500  # texts of each kind, besides those that stand here

TIMES = (
    "2026-06-30", "20260630", "2026-06-30T12:00:00Z", "2026-06-30 12:00:00", "2026-06-30T9:05",
    "2026-06-30T09:05:07.1234567", "2026-06-30T09:05:07.123456789Z", "2026-06-30 12:00 UTC",
    "2026-06-30T12:00 Z", "2026-06-30T12:00+05:30", "2026-06-30T12:00-0330", "20260630T12:00+05",
    "2026-06-30T12:00 +23:59", "2026-02-29", "2024-02-29", "2026-02-30T12:00", "1900-02-29",
    "2000-02-29", "0001-01-03", "9999-12-30T23:59:59", "2026-13-01", "2026-00-10", "2026-06-31",
    "2026-06-30T24:00", "2026-06-30T12:60", "2026-06-30T12:00:60", "2026-6-30", "2026-06-30T",
    "2026-06-30T12", "2026-06-30  12:00", "2026-06-30T12:00:00.", "2026-06-30T12:00:00Zulu",
    "2026-03-29T02:30:00", "2026-10-25T02:30:00", "2026-10-25 03:00", "1782820800", "178282080",
    "1782820800000", "1782820800123456", "99999999999", "1782820800.0", "1782820800.5",
    "12345678", "123456789012345678", "30/6/2026", "6/30/2026", "3/4/2026", "03.04.2026 2:30 PM",
    "3-4-2026 14:30", "30/6/2026T14:30", "3/4/2026 12:00 AM", "3/4/2026 12:15pm",
    "3/4/2026 0:30 AM", "3/4/2026 13:00 PM", "31/2/2026", "3/4-2026", "3/4/26", "now", "",
    "today", "yesterday", "infinity", "epoch", "2026-W12-1", "12:00", "-2026-06-30",
)  # fmt: skip
NUMBERS = (
    "0", "5", "-5", "+5", "1.5", "1.", ".5", "1e5", "0x10", "007", "1,200", "1 200", "1'200",
    "1\u2019200", "1\u00a0200", "1\u202f200,5", "1,20", "12,00,000", "1,200.50", "$1,200",
    "1200 $", "\u20ac 5", "5\u20ac", "-$5", "$-5", "5 USD", "NaN", "Infinity", "-0",
    "12345678901", "1234567890123456789012345678", "12345678901234567890123456789",
    "0.00000000005", "0.00000000004", "1.23456789012345", "51-200", "51 - 200", "51\u2013200",
    "10,000+", "10000 +", "+10", "1-2-3", "200-51", "5.0", "5.5", "5.0-6.0", "\u0661\u0662",
    "0,125", "012,500", "1.000-5.000", "10.000+", "10.00+", "5.000",
    "9" * 28 + ".9999999999", "9" * 28 + ".99999999994", "9" * 28 + ".99999999995",
    "10,000,000,000,000,000,000,000,000,000", "1,234,567,890,123,456,789,012,345,678,901",
)  # fmt: skip
# Without the capital I with a dot, of which some engines make one letter and others two; Spark has
# no capital sigma either, of which it makes another letter at the end of a word.
TEXTS = (
    "Vice President, Sales", "  padded\t", "\u00a0nbsp\u00a0", "caf\u00e9", "cafe\u0301",
    "STRASSE", "Stra\u00dfe", "\u039f\u0394\u039f\u03a3", "C++ & C#", "don't", "a_b-c.d",
    "42nd", "\u4f60\u597d \u4e16\u754c", "\u0915\u093f", "\u2160 \u24b6 \u00b2",
    "\ud55c\uae00", "line\nfeed", "-", "", " ", "A1\u00aaB", "\u0660\u0661",
)  # fmt: skip


def of_texts(
    engine: tuple[str, Run], texts: Sequence[str], macro: str, **settings: Any
) -> list[Any]:
    """What a macro makes of each text; settings: vars, and further arguments of the macro."""
    name, run = engine
    variables = {key: settings.pop(key) for key in list(settings) if key.startswith("lead_")}
    expression = Project(variables, engine=name).expression(macro, "word", **settings)
    values = ", ".join(f"({place}, {literal(text)})" for place, text in enumerate(texts))
    rows = run(
        f"select place, {expression} as value from (values {values}) as words(place, word) "
        "order by place"
    )
    return [row[1] for row in rows]


def drawn(texts: Sequence[str], alphabet: str) -> list[str]:
    """Texts like those given: one character dropped, put in or changed, and pieces of two."""
    source = Random(7)
    found = list(texts)
    while len(found) < len(texts) + DRAWN:
        text, other = source.choice(texts), source.choice(texts)
        at = source.randrange(len(text) + 1)
        letter = source.choice(alphabet)
        found.append(
            source.choice(
                [
                    text[:at] + letter + text[at:],
                    text[:at] + text[at + 1 :],
                    text[:at] + letter + text[at + 1 :],
                    text[:at] + other[at:],
                ]
            )
        )
    return found


def assert_equal(texts: Sequence[str], found: Sequence[Any], expected: Sequence[Any]) -> None:
    assert len(texts) == len(found) == len(expected)
    wrong = [each for each in zip(texts, found, expected, strict=True) if each[1] != each[2]]
    assert not wrong, f"{len(wrong)} differ: {wrong[:5]}"


@pytest.mark.parametrize("order", [None, "dmy", "mdy"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_times_of_inputs(engine: tuple[str, Run], zone: str, order: str | None) -> None:
    texts = [
        text for text in drawn(TIMES, "0123456789-/:.TZ +ampAMP") if text == (trim(text) or "")
    ]
    clock = Clock(ZoneInfo(zone), order)
    expected = [
        at.replace(tzinfo=None) if (at := instant(text, clock)) is not None else None
        for text in texts
    ]
    found = of_texts(
        engine,
        texts,
        "input_time_of",
        lead_scoring_input_time_zone=zone,
        lead_scoring_date_order=order,
    )
    assert_equal(texts, found, expected)


def test_days_that_there_are(engine: tuple[str, Run]) -> None:
    texts = ["2026-06-30", "2026-02-29", "2024-02-29 01:02:03.5", "1900-02-29", "2000-02-29"]
    days = [datetime(2026, 6, 30), datetime(2024, 2, 29, 1, 2, 3, 500000), datetime(2000, 2, 29)]
    expected = [days[0], None, days[1], None, days[2]]
    assert of_texts(engine, texts, "timestamp_of") == expected


@pytest.mark.parametrize(
    ("macro", "meant"),
    [("number_of", number), ("input_number_of", input_number), ("input_whole_of", input_whole)],
)
def test_numbers(
    engine: tuple[str, Run], macro: str, meant: Callable[[str], Decimal | None]
) -> None:
    texts = [
        text
        for text in drawn(NUMBERS, "0123456789,.'-+ $\u20ac\u2013\u00a0")
        if text == (trim(text) or "")
    ]
    assert_equal(texts, of_texts(engine, texts, macro), [meant(text) for text in texts])


def test_words_and_blanks(engine: tuple[str, Run]) -> None:
    given = [text for text in TEXTS if engine[0] != "spark" or "\u03a3" not in text]
    texts = drawn(given, "aZ9 \t\u00a0\u0301\u093f\u00e9_-")
    expected = [" " + " ".join(words(text)) + " " if words(text) else "  " for text in texts]
    assert_equal(texts, of_texts(engine, texts, "words_of"), expected)
    assert_equal(texts, of_texts(engine, texts, "trimmed"), [trim(text) or "" for text in texts])


def test_patterns(engine: tuple[str, Run]) -> None:
    texts = ["a\nb", "axb", "ab", "[a]"]
    assert of_texts(engine, texts, "matches_pattern", pattern="a.b") == [False, True, False, False]
    replaced = of_texts(
        engine, texts, "replaced_pattern", pattern="^([a-z])(.)", replacement=r"\2\1"
    )
    assert replaced == ["a\nb", "xab", "ba", "[a]"]


def test_quotients_are_rounded_half_up(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project(engine=name)
    pairs = [(0, 1), (1, 2), (1, 3), (2, 3), (5, 10), (49, 100), (10**24 + 1, 2), (7, 7)]
    expected = [(2 * above + below) // (2 * below) for above, below in pairs]
    found = [
        run(f"select {project.expression('divided_half_up', str(above), str(below))}")[0][0]
        for above, below in pairs
    ]
    assert found == expected


def test_doubles_are_rounded_half_away(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project(engine=name)
    for value, places, expected in (
        ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("2.5", 0, "3"), ("0.125", 2, "0.13"),
        ("0.333333333333333", 12, "0.333333333333"), ("1e-13", 12, "0"),
        ("0.0640625", 6, "0.064063"), ("-0.0640625", 6, "-0.064063"), ("1e-5", 6, "0.00001"),
        ("6.51592972722763e-15", 12, "0"), ("8.933170425576351e-09", 6, "0"), ("5e-7", 6, "1e-6"),
        ("1234567.1234565", 6, "1234567.123457"), ("123456789.25", 1, "123456789.3"),
    ):  # fmt: skip
        double = f"cast({value} as {project.expression('type_name', 'double')})"
        rounded = project.expression("rounded", double, places)
        found = run(f"select cast({rounded} as decimal(28, 12))")[0][0]
        assert found == Decimal(expected), value


def test_numbers_as_text(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project(engine=name)
    for value, expected in (
        ("1.50", "1.5"), ("100", "100"), ("0", "0"), ("-0.25", "-0.25"), ("1234567.5", "1234567.5"),
        ("0.0000000001", "0.0000000001"),
    ):  # fmt: skip
        assert run(f"select {project.expression('decimal_text', value)}") == [(expected,)]


@pytest.mark.parametrize("zone", ["CET", "MET", "EET", "WET"])
def test_zones_named_by_letters_have_summer_time(engine: tuple[str, Run], zone: str) -> None:
    name, run = engine
    project = Project(engine=name)
    summer = "cast('2026-07-01 12:00:00' as timestamp)"
    expected = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo(zone))
    assert run(f"select {project.expression('utc_time_of', summer, zone)}") == [
        (expected.astimezone(ZoneInfo("UTC")).replace(tzinfo=None),)
    ]


def test_clocks_of_zones(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project({"lead_scoring_time_zone": "Europe/Berlin"}, engine=name)
    summer = "cast('2026-10-25 02:30:00' as timestamp)"  # shown twice: the later one
    skipped = "cast('2026-03-29 02:30:00' as timestamp)"  # as if not yet put forward
    assert run(
        f"select {project.expression('utc_time_of', summer, 'Europe/Berlin')}, "
        f"{project.expression('utc_time_of', skipped, 'Europe/Berlin')}, "
        + project.expression("reporting_day", "cast('2026-06-30 22:00:00' as timestamp)")
    ) == [(datetime(2026, 10, 25, 1, 30), datetime(2026, 3, 29, 1, 30), date(2026, 7, 1))]


def test_rows_of_parts_columns_and_numbers(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project(engine=name)
    made = (
        "with made as (select 1 as id, 'a|b||' as word, 2 as last_one union all "
        "select 2, '', 0 union all select 3, 'c', 1 union all select 4, null, 0) "
    )
    split = project.expression("split_rows", "made", "word", "|", "part")
    rows = run(f"{made} select id, part from ({split}) as parts order by 1, 2")
    assert rows == [(1, ""), (1, ""), (1, "a"), (1, "b"), (2, ""), (3, "c")]
    counted = project.expression("whole_numbers", "made", "1", "last_one", "number")
    rows = run(f"{made} select id, number from ({counted}) as numbers order by 1, 2")
    assert rows == [(1, 1), (1, 2), (3, 1)]
    turned = project.expression("unpivoted", "made", ["id"], ["word", "last_one"])
    rows = run(f"{made} select id, attribute, value from ({turned}) as turned order by 1, 2")
    assert rows[:3] == [(1, "last_one", "2"), (1, "word", "a|b||"), (2, "last_one", "0")]
    assert len(rows) == 7


def test_aggregates(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project(engine=name)
    made = (
        "with made as (select 1 as id, true as is_up, 5 as strength, 'b' as word union all "
        "select 1, true, 7, 'a' union all select 1, true, 7, 'c' union all "
        "select 1, true, 1, 'd' union all select 1, false, 2, 'e' union all "
        "select 2, false, 9, 'Z') "
    )
    greatest = project.expression("greatest_three", "made", "id", "is_up", "strength")
    assert run(
        f"{made} select id, strength_up_1, strength_up_2, strength_up_3, strength_down_1, "
        f"strength_down_2 from ({greatest}) as greatest order by id"
    ) == [(1, 7, 7, 5, 2, None), (2, None, None, None, 9, None)]
    least = project.expression("value_of_least", "word", "strength * 10 + id", "text")
    lines = project.expression("ordered_texts", "word", "chr(10)", "strength desc")
    assert run(
        f"{made} select id, {least}, {lines} from made where strength <> 7 group by id order by id"
    ) == [(1, "d", "b\ne\nd"), (2, "Z", "Z")]


def test_hashes_tell_values_apart(engine: tuple[str, Run]) -> None:
    name, run = engine
    project = Project(engine=name)
    pairs = ["'a', 'b'", "'ab', ''", "'a', null", "null, 'a'", "'', ''", "null, null", "1, 2"]
    hashes = [
        run(
            f"select {project.expression('short_hash', [part.strip() for part in pair.split(',')])}"
        )
        for pair in (*pairs, pairs[0])
    ]
    assert hashes[0] == hashes[-1]
    assert len({row[0][0] for row in hashes}) == len(pairs)
    total = project.expression("sum_of_hashes", project.expression("short_hash", ["word"]))
    one, other, less = (
        run(
            f"select {total} from ({' union all '.join(f'select {w} as word' for w in words)}) as w"
        )
        for words in (("'a'", "'b'", "'b'"), ("'b'", "'a'", "'b'"), ("'a'", "'b'", "'a'"))
    )
    assert one == other != less
