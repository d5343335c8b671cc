"""The plays of one account: those that run with their steps, and what became of the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agendas.facts.account import AccountState, ActionStatus, NextAction
from agendas.rendering.page import Buttons, Item, Line, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.plays import LibraryPlay, RunningPlay, allowed_in, running_plays, tier_worked

PAST_SHOWN = 10
"""Ended plays on the page; the history has them all."""


@dataclass(frozen=True, slots=True)
class AccountPlays:
    """An account with every next action it ever had, the library, and today where the reader is."""

    account: AccountState
    library: tuple[LibraryPlay, ...]
    zone: str
    today: date


def account_plays_page(facts: AccountPlays, words: Words, *, can_record: bool) -> Page:
    """Running plays with their steps, and when the outcome is due; then past ones, newest first."""
    account, runs, tier = facts.account, running_plays(facts.account, facts.today), tier_worked(facts.account)
    allowed = allowed_in(tier, facts.library)
    start = labelled(words, "plays.start", str(account.account_id))
    return words.page(
        "plays",
        facts,
        key=f"account-plays-{account.account_id}",
        parts={
            "running": [item for each in runs for item in _running_items(facts, each, words, can_record=can_record)],
            "buttons": [Buttons((start,))] if can_record and allowed else [],
        },
        running=len(runs),
        ended=sorted((each for each in account.plays if each.ended_at), key=lambda each: each.id, reverse=True),
        ended_shown=PAST_SHOWN,
        tier=tier,
        allowed=allowed,
    )


def _running_items(facts: AccountPlays, play: RunningPlay, words: Words, *, can_record: bool) -> Iterator[Item]:
    sentence = words.say("plays.running", play=play, today=facts.today)
    value = f"{facts.account.account_id} {play.run.id}"
    yield Line(sentence, labelled(words, "plays.end", value)) if can_record else Text(sentence)
    steps = sorted(
        (action for action in facts.account.actions if action.play_id == play.run.id),
        key=lambda action: (action.due_on, action.id),
    )
    if steps:
        yield Rows(tuple(words.say("plays.run_step", action=action, state=_state(action, facts)) for action in steps))


def _state(action: NextAction, facts: AccountPlays) -> str:
    """The step's state for its line: done, dropped, open, or overdue for an open one past its day."""
    is_late = action.status is ActionStatus.OPEN and action.due_on < facts.today
    return "overdue" if is_late else action.status.value
