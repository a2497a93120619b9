"""A stand-in for HubSpot's CRM API, version 3, as its public reference describes it.

Written from the pages on contacts (batch upsert, batch update), properties (batch create), error
handling (207 with objectWriteTraceId) and usage limits. No real account was used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deliveries.receiver import Receiver

UPSERT = "/crm/v3/objects/contacts/batch/upsert"
UPDATE = "/crm/v3/objects/contacts/batch/update"
PROPERTIES = "/crm/v3/properties/contacts/batch/create"
TOKEN = "s3cret"


class HubSpotStub(Receiver):
    """Contacts by record id. Knows the properties that were created, and no others."""

    def __init__(self, *, names_the_bad: bool = True) -> None:
        """names_the_bad: by 207; False: a bad value refuses the whole batch, by 400."""
        super().__init__()
        self.names_the_bad = names_the_bad
        self.properties: dict[str, dict[str, Any]] = {}
        self.contacts: dict[str, dict[str, str]] = {}
        self._made = 0

    def by(self, name: str) -> dict[str, dict[str, str]]:
        """Contacts by the values of a property."""
        return {each[name]: each for each in self.contacts.values() if each.get(name)}

    def take(
        self, method: str, path: str, headers: Mapping[str, str], body: Any
    ) -> tuple[int, object]:
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, _error("INVALID_AUTHENTICATION", "Authentication credentials not found.")
        if method != "POST" or path not in (UPSERT, UPDATE, PROPERTIES):
            return 404, _error(None, "resource not found")
        inputs = body["inputs"]
        if len(inputs) > 100:
            return 400, _error("VALIDATION_ERROR", "The number of inputs exceeds the limit of 100.")
        if path == PROPERTIES:
            return self._create_properties(inputs)
        return self._write(inputs, makes_new=path == UPSERT)

    def _create_properties(self, inputs: list[dict[str, Any]]) -> tuple[int, object]:
        for one in inputs:
            if not {"name", "label", "groupName", "type", "fieldType"} <= set(one):
                return 400, _error("VALIDATION_ERROR", "A required field is missing.")
        self.properties |= {one["name"]: one for one in inputs}
        return 201, {"status": "COMPLETE", "results": inputs}

    def _write(self, inputs: list[dict[str, Any]], *, makes_new: bool) -> tuple[int, object]:
        names = {one.get("idProperty") for one in inputs}
        (name,) = names
        if len({one["id"] for one in inputs}) < len(inputs):
            return 400, _error("VALIDATION_ERROR", "Duplicate IDs found in batch input.")
        if makes_new and name is None:
            return 400, _error("VALIDATION_ERROR", "idProperty is required.")
        if name is not None and not self.properties.get(name, {}).get("hasUniqueValue"):
            said = f"Unable to perform update/upsert by non-unique 0-1 property {name}"
            return 400, _error("VALIDATION_ERROR", said)
        for one in inputs:
            for each in one["properties"]:
                if each not in self.properties:
                    said = f'Property "{each}" does not exist: {one["id"]}'
                    return 400, _error("VALIDATION_ERROR", said)
        bad = [one for one in inputs if not self._is_valid(one)]
        if bad and not self.names_the_bad:
            said = f"Property values were not valid: {bad[0]['properties']}"
            return 400, _error("VALIDATION_ERROR", said)
        errors = [
            {
                **_error("VALIDATION_ERROR", f"Property values were not valid: {one}"),
                "context": {"objectWriteTraceId": [one["objectWriteTraceId"]]},
            }
            for one in bad
        ]
        results, missing = [], []
        for one in inputs:
            record = one["id"] if name is None else self._record(name, one["id"])
            if one in bad:
                continue
            if record not in self.contacts:
                if not makes_new:
                    missing.append(one["id"])
                    continue
                self._made += 1
                record = f"9{self._made:03}"
                self.contacts[record] = {str(name): one["id"]}
            self.contacts[record] |= one["properties"]
            trace = one["objectWriteTraceId"]
            results.append({"id": record, "properties": {}, "objectWriteTraceId": trace})
        if missing:
            said = "Could not get some CONTACT objects, they may be deleted or not exist."
            errors.append({**_error("OBJECT_NOT_FOUND", said), "context": {"ids": missing}})
        if errors:
            body = {"results": results, "numErrors": len(errors), "errors": errors}
            return 207, {"status": "COMPLETE", **body}
        return 200, {"status": "COMPLETE", "results": results}

    def _record(self, name: str, value: str) -> str:
        for record, properties in self.contacts.items():
            if properties.get(name) == value:
                return record
        return ""

    def _is_valid(self, one: dict[str, Any]) -> bool:
        return all(
            isinstance(value, str) and (not value or value.lstrip("-").isdecimal())
            for name, value in one["properties"].items()
            if self.properties[name]["type"] == "number"
        )


def _error(category: str | None, message: str) -> dict[str, Any]:
    said = {"status": "error", "message": message, "correlationId": "aeb5f871"}
    return said if category is None else {**said, "category": category}


def limit(policy: str, **headers: str) -> tuple[int, dict[str, str], object]:
    """The answer to a call too many."""
    said = {
        "status": "error",
        "message": f"You have reached your {policy.lower()} limit.",
        "errorType": "RATE_LIMIT",
        "policyName": policy,
    }
    return 429, {name.replace("_", "-"): value for name, value in headers.items()}, said
