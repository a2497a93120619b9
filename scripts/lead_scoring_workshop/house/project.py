"""Reads what is measured: the graph of models as dbt sees it, and the texts of the files."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lead_scoring.project import PROJECT
from lead_scoring.runs import runner
from lead_scoring_workshop.house.chains import Graph

NAME = "lead_scoring"
FOLDERS = ("models", "macros", "tests", "analyses", "seeds")


@dataclass(frozen=True)
class Models:
    """The models that are enabled under some variables."""

    graph: Graph  # name -> names of the models that it reads
    paths: Mapping[str, str]  # name -> path in the project


@dataclass(frozen=True)
class Project:
    """All that the shape of the project is measured by."""

    daily: Models
    evidence: Models  # those of a run of evidence, the daily ones included
    files: Mapping[str, str]  # path in the project -> text, of .sql and .yml files


def read_project() -> Project:
    """Lets dbt read the project twice, without and with the models of evidence.

    Raises RunFailed where dbt cannot read it.
    """
    return Project(
        daily=read_models({}),
        evidence=read_models({"lead_scoring_evidence": True}),
        files=read_files(PROJECT),
    )


def read_models(variables: Mapping[str, object]) -> Models:
    """Lets dbt read the project under some variables, in a folder that is gone afterwards.

    Raises RunFailed where dbt cannot read it.
    """
    with tempfile.TemporaryDirectory() as folder:
        work_folder = Path(folder)
        seeds = work_folder / "project" / "seeds"
        seeds.parent.mkdir()
        seeds.symlink_to(PROJECT / "seeds")
        # Given even when empty, for the environment may name variables too.
        manifest = runner.read_project(work_folder, variables)
    return models_of(manifest.writable_manifest().to_dict())


def models_of(manifest: Mapping[str, Any]) -> Models:
    """Returns the project's own models that a manifest of dbt holds: those that are enabled."""
    nodes = {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["package_name"] == NAME
    }
    return Models(
        graph={
            node["name"]: {
                nodes[key]["name"] for key in node["depends_on"]["nodes"] if key in nodes
            }
            for node in nodes.values()
        },
        paths={node["name"]: node["original_file_path"] for node in nodes.values()},
    )


def read_files(folder: Path) -> dict[str, str]:
    """Returns the text of each .sql and .yml file of a dbt project, by its path in there."""
    paths = [
        *folder.glob("*.yml"),
        *(path for part in FOLDERS for path in (folder / part).rglob("*") if path.is_file()),
    ]
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(paths)
        if path.suffix in {".sql", ".yml"}
    }
