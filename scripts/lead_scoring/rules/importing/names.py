"""Names of rules, made of the words of a list."""

from __future__ import annotations

import re
from collections import Counter

from lead_scoring.rules.importing.entries import Entry
from lead_scoring.rules.importing.wording import plain

LONGEST_NAME = 50


class Names:
    """Gives each rule a name of its own, made of the words of its row."""

    def __init__(self) -> None:
        """Starts with no name taken."""
        self._taken: Counter[str] = Counter()

    def of(self, entry: Entry) -> str:
        """Returns the name of a row's rule."""
        name = slug(entry.written) or f"row_{entry.row}"
        self._taken[name] += 1
        if self._taken[name] == 1:
            return name
        return self.of_words(f"{name}_{self._taken[name]}")

    def of_words(self, name: str) -> str:
        """Returns this name, or one like it that nothing has."""
        while self._taken[name]:
            name += "_"
        self._taken[name] += 1
        return name


def slug(text: str) -> str:
    """Returns text as a name: words in small letters joined by _, cut to fifty characters."""
    words = re.sub(r"{{\s*my\.|}}", " ", text)
    for sign, word in (
        (">=", " at least "),
        ("<=", " at most "),
        (">", " over "),
        ("<", " under "),
    ):
        words = words.replace(sign, word)
    return re.sub(r"[^\w]+", "_", plain(words)).strip("_")[:LONGEST_NAME].rstrip("_")
