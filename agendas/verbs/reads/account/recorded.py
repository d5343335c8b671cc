"""Reads of recorded events, with the account before and after them. Nothing here writes."""

from dataclasses import replace

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import BlockerOpened, ListChanged, Nominated
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.people import Lead
from agendas.pages.accounts.recorded import RecordedFacts
from agendas.rules.access.leads import own_of
from agendas.rules.history.fold import apply, asks_for_all, fold
from agendas.rules.history.undecided import told_with
from agendas.rules.notices.told import people_to_tell
from agendas.rules.plays.running import out_of_tier
from agendas.verbs.loading.leads import askable_leads, leads_of
from agendas.verbs.loading.play_library import library
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads import accounts
from storage import events
from storage.privacy import channel_members


def get_event(session: Session, workspace_id: str, event_id: int) -> EventFacts:
    """Return the event. Raises Outdated when there is none."""
    row = events.get(session, workspace_id, event_id)
    if row is None:
        raise Outdated("That entry is not in the history.")
    return event_facts(row)


def recorded_facts(session: Session, event: EventFacts) -> RecordedFacts:
    """Return the event with the account's state before and after it. Raises Outdated for an unknown account."""
    stored = events.of_account(session, event.account_id, before_id=event.id)
    earlier = [event_facts(row) for row in stored]
    before = fold(earlier)
    after = _after(before, earlier, event)
    return RecordedFacts(event, before or after, after, text=_text_judged(event, earlier))


def with_context(session: Session, workspace_id: str, facts: RecordedFacts) -> RecordedFacts:
    """Add to a nomination the accounts of similar names, to a change of tier the running plays it does not allow.

    To a blocker that needs a function its lead, where the account has no person of its own for it.

    Up to three other accounts whose names begin with the new one's. Of a private account also the people whom the event
    concerns and who are not in its channel.
    """
    facts = replace(facts, unseen_by=_unseen_by(session, workspace_id, facts))
    if isinstance(facts.event.change, Nominated):
        name = facts.after.name
        return replace(facts, alike=accounts.longer_names(session, workspace_id, facts.event.account_id, name))
    if isinstance(facts.event.change, BlockerOpened):
        return replace(facts, lead=_lead_asked(session, workspace_id, facts))
    if not isinstance(facts.event.change, ListChanged) or facts.before.tier in (None, facts.after.tier):
        return facts
    tiers = {each.play.key: each.play.tiers for each in library(session, workspace_id)}
    return replace(facts, out_of_tier=out_of_tier(facts.after, tiers))


def _unseen_by(session: Session, workspace_id: str, facts: RecordedFacts) -> tuple[str, ...]:
    channel_id = facts.after.private_channel
    if not channel_id:
        return ()
    inside = channel_members.members(session, workspace_id, channel_id)
    asked = people_to_tell(facts.event, facts.after, askable_leads(session, workspace_id))
    return tuple(each for each in asked if each not in inside)


def _lead_asked(session: Session, workspace_id: str, facts: RecordedFacts) -> Lead | None:
    needs = facts.event.change.needs if isinstance(facts.event.change, BlockerOpened) else None
    if not needs or own_of(needs, facts.after.profile, askable_leads(session, workspace_id)):
        return None
    return next(
        (each for each in leads_of(session, workspace_id, now=facts.event.recorded_at) if each.function == needs), None
    )


def _text_judged(event: EventFacts, earlier: list[EventFacts]) -> str:
    """Return what was told with the evidence that the event judges, '' for other events."""
    if not isinstance(event.change, EvidenceJudged):
        return ""
    judged_id = event.change.event_id
    return next((told_with(each) for each in earlier if each.id == judged_id), "")


def _after(before: AccountState | None, earlier: list[EventFacts], event: EventFacts) -> AccountState:
    if before is not None and not asks_for_all(before.last_event_at, event):
        return apply(before, event)
    state = fold([*earlier, event])
    if state is None:
        raise Outdated("That account does not exist any more.")
    return state
