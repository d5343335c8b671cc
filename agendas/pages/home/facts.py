"""Facts of a person's Home: what they owe, what waits for them, their accounts, and the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agendas.facts.answers import AccountAction, AccountAsk, AccountBlocker
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import PersonFacts
from agendas.facts.program.health import HealthFacts
from agendas.facts.program.settings import DEFAULTS, ProgramSettings
from agendas.facts.reviews.preparing import Away
from agendas.facts.reviews.review import AgendaItem, OpenReview


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """A person's day.

    Args:
        person: the person.
        now: the instant at which Home is shown.
        running: the open reviews, oldest first.
        actions: their open next actions, soonest first.
        scores: the accounts that wait for their scores.
        asks: open asks of them that no next action of theirs stands for.
        blockers: open blockers that they own, or that need their function, oldest first.
        accounts: the accounts that they own, partner or are our executive of, in order of need.
        named: how many accounts each tier has.
        stuck: how many named accounts need intervention, and how many are stalled; None for a list too long to place.
        settings: the settings with the caps.
        away: the days for which the person is away today.
        standing_for: those of the people whom they stand in for today.
        health: the bot's health for admins, None for others.
    """

    person: PersonFacts
    now: datetime
    running: tuple[OpenReview, ...] = ()
    actions: tuple[AccountAction, ...] = ()
    scores: tuple[WaitingAccount, ...] = ()
    asks: tuple[AccountAsk, ...] = ()
    blockers: tuple[AccountBlocker, ...] = ()
    accounts: tuple[AgendaItem, ...] = ()
    named: Mapping[int | None, int] = field(default_factory=dict)
    stuck: tuple[int, int] | None = None
    settings: ProgramSettings = DEFAULTS
    away: tuple[Away, ...] = ()
    standing_for: tuple[Away, ...] = ()
    health: HealthFacts | None = None
