"""Scores as properties of HubSpot's contacts, by the batch calls of its CRM API, version 3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from lead_scoring.delivery.contents import Item
from lead_scoring.delivery.crm_properties import Property, values
from lead_scoring.delivery.http_calls import (
    Answer,
    HttpReceiver,
    Request,
    check,
    chunks,
    retry_after,
    word,
)
from lead_scoring.delivery.sending import GiveUp, OneIsRefused, TryAgain

ADDRESS = "https://api.hubapi.com"
ID_PROPERTY = "lead_id"
RECORD_ID = "hs_object_id"  # HubSpot's own: it has no place in a call of its own name
_GONE = "OBJECT_NOT_FOUND"
_TYPES = {
    "number": ("number", "number"),
    "text": ("string", "text"),
    "long text": ("string", "textarea"),
    "time": ("datetime", "date"),
}


class HubSpot(HttpReceiver):
    """Scores are upserted. Leads are cleared by updates: an upsert would bring a deleted one back.

    Where leads are known by HubSpot's own record id, all are updated: no call can make a record of
    a given id.
    """

    largest = 100
    reads_answers = True

    def __init__(
        self, address: str, id_property: str, prefix: str, token: str | None, timeout: float
    ) -> None:
        """address: without a path. id_property: whose values are lead ids."""
        super().__init__(token, timeout)
        self._address = address
        self._id_property = id_property
        self._prefix = prefix

    def batches(self, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """Returns the leads in batches, those to be cleared in batches of their own."""
        return chain.from_iterable(
            chunks([item for item in items if item.is_cleared is cleared], self.largest)
            for cleared in (True, False)
        )

    def request(self, batch: Sequence[Item]) -> Request:
        """Returns the request for a batch. The trace id is what an answer names a lead by."""
        has_own_ids = self._id_property == RECORD_ID
        call = "update" if has_own_ids or batch[0].is_cleared else "upsert"
        inputs = [
            {
                **({} if has_own_ids else {"idProperty": self._id_property}),
                "id": item.id,
                "objectWriteTraceId": item.key,
                "properties": {
                    name: "" if value is None else str(value)
                    for name, value in values(item, self._prefix).items()
                },
            }
            for item in batch
        ]
        url = f"{self._address}/crm/v3/objects/contacts/batch/{call}"
        return Request("POST", url, {"inputs": inputs})

    def judge(self, batch: Sequence[Item], answer: Answer) -> Mapping[str, str]:
        """Returns what of a batch was not taken: by 207, some of it. Raises NotDelivered."""
        said = answer.json if isinstance(answer.json, dict) else {}
        if answer.status == 429:
            kind = answer.kind(said.get("policyName"))
            if said.get("policyName") == "DAILY":
                raise GiveUp(kind)
            raise TryAgain(kind, retry_after(answer) or _interval(answer))
        if answer.status in (400, 409):
            raise OneIsRefused(answer.kind(said.get("category")))
        if answer.status in (401, 403, 404):
            raise GiveUp(answer.kind(said.get("category")))
        check(answer)
        return _failures(batch, said, answer) if answer.status == 207 else {}


def definitions(
    id_property: str, prefix: str, properties: Sequence[Property]
) -> Mapping[str, object]:
    """Returns the body for POST /crm/v3/properties/contacts/batch/create."""
    made = [] if id_property == RECORD_ID else [_definition(id_property, "Lead id", "text")]
    if made:
        made[0] |= {"hasUniqueValue": True, "description": "The lead's id in lead_scoring."}
    for each in properties:
        one = _definition(prefix + each.name, each.label, each.kind)
        made.append({**one, "description": each.description})
    return {"inputs": made}


def _definition(name: str, label: str, kind: str) -> dict[str, object]:
    of_value, of_field = _TYPES[kind]
    return {
        "name": name,
        "label": label,
        "groupName": "contactinformation",
        "type": of_value,
        "fieldType": of_field,
    }


def _failures(batch: Sequence[Item], said: Mapping[str, Any], answer: Answer) -> dict[str, str]:
    """An error names the leads it is about by trace id or by id. Where one names none, only those
    leads count as taken that are among the results.
    """
    by_name = {name: item for item in batch for name in (item.key, item.id)}
    found: dict[str, str] = {}
    anyone = ""
    for error in said.get("errors") or ():
        code = word(error.get("category"))
        context = error.get("context") or {}
        names = [*(context.get("objectWriteTraceId") or ()), *(context.get("ids") or ())]
        items = [by_name[name] for name in names if name in by_name]
        for item in items:
            if not (item.is_cleared and code == _GONE):  # nothing is left to be cleared
                found[item.id] = code or answer.kind()
        anyone = anyone if items else code or answer.kind()
    if anyone:
        taken = {result.get("objectWriteTraceId") for result in said.get("results") or ()}
        found |= {
            item.id: anyone for item in batch if item.key not in taken and item.id not in found
        }
    return found


def _interval(answer: Answer) -> float:
    """How long HubSpot's rolling limit looks back, in seconds; 0: it does not say."""
    asked = answer.headers.get("X-HubSpot-RateLimit-Interval-Milliseconds", "")
    return int(asked) / 1000 if asked.isdecimal() else 0
