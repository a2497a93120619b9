"""The files of a card: its values as JSON, and the same as a page and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from lead_scoring.likelihoods import CARDS
from lead_scoring.prediction.card import Values, approvals_of, card_values
from lead_scoring.prediction.card_markdown import card_markdown
from lead_scoring.prediction.card_page import card_page
from lead_scoring.prediction.tables import read_rows
from lead_scoring.prediction.training import Request, Training
from lead_scoring.rules.rule_set import Cells, read_rule_set


def write_card(training: Training, request: Request, rules: Path) -> Path:
    """Writes the card of a training beside its rule tables, and returns its page."""
    values = card_values(training, request, read_rule_set(rules))
    (rules / CARDS).mkdir(exist_ok=True)
    file = _values_file(rules, request.prediction)
    text = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)
    file.write_text(f"{text}\n", encoding="utf-8", newline="")
    return _write_pages(values, rules, read_rows(rules, "prediction_approvals"))


def renew_card(prediction: str, rules: Path) -> Path | None:
    """Writes the page and the Markdown anew, after an approval; None where there is no card."""
    file = _values_file(rules, prediction)
    if not file.exists():
        return None
    values = json.loads(file.read_text(encoding="utf-8"))
    return _write_pages(values, rules, read_rows(rules, "prediction_approvals"))


def _values_file(rules: Path, prediction: str) -> Path:
    return rules / CARDS / f"{prediction}.json"


def _write_pages(values: Values, rules: Path, rows: Sequence[Cells]) -> Path:
    approvals = approvals_of(values, rows)
    page = rules / CARDS / f"{values['prediction']}.html"
    page.write_text(card_page(values, approvals), encoding="utf-8", newline="")
    text = card_markdown(values, approvals)
    page.with_suffix(".md").write_text(text, encoding="utf-8", newline="")
    return page
