"""Stand-ins for CRMs, set up as an administrator does: with the properties that scores fill."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from deliveries import hubspot_stub, salesforce_stub
from deliveries.calls import FAST, call
from deliveries.hubspot_stub import HubSpotStub
from deliveries.salesforce_stub import SalesforceStub
from deliveries.score_sample import Record
from lead_scoring.commands.app import app
from lead_scoring.delivery.receivers import CRM_TOKENS

Stub = HubSpotStub | SalesforceStub


@contextmanager
def a_hubspot(patch: pytest.MonkeyPatch, *arguments: str) -> Iterator[HubSpotStub]:
    """HubSpot, with its token in the environment; arguments: of the printed definitions."""
    patch.setenv("NO_PROXY", "*")
    patch.setenv(CRM_TOKENS["hubspot"], hubspot_stub.TOKEN)
    with HubSpotStub() as running:
        assert isinstance(running, HubSpotStub)
        create_properties(running, *arguments)
        yield running


@contextmanager
def a_salesforce(patch: pytest.MonkeyPatch, *arguments: str) -> Iterator[SalesforceStub]:
    """Salesforce, likewise."""
    patch.setenv("NO_PROXY", "*")
    patch.setenv(CRM_TOKENS["salesforce"], salesforce_stub.TOKEN)
    with SalesforceStub() as running:
        assert isinstance(running, SalesforceStub)
        running.deploy(_definitions("salesforce", "--address", running.address, *arguments))
        yield running


def create_properties(hubspot: HubSpotStub, *arguments: str) -> None:
    """Creates the properties that the definitions name."""
    body = json.loads(_definitions("hubspot", *arguments))
    headers = {"Authorization": f"Bearer {hubspot_stub.TOKEN}"}
    status, _ = hubspot.take("POST", hubspot_stub.PROPERTIES, headers, body)
    assert status == 201


def send(record: Record, crm: Stub, *arguments: object) -> tuple[int, str]:
    """Exports scores to a stand-in."""
    tool = "hubspot" if isinstance(crm, HubSpotStub) else "salesforce"
    given = ("--to", tool, "--address", crm.address, *FAST, *arguments)
    return call(record.database, *given, content="scores")


def _definitions(tool: str, *arguments: str) -> str:
    given = ["export", "scores", "--to", tool, "--print-definitions", *arguments]
    return CliRunner().invoke(app, given).output
