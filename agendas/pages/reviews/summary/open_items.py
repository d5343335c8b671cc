"""Open next actions, blockers and plays of an account, each in a line."""

from collections import Counter

from agendas.facts.account import AccountState, ActionStatus, NextAction
from agendas.facts.reviews.review import AgendaItem
from agendas.facts.reviews.sections import AgendaSection
from agendas.pages.reviews.sections.actions import TO_COME, action_lines, later_steps
from agendas.pages.reviews.sections.blockers import open_lines
from agendas.pages.reviews.summary.standing import today_of
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.words import Words
from agendas.rules.plays.running import RunningPlay, out_of_tier, running, tier_worked

ACTIONS_SHOWN = 4
BLOCKERS_SHOWN = 2
PLAYS_SHOWN = 2
"""Open items in the few lines; Details has all of them."""

CLOSED = {"kept": "done", "dropped": "dropped"}


def due(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """Open next actions in one line, the one due first in front, and how many were done or dropped since."""
    found = open_actions(item)
    tally = _closed(item)
    if item.facts.account.has_left_list or not (found or tally):
        return ()
    shown, more = found[:ACTIONS_SHOWN], max(0, len(found) - ACTIONS_SHOWN)
    has_open = bool(item.facts.account.open_actions)
    said = words.say("summary.due", actions=shown, more=more, tally=tally, today=today_of(item), has_open=has_open)
    return (said,)


def has_closed_actions(item: AgendaItem) -> bool:
    """True where the line of actions is there without an open one, and says so."""
    return bool(_closed(item))


def _closed(item: AgendaItem) -> list[tuple[str, int]]:
    """The numbers of actions done and dropped since the last held review."""
    counts = Counter(line.state for part in action_lines(item.facts) for line in part)
    return [(said, counts[state]) for state, said in CLOSED.items() if counts[state]]


def open_actions(item: AgendaItem) -> tuple[NextAction, ...]:
    """The open next actions, the one due first in front.

    Without later steps of plays, and without the action of an open ask, which has a line of its own.
    """
    lines = [line for part in action_lines(item.facts) for line in part]
    later, asked = later_steps(item.facts.account), _of_asks(item.facts.account)
    found = (
        line.action
        for line in lines
        if line.action.status is ActionStatus.OPEN
        and line.action.id not in asked
        and (line.state not in TO_COME or line.action.id not in later)
    )
    return tuple(sorted(found, key=lambda action: (action.due_on, action.id)))


def _of_asks(account: AccountState) -> frozenset[int]:
    """The ids of the open actions that open asks made: the same words, asked of the same person."""
    asked = {(ask.text, ask.ask_of) for ask in account.open_asks}

    def is_asked(action: NextAction) -> bool:
        return (action.text, action.owner) in asked

    return frozenset(action.id for action in account.open_actions if is_asked(action))


def blocked(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The oldest open blockers, a line each, and how many more there are."""
    lines = open_lines(item.facts)
    if item.facts.account.has_left_list:
        return ()
    said = tuple(words.say("summary.blocked", line=line) for line in lines[:BLOCKERS_SHOWN])
    more = len(lines) - BLOCKERS_SHOWN
    return (*said, words.say("summary.blocked_more", count=more)) if more > 0 else said


def plays(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The plays in trouble: their outcome is late, or the tier does not allow them.

    With them the first of the others, where no line of gaps says it.
    """
    late = [words.say("summary.play", play=_said(play, item, words)) for play in _running(item, is_in_trouble=True)]
    calm = "" if AgendaSection.GAPS in item.sections else calm_play(item, words)
    return (*late[:PLAYS_SHOWN], *((words.say("summary.play", play=calm),) if calm else ()))


def calm_play(item: AgendaItem, words: Words) -> str:
    """The play that runs in time, with its step that is due next, and how many more there are; '' without one."""
    found = _running(item, is_in_trouble=False)
    if not found or AgendaSection.PLAYS not in item.sections:
        return ""
    return _said(found[0], item, words, more=len(found) - 1)


def _running(item: AgendaItem, *, is_in_trouble: bool) -> list[RunningPlay]:
    account = item.facts.account
    if account.has_left_list:
        return []
    foreign = _foreign(item)
    found = running(account, today_of(item))
    return [play for play in found if bool(play.days_overdue or play.run.id in foreign) is is_in_trouble]


def _foreign(item: AgendaItem) -> frozenset[int]:
    """The ids of the plays that the account's motion does not allow."""
    return frozenset(run.id for run in out_of_tier(item.facts.account, item.facts.tiers_of_plays))


def _said(play: RunningPlay, item: AgendaItem, words: Words, *, more: int = 0) -> Mrkdwn:
    is_foreign, tier = play.run.id in _foreign(item), tier_worked(item.facts.account)
    return words.say(
        "summary.play_stands", play=play, is_foreign=is_foreign, tier=tier, today=today_of(item), more=more
    )
