"""News as drafts: a line for each thing that would be recorded, with its buttons, and what was recorded of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Buttons, Item, Line, Menu, Note, Page, Rows, Text, sentence_page
from agendas.rendering.words import Words, labelled
from agendas.rules.news import MOST_DRAFTS, Asks, Draft, DraftKind
from agendas.text.limits import shortened

RECORD, UNDO = "news.record", "news.undo"
NO, NEVER = "news.no_more", "news.never"
DRAFT = "news.draft"
"""The button that gives a message in a thread to a language model; its value is the key of the lines and the text."""
CHANGE, DROP, PICK, YES = "news.change", "news.drop", "news.pick", "news.yes"
KINDS: Mapping[str, DraftKind] = {
    f"news.{kind}": kind for kind in (DraftKind.MOVEMENT, DraftKind.BLOCKER, DraftKind.NEXT_ACTION, DraftKind.NOTE)
}
"""The buttons that say what kind of thing a line is."""

ACCOUNT, ITEM = "account", "item"
"""What an entry of the menu of a line chooses."""

ENTRY_CHARACTERS = 75

MOST_LEFT = 3
"""Clauses that are shown of what is in no line: ours."""


def news_page(
    drafts: Sequence[Draft],
    names: Mapping[int, str],
    words: Words,
    *,
    key: str,
    today: date,
    can_record: bool = True,
    is_whisper: bool = False,
    to_draft: str = "",
    left_out: Sequence[str] = (),
) -> Page:
    """Return the lines of a piece of news: what was recorded, then what would be, each with Change and Drop.

    Args:
        drafts: the lines; the buttons of one carry its number among them, from 0.
        names: the names of their accounts.
        words: the sentences.
        key: the key that the lines are kept under.
        today: the writer's local date.
        can_record: false for a writer who may not, who gets the lines without buttons and whom to ask.
        is_whisper: the lines are offered unasked, with buttons that decline them, or all later offers too.
        to_draft: the value of the button Draft, '' where rules drafted all of it.
        left_out: the clauses of the text that are in no line.
    """
    accounts = {each.account for each in drafts}
    only_account = names.get(drafts[0].account, "") if len(accounts) == 1 else ""
    open_ones = [each for each in drafts if not each.is_recorded]
    ready = [each for each in open_ones if not each.asks]

    def sentence(draft: Draft) -> str:
        name = "" if only_account else names.get(draft.account, "")
        return words.say("news.line", draft=draft, name=name, today=today)

    done = tuple(sentence(each) for each in drafts if each.is_recorded)
    first = words.say("news.first", name=only_account, done=len(done), left=len(open_ones), can_record=can_record)
    items: list[Item] = [Text(first), *((Rows(done),) if done else ())]
    if not can_record:
        items += [Rows(tuple(map(sentence, open_ones))), Note(words.say("remarks.instead", way="right"))]
        return Page(read(first), tuple(items), key=f"news-{key}")
    for number, draft in enumerate(drafts):
        if not draft.is_recorded:
            items += _line_items(draft, sentence(draft), words, f"{key} {number}")
    if len(drafts) >= MOST_DRAFTS:
        items.append(Note(words.say("news.most", most=MOST_DRAFTS)))
    if any(each.is_by_model for each in open_ones):
        items.append(Note(words.say("news.by_model")))
    if left_out:
        items.append(Note(words.say("news.left_out", clauses=left_out[:MOST_LEFT], more=len(left_out[MOST_LEFT:]))))
    if to_draft:
        items.append(Note(words.say("news.rest")))
    buttons = []
    if ready:
        # lines that still ask something are not recorded by it
        alone_or_all = "news.record_one" if is_whisper and len(drafts) == 1 else RECORD
        label = words.label(alone_or_all if len(ready) == len(open_ones) else "news.record_others")
        buttons.append(Button(label, RECORD, key, style="primary"))
    if done:
        buttons.append(labelled(words, UNDO, key))
    if to_draft:
        buttons.append(labelled(words, DRAFT, to_draft))
    if is_whisper and open_ones and not done:
        buttons += [labelled(words, NO, key), labelled(words, NEVER)]
    if buttons:
        items.append(Buttons(tuple(buttons)))
    return Page(read(first), tuple(items), key=f"news-{key}")


def nothing_drafted_page(words: Words, problem: str | None = None) -> Page:
    return sentence_page(words.say("news.not_drafted", problem=problem))


def _line_items(draft: Draft, sentence: str, words: Words, value: str) -> Iterator[Item]:
    """Yield the line with the buttons that answer what is asked of it, else Change and Drop.

    `value` is what they carry, the key of the lines and the number of the draft; a menu's entry adds what it chooses:
    `KEY 2 account 7`.
    """
    change, drop = labelled(words, CHANGE, value), labelled(words, DROP, value)
    asks = draft.asks
    if asks is Asks.KIND:
        first, *others = (labelled(words, action, value) for action in KINDS)
        yield Line(sentence, first, (*others, drop))
    elif asks is Asks.GONE:
        yield Line(sentence, labelled(words, YES, value), (Button(words.label("news.no"), DROP, value), change))
    elif asks in (Asks.ACCOUNT, Asks.ITEM) and (found := draft.near if asks is Asks.ACCOUNT else draft.items):
        chosen = ACCOUNT if asks is Asks.ACCOUNT else ITEM
        entries = tuple((shortened(text, ENTRY_CHARACTERS), f"{value} {chosen} {number}") for number, text in found)
        yield Text(sentence)
        yield Buttons((change, drop), choices=(Menu(words.label(PICK), PICK, entries),))
    else:
        yield Line(sentence, change, (drop,))
