"""The form for a review's decision: keep, change tier, intervene, pause or remove."""

from datetime import date
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.events import DecisionKind
from agendas.verbs.reviews.decide import EnteredDecision
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.field_parsers import choice_in, day_in, number_entered
from handlers.forms.fields import LAST_TIER, TIERS, account_line, day, person, select, text
from handlers.forms.form import AccountFacts, Frame, form

FRAME = Frame("decision", "Decide", "Record", keeps=("text",))
DECISIONS = (
    ("Keep going", DecisionKind.KEEP.value),
    ("Change tier", DecisionKind.CHANGE_TIER.value),
    ("Intervene: ask for help", DecisionKind.INTERVENE.value),
    ("Pause", DecisionKind.PAUSE.value),
    ("Remove from the list", DecisionKind.REMOVE.value),
)


def build(facts: AccountFacts) -> View:
    """The form; tier and ask are only needed for those decisions, and the hints say so."""
    draft = facts.draft
    return form(
        FRAME,
        facts.origin,
        [
            account_line(facts.account),
            select("decision", "Decision", DECISIONS, initial=draft.get("decision") or DecisionKind.KEEP.value),
            text("text", "Why, and what is asked", initial=draft.get("text", ""), multiline=True),
            select("tier", "New tier", TIERS, optional=True, hint="Only for a change of tier."),
            person("ask_of", "Asked of", optional=True, hint="Only for an intervention: who is asked."),
            day("due_on", "By", optional=True, hint="Only for an intervention: until when."),
        ],
    )


def read(view: dict[str, Any], account: AccountState, today: date) -> EnteredDecision:
    """The decision entered. Raises FieldProblems beside each field that is missing for this decision."""
    entered = values_of(view)
    decision = choice_in(entered, "decision", DecisionKind) or DecisionKind.KEEP
    tier = number_entered(entered, "tier", most=LAST_TIER)
    due_on = day_in(entered, "due_on")
    problems: dict[str, str] = {}
    if not entered.get("text", "").strip():
        problems["text"] = "Give the reason in a sentence."
    if decision is DecisionKind.CHANGE_TIER and (tier is None or tier == account.tier):
        problems["tier"] = "Choose the new tier."
    if decision is DecisionKind.INTERVENE and not entered.get("ask_of"):
        problems["ask_of"] = "Choose who is asked."
    if decision is DecisionKind.INTERVENE and (due_on is None or due_on < today):
        problems["due_on"] = "Choose until when, today or later."
    if problems:
        raise FieldProblems(problems)
    is_ask = decision is DecisionKind.INTERVENE
    return EnteredDecision(
        decision,
        entered["text"].strip(),
        tier if decision is DecisionKind.CHANGE_TIER else None,
        entered.get("ask_of", "") if is_ask else "",
        due_on if is_ask else None,
    )
