"""Random changes of an account's blockers, actions, decisions, plays and people."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from agendas.facts.account import EventFacts
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Decided,
    DecisionKind,
    Noted,
    NothingMoved,
)
from agendas.facts.group import BuyingRole, ContactAdded, ContactEdited, ContactProfile, Support
from agendas.facts.interventions import AskAnswered
from agendas.facts.plays import PlayEnd, PlayEnded, PlayStarted

ROLES = tuple(BuyingRole)[:6]


def plain_change(random: Random, events: Sequence[EventFacts], today: date) -> tuple[Change, bool]:
    """Return a random change that may come today after these events, and whether evidence may go with it."""

    def ids(kind: str) -> list[int]:
        return [event.id for event in events if event.change.kind == kind]

    blockers, actions = ids("blocker_opened"), ids("action_added")
    people, plays = ids("contact_added"), ids("play_started")
    made: list[tuple[Change, bool]] = [
        (BlockerOpened("Security questionnaire", "U1", random.choice([None, None, "product", "executive"])), False),
        (
            ActionAdded("Send the draft", random.choice(["U1", "U2"]), today + timedelta(days=random.randint(-3, 20))),
            True,
        ),
        (Decided(random.choice(list(DecisionKind)), "Sample decision", "U2", today + timedelta(days=7)), False),
        (ContactAdded(_person(random, today)), False),
        (ContactAdded(_person(random, today)), False),
        (PlayStarted("briefing", "Briefing", "They come", today + timedelta(days=30)), False),
        (random.choice([NothingMoved(), Noted("4,000 impressions")]), False),
    ]
    if blockers:
        what = random.choice(["acknowledged", "updated", "resolved", "resolved"])
        made += [(BlockerChanged(random.choice(blockers), what, random.choice(["", "They signed"])), False)] * 2
    if actions:
        made += [_action_changed(random, actions, today)] * 2
    asks = [event.id for event in events if event.change.kind == "decided" and event.change.decision == "intervene"]
    if asks:
        made += [(AskAnswered(random.choice(asks)), False)] * 2
    if people:
        made += [(ContactEdited(random.choice(people), _person(random, today)), False)] * 2
    if plays:
        made.append((PlayEnded(random.choice(plays), random.choice(list(PlayEnd)), "They came"), True))
    return random.choice(made)


def _action_changed(random: Random, actions: Sequence[int], today: date) -> tuple[ActionChanged, bool]:
    what = random.choice(["done", "dropped", "slipped"])
    due_on = today + timedelta(days=random.randint(0, 14)) if what == "slipped" else None
    return ActionChanged(random.choice(actions), what, due_on), what == "done"


def _person(random: Random, today: date) -> ContactProfile:
    roles = tuple(random.sample(ROLES, random.choice([0, 1, 1, 2])))
    suggested = tuple(random.sample(ROLES, random.choice([0, 1])))
    touched_on = random.choice([None, today - timedelta(days=random.randint(0, 100)), today])
    left_on = today if random.random() < 0.15 else None
    support = random.choice([*Support, Support.NEUTRAL, Support.NEUTRAL])
    return ContactProfile("Rita Sample", "", "", roles, suggested, support, touched_on=touched_on, left_on=left_on)
