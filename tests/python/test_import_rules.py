"""Lists of points become rule tables: what is placed, what is not and why, and what they score."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.importing.entries import Kind
from lead_scoring.rules.importing.import_rules import Imported, ImportFailed, import_rules
from lead_scoring.rules.importing.sheets import SheetError
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.runs import runner
from runs import read_query

SAMPLES = Path(__file__).parent / "import_samples"
# File -> how it is kept, rows placed, rows not placed.
COUNTS = {
    "points": (Kind.POINTS, 29, 16),
    "matrix": (Kind.POINTS, 19, 1),
    "marketo_tokens": (Kind.MARKETO, 8, 12),
    "marketo_campaigns": (Kind.MARKETO, 11, 5),
    "hubspot_worksheet": (Kind.HUBSPOT, 7, 1),
    "hubspot_groups": (Kind.HUBSPOT, 12, 5),
}

OWN = read_rule_set()

cli = CliRunner()


def sample(name: str, tmp_path: Path) -> Imported:
    return import_rules(SAMPLES / f"{name}.csv", tmp_path / name, rule_set=OWN)


def from_text(text: str, tmp_path: Path, **options: object) -> Imported:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    return import_rules(file, tmp_path / "to", rule_set=OWN, **options)  # type: ignore[arg-type]


def became(imported: Imported) -> dict[int, dict[str, str]]:
    """The rule rows by the row of the list, with their table."""
    return {
        placement.entry.row: {"table": table, **imported.rule_set.tables[table][place]}
        for (table, place), placement in imported.folder.sources.items()
    }


def why_not(imported: Imported) -> dict[int, str]:
    return {refusal.entry.row: refusal.reason for refusal in imported.refusals}


def cells(row: dict[str, str], *columns: str) -> tuple[str, ...]:
    return tuple(row[column] for column in columns)


@pytest.mark.parametrize("name", COUNTS)
def test_every_sample_is_whole_and_passes_the_check(name: str, tmp_path: Path) -> None:
    imported = sample(name, tmp_path)
    kind, placed, not_placed = COUNTS[name]
    assert imported.listing.kind is kind
    assert (len(imported.folder.sources), len(imported.refusals)) == (placed, not_placed)
    assert [each for each in check_folder(tmp_path / name) if each.is_refusal] == []
    with (tmp_path / name / "not_placed.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == not_placed


def test_a_plain_list(tmp_path: Path) -> None:
    imported = sample("points", tmp_path)
    rules, reasons = became(imported), why_not(imported)
    condition = ("attribute", "operator", "value", "points")
    assert cells(rules[5], *condition) == ("job_title", "contains", "vp", "15")
    assert cells(rules[6], *condition) == ("seniority", "in", "c_level|vp|director", "20")
    assert cells(rules[11], *condition) == ("employee_count", "between", "201..1000", "10")
    assert cells(rules[13], *condition) == ("employee_count", "gte", "10001", "5")
    assert cells(rules[14], *condition) == ("annual_revenue", "gte", "10000000.01", "10")
    assert cells(rules[15], *condition) == ("email_type", "equals", "free", "-20")
    event = ("event_type", "award", "min_count", "within_days", "points")
    assert cells(rules[25], *event) == ("pricing_page_viewed", "each", "", "", "10")
    assert cells(rules[26], *event) == ("pricing_page_viewed", "once", "3", "7", "10")
    assert cells(rules[27], *condition) == ("url", "contains", "careers", "-15")
    assert cells(rules[28], *condition) == ("asset", "has_word", "whitepaper", "5")
    assert cells(rules[40], "table", "after_days", "points") == ("inactivity_rules", "30", "-10")
    assert rules[5]["note"] == "Row 5 of points.csv: Job title contains VP"
    assert "was read as a heading" in reasons[4]
    assert "country, region or city" in reasons[18]
    assert "registered or attended" in reasons[31]
    assert reasons[33] == "is the same rule as row 32: keep one of them"
    assert "event_types.csv" in reasons[35]
    assert "'multiple'" in reasons[36]
    assert "one day or visit" in reasons[37]
    assert "range of points" in reasons[43]
    assert imported.listing.unread == ("Comment",)


def test_disqualified_by_an_event_is_a_fit_rule_with_a_condition(tmp_path: Path) -> None:
    imported = sample("points", tmp_path)
    assert cells(became(imported)[38], "table", "points", "disqualifies") == (
        "fit_rules", "0", "true",
    )  # fmt: skip
    (condition,) = imported.rule_set.tables["rule_conditions"]
    assert cells(condition, "of", "event_type", "operator", "value") == (
        "history", "email_unsubscribed", "gte", "1",
    )  # fmt: skip


def test_stages_become_shares_of_all_points(tmp_path: Path) -> None:
    imported = sample("points", tmp_path)
    stages = {
        row["label"]: (row["rank"], row["min_total"])
        for row in imported.rule_set.tables["thresholds"]
        if row["ladder"] == "stage"
    }
    together = imported.folder.fit_points + imported.folder.engagement_points
    assert together == 175
    assert stages == {"lead": ("1", ""), "mql": ("2", "37"), "sql": ("3", "57")}
    assert {row["ladder"] for row in imported.rule_set.tables["thresholds"]} > {"stage"}
    (scorecard,) = imported.rule_set.tables["scorecards"]
    assert Decimal(scorecard["fit_weight"]) == round(imported.folder.fit_points / together, 4)


def test_a_matrix_with_categories_and_semicolons(tmp_path: Path) -> None:
    imported = sample("matrix", tmp_path)
    rules = became(imported)
    assert cells(rules[2], "attribute", "value", "signal") == ("seniority", "c_level", "job_title")
    assert cells(rules[6], "attribute", "operator", "value") == (
        "department", "in", "IT|Engineering",
    )  # fmt: skip
    assert cells(rules[10], "operator", "value") == ("gte", "250")
    assert cells(rules[11], "operator", "value") == ("between", "1000000..10000000")
    assert "'target industry'" in why_not(imported)[13]
    limits = {row["signal"]: row["max_points"] for row in imported.rule_set.tables["signals"]}
    assert limits["email_engagement"] == "20"


def test_tokens_of_marketo(tmp_path: Path) -> None:
    imported = sample("marketo_tokens", tmp_path)
    rules, reasons = became(imported), why_not(imported)
    assert rules[3]["table"] == "inactivity_rules"
    assert rules[5]["event_type"] == "email_clicked"
    assert rules[12]["event_type"] == "pricing_page_viewed"
    assert rules[16]["value"] == "free"
    assert "after how many days" in reasons[2]
    assert "'high'" in reasons[15]
    assert "sets a score" in reasons[20]
    assert "type Text" in reasons[21]


def test_campaigns_of_marketo(tmp_path: Path) -> None:
    imported = sample("marketo_campaigns", tmp_path)
    rules, reasons = became(imported), why_not(imported)
    assert cells(rules[3], "event_type", "attribute", "operator", "value") == (
        "page_viewed", "url", "contains", "/pricing",
    )  # fmt: skip
    # An operator in a column of its own compares the title as it is.
    assert cells(rules[7], "attribute", "operator", "value") == (
        "job_title", "in", "intern|student",
    )  # fmt: skip
    assert "without a value" in rules[13]["note"]
    assert rules[14]["operator"] == "is_not_empty"
    assert "no operator for 'not contains'" in reasons[12]
    assert "looks at the past" in reasons[17]


def test_the_worksheet_of_hubspot_has_two_sides(tmp_path: Path) -> None:
    imported = sample("hubspot_worksheet", tmp_path)
    points = sorted(
        (placement.entry.row, int(placement.points))
        for placement in imported.folder.sources.values()
    )
    assert points == [(2, 25), (3, -50), (3, 10), (4, -20), (4, 15), (5, -10), (5, 10)]


def test_groups_of_hubspot_have_limits_frequency_and_decay(tmp_path: Path) -> None:
    imported = sample("hubspot_groups", tmp_path)
    rules = became(imported)
    curves = imported.rule_set.names("decay_curves", "decay")
    assert cells(rules[2], "max_per_day", "decay") == ("1", "50_percent_every_30_days")
    assert cells(curves[rules[2]["decay"]], "method", "days", "percent") == (
        "step_linear", "30", "50",
    )  # fmt: skip
    assert cells(curves[rules[6]["decay"]], "method", "days") == ("window", "90")
    assert cells(rules[6], "award") == ("once",)
    assert rules[5]["within_days"] == "30"
    assert cells(rules[10], "operator", "value") == ("in", "vp|director")
    assert "limit: 'a lot'" in why_not(imported)[9]
    signals = imported.rule_set.names("signals", "signal")
    assert (signals["website"]["max_points"], signals["fit"]["max_points"]) == ("30", "40")


def test_criteria_beside_an_attribute_or_a_group(tmp_path: Path) -> None:
    imported = from_text(
        "Attribute,Criteria,Points\nJob title,Director,5\nDemographics,Country is US,4\n"
        "Behavior,Requested a demo,3\nWebsite,Key pages,2\n",
        tmp_path,
    )
    rules = became(imported)
    assert cells(rules[2], "attribute", "operator", "value") == (
        "seniority", "equals", "director",
    )  # fmt: skip
    assert cells(rules[3], "attribute", "value") == ("country", "us")
    assert rules[4]["event_type"] == "demo_requested"
    assert list(why_not(imported)) == [5]


def test_a_workbook_and_its_second_sheet(tmp_path: Path) -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append(["About this file"])
    sheet = workbook.create_sheet("Scores")
    for row in (["Criterion", "Score"], ["Requested a demo", 25.0], [None, None], ["VP", "+7.5"]):
        sheet.append(row)
    workbook.save(tmp_path / "list.xlsx")
    imported = import_rules(tmp_path / "list.xlsx", tmp_path / "to")
    assert imported.listing.sheet == "Scores"
    assert {row: rule["points"] for row, rule in became(imported).items()} == {2: "25", 4: "7.5"}


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffCriterion,Points\r\nJob title: Geschäftsführer,5\r\n".encode(),
        "Criterion;Points\nJob title: Geschäftsführer;5\n".encode("cp1252"),
        "Criterion\tPoints\nJob title: Geschäftsführer\t5\n".encode("utf-16"),
        'sep=;\nCriterion;Points\n"Job title: Geschäftsführer";"5"\n'.encode(),
    ],
)
def test_what_spreadsheets_write_is_read(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    imported = import_rules(tmp_path / "list.csv", tmp_path / "to")
    assert became(imported)[2]["value"] == "geschäftsführer"


def test_files_are_never_overwritten_in_silence(tmp_path: Path) -> None:
    imported = from_text("Criterion,Points\nRequested a demo,25\n", tmp_path)
    before = (tmp_path / "to" / "engagement_rules.csv").read_bytes()
    with pytest.raises(ImportFailed, match=r"fit_rules\.csv.* --overwrite"):
        from_text("Criterion,Points\nRequested a demo,5\n", tmp_path)
    assert (tmp_path / "to" / "engagement_rules.csv").read_bytes() == before
    again = from_text("Criterion,Points\nRequested a demo,5\n", tmp_path, overwrite=True)
    assert became(imported)[2]["points"] == "25"
    assert became(again)[2]["points"] == "5"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Name,Phone\nAnn,1\n", "No row names the columns"),
        ("", "No row names the columns"),
        ("Criterion,Points\nThings,5\n", "No row .* can be placed.*\n  row 2: no event type"),
        ('Criterion,Points\n"Requested a demo,5\n', "can be placed|no well-formed CSV"),
    ],
)
def test_a_list_without_a_rule_writes_nothing(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises((ImportFailed, SheetError), match=words):
        from_text(text, tmp_path)
    assert not (tmp_path / "to").exists()


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_text("no workbook")
    with pytest.raises(SheetError, match="no workbook"):
        import_rules(tmp_path / "list.xlsx", tmp_path / "to")
    with pytest.raises(SheetError, match="none of"):
        import_rules(tmp_path / "list.pdf", tmp_path / "to")
    with pytest.raises(SheetError, match="cannot be read"):
        import_rules(tmp_path / "absent.csv", tmp_path / "to")


def test_what_was_not_placed_runs_no_formula(tmp_path: Path) -> None:
    from_text('Criterion,Points\nRequested a demo,25\n"=1+1",5\n@sum,-5\n', tmp_path)
    lines = (tmp_path / "to" / "not_placed.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("3,'=1+1,5,")
    assert lines[2].startswith("4,'@sum,-5,")


def test_a_value_that_the_check_refuses_is_not_placed(tmp_path: Path) -> None:
    imported = from_text(
        "Property,Operator,Value,Points\nIndustry,is,a\ufffdb,5\nCity,is,Ulm,5\n", tmp_path
    )
    assert list(became(imported)) == [3]
    assert "value" in why_not(imported)[2]


def test_the_command_prints_what_became_of_each_row(tmp_path: Path) -> None:
    to = tmp_path / "my rules"
    words = ["import", "rules", str(SAMPLES / "hubspot_groups.csv"), "--to", str(to)]
    result = cli.invoke(app, words)
    assert result.exit_code == 0
    assert "Placed: 12" in result.stdout
    assert "Not placed: 5" in result.stdout
    assert "All points" in result.stdout
    assert "my rules'" in result.stdout.replace("\n", " ")
    result = cli.invoke(app, words)
    assert result.exit_code == 1
    assert "--overwrite" in result.stderr


def test_imported_rules_score_as_the_list_adds_up(tmp_path: Path) -> None:
    imported = sample("points", tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    (data / "leads.csv").write_text(
        "lead_id,created_at,email,first_name,job_title,company_name,industry,employee_count\n"
        "a,2026-06-01,ann@firm.example,Ann,VP Sales,Firm,SaaS,300\n"
        "b,2026-06-01,bob@gmail.com,Bob,Student,,,\n"
        "c,2026-06-01,cem@firm.example,Cem,Clerk,Firm,,\n"
    )
    (data / "events.csv").write_text(
        "event_id,lead_id,event_type,occurred_at,url\n"
        "1,a,demo_requested,2026-06-20T08:00:00Z,\n"
        "2,a,pricing_page_viewed,2026-06-20T08:00:00Z,/pricing\n"
        "3,a,pricing_page_viewed,2026-06-25T08:00:00Z,/pricing\n"
        "4,c,email_unsubscribed,2026-06-25T08:00:00Z,\n"
    )
    (data / "outcomes.csv").write_text("lead_id,outcome,occurred_at\n")
    with runner.no_further_tests():
        result = runner.score(
            data=data,
            rules=tmp_path / "points",
            as_of="2026-06-30",
            database=tmp_path / "scores.duckdb",
            select=["+scorecard_scores", "assert_no_rule_is_invalid"],
        )
    scores = {
        row["lead_id"]: row for row in read_query(result.database, "select * from scorecard_scores")
    }
    # VP 15, director or above 20, industry 15, employees 10; demo 25, two visits of 10.
    assert (scores["a"]["fit_points"], scores["a"]["engagement_points"]) == (60, 45)
    together = imported.folder.fit_points + imported.folder.engagement_points
    assert scores["a"]["total_score"] == round(100 * Decimal(60 + 45) / together)
    assert scores["a"]["stage"] == "sql"
    # Student -20, free mail -20; inactive since it was created, 29 days ago.
    assert (scores["b"]["fit_points"], scores["b"]["engagement_points"]) == (-40, 0)
    assert scores["c"]["is_disqualified"]
