"""The list of user agents: parts of what programs, not people, call themselves.

A value of a rule is never a regular expression, so that a pattern is taken where it says plain
text, and its capitals do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lead_scoring_workshop.list_sources.packages import RobotPattern

# The words that most robots have, the address of their page, scripts, and scanners of mail, which
# the package hardly knows.
OWN = (
    "googlebot", "bingbot", "applebot", "slackbot", "linkedinbot", "twitterbot", "telegrambot",
    "discordbot", "yandexbot", "ahrefsbot", "semrushbot", "petalbot", "facebookexternalhit",
    "crawler", "spider", "bot/", "bot;", "://", "headlesschrome", "phantomjs",
    "python-requests", "python-urllib", "aiohttp", "curl/", "wget/", "httpie/", "go-http-client",
    "libwww-perl", "java/", "apache-httpclient", "googleassociationservice", "barracuda",
    "mimecast", "proofpoint", "googleimageproxy", "symantec", "trendmicro", "safelinks",
)  # fmt: skip

# Patterns that are also a part of other things people use: makers and builds of devices
# (Panasonic), apps that show pages (Tumblr, Notion, VS Code), or plain words.
AMBIGUOUS = frozenset(
    {
        "ap3a.240617.008", "bluesky/", "butterfly", "charlotte", "code/1.", "daum/", "devin",
        "expanse", "fever", "fluid", "grammarly/", "make/", "notion/", "operator/", "optimizer)",
        "paypal/", "red/", "sonic", "speedy", "trove", "tumblr/", "viber",
    }
)  # fmt: skip

_EITHER_CASE = re.compile(r"\[(\w)(\w)\]")
_ESCAPED = re.compile(r"\\([^\w\s])")
_SPECIAL = re.compile(r"[][()|*+?{}^$.]|\\[A-Za-z]")


def literals(pattern: str) -> list[str]:
    """The plain texts, trimmed and in lower case, one of which is in every text that matches; [] if
    unknown."""
    plain = _EITHER_CASE.sub(
        lambda found: found[1] if found[1].lower() == found[2].lower() else found[0], pattern
    )
    alternatives = plain.split("|") if "(" not in plain else [plain]
    if any(_SPECIAL.search(_ESCAPED.sub("", text).replace(".", "")) for text in alternatives):
        return []
    return [_ESCAPED.sub(r"\1", text).lower().strip() for text in alternatives]


def robot_entries(patterns: Sequence[RobotPattern]) -> list[str]:
    """The entries of the list: our own, then those that see agents which our own do not.

    An entry that has another one in it is left out, and one whose agents are all seen already.
    """
    wanted: set[str] = set()
    for robot in patterns:
        unseen = [agent.lower() for agent in robot.instances if not contains(agent, OWN)]
        wanted |= {
            text
            for text in literals(robot.pattern)
            if text not in AMBIGUOUS
            and not contains(text, OWN)
            and (not robot.instances or any(text in agent for agent in unseen))
        }
    shortest = {text for text in wanted if not contains(text, wanted - {text})}
    return [*OWN, *sorted(shortest)]


def contains(agent: str, entries: Sequence[str] | set[str]) -> bool:
    """Whether a text has an entry in it, as the models look for them."""
    lower = agent.lower()
    return any(entry in lower for entry in entries)
