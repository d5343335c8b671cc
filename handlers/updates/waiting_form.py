"""The form for a date that the buyer confirmed: a meeting, a board, a budget."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.evidence import Evidence, WaitingSet
from agendas.rendering.mrkdwn import escape
from handlers.edge.replies import View
from handlers.edge.views import Field, values_of
from handlers.forms.actor_fields import actor_fields, with_choice
from handlers.forms.evidence_field import evidence_field, read_evidence
from handlers.forms.field_parsers import NO_DATE, day_in
from handlers.forms.fields import account_line, day, small, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import origin_of

FRAME = Frame("waiting", "Customer's date", "Record", keeps=("text", "evidence"))
PROBLEM = "problem"
"""The name by which the sentences about a command that could not be recorded are given to the form."""


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """A date to wait for, and what shows it, as entered."""

    wanted: WaitingSet
    evidence: tuple[Evidence, ...]


def build(facts: AccountFacts) -> View:
    """The form, with the draft's texts in it, and the sentence about a command that could not be recorded."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    told = draft.get("text") or origin.text
    blocks: list[Field] = [account_line(account)]
    if problem := draft.get(PROBLEM):
        blocks.append(small(escape(problem)))
    blocks += [
        day("until", "Their date", initial=draft.get("until", ""), hint="Today or up to 30 days ahead."),
        text(
            "text",
            "What happens then",
            initial=told,
            multiline=True,
            hint="Their meeting, board or budget. Until then the account is not stalled, for two reviews at most.",
        ),
        evidence_field(draft, origin, consequence="Without it the date excuses nothing.", optional=False),
        *actor_fields(account, draft, told, facts.sides),
    ]
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], now: datetime) -> WaitingEntry:
    """The values entered. Raises FieldProblems beside the fields that are wrong."""
    entered = values_of(view)
    until, words = day_in(entered, "until"), entered.get("text", "").strip()
    if until is None:
        raise FieldProblems({"until": NO_DATE})
    if not words:
        raise FieldProblems({"text": "Say in a sentence what they decide or meet about."})
    pieces = with_choice(read_evidence(entered, origin_of(view), now), entered)
    return WaitingEntry(WaitingSet(until, words), pieces)
