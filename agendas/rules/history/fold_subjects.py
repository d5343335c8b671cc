"""Effects on an account's state of changes of its subjects: fit, people, narrative, product, plays, deals.

None of them is an update of the account's movement: a filled-in form about fit does not answer what moved.
"""

from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.deals import Opportunity, OpportunityChanged, OpportunityProfile, Phase, StageDeclined
from agendas.facts.fit import FitScore, FitScored
from agendas.facts.group import Contact, ContactAdded, ContactEdited
from agendas.facts.narrative import NarrativeVersion, NarrativeWritten
from agendas.facts.plays import PlayEnded, PlayRun, PlayStarted
from agendas.facts.product import ProductField, ProductInput, ProductInputGiven
from agendas.rules.history.fold_changes import after_change
from agendas.rules.plays.library import motion_of


@singledispatch
def after_any_change(change: object, state: AccountState, event: EventFacts) -> AccountState:
    """The state after the event's change, whatever it is about, without what its evidence adds.

    Raises what `fold_changes.after_change` raises, which knows every other change.
    """
    return after_change(change, state, event)


@after_any_change.register
def _(change: FitScored, state: AccountState, event: EventFacts) -> AccountState:
    replaced = {*change.withdrawn, *(each.criterion for each in change.scores)}
    kept = tuple(each for each in state.fit if each.scored_by != event.actor or each.criterion not in replaced)
    scored = tuple(
        FitScore(each.criterion, each.score, each.because, change.function, event.actor, event.happened_at)
        for each in change.scores
    )
    return replace(state, fit=(*kept, *scored))


@after_any_change.register
def _(change: ContactAdded, state: AccountState, event: EventFacts) -> AccountState:
    added = Contact(event.id, change.contact, event.happened_at, event.happened_at)
    return replace(state, contacts=(*state.contacts, added))


@after_any_change.register
def _(change: ContactEdited, state: AccountState, event: EventFacts) -> AccountState:
    contacts = tuple(
        replace(each, profile=change.contact, changed_at=event.happened_at) if each.id == change.contact_id else each
        for each in state.contacts
    )
    return replace(state, contacts=contacts)


@after_any_change.register
def _(change: NarrativeWritten, state: AccountState, event: EventFacts) -> AccountState:
    version = state.narrative.version + 1 if state.narrative else 1
    return replace(state, narrative=NarrativeVersion(change.narrative, version, event.happened_at, event.actor))


@after_any_change.register
def _(change: ProductInputGiven, state: AccountState, event: EventFacts) -> AccountState:
    given = ProductInput(
        id=event.id,
        field=change.field,
        text=change.text,
        given_by=event.actor,
        given_at=event.happened_at,
        reference=change.reference,
        url=event.evidence[0].url if event.evidence else "",
    )
    is_list = change.field is ProductField.FEEDBACK
    kept = tuple(each for each in state.product if is_list or each.field is not change.field)
    return replace(state, product=(*kept, given))


@after_any_change.register
def _(change: PlayStarted, state: AccountState, event: EventFacts) -> AccountState:
    started = PlayRun(
        id=event.id,
        play=change.play,
        name=change.name,
        outcome_expected=change.outcome_expected,
        outcome_due_on=change.outcome_due_on,
        started_at=event.happened_at,
        started_by=event.actor,
        steps=change.steps,
        motion=change.motion or motion_of(change.play),
    )
    return replace(state, plays=(*state.plays, started))


@after_any_change.register
def _(change: PlayEnded, state: AccountState, event: EventFacts) -> AccountState:
    plays = tuple(
        replace(each, end=change.what, ended_at=event.happened_at, outcome=change.text)
        if each.id == change.play_id and each.end is None
        else each
        for each in state.plays
    )
    return replace(state, plays=plays)


@after_any_change.register
def _(change: OpportunityChanged, state: AccountState, event: EventFacts) -> AccountState:
    known = next((each for each in state.opportunities if each.key == change.opportunity.key), None)
    deal = _changed(known, change, event) if known else _appeared(change, event)
    if known is None:
        deals = (*state.opportunities, deal)
    else:
        deals = tuple(deal if each is known else each for each in state.opportunities)
    return replace(state, opportunities=deals, last_buyer_touch_at=_touched_at(state, deal))


@after_any_change.register
def _(change: StageDeclined, state: AccountState, _event: EventFacts) -> AccountState:
    declined = (
        replace(each, declined_stage=change.stage) if each.key == change.deal_key else each
        for each in state.opportunities
    )
    return replace(state, opportunities=tuple(declined))


def _touched_at(state: AccountState, deal: Opportunity) -> datetime | None:
    """The buyer's latest act with this deal: one that they signed is theirs, of the day on which it was won."""
    signed_at = deal.closed_at if deal.profile.phase is Phase.WON else None
    return max(filter(None, (state.last_buyer_touch_at, signed_at)), default=None)


def _appeared(change: OpportunityChanged, event: EventFacts) -> Opportunity:
    return Opportunity(
        change.opportunity,
        opened_at=min(change.opened_at or event.happened_at, event.happened_at),
        stage_since=event.happened_at,
        closed_at=event.happened_at if change.since_known and not change.opportunity.phase.is_open else None,
        stage_since_known=change.since_known,
    )


def is_step(before: OpportunityProfile, after: OpportunityProfile) -> bool:
    """Return true if the deal is in another stage; a stage's name that means another phase now is the same stage."""
    return before.stage_name != after.stage_name or (not after.stage_name and before.phase is not after.phase)


def _changed(known: Opportunity, change: OpportunityChanged, event: EventFacts) -> Opportunity:
    before, profile = known.profile, change.opportunity
    was_pushed = before.closes_on is not None and profile.closes_on is not None and profile.closes_on > before.closes_on
    has_moved = is_step(before, profile)
    return replace(
        known,
        profile=profile,
        opened_at=min(change.opened_at or known.opened_at, known.opened_at),
        stage_since_known=change.since_known if has_moved else known.stage_since_known,
        stage_since=event.happened_at if has_moved else known.stage_since,
        pushes=known.pushes + (1 if was_pushed and known.is_open else 0),
        closed_at=_closed_at(known, change, event),
    )


def _closed_at(known: Opportunity, change: OpportunityChanged, event: EventFacts) -> datetime | None:
    """Since when the deal is won or lost; None for an open one and where the day is not known.

    A stage that now means won or lost closed the deal on the day on which it came into that stage.
    """
    before, profile = known.profile, change.opportunity
    if profile.phase.is_open:
        return None
    if profile.phase is before.phase:
        return known.closed_at
    if profile.stage_name != before.stage_name:
        return event.happened_at
    return (known.stage_since if known.stage_since_known else None) if known.is_open else known.closed_at
