"""Other products: a CRM's score beside ours, their arithmetic as rules, metrics for BI tools.

One run of dbt; every other world is scored by the SQL that it compiled.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest
import yaml
from typer.testing import CliRunner, Result

from lead_scoring.commands.app import app
from lead_scoring.project import PROJECT
from lead_scoring.rules.checks import Level, check_folder
from lead_scoring.runs import runner
from vendor_scores import (
    HUBSPOT_GROUPS,
    HUBSPOT_PROPERTY,
    MARKETO,
    PARDOT_GRADES,
    PARDOT_SCORES,
    Lead,
)
from worlds.compiled import Compiled

AS_OF = "2026-06-30T12:00:00Z"
LEADS = (
    *("lead_id", "created_at", "email", "job_title", "industry", "employee_count", "country"),
    "lead_source",
)
ASKED_FOR = "{{ var('lead_scoring_semantic_models', false) }}"
RECIPES = PROJECT / "docs" / "how-to" / "examples" / "scores"
EVENTS = ("event_id", "lead_id", "event_type", "occurred_at", "url")
UNNAMED = "partner_call"  # an event type that no rule names
CANARY = "canary"


def write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(columns), *rows])
    return path


def write_data(
    folder: Path, leads: Iterable[Iterable[object]], events: Iterable[Iterable[object]]
) -> Path:
    write(folder / "leads.csv", LEADS, leads)
    write(folder / "events.csv", EVENTS, ((place, *event) for place, event in enumerate(events)))
    write(folder / "outcomes.csv", ("lead_id", "outcome", "occurred_at"), [])
    return folder


def world(folder: Path) -> Path:
    """700 leads; who has a partner's call is told by nothing else."""
    dice = Random(19)
    leads, events = [], []
    for number in range(700):
        lead = f"L{number:03d}"
        leads.append(
            (lead, "2026-01-05", f"{CANARY}.{number}@acme.example",
             dice.choice(("CEO", "Head of Sales", "Student", "Engineer", "Consultant")),
             dice.choice(("software", "retail", "farming")), dice.choice((4, 60, 300, 2000)),
             dice.choice(("de", "us", "fr")),
             dice.choice(("website", "fair", "partner")))
        )  # fmt: skip
        for kind, most in (("page_viewed", 5), ("pricing_page_viewed", 3), ("email_clicked", 2)):
            for _ in range(dice.randrange(most + 1)):
                day = dice.randrange(1, 30)
                events.append((lead, kind, f"2026-06-{day:02d}", f"/{dice.randrange(5)}"))
        if dice.random() < 0.25:
            events.append((lead, UNNAMED, f"2026-05-{dice.randrange(1, 30):02d}", ""))
    return write_data(folder, leads, events)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("other_scores")


@pytest.fixture(scope="module")
def compiled(folder: Path) -> Compiled:
    with runner.keeping_artifacts():
        run = runner.score(
            data=world(folder / "world"),
            as_of=AS_OF,
            database=folder / "scores.duckdb",
            variables={"lead_scoring_semantic_models": True},
            with_tests=False,
        )
    semantic = run.work_folder / "target" / "semantic_manifest.json"
    (folder / semantic.name).write_bytes(semantic.read_bytes())
    return Compiled(run.database, run.work_folder)


@pytest.fixture(scope="module")
def database(compiled: Compiled, folder: Path) -> Path:
    return folder / "scores.duckdb"


def scores(database: Path) -> dict[str, tuple[int, bool]]:
    """The score of each lead, and whether a partner called."""
    callers = {row[1] for row in csv.reader((database.parent / "world/events.csv").open())
               if row[2] == UNNAMED}  # fmt: skip
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("select lead_id, total_score from lead_scores").fetchall()
    return {lead: (score, lead in callers) for lead, score in found}


def compare(database: Path, file: Path, *options: object) -> Result:
    words = ["compare", str(file), "--database", str(database), *map(str, options)]
    return CliRunner().invoke(app, words)


def told(database: Path, file: Path, *options: object) -> dict[str, dict[str, str]]:
    """The sections of the comparison, by their keys."""
    result = compare(database, file, "--json", *options)
    assert result.exit_code == 0, result.output
    return {section["key"]: section for section in json.loads(result.stdout)["sections"]}


def crm(
    database: Path, path: Path, number: Callable[[int, bool], object], header: str = "Lead Score"
) -> Path:
    rows = ((lead, number(*known)) for lead, known in scores(database).items())
    return write(path, ("Record ID", header), rows)


def test_what_no_rule_names_is_named_and_nothing_else(database: Path, tmp_path: Path) -> None:
    file = crm(database, tmp_path / "crm.csv", lambda ours, called: ours + 20 * called)
    page = tmp_path / "page.html"
    result = compare(database, file, "--json", "--to", page)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    with_calls = sum(called for _, called in scores(database).values())
    assert [(each["kind"], each["name"], each["is_named"]) for each in found["findings"]] == [
        ("event type", UNNAMED, False)
    ]
    assert found["findings"][0]["leads"] == with_calls
    assert found["findings"][0]["effect"] > 10
    contents = next(each for each in found["sections"] if each["key"] == "contents")
    assert contents["todo"].startswith(
        f"Look at what no rule of ours names: event type {UNNAMED} ({with_calls} leads, +"
    )
    text = compare(database, file).stdout
    assert UNNAMED in text and f"{with_calls}" in text
    written = page.read_text(encoding="utf-8")
    assert f"event type {UNNAMED}" in written
    assert CANARY not in text + result.stdout + written


@pytest.mark.parametrize("number", [lambda ours: ours, lambda ours: 7 * ours * ours - 3])
def test_equal_orders_agree_and_nothing_is_claimed(
    database: Path, tmp_path: Path, number: Callable[[int], int]
) -> None:
    """Whatever the scale: who stands before whom is compared."""
    sections = told(database, crm(database, tmp_path / "crm.csv", lambda ours, _: number(ours)))
    assert sections["agreement"]["todo"] == "Full agreement: both put the leads in one order."
    assert sections["contents"]["todo"] == "Nothing: the two orders are the same."
    assert {section["mark"] for section in sections.values()} == {"fine"}


@pytest.mark.parametrize("seed", range(5))
def test_a_random_number_has_nothing_in_common(database: Path, tmp_path: Path, seed: int) -> None:
    dice = Random(seed)
    sections = told(database, crm(database, tmp_path / "crm.csv", lambda *_: dice.random()))
    assert sections["agreement"]["todo"].startswith("They have nothing in common to speak of")
    assert sections["contents"]["todo"].startswith("Nothing that we know of the leads tells")


def test_the_reverse_is_called_so(database: Path, tmp_path: Path) -> None:
    sections = told(database, crm(database, tmp_path / "crm.csv", lambda ours, _: -ours))
    assert sections["agreement"]["todo"].startswith("They are opposed")


def test_of_few_leads_nothing_is_said(database: Path, tmp_path: Path) -> None:
    rows = list(scores(database).items())[:29]
    file = write(tmp_path / "crm.csv", ("Id", "Score"), ((lead, one) for lead, (one, _) in rows))
    sections = told(database, file)
    assert sections["agreement"]["todo"].startswith("Too few leads to say: 29 are in both, and 30")
    assert sections["contents"]["todo"].startswith("Too few leads to say: 29 are in both, and 100")


def test_grades_are_read_the_best_first(database: Path, tmp_path: Path) -> None:
    letters = ["F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+"]
    file = crm(database, tmp_path / "crm.csv", lambda ours, _: letters[ours * 12 // 100], "Grade")
    result = compare(database, file, "--json")
    found = json.loads(result.stdout)
    assert found["file"]["is_graded"] is True
    assert list(found["bands"]) == [
        letter for letter in reversed(letters) if letter in found["bands"]
    ]
    assert found["agreement"]["correlation"] > 0.95
    file = crm(
        database, tmp_path / "c.csv", lambda ours, _: f"{'CBA'[ours // 34]}{3 - ours % 34 // 12}"
    )
    assert json.loads(compare(database, file, "--json").stdout)["agreement"]["correlation"] > 0.8


def test_leads_of_one_side_and_rows_without_use_are_counted(database: Path, tmp_path: Path) -> None:
    rows = [("L000.0", 5), ("l001", 6), ("nobody", 7), ("L002", ""), ("L003", "soon"),
            ("L004", 1), ("L004", 2), ("L005", "1,200"), ("L006", 3)]  # fmt: skip
    file = write(tmp_path / "crm.csv", ("VID", "HubSpot Score"), rows)
    found = json.loads(compare(database, file, "--json").stdout)
    assert found["standing"] == {
        "in_both": 2,
        "only_theirs": {"unknown here": 3},
        "only_ours": 698,
        "written_otherwise": {"capitals": 1, "a trailing .0": 1},
    }
    assert (found["file"]["without_score"], found["file"]["unreadable"]) == (1, 1)
    assert found["file"]["doubled"] == 2


@pytest.mark.parametrize(
    ("header", "options", "words"),
    [
        ("Record ID,Country", [], "no column that is known as a score or a grade"),
        ("Email,Lead Score", [], "no column that is known as the lead's id"),
        ("Record ID,Lead Score", ["--score-column", "Points"], "no column Points. Its columns are"),
        ("Record ID,Lead Score", [], "--score-column"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_mend(
    database: Path, tmp_path: Path, header: str, options: list[str], words: str
) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(f"{header}\nL001,{CANARY}\n", encoding="utf-8")
    result = compare(database, file, *options)
    assert result.exit_code == 1
    assert words in " ".join(result.output.split())
    assert CANARY not in result.output


def test_without_scores_or_file_it_ends_with_a_sentence(database: Path, tmp_path: Path) -> None:
    file = crm(database, tmp_path / "crm.csv", lambda ours, _: ours)
    result = compare(tmp_path / "none.duckdb", file)
    assert (result.exit_code, "score first" in result.output) == (1, True)
    result = compare(database, tmp_path / "none.csv")
    assert (result.exit_code, "There is no file" in result.output) == (1, True)


AS_OF_DAY = date.fromisoformat(AS_OF[:10])


def scored(
    compiled: Compiled, folder: Path, recipe: str, leads: Mapping[str, Lead], query: str
) -> dict[str, object]:
    """What a query says of each lead by a recipe's rules, by the lead's words."""
    rows: list[tuple[object, ...]] = []
    events: list[tuple[str, str, str, str]] = []
    for name, (facts, events_of_lead) in leads.items():
        rows.append((name, "2025-11-01", "", *facts, ""))
        for event_type, days in events_of_lead:
            day = AS_OF_DAY - timedelta(days=days)
            events.append(
                (name, event_type, f"{day}T0{len(events) % 10}:00:00Z", f"/{len(events)}")
            )
    data = write_data(folder / "data", rows, events)
    database = compiled.build(
        data, RECIPES / recipe, folder / "scores.duckdb", "lead_scores", "lead_engagement_scores",
        "scorecard_scores",
    )  # fmt: skip
    with duckdb.connect(str(database), read_only=True) as connection:
        return dict(connection.execute(query).fetchall())


POINTS = "select lead_id, engagement_points from lead_engagement_scores"


@pytest.mark.parametrize(
    ("recipe", "cases", "query"),
    [
        ("hubspot_groups", HUBSPOT_GROUPS, POINTS),
        (
            "hubspot_score_property",
            HUBSPOT_PROPERTY,
            "select lead_id, total_score from lead_scores",
        ),
        ("marketo_change_score", MARKETO, POINTS),
        ("account_engagement", PARDOT_SCORES, POINTS),
        ("account_engagement", PARDOT_GRADES, "select lead_id, fit_grade from lead_scores"),
    ],
    ids=["hubspot groups", "hubspot property", "marketo", "pardot scores", "pardot grades"],
)
def test_a_recipe_gives_the_numbers_that_the_vendor_documents(
    compiled: Compiled,
    tmp_path: Path,
    recipe: str,
    cases: Mapping[str, tuple[Lead, int | str]],
    query: str,
) -> None:
    leads = {name: lead for name, (lead, _) in cases.items()}
    assert scored(compiled, tmp_path, recipe, leads, query) == {
        name: wanted for name, (_, wanted) in cases.items()
    }


@pytest.mark.parametrize("recipe", sorted(path.name for path in RECIPES.iterdir()))
def test_a_recipe_passes_the_check_of_rules(recipe: str) -> None:
    assert {found.level for found in check_folder(RECIPES / recipe)} <= {Level.WARNING}


def test_measures_are_sql_of_the_published_tables(database: Path, folder: Path) -> None:
    """dbt looks at names and kinds alone; whether there are such columns tells the database."""
    manifest = json.loads((folder / "semantic_manifest.json").read_text(encoding="utf-8"))
    found = {}
    aggregations = {"count_distinct": "count(distinct {})", "average": "avg({})"}
    with duckdb.connect(str(database), read_only=True) as connection:
        for model in manifest["semantic_models"]:
            table = model["node_relation"]["alias"]
            for part in (*model["dimensions"], *model["entities"]):
                connection.execute(f"select {part['expr'] or part['name']} from {table}").fetchall()
            for measure in model["measures"]:
                call = aggregations.get(measure["agg"], f"{measure['agg']}({{}})")
                query = f"select {call.format(measure['expr'] or measure['name'])} from {table}"
                found[measure["name"]] = connection.execute(query).fetchall()[0][0]
        (spine,) = manifest["project_configuration"]["time_spines"]
        days = connection.execute(
            "select min(day), max(day), count(distinct day), count(*)"
            f" from {spine['node_relation']['alias']}"
        ).fetchall()[0]
    assert len(manifest["metrics"]) == 18
    assert (found["leads"], found["open_leads"], found["won_leads"]) == (700, 700, 0)
    assert days == (date(2026, 1, 5), AS_OF_DAY, 177, 177)


def test_without_the_var_there_is_no_metric_and_no_spine() -> None:
    """A project that installs this one may have its own."""
    for path in (PROJECT / "models").rglob("*.yml"):
        for kind in ("semantic_models", "metrics"):
            for one in (yaml.load(path.read_bytes(), yaml.CSafeLoader) or {}).get(kind, []):
                assert one["config"]["enabled"] == ASKED_FOR, one["name"]
