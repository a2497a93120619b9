"""The preview of edited rules says what direct runs of both rule sets say."""

from __future__ import annotations

import csv
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sklearn.metrics import roc_auc_score
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.demo import AS_OF
from lead_scoring.demo.files import generate
from lead_scoring.preview import rule_sources
from lead_scoring.preview.comparison import Comparison
from lead_scoring.preview.movers_file import safe, write_movers
from lead_scoring.preview.preview import preview
from lead_scoring.preview.scratch import Instants
from lead_scoring.rules.files import SEEDS, RulesError, lay_out_rules
from lead_scoring.runs import runner
from lead_scoring.times import read_time
from runs import Cell, read_query, read_table
from worlds.compiled import Compiled

NOW = read_time(AS_OF)
WEEK_AGO = NOW - timedelta(days=7)
# Outcomes are looked at for a week, so that one earlier instant serves both.
INSTANTS = Instants.of(NOW, 7)
ENGAGEMENT_RULES = SEEDS / "lead_scoring__engagement_rules.csv"
QUALIFIED = ("mql", "sql")
SCORED = ("lead_scores", "score_reasons", "stg_lead_scoring__outcomes")
Leads = dict[str, dict[str, Cell]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of input files."""
    folder = tmp_path_factory.mktemp("data")
    generate(folder, leads=1200, events=24_000, seed=3)
    return folder


def one_point_more(folder: Path) -> Path:
    """A folder of rules in which the pricing page is worth one point more."""
    folder.mkdir()
    text = ENGAGEMENT_RULES.read_text(encoding="utf-8")
    old = "pricing_page_viewed,*,buying_interest,,pricing_page_viewed,,,,10,"
    assert text.count(old) == 1
    edited = text.replace(old, old.replace(",10,", ",11,"))
    (folder / "engagement_rules.csv").write_text(edited, encoding="utf-8")
    return folder


def project_rules(folder: Path) -> Path:
    """The project's own rules in a folder, whatever git says about them."""
    lay_out_rules(None, folder)
    return folder


def direct_run(data: Path, rules: Path | None, folder: Path) -> Path:
    """Score all leads by one rule set in a run of its own, now and a week ago."""
    instants = ", ".join(f"timestamp '{at:%Y-%m-%d %H:%M:%S}'" for at in (NOW, WEEK_AGO))
    moments = (
        f"(select distinct lead_id, unnest([{instants}]) as as_of"
        f" from read_csv('{data / 'leads.csv'}', all_varchar = true))"
    )
    return runner.score(
        data=data,
        rules=rules,
        as_of=AS_OF,
        database=folder / "lead_scoring.duckdb",  # as in the preview: dbt reads the project once
        variables={"lead_scoring_moments": moments},
        select=[f"+{name}" for name in SCORED],
        with_tests=False,
    ).database


def lead_scores(database: Path, as_of: datetime) -> Leads:
    """The rows of lead_scores by lead, at one instant."""
    table = read_table(database, "lead_scores")
    instant = as_of.replace(tzinfo=None)
    return {str(key[0]): row for key, row in table.items() if key[1] == instant}


def handed_over(now: Leads, week_ago: Leads) -> int:
    """How many open leads reached mql or sql since."""

    def stage(leads: Leads, lead_id: str) -> Cell:
        return leads.get(lead_id, {}).get("stage")

    return sum(
        row["status"] == "open"
        and (
            (row["stage"] in QUALIFIED and stage(week_ago, lead_id) not in QUALIFIED)
            or (row["stage"] == "sql" and stage(week_ago, lead_id) != "sql")
        )
        for lead_id, row in now.items()
    )


def won_since(database: Path) -> set[str]:
    """The leads that were won in the last week and are known to be, by a direct run."""
    won = read_query(
        database,
        "select survivor_lead_id as lead_id from stg_lead_scoring__outcomes as outcomes"
        " join stg_lead_scoring__lead_identities as identities using (lead_key)"
        " where outcome = 'won' and quarantine_cause is null"
        f" and greatest(occurred_at, known_at) <= timestamp '{NOW:%Y-%m-%d %H:%M:%S}'"
        f" and occurred_at > timestamp '{WEEK_AGO:%Y-%m-%d %H:%M:%S}'",
    )
    return {str(row["lead_id"]) for row in won}


def expected_auc(week_ago: Leads, won: set[str]) -> float:
    """The AUC of the scores of a week ago, disqualified leads below all others."""
    leads = [lead_id for lead_id, row in week_ago.items() if row["status"] == "open"]
    scores = [
        -1 if week_ago[lead]["is_disqualified"] else week_ago[lead]["total_score"] for lead in leads
    ]
    return float(roc_auc_score([lead in won for lead in leads], scores))


def reason_points(database: Path, leads: Leads) -> dict[str, dict[str, Cell]]:
    """The points of each lead's reasons on its own scorecard."""
    found: dict[str, dict[str, Cell]] = {lead_id: {} for lead_id in leads}
    for key, row in read_table(database, "score_reasons").items():
        lead_id, scorecard, rule_id = (str(part) for part in key[:3])
        if key[3] == NOW.replace(tzinfo=None) and leads[lead_id]["scorecard"] == scorecard:
            found[lead_id][rule_id] = row["points"]
    return found


def check_movers(comparison: Comparison, before: Path, after: Path) -> None:
    """Each lead that crosses mql or sql is listed, with the rules whose points differ."""
    leads = [lead_scores(before, NOW), lead_scores(after, NOW)]
    points = [reason_points(before, leads[0]), reason_points(after, leads[1])]
    ranks = {"mql": 1, "sql": 2}
    expected = {
        lead_id
        for lead_id in leads[0]
        if len({ranks.get(str(side[lead_id]["stage"]), 0) for side in leads}) == 2
    }
    assert {mover.lead_id for mover in comparison.movers} == expected
    assert len(comparison.movers) == len(expected) > 0
    for mover in comparison.movers:
        sides = [side[mover.lead_id] for side in leads]
        assert [mover.before.stage, mover.after.stage] == [row["stage"] for row in sides]
        assert [mover.before.total_score, mover.after.total_score] == [
            row["total_score"] for row in sides
        ]
        of_lead = [side[mover.lead_id] for side in points]
        assert {reason.rule_id: (reason.before, reason.after) for reason in mover.reasons} == {
            rule_id: (of_lead[0].get(rule_id, 0), of_lead[1].get(rule_id, 0))
            for rule_id in of_lead[0].keys() | of_lead[1].keys()
            if of_lead[0].get(rule_id, 0) != of_lead[1].get(rule_id, 0)
        }


def test_a_change_of_one_point_shows_exactly_what_direct_runs_show(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = one_point_more(tmp_path / "edited")
    base = project_rules(tmp_path / "base")
    comparison, minimums = preview(data=data, rules=edited, base=str(base), instants=INSTANTS)
    # Tests of tables would ask for every other table.
    monkeypatch.setenv("DBT_INDIRECT_SELECTION", "empty")
    with runner.keeping_artifacts():
        first = direct_run(data, None, tmp_path / "one")
    models = Compiled(first, first.with_suffix(".run"))
    other = tmp_path / "other.duckdb"
    runs = [first, models.build(data, edited, other, *SCORED)]
    before, after = (lead_scores(run, NOW) for run in runs)
    old_before, old_after = (lead_scores(run, WEEK_AGO) for run in runs)

    (rule,) = comparison.rules
    assert (rule.change, rule.cells) == ("changed", (("points", "10", "11"),))
    assert minimums == {"mql": 50, "sql": 80}
    assert comparison.leads == len(before) == len(after)
    pairs = [(row, after[lead_id]) for lead_id, row in before.items()]
    assert comparison.score_changes == sum(
        one["total_score"] != other["total_score"] for one, other in pairs
    )
    assert comparison.grade_changes == sum(one["grade"] != other["grade"] for one, other in pairs)
    assert comparison.moves == Counter((one["stage"], other["stage"]) for one, other in pairs)
    for stage, change in comparison.stages.items():
        counted = [sum(row["stage"] == stage for row in side.values()) for side in (before, after)]
        assert [change.before, change.after] == counted
    for place, change in enumerate(comparison.scores):
        last = 100 if place == 19 else 5 * place + 4
        wanted = range(5 * place, last + 1)
        counted = [
            sum(row["total_score"] in wanted for row in side.values()) for side in (before, after)
        ]
        assert [change.before, change.after] == counted
    check_movers(comparison, *runs)

    assert comparison.handoffs.before == handed_over(before, old_before) > 0
    assert comparison.handoffs.after == handed_over(after, old_after)
    won = won_since(runs[0])
    outcomes = comparison.outcomes
    assert outcomes.leads == sum(row["status"] == "open" for row in old_before.values())
    assert outcomes.won == sum(
        row["status"] == "open" and lead_id in won for lead_id, row in old_before.items()
    )
    assert outcomes.won > 0
    assert outcomes.auc_before is not None
    assert outcomes.auc_after is not None
    assert float(outcomes.auc_before) == pytest.approx(expected_auc(old_before, won))
    assert float(outcomes.auc_after) == pytest.approx(expected_auc(old_after, won))
    for side, leads in enumerate((old_before, old_after)):
        open_leads = [(lead_id, row) for lead_id, row in leads.items() if row["status"] == "open"]
        for grade, sides in outcomes.grades.items():
            of_grade = [lead_id for lead_id, row in open_leads if row["grade"] == grade]
            assert sides[side].leads == len(of_grade)
            assert sides[side].won == len(won & set(of_grade))

    write_movers(comparison.movers, tmp_path / "movers.csv")
    with (tmp_path / "movers.csv").open(encoding="utf-8-sig", newline="") as lines:
        listed = [row["lead_id"] for row in csv.DictReader(lines)]
    assert listed == [safe(mover.lead_id) for mover in comparison.movers]


@pytest.fixture
def scratch_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which temporary folders are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder


def test_equal_rules_show_nothing_and_nothing_is_published(
    data: Path, tmp_path: Path, scratch_space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = tmp_path / "published.duckdb"
    published.write_bytes(b"what readers see")
    monkeypatch.setenv("LEAD_SCORING_DATABASE", str(published))
    rules = tmp_path / "rules"
    rules.mkdir()
    header, *rows = ENGAGEMENT_RULES.read_text(encoding="utf-8").splitlines()
    # The same rules, as another program would write them.
    rewritten = "\r\n".join([header, *reversed(rows), ""])
    (rules / "engagement_rules.csv").write_bytes(b"\xef\xbb\xbf" + rewritten.encode())
    base = project_rules(tmp_path / "base")
    options = ["--data", str(data), "--as-of", AS_OF, "--rules", str(rules)]
    options += ["--base", str(base), "--markdown", str(tmp_path / "preview.md")]
    options += ["--html", str(tmp_path / "preview.html"), "--csv", str(tmp_path / "movers.csv")]
    options += ["--fail-if", "score_changes > 0", "--fail-if", "mql_change != 0%"]
    result = CliRunner().invoke(app, ["preview", *options])
    assert result.exit_code == 0, result.output
    for text in (
        result.output,
        (tmp_path / "preview.md").read_text(encoding="utf-8"),
        (tmp_path / "preview.html").read_text(encoding="utf-8"),
    ):
        assert "The rule sets are equal." in text
        assert "Nothing changes" in text
    assert len((tmp_path / "movers.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert published.read_bytes() == b"what readers see"
    assert not list(scratch_space.iterdir())


def test_rules_that_cannot_be_used_are_refused_before_anything_runs(
    tmp_path: Path, scratch_space: Path
) -> None:
    rules = one_point_more(tmp_path / "rules")
    file = rules / "engagement_rules.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",11,", ",eleven,"), encoding="utf-8")
    base = project_rules(tmp_path / "base")
    result = CliRunner().invoke(app, ["preview", "--rules", str(rules), "--base", str(base)])
    assert result.exit_code == 1
    assert "eleven" in result.output
    assert not list(scratch_space.iterdir())


def git(folder: Path, *arguments: str) -> None:
    """Call git in a folder, as somebody."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_the_base_may_be_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = project_rules(tmp_path / "repository" / "seeds")
    monkeypatch.setattr(rule_sources, "SEEDS", seeds)
    younger = seeds / "lead_scoring__event_names.csv"
    text = younger.read_bytes()
    younger.unlink()
    git(seeds.parent, "init", "--quiet")
    git(seeds.parent, "add", ".")
    git(seeds.parent, "commit", "--quiet", "-m", "First")
    younger.write_bytes(text)
    file = seeds / "lead_scoring__engagement_rules.csv"
    committed = file.read_text(encoding="utf-8")
    file.write_text(committed.replace(",10,each,", ",12,each,"), encoding="utf-8")
    words = rule_sources.lay_out_base("HEAD", tmp_path / "base")
    assert words.startswith("HEAD (commit ")
    assert (tmp_path / "base" / file.name).read_text(encoding="utf-8") == committed
    assert rule_sources.changed_tables(tmp_path / "base", seeds) == ["engagement_rules"]
    for unknown in ("no_such_revision", "--output=file"):
        with pytest.raises(RulesError, match="no git revision"):
            rule_sources.lay_out_base(unknown, tmp_path / "unknown")
