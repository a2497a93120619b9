"""Made-up rows of tools' tables, which tests of connectors begin with."""

from __future__ import annotations

from connector_reading import Files

HUBSPOT_ROW = {"property_createdate": "2026-01-01 00:00:00", "_fivetran_deleted": "FALSE"}
LEAD = {
    "Id": "00Q000000000001AAA",
    "CreatedDate": "2026-01-05T09:00:00.000+0000",
    "IsDeleted": "false",
    "SystemModstamp": "2026-06-01T09:00:00.000+0000",
}
CONTACT = LEAD | {"Id": "003000000000009AAA", "CreatedDate": "2026-06-01T09:00:00.000+0000"}


def contact(number: int, **columns: object) -> dict[str, object]:
    return {"id": number, **HUBSPOT_ROW, **{f"property_{name}": columns[name] for name in columns}}


def mail(number: str, recipient: str, **columns: object) -> dict[str, object]:
    row = {"id": number, "type": "CLICK", "created": "2026-03-01 10:00:00", "recipient": recipient}
    return row | {"filtered_event": "false"} | columns


DEALS: Files = {
    "contact.csv": [contact(1), contact(2)],
    "deal_contact.csv": [
        {"deal_id": deal, "contact_id": lead} for deal in (7, 8, 9) for lead in (2, 1)
    ],
    "deal_stage.csv": [
        {"deal_id": deal, "value": stage, "date_entered": f"2026-0{month}-01 00:00:00"}
        for deal in (7, 8, 9)
        for month, stage in ((1, "s1"), (2, "s2"), (3, "s3"))
    ],
    "deal_pipeline_stage.csv": [
        {"stage_id": "s1", "label": "Won already", "is_closed": "FALSE", "probability": "0.2"},
        {"stage_id": "s2", "label": "Talks", "is_closed": "FALSE", "probability": "0.5"},
        {"stage_id": "s3", "label": "Shipped", "is_closed": "TRUE", "probability": "1.0"},
    ],
    "deal.csv": [{"deal_id": deal, "property_closedate": "2030-01-01"} for deal in (7, 8, 9)],
}
