"""The form for movement: where the account stands now, what moved, and what shows it."""

from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import Stage
from agendas.facts.events import ExpansionKind
from agendas.text.vocabulary import STAGE_LABELS
from agendas.verbs.updates.report import MovementReport
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.actor_fields import actor_fields, with_choice
from handlers.forms.evidence_field import evidence_field, read_evidence
from handlers.forms.field_parsers import choice_in
from handlers.forms.fields import account_line, select, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("movement", "Movement", "Record", keeps=("text", "evidence"))
SAME = "same"
EXPANSIONS = (
    ("More seats or usage", ExpansionKind.DEPTH.value),
    ("A higher plan", ExpansionKind.HEIGHT.value),
    ("A second product or unit", ExpansionKind.BREADTH.value),
)


def build(facts: AccountFacts) -> View:
    """The form, with the draft's texts in it."""
    return form(FRAME, facts.origin, [account_line(facts.account), *fields(facts)])


def fields(facts: AccountFacts, *, optional: bool = False) -> list[Field]:
    """The fields of movement, with the draft's texts in them; `optional` where another update may stand alone."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    told = draft.get("text") or origin.text
    stages = [(f"Stays {STAGE_LABELS[account.stage]}", SAME)]
    stages += [(STAGE_LABELS[stage], stage.value) for stage in Stage if stage is not account.stage]
    found = [select("stage", "Stage now", stages, initial=draft.get("stage") or SAME)]
    if account.stage is Stage.CUSTOMER:
        found.append(select("expansion", "Expanded by", EXPANSIONS, optional=True))
    hint = "What the buyer did, not what we sent."
    return [
        *found,
        text("text", "What moved", initial=told, multiline=True, hint=hint, optional=optional),
        evidence_field(draft, origin, consequence="A step up without it is shown as claimed."),
        *actor_fields(account, draft, told, facts.sides),
    ]


def read(view: dict[str, Any], now: datetime) -> MovementReport:
    """The values entered. Raises FieldProblems beside the field that is wrong."""
    return read_entered(values_of(view), origin_of(view), now)


def read_entered(entered: Values, origin: Origin, now: datetime) -> MovementReport:
    """The values entered. Raises FieldProblems beside the field that is wrong, or where nothing is said."""
    if not entered.get("text", "").strip():
        raise FieldProblems({"text": "Say in a sentence what moved."})
    stage = None if entered.get("stage") == SAME else choice_in(entered, "stage", Stage)
    return MovementReport(
        text=entered["text"].strip(),
        to_stage=stage,
        expansion=choice_in(entered, "expansion", ExpansionKind),
        evidence=with_choice(read_evidence(entered, origin, now), entered),
    )
