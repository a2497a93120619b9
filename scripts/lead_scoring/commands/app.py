"""The command lead-scoring: what it can do, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from lead_scoring.commands.lazy import App, typer_of
from lead_scoring.project import called

TEXT = """Turns tables of leads and events into lead scores, with every point of every score
explained. Each command has a help of its own, with examples.

Options may stand in the environment: LEAD_SCORING_DATA for --data, LEAD_SCORING_DATABASE for
--database.
"""


class LeadScoring(App):
    """The commands of the product."""

    call = called("").strip()
    package = "lead_scoring.commands"
    people: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "For the analyst who edits points": {
            "check rules": "Finds what is wrong in rule tables, before a run uses them.",
            "preview": "Shows what edited rules would change. Publishes nothing.",
            "start rules": "Declares the columns of a data folder, as first rule tables.",
            "import rules": "Makes rule tables of a plain list of points.",
            "suggest": "Fits points to outcomes, as rule tables with a challenger.",
            "train": "Fits a likelihood to outcomes, as rows beside the score, with a card.",
            "approve": "Lets a trained likelihood go live, where its gate holds.",
            "review": "Sets scores beside what really happened, and says what to do.",
            "promote": "Makes a challenger live, after showing what that changes.",
        },
        "For the analytics engineer who runs it": {
            "score": "Scores leads, publishes the tables, and prints the best leads.",
            "check data": "Looks at a data folder, before a run does.",
            "rollback": "Lists the runs that are kept, or leads readers back to one.",
            "export handoffs": "Sends hand-offs to a webhook or a folder, each once.",
            "export scores": "Keeps scores in a CRM as the record says them.",
            "demo": "Writes made-up leads, events, outcomes and merges.",
        },
        "For whoever reads the scores": {
            "explain": "Prints the whole arithmetic of one lead's score.",
            "describe rules": "Prints scorecards as sentences.",
            "compare": "Sets a CRM's own score beside ours, and says what tells them apart.",
            "site": "Writes a static site: whom to call, leads, accounts, rules, data.",
        },
    }


app = typer_of(LeadScoring, TEXT)
