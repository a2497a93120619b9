"""Scores as fields of Salesforce's leads, by the sObject Collections of its REST API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from lead_scoring.delivery.contents import Item
from lead_scoring.delivery.crm_properties import Property, values
from lead_scoring.delivery.http_calls import Answer, HttpReceiver, Request, check, retry_after, word
from lead_scoring.delivery.sending import GiveUp, NotDelivered, OneIsRefused, TryAgain

VERSION = "v61.0"
ID_FIELD = "lead_id__c"
RECORD_ID = "Id"  # Salesforce's own: upserts take external ids only
CONTACT = "003"  # how ids of contacts begin: those that leads were converted into
# An upsert of a lead that is not there would have to make one, and lacks its name.
_GONE = {
    "CANNOT_UPDATE_CONVERTED_LEAD",
    "ENTITY_IS_DELETED",
    "INVALID_CROSS_REFERENCE_KEY",
    "NOT_FOUND",
    "REQUIRED_FIELD_MISSING",
}
_TYPES = {
    "number": "<precision>18</precision><scale>0</scale><type>Number</type>",
    "text": "<length>255</length><type>Text</type>",
    "long text": "<length>32768</length><type>LongTextArea</type><visibleLines>3</visibleLines>",
    "time": "<type>DateTime</type>",
}


class Salesforce(HttpReceiver):
    """Leads are upserted by an external id; or leads and contacts are updated by Salesforce's own.

    Salesforce makes no lead without a name and a company, so an upsert never makes one here.
    """

    largest = 200
    reads_answers = True

    def __init__(
        self, address: str, id_field: str, prefix: str, token: str | None, timeout: float
    ) -> None:
        """address: of My Domain, without a path. id_field: whose values are lead ids."""
        super().__init__(token, timeout)
        self._address = address
        self._id_field = id_field
        self._prefix = prefix

    def batches(self, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """Returns the leads in batches, contacts last: a call may change types but a few times."""
        return super().batches(sorted(items, key=self._type, reverse=True))

    def _type(self, item: Item) -> str:
        is_contact = self._id_field == RECORD_ID and item.id.startswith(CONTACT)
        return "Contact" if is_contact else "Lead"

    def request(self, batch: Sequence[Item]) -> Request:
        """Returns the request for a batch: each record on its own, none undone for another."""
        has_own_ids = self._id_field == RECORD_ID
        records = [
            {
                "attributes": {"type": self._type(item)},
                "id" if has_own_ids else self._id_field: item.id,
                **{f"{name}__c": value for name, value in values(item, self._prefix).items()},
            }
            for item in batch
        ]
        url = f"{self._address}/services/data/{VERSION}/composite/sobjects"
        if not has_own_ids:
            url += f"/Lead/{self._id_field}"
        return Request("PATCH", url, {"allOrNone": False, "records": records})

    def judge(self, batch: Sequence[Item], answer: Answer) -> Mapping[str, str]:
        """Returns what of a batch was not taken: one result per record. Raises NotDelivered."""
        said = answer.json if isinstance(answer.json, list) else []
        code = said[0].get("errorCode") if said and isinstance(said[0], dict) else None
        if answer.status in (401, 403, 404):
            raise GiveUp(answer.kind(code))
        if answer.status == 400:
            raise OneIsRefused(answer.kind(code))
        if answer.status >= 500:
            raise TryAgain(answer.kind(code), retry_after(answer))
        check(answer)
        if len(said) != len(batch):
            raise NotDelivered("answer")
        found = {}
        for item, result in zip(batch, said, strict=True):
            if result.get("success") is not True:
                codes = [word(error.get("statusCode")) for error in result.get("errors") or ()]
                if not (item.is_cleared and codes and codes[0] in _GONE):
                    found[item.id] = codes[0] if codes and codes[0] else "refused"
        return found


def definitions(id_field: str, prefix: str, properties: Sequence[Property]) -> str:
    """Returns the metadata of the fields, as objects/Lead.object (or Contact) of a deployment."""
    made = []
    if id_field != RECORD_ID:
        external = (
            "<externalId>true</externalId><unique>true</unique><caseSensitive>true</caseSensitive>"
        )
        made.append(_field(id_field, "Lead id", "Of lead_scoring.", external + _TYPES["text"]))
    for each in properties:
        name = f"{prefix}{each.name}__c"
        made.append(_field(name, each.label, each.description, _TYPES[each.kind]))
    fields = "\n".join(f"    <fields>{field}</fields>" for field in made)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        f"{fields}\n</CustomObject>\n"
    )


def _field(name: str, label: str, description: str, kind: str) -> str:
    return (
        f"<fullName>{escape(name)}</fullName><label>{escape(label)}</label>"
        f"<description>{escape(description)}</description>{kind}"
    )
