"""The form for movement: where the account stands now, what moved, and what shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import Stage
from agendas.facts.events import ExpansionKind
from agendas.facts.evidence import Evidence
from agendas.text.vocabulary import STAGE_LABELS
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.actor_fields import actor_fields, with_choice
from handlers.forms.evidence_field import evidence_field, read_evidence
from handlers.forms.field_parsers import choice_in
from handlers.forms.fields import account_line, select, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import origin_of

FRAME = Frame("movement", "Movement", "Record", keeps=("text", "evidence"))
SAME = "same"
EXPANSIONS = (
    ("More seats or usage", ExpansionKind.DEPTH.value),
    ("A higher plan", ExpansionKind.HEIGHT.value),
    ("A second product or unit", ExpansionKind.BREADTH.value),
)


@dataclass(frozen=True, slots=True)
class MovementEntry:
    """Movement as entered."""

    text: str
    to_stage: Stage | None
    expansion: ExpansionKind | None
    evidence: tuple[Evidence, ...]


def build(facts: AccountFacts) -> View:
    """The form, with the draft's texts in it."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    stages = [(f"Stays {STAGE_LABELS[account.stage]}", SAME)]
    stages += [(STAGE_LABELS[stage], stage.value) for stage in Stage if stage is not account.stage]
    blocks = [
        account_line(account),
        select("stage", "Stage now", stages, initial=draft.get("stage") or SAME),
        text(
            "text",
            "What moved",
            initial=draft.get("text") or origin.text,
            multiline=True,
            hint="What the buyer did, not what we sent.",
        ),
        evidence_field(draft, origin, consequence="A step up without it is shown as claimed."),
        *actor_fields(account, draft, draft.get("text") or origin.text, facts.sides),
    ]
    if account.stage is Stage.CUSTOMER:
        blocks.insert(2, select("expansion", "Expanded by", EXPANSIONS, optional=True))
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], now: datetime) -> MovementEntry:
    """The values entered. Raises FieldProblems beside the field that is wrong."""
    entered = values_of(view)
    if not entered.get("text", "").strip():
        raise FieldProblems({"text": "Say in a sentence what moved, or use No change."})
    stage = None if entered.get("stage") == SAME else choice_in(entered, "stage", Stage)
    return MovementEntry(
        text=entered["text"].strip(),
        to_stage=stage,
        expansion=choice_in(entered, "expansion", ExpansionKind),
        evidence=with_choice(read_evidence(entered, origin_of(view), now), entered),
    )
