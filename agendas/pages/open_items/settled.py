"""A line of an open item after a click on one of its buttons."""

from dataclasses import replace

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.answers import AccountAction, AccountBlocker
from agendas.facts.events import ActionChanged, BlockerChanged, ItemEdited, NothingMoved
from agendas.facts.interventions.events import AskTaken
from agendas.pages.open_items.lines import action_line, blocker_line
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Line, Text
from agendas.rendering.words import Words
from agendas.text.days import day_said, local_date


def line_after(
    event: EventFacts, after: AccountState, words: Words, *, shown: Mrkdwn, by: str, zone: str
) -> Line | Text:
    """Return the line as it stands after the event: settled and without buttons, or open as before with what changed.

    `shown` is the line's mrkdwn as it was, `by` the person who looks at it.
    """
    today = local_date(event.recorded_at, zone)
    match event.change:
        case ActionChanged(action_id=number, what="slipped"):
            action = next(each for each in after.open_actions if each.id == number)
            found = AccountAction(after.account_id, after.name, action)
            return action_line(found, words, today=today, with_owner=action.owner != by)
        case ItemEdited(item_id=number, what=what, owner=owner, text=text):
            is_of_ask = what == "ask"
            edited = next(
                each
                for each in after.open_actions
                if each.id == number or (is_of_ask and (each.owner, each.text) == (owner, text))
            )
            line_of = AccountAction(after.account_id, after.name, edited)
            return action_line(line_of, words, today=today, with_owner=owner != by)
        case BlockerChanged(blocker_id=number, what="acknowledged" | "answered" as what):
            blocker = next(each for each in after.open_blockers if each.id == number)
            seen = AccountBlocker(after.account_id, after.name, blocker)
            # whoever took it can still answer, and say more
            line = blocker_line(seen, words, now=event.recorded_at, zone=zone, is_asked=True)
            said = words.say("open_items.settled", shown=shown, done=what, on=day_said(today))
            return replace(line, mrkdwn=said)
    return Text(words.say("open_items.settled", shown=shown, done=done_word(event), on=day_said(today)))


def refused_line(shown: Mrkdwn, sentence: str, words: Words) -> Text:
    """Return the line of an item that was settled before, with the sentence that says by whom."""
    return Text(words.say("open_items.refused", shown=shown, sentence=sentence))


def done_word(event: EventFacts) -> str:
    """Return the word of what was said of the item: done, dropped, resolved, taken, answered, or that it stands."""
    change = event.change
    if isinstance(change, AskTaken):
        return "taken"
    if isinstance(change, NothingMoved):
        return "nothing moved"
    if isinstance(change, BlockerChanged) and change.what == "updated":
        return "still there"
    return change.what if isinstance(change, ActionChanged | BlockerChanged) else "answered"
