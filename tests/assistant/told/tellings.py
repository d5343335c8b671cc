"""Tellings: what a person of the world records, each through its verb."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Protocol

from sqlmodel import Session

from agendas.facts.account import Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import ExpansionKind
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.fit import Criterion, CriterionScore
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.facts.narrative import Narrative
from agendas.facts.people import Author, Function
from agendas.facts.plays import PlayEnd
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.deals import evidence_of
from agendas.rules.update_words import SignalEntry
from agendas.verbs import closing, group, plays, signals, updates
from agendas.verbs import narrative as narrative_verbs
from agendas.verbs.closing import EnteredDecision
from agendas.verbs.corrections import correct
from agendas.verbs.fit import score
from agendas.verbs.record import record
from storage import account_items
from tests.assistant.world import PEOPLE


class Telling(Protocol):
    ids: dict[str, int]

    def did(self, who: str, at: datetime, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Run the verb as that person at that time and return its result."""


Tell = Callable[[Telling, str, datetime, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a person recorded about an account on a day."""

    on: date
    who: str
    key: str
    tell: Tell
    clock: time = time(11)


def move(text: str, to_stage: Stage | None = None, *, url: str = "", expansion: ExpansionKind | None = None) -> Tell:
    """Movement; with an address it is shown, without one it is only claimed."""

    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        evidence = (Evidence(text, at, url, actor=EvidenceActor.BUYER),) if url else ()
        values = {"text": text, "to_stage": to_stage, "expansion": expansion, "evidence": evidence}
        telling.did(who, at, updates.move, account_id, **values)

    return tell


def action(text: str, due_on: date, owner: str = "") -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        owned_by = PEOPLE[owner or who].user_id
        made = telling.did(who, at, updates.add_action, account_id, text=text, due_on=due_on, owner=owned_by)
        telling.ids[text] = made.event.id

    return tell


def closed(text: str, *, done: bool = True, said: str = "") -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, updates.close_action, account_id, telling.ids[text], done=done, text=said)

    return tell


def slipped(text: str, due_on: date, said: str) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, updates.slip_action, account_id, telling.ids[text], due_on=due_on, text=said)

    return tell


def blocker(text: str, needs: Function | None = None) -> Tell:
    """A blocker of the person's; it is found again by its words."""

    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        need = needs.value if needs else None
        telling.ids[text] = telling.did(who, at, updates.open_blocker, account_id, text=text, needs=need).event.id

    return tell


def resolved(text: str, said: str) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, updates.resolve_blocker, account_id, telling.ids[text], text=said)

    return tell


def decided(decision: EnteredDecision) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.ids[decision.because] = telling.did(who, at, closing.decide, account_id, decision)[0].event.id

    return tell


def answered(text: str, said: str) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, updates.answer_ask, telling.ids[text], answer=said)

    return tell


def taken_back(text: str) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, correct, telling.ids[text], "Wrong account", is_editor=True)

    return tell


def listed(verb: Callable[..., Any], because: str, **values: Any) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, verb, account_id, because=because, **values)

    return tell


def signal(kind: SignalKind, strength: SignalStrength, text: str) -> Tell:
    """A signal that the person noted on the day on which it was seen."""

    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, signals.note_signal, account_id, SignalEntry(kind, strength, text))

    return tell


def play(key: str, outcome: str, due_on: date, owners: Sequence[tuple[str, date]]) -> Tell:
    """A play that begins; it is found again by its key."""

    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        steps = tuple(plays.StepWish(PEOPLE[owner].user_id, on) for owner, on in owners)
        wish = plays.PlayWish(key, outcome, due_on, steps)
        telling.ids[f"{account_id} {key}"] = telling.did(who, at, plays.start_play, account_id, wish).event.id

    return tell


def play_ended(key: str, what: PlayEnd, said: str) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        play_id = telling.ids[f"{account_id} {key}"]
        telling.did(who, at, plays.end_play, account_id, play_id, what=what, text=said)
        telling.did(who, at, _close_steps, account_id, play_id, done=what is PlayEnd.OUTCOME)

    return tell


def _close_steps(session: Session, author: Author, account_id: int, play_id: int, *, done: bool) -> None:
    for row in account_items.actions(session, [account_id]):
        if row.play_id == play_id:
            updates.close_action(session, author, account_id, row.row_id, done=done)


def contact(name: str, title: str = "", roles: tuple[BuyingRole, ...] = (), **values: Any) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        profile = ContactProfile(name, title, roles=roles, **values)
        telling.ids[name] = telling.did(who, at, group.add_contact, account_id, profile).event.id

    return tell


def touched(name: str) -> Tell:
    """A person of theirs did something towards us that day."""

    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        def seen(profile: ContactProfile) -> ContactProfile:
            return replace(profile, touched_on=at.date())

        telling.did(who, at, group.change_contact, account_id, telling.ids[name], changed=seen)

    return tell


def left(name: str, left_on: date) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        telling.did(who, at, group.contact_left, account_id, telling.ids[name], left_on=left_on)

    return tell


def narrative(pressure: str, point_of_view: str, proof: str, ask: str) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        written = Narrative(pressure, point_of_view, proof, ask, (BuyingRole.ECONOMIC_BUYER,))
        telling.did(who, at, narrative_verbs.write_narrative, account_id, written, after=None)

    return tell


def fit(**scores: int) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        given = [CriterionScore(Criterion(name), number, "As discussed") for name, number in scores.items()]
        telling.did(who, at, score, account_id, function=PEOPLE[who].function, scores=given)

    return tell


def deal(profile: OpportunityProfile) -> Tell:
    def tell(telling: Telling, who: str, at: datetime, account_id: int) -> None:
        pieces = (evidence_of(profile, at, is_signed=profile.phase is Phase.WON),)
        telling.did(who, at, record, account_id, OpportunityChanged(profile), evidence=pieces)

    return tell
