"""Which receiver takes a content to a destination."""

from __future__ import annotations

from collections.abc import Mapping

from lead_scoring.delivery.contents import Content
from lead_scoring.delivery.destination import Crm, Notices, Webhook
from lead_scoring.delivery.handoffs import HANDOFFS
from lead_scoring.delivery.hubspot import HubSpot
from lead_scoring.delivery.mail import Mail
from lead_scoring.delivery.notices import Slack, Teams
from lead_scoring.delivery.salesforce import Salesforce
from lead_scoring.delivery.sending import Receiver
from lead_scoring.delivery.webhook import HandoffWebhook, ScoreWebhook

WEBHOOK_TOKEN = "LEAD_SCORING_WEBHOOK_TOKEN"
NOTICE_ADDRESSES: Mapping[str, str] = {  # likewise; the address of a chat is a secret
    "slack": "LEAD_SCORING_SLACK_URL",
    "teams": "LEAD_SCORING_TEAMS_URL",
    "mail": "LEAD_SCORING_SMTP_URL",
}
CRM_TOKENS: Mapping[str, str] = {  # the variables of the environment that hold them
    "hubspot": "LEAD_SCORING_HUBSPOT_TOKEN",
    "salesforce": "LEAD_SCORING_SALESFORCE_TOKEN",
}


def receiver_of(
    content: Content, destination: Webhook | Crm | Notices, token: str | None, timeout: float
) -> Receiver:
    """Returns what sends a content to a destination. token: of the receiver. timeout: seconds."""
    if isinstance(destination, Crm):
        made = HubSpot if destination.tool == "hubspot" else Salesforce
        return made(
            destination.address, destination.id_property, destination.prefix, token, timeout
        )
    if isinstance(destination, Notices):
        address, link = destination.address, destination.link
        if destination.tool == "mail":
            return Mail(
                address,
                destination.recipient,
                destination.sender,
                link,
                timeout,
                is_encrypted=destination.is_encrypted,
            )
        return (Slack if destination.tool == "slack" else Teams)(address, link, timeout)
    of_webhook = HandoffWebhook if content.name == HANDOFFS.name else ScoreWebhook
    return of_webhook(destination.url, token, timeout)
