"""The section about columns that know the answer, and columns that nobody has dated."""

from __future__ import annotations

from lead_scoring.review.figures import COLUMNS, LEAKS, Figures
from lead_scoring.review.section import Mark, Section, listed, table

MOST_NAMED = 8


def leaks(figures: Figures) -> Section:
    """Which columns know the answer, and which were not looked at."""
    title = "Does a column know the answer?"
    explains = (
        "Signs that a column is written, or changed, once the outcome is there: it is filled for "
        "won leads alone, it ranks nearly all pairs right by itself, it says other things of open "
        "leads than of closed ones, or won leads got it after they were won. A score that reads "
        "it ranks the past without fault, and the future not at all."
    )
    columns = {row["column"]: row for row in figures[COLUMNS]}
    found = figures[LEAKS]
    undated = [name for name, row in columns.items() if row["known"] is None]
    not_looked_at = (
        " Not looked at, since no row in attributes says when they are known: "
        f"{listed(undated, MOST_NAMED)}."
        if undated
        else ""
    )
    lines = [
        (
            row["column"],
            "yes" if columns[row["column"]]["is_read"] else "no",
            f"{row['words'][0].upper()}{row['words'][1:]}",
        )
        for row in found
    ]
    grid = table(("column", "read by live rules", "how one can tell"), lines) if lines else None
    if found:
        first = found[0]
        read = read_leaks(figures)
        where = (
            f"live rules read {listed(read)}, so no figure of this page about the score holds"
            if read
            else "no live rule reads them, and none should"
        )
        todo = (
            f"Find out when {listed([row['column'] for row in found])} "
            f"{'is' if len(found) == 1 else 'are'} written: {first['column']} seems to know the "
            f"answer ({first['words']}); {where}. If that is after sales spoke with the lead, say "
            f"after_contact in attributes.csv.{not_looked_at}"
        )
        return Section("leaks", title, Mark.act, todo, explains, (), grid)
    if not columns:
        return Section("leaks", title, Mark.unknown, "Wait for leads with facts.", explains)
    looked_at = len(columns) - len(undated)
    if not looked_at:
        todo = (
            f"Say in attributes.csv when columns are known: none can be looked at.{not_looked_at}"
        )
        return Section("leaks", title, Mark.unknown, todo, explains)
    todo = f"Nothing to do: of {looked_at} columns none knows the answer.{not_looked_at}"
    return Section("leaks", title, Mark.fine, todo, explains)


def read_leaks(figures: Figures) -> list[str]:
    """Returns the columns that know the answer and that rules of live scorecards read."""
    read = {row["column"] for row in figures[COLUMNS] if row["is_read"]}
    return [row["column"] for row in figures[LEAKS] if row["column"] in read]
