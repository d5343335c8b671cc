"""The card of one account: where it stands, why it is on the list, what is open with its buttons, what came last."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from agendas.facts.account import AccountState, Blocker
from agendas.facts.answers import AccountAction
from agendas.facts.people import PersonFacts
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.accounts.history import CORRECT, HistoryLine
from agendas.pages.open_items.lines import action_line, blocker_line
from agendas.pages.reviews.agenda import joined
from agendas.pages.reviews.summary.gaps import gaps
from agendas.pages.reviews.summary.moved import moved
from agendas.pages.reviews.summary.open_items import blocked, due, open_actions, plays
from agendas.pages.reviews.summary.standing import standing, today_of
from agendas.pages.reviews.summary.to_decide import to_decide
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.rules.list.justification import missing_parts
from agendas.rules.nudging.follow_ups import asks_reader, blocker_of

LAST_EVENTS = 3
"""Events on the card; the History button shows the rest."""

OPEN_ITEMS = 5
"""Next actions and blockers with buttons of their own; Details has the rest."""

EVIDENCE = "evidence.add"
MENU = ("account.move", "account.blocker", "account.next", "account.waiting")


def account_card(
    item: AgendaItem,
    words: Words,
    *,
    next_review_at: datetime | None = None,
    last_events: Sequence[HistoryLine] = (),
    can_record: bool = True,
    can_decide: bool = False,
    can_correct: bool = False,
    has_doubts: bool = False,
    away: Sequence[PersonFacts] = (),
    reader: PersonFacts | None = None,
) -> Page:
    """The few lines of its agenda, why it is on the list, its next review, and the last three events, newest first.

    Args:
        item: the account as if it were on a review now.
        words: the sentences.
        next_review_at: when its next review meets.
        last_events: its newest events, newest first.
        can_record: false hides the buttons that record and share, for people who may only read and where all read it.
        can_decide: true adds the button that fills in what is missing of the justification, for who may change it.
        can_correct: the reader may correct one of the last events.
        has_doubts: true where somebody has still to say whose act an entry was.
        away: its owner, partner or executive where they are away.
        reader: who alone reads it, None where many do: a blocker that needs their help has Acknowledge.
    """
    account, item = item.facts.account, replace(item, part=ItemPart.LISTED)
    items = (
        *(*_standing(item, words, next_review_at, can_fill=can_decide), *_away(away, words)),
        *_moving(item, words, can_record=can_record, reader=reader),
        *_last_recorded(item, last_events[:LAST_EVENTS], words, can_correct=can_correct),
        _buttons(account, words, can_record=can_record, has_doubts=has_doubts),
    )
    return Page(
        title=words.raw("account.title", name=account.name, stage=account.stage, tier=account.tier),
        items=tuple(joined(items)),
        key=f"card-{account.account_id}",
        continued=words.say("agenda.continued", name=account.name),
    )


def _standing(item: AgendaItem, words: Words, next_review_at: datetime | None, *, can_fill: bool) -> tuple[Item, ...]:
    """Its state and numbers, why it is on the list, and its reviews."""
    account, reviews = item.facts.account, {"next_review_at": next_review_at, "open_review": item.open_review}
    return (
        Rows(standing(item, words)),
        *_private(account, words, can_change=can_fill),
        *_why(account, words, can_fill=can_fill),
        Rows(words.lines("account.reviews", account=account, zone=item.facts.zone, today=today_of(item), **reviews)),
    )


def _away(away: Sequence[PersonFacts], words: Words) -> tuple[Item, ...]:
    return (Rows((words.say("away.on_card", people=away),)),) if away else ()


def _private(account: AccountState, words: Words, *, can_change: bool) -> tuple[Item, ...]:
    """The channel that it is private to, with the button to change that, for who may."""
    if not account.private_channel:
        return ()
    said = words.say("account.private", channel_id=account.private_channel)
    if can_change:
        return (Line(said, labelled(words, "account.private", str(account.account_id))),)
    return (Rows((said,)),)


def _moving(item: AgendaItem, words: Words, *, can_record: bool, reader: PersonFacts | None) -> tuple[Item, ...]:
    """Movement, open items, gaps and what is to be decided, each with its buttons where the reader may record."""
    action, value = EVIDENCE if can_record else "", str(item.facts.account.account_id)
    return (
        *moved(item, words, evidence_action=action, value=value),
        *(_open_items(item, words, reader) if can_record else (Rows((*due(item, words), *blocked(item, words))),)),
        Rows((*gaps(item, words), *plays(item, words))),
        *to_decide(item, words, can_act=can_record),
    )


def _why(account: AccountState, words: Words, *, can_fill: bool) -> tuple[Item, ...]:
    """The three parts of its justification, with the button to fill in what is missing, for who may."""
    said = words.say("account.why", account=account)
    if can_fill and not account.has_left_list and missing_parts(account):
        return (Line(said, labelled(words, "list.fill", str(account.account_id))),)
    return (Rows((said,)),)


def _open_items(item: AgendaItem, words: Words, reader: PersonFacts | None) -> Iterator[Item]:
    """Yield the open next actions and blockers with the buttons that settle them, and how many more there are."""
    facts, number = item.facts, item.facts.account.account_id
    if facts.account.list_status.is_closed:
        return
    today = today_of(item)
    lines = [
        *(
            action_line(AccountAction(number, "", each), words, today=today, with_owner=True)
            for each in open_actions(item)
        ),
        *(_blocker(item, each, words, reader) for each in facts.account.open_blockers),
    ]
    yield from lines[:OPEN_ITEMS]
    if len(lines) > OPEN_ITEMS:
        yield Note(words.say("account.more_open", count=len(lines) - OPEN_ITEMS))


def _blocker(item: AgendaItem, blocker: Blocker, words: Words, reader: PersonFacts | None) -> Line:
    facts = item.facts
    found = replace(blocker_of(facts.account, blocker, facts.leads), account_name="")
    is_asked = asks_reader(found, reader)
    return blocker_line(found, words, now=facts.now, zone=facts.zone, with_owner=True, is_asked=is_asked)


def _buttons(account: AccountState, words: Words, *, can_record: bool, has_doubts: bool) -> Buttons:
    """Update first, then what shows more; what is rarer stands in the menu."""
    doubts = ("whose_act.account",) if can_record and has_doubts else ()
    actions = (
        *(("account.update",) if can_record else ()),
        *doubts,
        *("account.details", "account.history", "account.explain"),
    )
    menu = (*MENU, "account.share") if can_record else ()
    value = str(account.account_id)
    return Buttons(
        tuple(labelled(words, action, value) for action in actions),
        tuple(labelled(words, action, value) for action in menu),
    )


def _last_recorded(
    item: AgendaItem, entries: Sequence[HistoryLine], words: Words, *, can_correct: bool
) -> tuple[Item, ...]:
    """A line for each, with a button to correct one of them.

    An import may record the same twice, for a field that no line tells.
    """
    if not entries:
        return ()
    lines = [
        line
        for entry in entries
        for line in words.lines(
            "history.brief",
            event=entry.event,
            subject=entry.subject,
            zone=item.facts.zone,
            today=today_of(item),
            judged_by=entry.judged_by,
        )
    ]
    label, once = words.say("account.last_label"), tuple(dict.fromkeys(lines))
    correct = labelled(words, CORRECT, f"{item.facts.account.account_id} 0")
    return (Line(label, correct), Rows(once)) if can_correct else (Rows((label, *once)),)
