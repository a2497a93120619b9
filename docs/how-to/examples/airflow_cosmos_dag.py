"""A DAG for Airflow with Cosmos, on a warehouse: a task for each model, each with its tests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cosmos import DbtDag, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import TestBehavior

PROJECT = Path("/srv/lead_scoring")

lead_scoring = DbtDag(
    dag_id="lead_scoring_models",
    project_config=ProjectConfig(PROJECT),
    profile_config=ProfileConfig(
        profile_name="lead_scoring",
        target_name="postgres",
        profiles_yml_filepath=PROJECT / "profiles.yml",
    ),
    # Tests after all models. Without publication: each table takes the place of the one before as it
    # is built; only ./scripts/score swaps schemas.
    render_config=RenderConfig(test_behavior=TestBehavior.AFTER_ALL),
    schedule="10 5 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
)
