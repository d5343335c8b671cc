"""Effects on an account's state of evidence that names a person, of a date that it confirms, and of judgments."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.evidence import EvidenceActor, Waiting, WaitingSet
from agendas.facts.group import Contact
from agendas.rules.history.evidence import COUNTING, counts


def people_heard(event: EventFacts) -> dict[int, date]:
    """The last days on which, by the event's evidence, people of the buyer's acted, by their ids.

    Evidence dated after it was recorded is not believed.
    """
    heard: dict[int, date] = {}
    for each in event.evidence:
        if each.actor in COUNTING and each.dated_at <= event.recorded_at:
            on = each.dated_at.astimezone(UTC).date()
            heard |= {number: max(on, heard.get(number, on)) for number in each.contact_ids}
    return heard


def after_people_heard(state: AccountState, heard: Mapping[int, date]) -> AccountState:
    """The state in which these people acted on these days."""
    if not heard:
        return state
    return replace(state, contacts=tuple(_heard(each, heard.get(each.id)) for each in state.contacts))


def after_waiting_set(change: WaitingSet, state: AccountState, event: EventFacts) -> AccountState:
    """The state that waits for the date; as it was where the evidence was judged later not to be the buyer's."""
    actors = {each.actor for each in event.evidence if counts(each)}
    if not actors:
        return state
    by = EvidenceActor.THIRD_PARTY if actors == {EvidenceActor.THIRD_PARTY} else EvidenceActor.BUYER
    return replace(state, waiting=Waiting(change.until, change.text, event.happened_at, event.actor, by))


def _heard(contact: Contact, on: date | None) -> Contact:
    if on is None or (contact.heard_on is not None and contact.heard_on >= on):
        return contact
    return replace(contact, heard_on=on)
