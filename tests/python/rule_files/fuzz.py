"""Changes of rule files at random: in their cells, their rows and columns, their bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from generate.dice import Dice
from rule_files.changes import Files

Records = list[list[str]]

CELLS = (
    "", " ", "\u00a0", "0", "1", "2", "10", "-5", "+7", "007", "2.50", "1.005", "0.123456789012",
    "1,000", "1.000", "10%", "(10)", "1e3", "1E309", "NaN", "inf", "-0", ".5", "5.", "\u22125",
    "99999999999", "1000000", "1000000.01", "999999999", "true", "FALSE", "Yes", "0.0", "WAHR",
    "null", "NULL", "none", "n/a", "#REF!", "=1+1", "*", "|", "a|b", "a||b", "|null|", "1..5",
    "5..1", "1..", "..", "1...5", "-5..-1", " 1 .. 2 ", "2026-06-30", "2026-06-30T12:00:00Z",
    "30/06/2026",
    "2026-02-30", "2026-01-01..2026-12-31", "lead", "event", "history", "live", "off", "challenger",
    "enterprise", "small_business", "company", "product_use", "industry", "employee_count",
    "seniority", "technologies", "url", "quantity", "page_viewed", "half_life_14", "equals", "in",
    "not_in", "contains", "has_word", "gte", "lte", "between", "in_list", "is_empty",
    "within_last_days", "vp", "c_level|vp", "target_industry", "once", "each", "first", "sum",
    "day", "session", "target", "fill", "any", "whole", "page_viewed|email_opened",
    "page_viewed||", " page_viewed | Email_Opened ", "page_viewed|page_viewed", "25.5",
    "stage", "mql", "none", "window", "step_linear", "activity", "a;b", "a:b", "{{ x }}", "'; drop",
    "%", "_", "\\", '"', '""', "größe", "GRÖẞE", "İstanbul", "ΣΑΣ", "e\u0301", "日本",
    "\u200b", "x" * 300,
)  # fmt: skip
SIGNS = (
    " ", "\u00a0", "\t", "\n", "\r", "\0", "\x1b", "\x85", "\u2028", "\u200b", "\ufeff", "\u00ad",
    "\u202e", "\u3000", "\ufffd", "\u201c", "'", '"', ",", ";", "|", ".", ":", "-", "+", "%", "0",
    "9", "a", "Z", "é", "ß", "İ", "\u0301", "\U0001f600", "\ue000", "٣",
)  # fmt: skip
BYTES = (
    b"\xff",
    b"\xfc",
    b"\xc3",
    b"\0",
    b'"',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"1",
    b"a",
    b"\xc2\xa0",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252")


def change_files(dice: Dice, files: Files) -> Files:
    """The files with one of them changed."""
    name = dice.pick(sorted(files))
    changed = dice.pick(CHANGES)(dice, files[name])
    return files | {name: changed}


def _by_records(change: Callable[[Dice, Records], None]) -> Callable[[Dice, bytes], bytes]:
    """A change of cells; bytes that are no table any more stay as they are."""

    def changed(dice: Dice, content: bytes) -> bytes:
        try:
            records = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        except (UnicodeDecodeError, csv.Error):
            return content
        if len(records) < 2 or not all(records):
            return content
        change(dice, records)
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(records)
        return text.getvalue().encode("utf-8", errors="surrogatepass")

    return changed


def _place(dice: Dice, records: Records) -> tuple[list[str], int]:
    """A row below the header, and one of its cells."""
    row = records[dice.number(1, len(records) - 1)]
    return row, dice.number(0, len(row) - 1)


def _other_cell(dice: Dice, records: Records) -> None:
    row, at = _place(dice, records)
    row[at] = dice.pick(CELLS)


def _cell_of_the_column(dice: Dice, records: Records) -> None:
    row, at = _place(dice, records)
    other = records[dice.number(1, len(records) - 1)]
    row[at] = other[min(at, len(other) - 1)]


def _small_number(dice: Dice, records: Records) -> None:
    row, at = _place(dice, records)
    row[at] = f"{dice.number(-300, 12000) / dice.pick((1, 1, 2, 10, 100)):g}"


def _sign_inside(dice: Dice, records: Records) -> None:
    row, at = _place(dice, records)
    cut = dice.number(0, len(row[at]))
    row[at] = row[at][:cut] + dice.pick(SIGNS) + row[at][cut:]


def _any_sign_inside(dice: Dice, records: Records) -> None:
    row, at = _place(dice, records)
    sign = chr(dice.pick((dice.number(1, 0x2FF), dice.number(1, 0xFFFF), dice.number(1, 0x10FFFF))))
    cut = dice.number(0, len(row[at]))
    if not "\ud800" <= sign <= "\udfff":
        row[at] = row[at][:cut] + sign + row[at][cut:]


def _spelled_otherwise(dice: Dice, records: Records) -> None:
    row, at = _place(dice, records)
    cell = row[at]
    row[at] = dice.pick((cell.upper(), cell.title(), f" {cell}", f"\u00a0{cell}\t", f"{cell}.0"))


def _row_moved(dice: Dice, records: Records) -> None:
    row = records.pop(dice.number(1, len(records) - 1))
    records.insert(dice.number(1, len(records)), row)


def _row_twice(dice: Dice, records: Records) -> None:
    row = records[dice.number(1, len(records) - 1)]
    records.insert(dice.number(1, len(records)), list(row))


def _row_gone(dice: Dice, records: Records) -> None:
    del records[dice.number(1, len(records) - 1)]


def _blank_row(dice: Dice, records: Records) -> None:
    records.insert(dice.number(1, len(records)), [""] * len(records[0]))


def _cells_swapped(dice: Dice, records: Records) -> None:
    row, at = _place(dice, records)
    to = dice.number(0, len(row) - 1)
    row[at], row[to] = row[to], row[at]


def _names_swapped(dice: Dice, records: Records) -> None:
    header = records[0]
    one, other = dice.number(0, len(header) - 1), dice.number(0, len(header) - 1)
    header[one], header[other] = header[other], header[one]


def _columns_swapped(dice: Dice, records: Records) -> None:
    fewest = min(map(len, records))
    one, other = dice.number(0, fewest - 1), dice.number(0, fewest - 1)
    for record in records:
        record[one], record[other] = record[other], record[one]


def _column_gone(dice: Dice, records: Records) -> None:
    at = dice.number(0, len(records[0]) - 1)
    for record in records:
        del record[at : at + 1]


def _other_encoding(dice: Dice, content: bytes) -> bytes:
    return content.decode(errors="replace").encode(dice.pick(ENCODINGS), errors="replace")


def _other_line_ends(dice: Dice, content: bytes) -> bytes:
    return content.replace(b"\n", dice.pick((b"\r\n", b"\r", b"\n\n", b"\n ")))


def _other_style(dice: Dice, content: bytes) -> bytes:
    delimiter = dice.pick((",", ";", "\t", "|"))
    records = csv.reader(io.StringIO(content.decode(errors="replace"), newline=""))
    text = io.StringIO(newline="")
    if dice.one_in(2):
        csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(records)
    else:
        csv.writer(text, delimiter=delimiter).writerows(records)
    return text.getvalue().encode(errors="replace")


def _other_byte(dice: Dice, content: bytes) -> bytes:
    at = dice.number(0, len(content))
    return content[:at] + dice.pick(BYTES) + content[at + dice.number(0, 1) :]


def _bytes_gone(dice: Dice, content: bytes) -> bytes:
    at = dice.number(0, len(content))
    return content[:at] + content[at + dice.pick((1, 1, 2, 30)) :]


def _cut_off(dice: Dice, content: bytes) -> bytes:
    return content[: dice.number(0, len(content))]


# Changes of single cells come more often: more of them leave a table that is accepted.
CHANGES: tuple[Callable[[Dice, bytes], bytes], ...] = (
    *(_by_records(_other_cell),) * 4,
    *(_by_records(_cell_of_the_column),) * 3,
    *(_by_records(_small_number),) * 3,
    *(_by_records(_spelled_otherwise),) * 3,
    *map(
        _by_records,
        (
            _sign_inside, _any_sign_inside, _row_moved, _row_twice, _row_gone, _blank_row,
            _cells_swapped, _names_swapped, _columns_swapped, _column_gone,
        ),
    ),
    _other_encoding,
    _other_line_ends,
    _other_style,
    _other_byte,
    _bytes_gone,
    _cut_off,
)  # fmt: skip
