"""The card of one account: where it stands, why it is on the list, what was recorded last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from agendas.facts.account import AccountState
from agendas.facts.agenda import ItemPart
from agendas.facts.review import AgendaItem
from agendas.pages.accounts.history import CORRECT, HistoryLine
from agendas.pages.reviews.agenda import sections_of
from agendas.pages.reviews.sections.deal_stage import deal_stage
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Divider, Heading, Item, Line, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.list.justification import missing_parts

LAST_EVENTS = 3
"""Events on the card; the History button shows the rest."""

RECORDING = ("account.move", "account.blocker", "account.next")
RARELY = ("account.waiting",)


def account_card(
    item: AgendaItem,
    words: Words,
    *,
    next_review_at: datetime | None = None,
    last_events: Sequence[HistoryLine] = (),
    can_record: bool = True,
    can_share: bool = True,
    can_decide: bool = False,
    can_correct: bool = False,
    has_doubts: bool = False,
) -> Page:
    """The agenda's sections, list status with its reason, next review, and the last three events, newest first.

    Args:
        item: the account as if it were on a review now.
        words: the sentences.
        next_review_at: when its next review meets.
        last_events: its newest events, newest first.
        can_record: false hides the buttons that record, for people who may only read.
        can_share: false for a card that everybody sees already.
        can_decide: true adds the button that fills in what is missing of the justification, for who may change it.
        can_correct: the reader may correct one of the last events.
        has_doubts: true where somebody has still to say whose act an entry was.
    """
    account, zone = item.facts.account, item.facts.zone
    items: list[Item] = [
        *_beginning(item, words, next_review_at),
        *_standing(item, words, can_record=can_record),
        *_last_recorded(last_events[:LAST_EVENTS], words, zone, corrected=account.account_id if can_correct else 0),
    ]
    recording = _recording(account, has_doubts=has_doubts) if can_record else ()
    items += _buttons(account, recording, words, can_decide=can_decide, can_share=can_share)
    return Page(
        title=words.raw("account.title", name=account.name, stage=account.stage, tier=account.tier),
        items=tuple(items),
        key=f"card-{account.account_id}",
        continued=words.say("agenda.continued", name=account.name),
    )


def _beginning(item: AgendaItem, words: Words, next_review_at: datetime | None) -> tuple[Item, ...]:
    account, reviews = item.facts.account, {"next_review_at": next_review_at, "open_review": item.open_review}
    standing = words.say("account.standing", account=account, zone=item.facts.zone, **reviews)
    return (Heading(account.name), Text(standing))


def _standing(item: AgendaItem, words: Words, *, can_record: bool) -> tuple[Item, ...]:
    sections = sections_of(replace(item, part=ItemPart.LISTED), words, can_answer=can_record)
    return (*sections, *deal_stage(item, words, can_confirm=can_record))


def _has_gap(account: AccountState) -> bool:
    """True where a part of the justification is missing, and the account is not gone."""
    return not account.has_left_list and bool(missing_parts(account))


def _recording(account: AccountState, *, has_doubts: bool) -> tuple[str, ...]:
    """The buttons that record, those first that settle what is open about the account's evidence."""
    claim = ("evidence.add",) if account.claimed_from is not None else ()
    return (*claim, *(("whose_act.account",) if has_doubts else ()), *RECORDING)


def _buttons(
    account: AccountState, recording: tuple[str, ...], words: Words, *, can_decide: bool, can_share: bool
) -> tuple[Item, ...]:
    filling = ("list.fill",) if can_decide and _has_gap(account) else ()
    sharing = ("account.share",) if can_share else ()
    actions = (*recording, "account.history", *filling, *sharing, *(RARELY if recording else ()))
    return (Divider(), Buttons(tuple(labelled(words, action, str(account.account_id)) for action in actions)))


def _last_recorded(entries: Sequence[HistoryLine], words: Words, zone: str, *, corrected: int) -> tuple[Item, ...]:
    """A line for each, with a button to correct one of the account `corrected`, 0 for no button.

    An import may record the same twice, for a field that no line tells.
    """
    if not entries:
        return ()
    lines = [
        line
        for entry in entries
        for line in words.lines(
            "history.brief", event=entry.event, subject=entry.subject, zone=zone, judged_by=entry.judged_by
        )
    ]
    label, once = words.say("account.last_label"), tuple(dict.fromkeys(lines))
    correct = labelled(words, CORRECT, f"{corrected} 0")
    return (Line(label, correct), Rows(once)) if corrected else (Rows((label, *once)),)
