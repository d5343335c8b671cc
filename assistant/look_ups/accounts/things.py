"""The things that one account has, as facts: its next action, its blocker, its decision, and so on."""

from collections.abc import Mapping, Sequence
from datetime import date

from agendas.facts.account import EventFacts
from agendas.facts.answers import FieldFact
from agendas.facts.group import BuyingRole
from agendas.facts.product import ProductField
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.answers import told_by
from agendas.rules.deals.proposed_stage import proposed_stage
from agendas.rules.group.coverage import holders
from agendas.rules.list.fit_proposals import pending
from assistant.look_ups.accounts.facts import FIELD_FACTS
from assistant.look_ups.accounts.loaded import FactOf, Loaded
from assistant.query import Field, Having, Progress, Query

CODES: Mapping[Field | Having, str] = {
    Having.TOUCH: "last_touch",
    Having.UPDATE: "last_update",
    Having.MOVEMENT: "last_movement",
    Having.REVIEW: "last_review",
    Having.CONTACT: "roles",
    Having.ROLE: "roles",
    Having.DEAL: "pipeline",
    Field.DUE: "next_action",
    Field.AGE: "days_in_stage",
    Field.AMOUNT: "pipeline",
}
"""The code of the fact that says a thing or a field, where that has another name."""


def code_of(asked: Field | Having) -> str:
    """Return the code of the fact that says this field or thing of an account."""
    return CODES.get(asked, asked.value)


def fact_of(code: str, loaded: Loaded, item: AgendaItem) -> FieldFact:
    """Return the fact of this code of an account."""
    return FACTS[code](loaded, item)


def role_fact(query: Query, item: AgendaItem) -> FieldFact | None:
    """Return who is confirmed in the roles that the query asks for, or who left; None where it asks for no role."""
    if Having.ROLE not in (*query.having, *query.without):
        return None
    if Progress.LOST in query.progress:
        return _left(item, query.roles)
    return held_roles(item, query.roles) if query.roles else None


def _left(item: AgendaItem, roles: Sequence[BuyingRole]) -> FieldFact:
    """Those who left, the latest first, of these roles or of any."""
    people = [each.profile for each in item.facts.account.contacts if each.profile.left_on and each.profile.roles]
    gone = [each for each in people if not roles or not set(roles).isdisjoint(each.roles)]
    gone.sort(key=lambda each: each.left_on or date.min, reverse=True)
    return FieldFact("left", tuple(gone) or None)


def held_roles(item: AgendaItem, roles: Sequence[BuyingRole]) -> FieldFact:
    """Return who is confirmed in each of these roles."""
    return FieldFact("held_roles", tuple((role, holders(item.facts.account, role)) for role in roles))


def _proposal(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    by_fit, by_deal = pending(item.facts), proposed_stage(item.facts.account)
    return FieldFact("proposal", (by_fit, by_deal) if by_fit or by_deal else None)


def _next_action(loaded: Loaded, item: AgendaItem) -> FieldFact:
    return _action("next_action", loaded, item, is_late=False)


def _overdue_action(loaded: Loaded, item: AgendaItem) -> FieldFact:
    return _action("overdue_action", loaded, item, is_late=True)


def _action(code: str, loaded: Loaded, item: AgendaItem, *, is_late: bool) -> FieldFact:
    found = item.facts.account.open_actions
    if is_late:
        found = tuple(each for each in found if each.due_on < loaded.context.today)
    return FieldFact(code, found or None, source=_event(loaded, item, found[0].id) if found else None)


def _blocker(loaded: Loaded, item: AgendaItem) -> FieldFact:
    found = item.facts.account.open_blockers
    if not found:
        return FieldFact("blocker")
    return FieldFact("blocker", found, found[0].opened_at, source=_event(loaded, item, found[0].id))


def _ask(loaded: Loaded, item: AgendaItem) -> FieldFact:
    found = item.facts.account.open_asks
    return FieldFact("ask", found or None, source=_event(loaded, item, found[0].event_id) if found else None)


def _decision(loaded: Loaded, item: AgendaItem) -> FieldFact:
    decision = item.facts.account.decision
    if decision is None:
        return FieldFact("decision")
    source = told_by.decision_event(loaded.told_of(item))
    by, because = decision.decided_by, decision.text
    return FieldFact("decision", decision, decision.decided_at, is_moment=True, source=source, by=by, because=because)


def _evidence(loaded: Loaded, item: AgendaItem) -> FieldFact:
    at, event = item.facts.account.last_buyer_touch_at, told_by.touch_event(loaded.told_of(item))
    return FieldFact("evidence", at, at, is_moment=True, source=event)


def _signal(loaded: Loaded, item: AgendaItem) -> FieldFact:
    at = loaded.signalled.get(item.facts.account.account_id)
    return FieldFact("signal", at, at, is_moment=True)


def _play(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    running = tuple(each for each in item.facts.account.plays if each.end is None)
    if not running:
        return FieldFact("play")
    return FieldFact("play", running, running[0].started_at, by=running[0].started_by)


def _proof(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    found = next((each for each in item.facts.account.product if each.field is ProductField.PROOF), None)
    if found is None:
        return FieldFact("proof")
    return FieldFact("proof", found, found.given_at, is_moment=True, by=found.given_by)


def _event(loaded: Loaded, item: AgendaItem, event_id: int) -> EventFacts | None:
    return next((event for event in loaded.told_of(item) if event.id == event_id), None)


FACTS: Mapping[str, FactOf] = {
    **FIELD_FACTS,
    "next_action": _next_action,
    "overdue_action": _overdue_action,
    "blocker": _blocker,
    "ask": _ask,
    "decision": _decision,
    "evidence": _evidence,
    "signal": _signal,
    "play": _play,
    "proof": _proof,
    "proposal": _proposal,
}
"""How each fact of an account is found, by its code."""
