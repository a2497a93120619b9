"""The project as a package: a consumer's own tables are scored in the consumer's own project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parents[2]

FILES = {
    "dbt_project.yml": """
name: consumer
version: "1.0"
profile: consumer
model-paths: ["models"]
seed-paths: ["seeds"]
vars:
  lead_scoring_leads: "{{ ref('crm_leads') }}"
  lead_scoring_events: "{{ ref('web_events') }}"
  lead_scoring_outcomes: "{{ ref('crm_outcomes') }}"
  lead_scoring_as_of: "2026-03-01T00:00:00Z"
seeds:
  lead_scoring:
    lead_scoring__inactivity_rules:
      +enabled: false
""",
    "profiles.yml": """
consumer:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: consumer.duckdb
      threads: 2
""",
    "packages.yml": "packages:\n  - local: {project}\n",
    # A name that the package uses for a model of its own, without its prefix.
    "models/stg_leads.sql": "select 'a model of the consumer' as lead_id",
    "models/crm_leads.sql": """
select 'ann' as lead_id, timestamp '2026-01-01 00:00:00' as created_at,
  'Head of Sales' as job_title, 'ann@acme.example' as email,
  5000 as employee_count, 'gold' as "Customer Tier"
""",
    "models/web_events.sql": """
select 'e1' as event_id, 'ann' as lead_id, 'demo_requested' as event_type,
  timestamptz '2026-02-28 23:00:00+00' as occurred_at
""",
    "models/crm_outcomes.sql": """
select 'ann' as lead_id, 'contacted' as outcome, date '2026-02-28' as occurred_at
""",
    "models/hot_leads.sql": "select lead_id, total_score from {{ ref('lead_scores') }}",
    # Takes the place of the package's own rule table of that name.
    "seeds/lead_scoring__inactivity_rules.csv": (
        "rule_id,scorecard,after_days,every_days,points,max_times,note\nnever_mind,*,999,,-1,,\n"
    ),
}


def write_consumer(folder: Path, **more_files: str) -> None:
    for name, text in {**FILES, **more_files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{project}", str(PROJECT)).lstrip("\n"), encoding="utf-8")


def run_dbt(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from dbt.cli.main import cli; sys.argv[0] = 'dbt'; cli()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments, "--profiles-dir", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "NO_COLOR": "1"},
        check=False,
    )


def test_a_consumer_scores_its_own_tables(tmp_path: Path) -> None:
    write_consumer(tmp_path)
    assert run_dbt(tmp_path, "deps").returncode == 0
    # The package's unit tests are those of the project itself, and take longer than all the rest.
    built = run_dbt(tmp_path, "build", "--exclude-resource-type", "unit_test")
    assert built.returncode == 0, built.stdout[-4000:]
    with duckdb.connect(str(tmp_path / "consumer.duckdb"), read_only=True) as connection:
        scores = connection.sql(
            "select lead_id, segment, total_score > 0 from lead_scores"
        ).fetchall()
        inactivity = connection.sql("select rule_id from lead_scoring__inactivity_rules").fetchall()
    assert scores == [("ann", "enterprise", True)]
    assert inactivity == [("never_mind",)]


def test_a_consumer_cannot_build_on_private_models(tmp_path: Path) -> None:
    write_consumer(
        tmp_path,
        **{"models/too_close.sql": "select * from {{ ref('int_lead_scoring__reasons') }}"},
    )
    assert run_dbt(tmp_path, "deps").returncode == 0
    parsed = run_dbt(tmp_path, "parse")
    assert parsed.returncode != 0
    assert "int_lead_scoring__reasons" in parsed.stdout
