"""Signals: those of one account, one that was just noted, and the webhook that takes them."""

from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.account import AccountState, Stage
from agendas.facts.signals import Engagement, NotedSignal
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Confirm, Heading, Item, Page, Text
from agendas.rendering.words import Words, labelled


@dataclass(frozen=True, slots=True)
class SignalsFacts:
    """An account's signals, newest first, its engagement, and the stage they hint at.

    `more_value` is what the button for older ones carries; empty when there are none.
    """

    account: AccountState
    engagement: Engagement | None
    hint: Stage | None
    signals: tuple[NotedSignal, ...]
    zone: str
    today: date
    more_value: str = ""


@dataclass(frozen=True, slots=True)
class WebhookFacts:
    """The workspace, whether it has a secret, and how many signals came by webhook in the last 24 hours."""

    workspace_id: str
    has_secret: bool
    taken_in_a_day: int
    last_at: datetime | None


def signals_page(facts: SignalsFacts, words: Words, *, can_record: bool) -> Page:
    """Points with their trend, the stage they hint at with a button for it, then each signal with date and person."""
    account_id = str(facts.account.account_id)
    step = facts.hint if can_record else None
    buttons = (
        *((labelled(words, "signals.record", f"{account_id} {step.value}"),) if step else ()),
        *((labelled(words, "signals.add", account_id),) if can_record else ()),
        *((labelled(words, "signals.more", facts.more_value),) if facts.more_value else ()),
    )
    return words.page(
        "signals",
        facts,
        key=f"signals-{account_id}",
        parts={"buttons": [Buttons(buttons)] if buttons else []},
        can_record=can_record,
    )


def signal_noted_page(noted: NotedSignal, words: Words, *, can_undo: bool = True) -> Page:
    sentence, key = words.say("signals.noted", noted=noted), f"signal-{noted.signal.id}"
    if not can_undo:
        return Page(read(sentence), (Text(sentence),), key=key)
    undo = labelled(words, "signals.undo", str(noted.signal.id))
    return Page(read(sentence), (Text(sentence), Buttons((undo,))), key=key)


def signal_line_page(noted: NotedSignal, words: Words, *, is_named: bool = False) -> Page:
    """Return the signal in one line for a review's thread; `is_named` puts the account's name first."""
    sentence = words.say("signals.thread_line", noted=noted, is_named=is_named)
    return Page(read(sentence), (Text(sentence),), key=f"signal-line-{noted.signal.id}")


def webhook_page(facts: WebhookFacts, words: Words, *, zone: str) -> Page:
    """Return the address for programs' signals, and whether they may send; with a button for a new secret."""
    items: list[Item] = [Heading(words.raw("signals.webhook_heading"))]
    items.append(Text(words.say("signals.webhook", facts=facts, zone=zone)))
    texts = ("signals.replace_title", "signals.replace_text", "signals.replace_yes", "buttons.back")
    confirm = Confirm(*(words.raw(each) for each in texts)) if facts.has_secret else None
    items.append(Buttons((labelled(words, "signals.secret", "new", confirm=confirm),)))
    return Page(words.raw("signals.webhook_title", facts=facts), tuple(items), key="webhook")


def new_secret_page(secret: str, workspace_id: str, words: Words) -> Page:
    sentence = words.say("signals.new_secret", secret=secret, workspace_id=workspace_id)
    return Page(words.raw("signals.new_secret_title"), (Text(sentence),), key="secret")
