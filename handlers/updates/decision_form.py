"""The form for a review's decision: keep, change tier or motion, intervene, pause or remove."""

from datetime import date
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.events import DecisionKind
from agendas.facts.motion import Motion, motion_of
from agendas.verbs.reviews.decide import EnteredDecision
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import choice_in, day_in, number_entered
from handlers.forms.fields import LAST_TIER, TIERS, account_line, day, person, select, small, text
from handlers.forms.form import AccountFacts, Frame, form

FRAME = Frame("decision", "Decide", "Record", keeps=("text",))
CHANGED = "decision.changed"
"""The action of a choice of another decision."""

QUESTION = "question"
"""The name by which the form is given the question that the agenda asks, as mrkdwn."""

DETAILS = ("text", "tier", "motion", "ask_of", "due_on")
"""The fields that depend on the decision."""

DECISIONS = (
    ("Keep going", DecisionKind.KEEP.value),
    ("Change tier", DecisionKind.CHANGE_TIER.value),
    ("Change motion", DecisionKind.CHANGE_MOTION.value),
    ("Intervene: ask for help", DecisionKind.INTERVENE.value),
    ("Pause", DecisionKind.PAUSE.value),
    ("Remove from the list", DecisionKind.REMOVE.value),
)

MOTIONS = (
    ("One-to-one: its own plan and people", Motion.ONE_TO_ONE.value),
    ("One-to-few: with others like it", Motion.ONE_TO_FEW.value),
    ("One-to-many: by the program", Motion.ONE_TO_MANY.value),
)


def build(facts: AccountFacts) -> View:
    """The form, with the fields of the decision that it opens with."""
    chosen = facts.draft.get("decision") or DecisionKind.KEEP.value
    entered = {name: facts.draft.get(name, "") for name in ("text", "tier", "motion")}
    decision = select("decision", "Decision", DECISIONS, initial=chosen, action=CHANGED)
    question = facts.draft.get(QUESTION, "")
    asked = [small(question, QUESTION)] if question else []
    blocks = [account_line(facts.account), *asked, decision, *_fields_of(chosen, suggestions(facts) | entered)]
    return form(FRAME, facts.origin, blocks)


def suggestions(facts: AccountFacts) -> Values:
    """Values for an ask: of our executive for the account, until the next review."""
    return {"ask_of": facts.account.profile.our_executive or "", "due_on": facts.due_on.isoformat()}


def with_chosen(view: View, suggested: Values) -> list[Field]:
    """The blocks of the open form with the fields of the decision chosen in it; new ones hold what is `suggested`."""
    kept = [block for block in view["blocks"] if block.get("block_id") not in DETAILS]
    shown = {str(block.get("block_id")): block for block in view["blocks"]}
    chosen = _fields_of(values_of(view).get("decision", ""), suggested)
    # a field that stays is drawn as it was, but for its label
    return [*kept, *(shown.get(each["block_id"], each) | {"label": each["label"]} for each in chosen)]


def _fields_of(decision: str, suggested: Values) -> list[Field]:
    """The fields of one decision."""
    why = _words("Why", suggested)
    if decision == DecisionKind.CHANGE_TIER:
        return [select("tier", "New tier", TIERS, initial=suggested.get("tier", "")), why]
    if decision == DecisionKind.CHANGE_MOTION:
        return [select("motion", "New motion", MOTIONS, initial=suggested.get("motion", "")), why]
    if decision == DecisionKind.INTERVENE:
        return [
            _words("What is asked", suggested),
            person("ask_of", "Asked of", initial=suggested.get("ask_of", "")),
            day("due_on", "By", initial=suggested.get("due_on", "")),
        ]
    return [why]


def _words(label: str, suggested: Values) -> Field:
    return text("text", label, initial=suggested.get("text", ""), multiline=True)


def read(view: dict[str, Any], account: AccountState, today: date) -> EnteredDecision:
    """The decision entered. Raises FieldProblems beside each field that is missing for this decision."""
    entered = values_of(view)
    decision = choice_in(entered, "decision", DecisionKind) or DecisionKind.KEEP
    tier = number_entered(entered, "tier", most=LAST_TIER)
    motion = choice_in(entered, "motion", Motion)
    due_on = day_in(entered, "due_on")
    problems: dict[str, str] = {}
    if not entered.get("text", "").strip():
        problems["text"] = "Give the reason in a sentence."
    if decision is DecisionKind.CHANGE_TIER and (tier is None or tier == account.tier):
        problems["tier"] = "Choose the new tier."
    if decision is DecisionKind.CHANGE_MOTION and motion in (None, motion_of(account.tier, account.motion_decided)):
        problems["motion"] = "Choose a motion other than the one it has."
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
        motion if decision is DecisionKind.CHANGE_MOTION else None,
    )
