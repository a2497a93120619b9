"""The commands score and explain, on a run of a few leads and on what can go wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.rules.files import SEEDS
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed

INPUT = {
    "leads": """\
lead_id,created_at,email,job_title,company_name,employee_count,deleted_at
ann,2026-01-01,ann.canary@acme.example,Head of Sales,Acme,5000,
bob,2026-01-01,bob@acme.example,Student,Acme,5000,
eve,2026-01-01,eve.canary@acme.example,CEO,Acme,5000,2026-02-01
zoe,2026-07-01,zoe@acme.example,CEO,Acme,5000,
nil,soon,nil@acme.example,CEO,Acme,5000,
""",
    "events": """\
event_id,lead_id,event_type,occurred_at
1,ann,pricing_page_viewed,2026-06-01
2,bob,pricing_page_viewed,2026-06-29T12:00:00Z
3,eve,pricing_page_viewed,2026-06-29T12:00:00Z
4,xxx,pricing_page_viewed,2026-06-29T12:00:00Z
""",
    "outcomes": "lead_id,outcome,occurred_at\nann,contacted,2026-06-02\n",
    "lead_merges": "lead_id,merged_into_lead_id\nbob,ann\n",
}
AS_OF = "2026-06-30T12:00:00Z"


def write_input(folder: Path) -> Path:
    folder.mkdir()
    for name, text in INPUT.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


def call(*arguments: object, command: str = "score") -> tuple[int, str]:
    """Returns the exit code of a command, and all that it printed, its lines joined."""
    result = CliRunner().invoke(app, [*command.split(), *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("commands")


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    data = write_input(folder / "data")
    code, output = call("--data", data, "--as-of", AS_OF, "--database", folder / "x.duckdb")
    assert code == 0, output
    return output


def explained(folder: Path, *arguments: str) -> tuple[int, str]:
    return call(*arguments, "--database", folder / "x.duckdb", command="explain")


def test_score_prints_what_it_made_of_the_input(printed: str, folder: Path) -> None:
    assert "leads events outcomes lead_merges rows 5 4 1 1 used 2 2 1 1" in printed
    assert "merged 1 0 0 0 erased 1 1 0 0" in printed
    assert "quarantined 1 1 0 0 created_at cannot be read 1" in printed
    assert "The best ten open leads" in printed
    assert "Scored 1 leads as of 2026-06-30 12:00 UTC" in printed
    assert f"./scripts/lead-scoring explain ann --database {folder / 'x.duckdb'}" in printed


def test_explain_prints_the_whole_arithmetic(printed: str, folder: Path) -> None:
    code, output = explained(folder, "ann")
    assert code == 0
    assert "ann, scored by enterprise (its own scorecard) as of 2026-06-30 12:00 UTC" in output
    assert "employee_count 5000" in output
    assert "active_colleagues 0" in output
    # Half-life 14: the own event is 29 days old, that of the merged lead one day.
    assert "2026-06-29 1 1 1 1 0.951695153011 9.517" in output
    assert "2026-06-01 29 29 1 1 0.237923788253 2.3792" in output
    assert "Labels, from the rounded scores" in output


def test_explain_prints_what_counts_as_one_and_what_a_merged_lead_gave(tmp_path: Path) -> None:
    data, rules = write_input(tmp_path / "data"), tmp_path / "rules"
    events = "event_id,lead_id,event_type,occurred_at,session_id,url\n" + "".join(
        f"{number},ann,{cells}\n"
        for number, cells in enumerate(
            (
                "page_viewed,2026-06-27T23:59:00Z,s,/a",
                "page_viewed,2026-06-28T00:01:00Z,s,/b",
                "pricing_page_viewed,2026-06-28T00:02:00Z,s,/b",
                "page_viewed,2026-06-28T10:00:00Z,t,/a",
                "page_viewed,2026-06-28T11:00:00Z,,/a",
            )
        )
    )
    (data / "events.csv").write_text(events)
    (data / "leads.csv").write_text(
        INPUT["leads"].replace("Head of Sales,Acme,5000,", "Head of Sales,Acme,,")
    )
    rules.mkdir()
    attributes = (SEEDS / "lead_scoring__attributes.csv").read_text()
    own, filled = (
        "employee_count,lead,whole,at_creation,,",
        "employee_count,lead,whole,at_creation,fill,",
    )
    (rules / "attributes.csv").write_text(attributes.replace(own, filled))
    types = "buying_interest,,page_viewed|pricing_page_viewed,,,,1,each"
    (rules / "engagement_rules.csv").write_text(
        (SEEDS / "lead_scoring__engagement_rules.csv").read_text()
        + f"days,*,{types},day,,,,,\nvisits,*,{types},session,,3,,,\npages,*,{types},target,1,,,,\n"
    )
    database = tmp_path / "scores.duckdb"
    runner.score(data=data, rules=rules, as_of=AS_OF, database=database, with_tests=False)
    output = call("ann", "--database", database, command="explain")[1]
    assert "employee_count 5000 of a lead merged into it" in output
    sums = {
        "days": ("1 for each day with one or more events", "sum 2:"),
        "visits": ("1 for each session, from 3 sessions on", "2026-06-28 2 2 3 3 1 3 sum 3:"),
        "pages": ("1 for each page or asset, no more than 1 a day", "2026-06-28 2 2 2 1 1 1 sum 1"),
    }
    for rule, words in sums.items():
        said = output.split(f"{rule}, of signal buying_interest: ")[1].split("If nothing")[0]
        assert all(each in said for each in words), said


def test_explain_tells_a_machine_what_the_scores_are_the_sum_of(printed: str, folder: Path) -> None:
    words = ["explain", "ann", "--database", str(folder / "x.duckdb"), "--json"]
    told = json.loads(CliRunner().invoke(app, words).stdout)
    assert (told["lead_id"], told["scorecard"]) == ("ann", "enterprise")
    pages = next(rule for rule in told["rules"] if rule["rule_id"] == "pricing_page_viewed")
    assert (pages["kind"], pages["verdict"], pages["points"]) == ("engagement", "counts", 11.8962)
    for signal in told["signals"]:
        sums = [signal[f"{part}_points"] or 0 for part in ("rule", "limit")]
        assert signal["points"] == pytest.approx(sum(sums))
    explained = call("ann", "--database", folder / "x.duckdb", command="explain")[1]
    assert told["levers"]
    for lever in told["levers"]:
        assert lever["words"] in explained


@pytest.mark.parametrize(
    ("lead_id", "words"),
    [
        ("bob", "was merged into ann"),
        ("eve", "is erased"),
        ("zoe", "has no score before it was created, on 2026-07-01"),
        ("nil", "has no usable row in leads: created_at cannot be read"),
        ("ANN", "There is no lead ANN. Ids compare exactly. Did you mean ann?"),
        ("[red]\x1b[2J", "There is no lead [red]?[2J."),
    ],
)
def test_explain_says_what_became_of_a_lead(
    printed: str, folder: Path, lead_id: str, words: str
) -> None:
    code, output = explained(folder, lead_id)
    assert code == 1
    assert words in output


def test_explain_names_the_scorecards_of_a_lead(printed: str, folder: Path) -> None:
    code, output = explained(folder, "ann", "--scorecard", "nonsense")
    assert code == 1
    assert "nonsense does not score this lead. Those that do: enterprise" in output
    assert explained(folder, "ann", "--scorecard", " Small_Business")[0] == 0


def test_explain_without_a_scored_database(tmp_path: Path) -> None:
    code, output = explained(tmp_path, "ann")
    assert code == 1
    assert "There is no database" in output
    (tmp_path / "x.duckdb").write_text("no database at all")
    assert "cannot be read" in explained(tmp_path, "ann")[1]


def test_no_input_value_gets_into_the_log(printed: str, folder: Path) -> None:
    for part in ("logs", "target"):
        for file in (folder / "x.run" / part).rglob("*.*"):
            assert file.is_dir() or b"canary" not in file.read_bytes(), file


def test_broken_input_is_named_and_not_quoted(tmp_path: Path) -> None:
    data = write_input(tmp_path / "data")
    with (data / "leads.csv").open("a") as leads:
        leads.write("tom,2026-01-01,tom.canary@acme.example\n")
    code, output = call("--data", data, "--database", tmp_path / "x.duckdb")
    assert code == 1
    assert "leads.csv, line 7: it has 3 values, the header names 7 columns." in output
    assert "Traceback" not in output
    for file in tmp_path.rglob("*.log"):
        assert "canary" not in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "yesterday"), "'yesterday' is no time"),
        (("--rules", "nowhere"), "There is no folder nowhere"),
    ],
)
def test_wrong_options_are_refused(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    code, output = call(*arguments, "--database", tmp_path / "x.duckdb")
    assert code == 1
    assert words in output


def test_a_locked_database_is_named(tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    hold = (
        f"import duckdb; c = duckdb.connect({str(database)!r}); print('held', flush=True); input()"
    )
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        code, output = call("--database", database)
        holder.communicate(b"\n")
    assert code == 1
    assert "is open in another program. Close it there" in output


def test_a_failed_step_is_named_without_the_words_of_dbt(tmp_path: Path) -> None:
    with pytest.raises(RunFailed) as caught:
        runner.score(
            data=write_input(tmp_path / "data"),
            database=tmp_path / "scores.duckdb",
            select=["lead_scores"],  # without what it is built from
        )
    message = str(caught.value)
    assert message.startswith("model lead_scores: ")
    assert "Table with name int_lead_scoring__scores does not exist" in message
    assert "Runtime Error" not in message
    assert "compiled code" not in message


def test_a_rule_row_that_cannot_apply_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "inactivity_rules.csv").write_text(
        "rule_id,scorecard,after_days,every_days,points,max_times\nquiet,nobody,7,,-5,\n"
    )
    code, output = call("--rules", rules, "--database", tmp_path / "x.duckdb")
    assert code == 1
    assert "inactivity_rules.csv" in output
    assert "nobody" in output


def test_a_lead_that_is_edited_in_place_passes_all_tests(printed: str, folder: Path) -> None:
    """Its past is scored again in the next run: tests that look at moments see the current ones."""
    leads = folder / "data" / "leads.csv"
    leads.write_text(leads.read_text().replace("Head of Sales,Acme,5000", "Intern,Acme,50"))
    given = ("--data", folder / "data", "--database", folder / "x.duckdb")
    words = ["score", *map(str, given), "--as-of", "2026-06-30T13:00:00Z", "--json"]
    told = json.loads(CliRunner().invoke(app, words).stdout)
    assert (told["leads"], told["as_of"]) == (1, "2026-06-30T13:00:00+00:00")
    assert told["segments"] == [{"segment": "small_business", "stage": "lead", "leads": 1}]
    (best,) = told["best_leads"]
    assert (best["lead_id"], best["stage"]) == ("ann", "lead")
    assert any(reason.startswith("Pricing page") for reason in best["reasons"])
    assert "no run 9 to go back to" in call("9", *given[2:], command="rollback")[1]
    assert "Readers see run 000001-" in call("previous", *given[2:], command="rollback")[1]
    assert "000001-" in call(*given[2:], command="rollback")[1]
    words = ["rollback", *map(str, given[2:]), "--json"]
    kept = json.loads(CliRunner().invoke(app, words).stdout)["runs"]
    assert [(run["run_id"][:6], run["leads"], run["readers_see_it"]) for run in kept] == [
        ("000002", 1, False),
        ("000001", 1, True),
    ]
    assert "as of 2026-06-30 12:00 UTC" in explained(folder, "ann")[1]
