"""The form for evidence of a claimed step."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState, Stage
from agendas.facts.evidence import Evidence
from agendas.text.days import day_said
from agendas.text.vocabulary import STAGE_LABELS
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import values_of
from handlers.forms.actor_fields import actor_fields, with_choice
from handlers.forms.evidence_field import evidence_field, read_evidence
from handlers.forms.field_parsers import choice_in, day_in
from handlers.forms.fields import OPTIONS, account_line, day, line, several
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("evidence", "Add evidence", "Add", keeps=("evidence",))
PEOPLE = Frame("evidence_people", "Who acted", "Record")
NOON = time(12)


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """Evidence as entered, of the step to this stage."""

    to_stage: Stage
    evidence: tuple[Evidence, ...]


def build(facts: AccountFacts) -> View:
    """The form. Raises Outdated when the account's stage is not a claim any more."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    if account.stage_has_evidence:
        raise Outdated(f"{account.name} is at {STAGE_LABELS[account.stage]} with evidence: nothing is claimed.")
    blocks = [
        account_line(account),
        line(_claim(account)),
        evidence_field(draft, origin, consequence="It counts for this step alone.", optional=False),
        day("on", "When it happened", initial=draft.get("on") or facts.today.isoformat()),
        *actor_fields(account, draft, draft.get("evidence") or origin.text, facts.sides),
    ]
    return form(FRAME, replace(origin, subject=account.stage.value), blocks)


def read(view: dict[str, Any], now: datetime, today: date, zone: str) -> EvidenceEntry:
    """The values entered. Raises FieldProblems beside the field that is wrong."""
    entered, origin = values_of(view), origin_of(view)
    on = day_in(entered, "on") or today
    if on > today:
        raise FieldProblems({"on": f"{day_said(on)} has not come yet. Give the day on which the buyer acted."})
    pieces = read_evidence(entered, origin, now)
    if not pieces:
        raise FieldProblems({"evidence": "Give a link to what shows the step, or a sentence."})
    at = now if on == today else datetime.combine(on, NOON, tzinfo=ZoneInfo(zone))
    dated = [piece if piece.kind == "message" else replace(piece, dated_at=at) for piece in pieces]
    return EvidenceEntry(_stage(origin), with_choice(dated, entered))


def build_people(facts: AccountFacts) -> View:
    """The form that asks who of the account's people acted. Raises Outdated where nobody is in the group."""
    account = facts.account
    credited = facts.draft.get("who", "").split(",")
    there = [each for each in account.contacts if each.profile.left_on is None or str(each.id) in credited]
    if not there:
        raise Outdated(
            f"Nobody is in the group of {account.name} yet. Add them with /account {account.name} group add."
        )
    there.sort(key=lambda each: (str(each.id) not in credited, each.profile.name.casefold()))
    pairs = [(each.profile.name, str(each.id)) for each in there]
    hint = "It is their last touch. Left empty, it is nobody's of them." + (
        f" The first {OPTIONS} of {len(pairs)}." if len(pairs) > OPTIONS else ""
    )
    return form(
        PEOPLE, facts.origin, [account_line(account), several("who", "Who of them", pairs, initial=credited, hint=hint)]
    )


def read_people(view: dict[str, Any]) -> tuple[int, ...]:
    """The ids of the people chosen."""
    return tuple(number_in(each) for each in values_of(view).get("who", "").split(",") if each)


def _stage(origin: Origin) -> Stage:
    found = choice_in({"stage": origin.subject}, "stage", Stage)
    if found is None:
        raise Outdated("This form is of another version of Cadence. Open it again from the card.")
    return found


def _claim(account: AccountState) -> str:
    to_stage = STAGE_LABELS[account.stage]
    if account.claimed_from in (None, account.stage):
        return f"At {to_stage}, and nothing shows it yet."
    return f"{STAGE_LABELS[account.claimed_from]} → {to_stage} is claimed, and nothing shows it yet."
