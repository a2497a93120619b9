"""A stand-in for Salesforce's REST API, as its public reference describes it.

Written from the pages on sObject Collections (upsert by an external id, update by id) and on status
codes and error responses. No real organisation was used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from deliveries.receiver import Receiver

BASE = "/services/data/v61.0/composite/sobjects"
TOKEN = "s3cret"
_SPACE = "{http://soap.sforce.com/2006/04/metadata}"


class SalesforceStub(Receiver):
    """Leads by record id. Knows the fields that were deployed, and no others."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, str]] = {}
        self.leads: dict[str, dict[str, Any]] = {}

    def deploy(self, metadata: str) -> None:
        """Takes objects/Lead.object."""
        for field in ElementTree.fromstring(metadata.encode()).iter(f"{_SPACE}fields"):
            made = {each.tag.removeprefix(_SPACE): str(each.text) for each in field}
            self.fields[made["fullName"]] = made

    def has(self, field: str, *values: str) -> None:
        """Makes leads that people have entered, with these values of a field."""
        for value in values:
            record = f"00Q{len(self.leads):012}"
            self.leads[record] = {"LastName": "X", "Company": "Acme", field: value}

    def by(self, field: str) -> dict[str, dict[str, Any]]:
        """Leads by the values of a field."""
        return {each[field]: each for each in self.leads.values()}

    def take(
        self, method: str, path: str, headers: Mapping[str, str], body: Any
    ) -> tuple[int, object]:
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, _error("INVALID_SESSION_ID", "Session expired or invalid")
        if method != "PATCH" or not path.startswith(BASE):
            return 404, _error("NOT_FOUND", "The requested resource does not exist")
        external = path.removeprefix(BASE).removeprefix("/Lead/")
        if external and self.fields.get(external, {}).get("externalId") != "true":
            said = f"Provided external ID field does not exist or is not accessible: {external}"
            return 404, _error("NOT_FOUND", said)
        if len(body["records"]) > 200:
            return 400, _error("EXCEEDED_ID_LIMIT", "record limit reached")
        assert body["allOrNone"] is False
        return 200, [self._save(dict(record), external) for record in body["records"]]

    def _save(self, record: dict[str, Any], external: str) -> dict[str, Any]:
        kind = record.pop("attributes")["type"]
        identifier = record.pop(external or "id")
        if not external and kind != ("Contact" if identifier.startswith("003") else "Lead"):
            return _refusal("INVALID_ID_FIELD", f"{identifier} is no {kind}")
        for name, value in record.items():
            if name not in self.fields:
                return _refusal("INVALID_FIELD", f"No such column '{name}' on entity 'Lead'")
            if self.fields[name]["type"] == "Number" and not isinstance(value, int | None):
                return _refusal("JSON_PARSER_ERROR", f"Cannot deserialize {value}")
        found = identifier
        if external:
            same = [key for key, lead in self.leads.items() if lead.get(external) == identifier]
            if len(same) > 1:
                return _refusal("DUPLICATE_EXTERNAL_ID", f"More than one {identifier}")
            if not same:
                return _refusal(
                    "REQUIRED_FIELD_MISSING",
                    "Required fields are missing: [LastName, Company]",
                )
            (found,) = same
        if found not in self.leads:
            return _refusal("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        if self.leads[found].get("locked"):
            return _refusal("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access")
        self.leads[found] |= record
        return {"id": found, "success": True, "errors": [], "created": False}


def _error(code: str, message: str) -> list[dict[str, Any]]:
    return [{"message": message, "errorCode": code}]


def _refusal(code: str, message: str) -> dict[str, Any]:
    return {"success": False, "errors": [{"statusCode": code, "message": message, "fields": []}]}
