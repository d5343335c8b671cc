"""Answers to questions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from agendas.facts.answers import AskToday, FieldFact, FirstWords, NextReview, WaitingWork
from agendas.facts.people import Function, PersonFacts
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaItem
from agendas.pages.account_list import ListReader, is_updated_by, with_buttons
from agendas.pages.accounts import HistoryLine, account_card, as_json, read_json
from agendas.rendering.blockkit import BUTTON_CHARACTERS, BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import Mrkdwn, length, read
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Rows, Table, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.deals import furthest_deal
from agendas.text.dates import local_date
from agendas.text.evidence import readable
from agendas.text.limits import shortened, shown

# The card of an account as an answer: its lines without the buttons of each, so that it fills no screen.

LAST_EVENTS = 1


def asked_card(
    item: AgendaItem,
    words: Words,
    *,
    next_review_at: datetime | None = None,
    last_events: Sequence[HistoryLine] = (),
    can_act: bool = False,
    note: str = "",
    away: Sequence[PersonFacts] = (),
) -> Page:
    """Return the card in a few lines, with buttons to open and update it where the asker alone reads it.

    An account that left the list has none to update it. `note` is small print above the buttons.
    """
    account = item.facts.account
    last = last_events[:LAST_EVENTS]
    card = account_card(item, words, next_review_at=next_review_at, last_events=last, can_record=False, away=away)
    items: tuple[Item, ...] = tuple(each for each in card.items if not isinstance(each, Buttons))
    items += (Note(note),) if note else ()
    actions = ("account.open",) if account.list_status.is_closed else ("account.open", "account.update")
    buttons = Buttons(tuple(labelled(words, action, str(account.account_id)) for action in actions))
    return replace(card, items=(*items, *((buttons,) if can_act else ())))


# Accounts, or groups of accounts, side by side: the answer first, then a table.

NAME_CHARACTERS = 40
CELL_CHARACTERS = 120

Row = tuple[str, Sequence[str]]
"""The code of a row's label, and its cells as mrkdwn."""


def compared_page(
    first: str,
    names: Sequence[str],
    rows: Sequence[Row],
    words: Words,
    *,
    people: Mapping[str, str],
    opens: Sequence[tuple[int, str]] = (),
    notes: Sequence[str] = (),
) -> Page:
    """Return the first line, and a table with a column for each name.

    Args:
        first: the answer, as mrkdwn.
        names: what is compared, raw.
        rows: the facts.
        people: names by user id, since a table cannot hold mentions.
        opens: (account id, name) of the accounts that have a button to open them.
        notes: the small print.
    """
    header = ("", *(shortened(name, NAME_CHARACTERS) for name in names))
    cells = tuple(
        (words.raw("fields.row", code=code), *(shortened(read(text, people), CELL_CHARACTERS) for text in sentences))
        for code, sentences in rows
    )
    items: list[Item] = [Text(first), Table(header, cells)]
    items += [Note(note) for note in notes]
    if opens:
        buttons = (Button(shortened(name, NAME_CHARACTERS), "account.open", str(id_)) for id_, name in opens)
        items.append(Buttons(tuple(buttons)))
    return Page(read(first), tuple(items), key="compared")


# The channels that have reviews, for somebody who asks in one that has none.


def elsewhere_page(found: Sequence[NextReview], words: Words, *, zone: str, today: date) -> Page:
    """Where reviews are held: the channels that have one, each with its open review and its next date."""
    first = words.say("cadence.elsewhere", count=len(found))
    lines = tuple(line for each in found for line in words.lines("program.review", found=each, zone=zone, today=today))
    return Page(read(first), (Text(first), *((Rows(lines),) if lines else ())), key="elsewhere")


# Answers about fields of accounts: the fact first, in one line, then since when, who said so and why.


class Telling(StrEnum):
    """Ways to tell a fact, each with its sentence: whole, without its author, or beginning with what was asked for."""

    FACT = "fact"
    BRIEF = "brief"
    WHEN = "when"
    WHO = "who"
    WHY = "why"
    CELL = "cell"
    """In a column under the name of its field."""


def fact_line(
    item: AgendaItem, fact: FieldFact, words: Words, telling: Telling = Telling.FACT, *, with_name: bool = True
) -> Mrkdwn:
    """Return a fact of an account as one line, by default one that can be read alone.

    Its value is said in words: `Tier 1`; `no owner recorded` where there is none. `with_name` puts the account's name
    first, but for a cell.
    """
    account, zone = item.facts.account, item.facts.zone
    days = {"zone": zone, "today": local_date(item.facts.now, zone)}
    about = {"account": account, "item": item, "deal": furthest_deal(account)}
    if fact.value is None:
        value_words, tail = words.say("fields.missing", field=fact.code), Mrkdwn("")
    else:
        value_words = _one_line(words.say(f"fields.{fact.code}", value=fact.value, **about, **days))
        tail = words.say("fields.tail", fact=fact, **about)
    label = label_of(item, words) if with_name else ""
    of_cell = {"account": account} if telling is Telling.CELL else {"label": label}
    return _one_line(words.say(f"fields.{telling}", fact=fact, said=value_words, tail=tail, **of_cell, **days))


def _one_line(said: Mrkdwn) -> Mrkdwn:
    return Mrkdwn(" ".join(said.split("\n")))


def label_of(item: AgendaItem, words: Words) -> Mrkdwn:
    return Mrkdwn(f"{words.say('fields.name', account=item.facts.account)}: ")


def list_line(
    item: AgendaItem, words: Words, *, fact: FieldFact | None = None, with_tier: bool = True, with_owner: bool = True
) -> Mrkdwn:
    """Return the line of an account in a list: its state, tier, owner, and the fact asked for, else its reasons."""
    sentence = fact_line(item, fact, words, Telling.BRIEF, with_name=False) if fact else ""
    deal = furthest_deal(item.facts.account)
    return words.say("fields.listed", item=item, deal=deal, said=sentence, with_tier=with_tier, with_owner=with_owner)


# Pages of answers: a label, lines about accounts with their buttons, and small print.

LINES_WITH_BUTTONS = 10
"""Lines of an answer that have buttons: with them they fill two screens of a phone."""

AccountLine = tuple[AgendaItem, Mrkdwn]


def answer_page(
    label: str,
    lines: Sequence[AccountLine],
    words: Words,
    *,
    reader: ListReader | None = None,
    notes: Sequence[str] = (),
    buttons: Sequence[Button] = (),
) -> Page:
    """Return the label, if any, and a line for each account; the first ones have buttons where there is a reader.

    The button of a page of one line takes no line of its own.
    """
    first = label or (lines[0][1] if lines else "")  # what the title of the page says
    items: list[Item] = [Text(label)] if label else []
    if len(lines) > 1:
        items += _line_items(lines, words, reader)
    for item, sentence in lines if len(lines) == 1 else ():
        opens = labelled(words, "account.open", str(item.facts.account.account_id))
        items.append(Text(sentence) if reader is None else Line(sentence, opens))
    items += [Note(note) for note in notes if note]
    items += [Buttons(tuple(buttons))] if buttons else []
    return Page(read(first).split("\n", maxsplit=1)[0], tuple(items), key="answer")


def _line_items(lines: Sequence[AccountLine], words: Words, reader: ListReader | None) -> Iterator[Item]:
    """The first lines with buttons, if there is a reader, and all others as plain rows."""
    with_own_buttons = lines[:LINES_WITH_BUTTONS] if reader is not None else ()
    for item, sentence in with_own_buttons:
        can_update = reader is not None and reader.can_record and is_updated_by(reader, item)
        yield with_buttons(item, sentence, words, can_record=can_update)
    if rest := tuple(sentence for _, sentence in lines[len(with_own_buttons) :]):
        yield Rows(rest)


# Questions that people are offered: buttons that ask them, and the page of all that can be asked.

QUESTIONS: Final = {
    "first.mine": "What is mine?",
    "first.owe": "What do I owe this week?",
    "first.stalled": "What is stalled?",
    "first.changed": "What changed this week?",
    "first.blocked": "What blocks accounts?",
}
"""The question that each button asks. The prompts of app.yaml are among them."""

QUESTIONS_NAME_CHARACTERS = 50
"""The longest name in a button, whose label holds 75."""

STEM_LETTERS = 4
STOP_WORDS = frozenset({"what", "is", "the", "at", "for", "of", "i", "do", "this", "are", "in", "and", "a", "was"})

ASK_ABOUT = "first.about"
"""The button that asks about one account; its value is the question."""


def about_buttons(samples: Sequence[str], words: Words) -> tuple[Button, ...]:
    """A button that asks how an account is doing: the first of `samples` whose name fits; none where no name does."""
    name = next((each for each in samples if len(each) <= QUESTIONS_NAME_CHARACTERS), "")
    if not name:
        return ()
    return (ask_button(words.raw("welcome.how_is", name=name)),)


def ask_button(question: str) -> Button:
    return Button(question, ASK_ABOUT, question)


SUGGESTED = 4


def suggested_questions(today: AskToday, words: Words) -> tuple[str, ...]:
    """Return the questions suggested in a direct conversation: about what waits for the person first, then others."""
    short = (each for each in (today.stuck, *today.samples) if 0 < length(each) <= QUESTIONS_NAME_CHARACTERS)
    own = words.lines("welcome.suggested", today=today, name=next(short, ""))
    others = (QUESTIONS[each] for each in ("first.owe", "first.mine", "first.stalled", "first.changed"))
    found = (each for each in (*map(read, own), *others) if each)
    return tuple(dict.fromkeys(found))[:SUGGESTED]


def nearest_questions(text: str, samples: Sequence[str], words: Words) -> tuple[str, ...]:
    """Return all questions that buttons can ask, sorted by how many words they share with the text.

    `samples` are names of accounts to ask about; words shared with an account's name do not count.
    """
    fitting = [each for each in dict.fromkeys(samples) if len(each) <= QUESTIONS_NAME_CHARACTERS]
    # the first two names, '' for what there is none of
    name, other = [*fitting, "", ""][:2]
    typed = _stems(text) - _stems(f"{name} {other}") - STOP_WORDS
    questions = [each for each in map(read, words.lines("remarks.questions", name=name, other=other)) if each]
    short = [each for each in questions if length(each) <= BUTTON_CHARACTERS]
    return tuple(sorted(short, key=lambda each: -len(typed & _stems(each))))


def _stems(text: str) -> set[str]:
    """The words without their endings, so that "moving" is near to "moved"."""
    return {word[:STEM_LETTERS] for word in re.findall(r"\w+", text.casefold())}


def can_ask_page(words: Words, samples: Sequence[str] = ()) -> Page:
    """The questions that can be asked.

    `samples` are names of accounts to ask about. Without any, how to nominate the first is said instead.
    """
    first = words.say("program.can")
    name, other = [*samples, "", ""][:2]  # '' for what there is none of
    note = words.say("program.can_note", other=other) if name else words.say("welcome.no_account")
    lines = words.lines("program.questions", name=name)
    return Page(read(first), (Text(first), Rows(lines), Note(note)), key="ask")


# News or an order where a question was expected: nothing is done, and the forms that do it are offered.

OFFER = "told"
"""First part of the actions of these buttons; the second one names the form that they open."""

BUTTONS_SHOWN = 5

STATE = "state"
"""The hint of an order to set a state, which is the line itself: the forms do something else than was ordered."""


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A form that fits what was typed: its name, and the account with its name, 0 and '' where none was named."""

    intent: str
    account_id: int = 0
    name: str = ""


def form_offers_page(offers: Sequence[FormOffer], words: Words, *, text: str, hint: str = "") -> Page:
    """Return the line that nothing was done, with the forms that do it, filled in with `text` if there is any.

    `hint` names a way without a form: `review`, `decide`, `state`, or `right` for somebody without the right to do it.
    """
    names = tuple(dict.fromkeys(each.name for each in offers if each.name))
    buttons = _offer_buttons(offers, words, text=text)
    is_long = any(length(each.value) > BUTTON_VALUE_CHARACTERS for each in buttons)
    if is_long:
        # the sentence then says to copy the text into the form
        buttons = _offer_buttons(offers, words, text="")
    sentence = "remarks.state" if hint == STATE else "remarks.order"
    first = words.say(sentence, names=names, has_forms=bool(offers), is_long=is_long, has_text=bool(text))
    items: list[Item] = [Text(first)]
    if hint and hint != STATE:
        items.append(Text(words.say("remarks.instead", way=hint)))
    if buttons:
        items.append(Buttons(buttons))
    return Page(read(first), tuple(items), key=OFFER)


def read_offer(value: str) -> tuple[int, str]:
    """Return the account id (0 for none) and text in the button's value. Raises Outdated if it has another shape."""
    return read_json(value, "account", least=0)


def _offer_buttons(offers: Sequence[FormOffer], words: Words, *, text: str) -> tuple[Button, ...]:
    """The buttons of the first forms, with the names of their accounts where these are several."""
    is_one_account = len({each.account_id for each in offers}) < 2
    return tuple(
        _button(each, words, text=text, name="" if is_one_account else each.name) for each in offers[:BUTTONS_SHOWN]
    )


def _button(offer: FormOffer, words: Words, *, text: str, name: str) -> Button:
    action = f"{OFFER}.{offer.intent}"
    label = f"{words.label(action)}: {name}" if name else words.label(action)
    return Button(label, action, as_json({"account": offer.account_id, "text": text}))


# Answers to what cannot be answered: what was read of it, what was not, and the nearest questions as buttons.

WORDS_NAMED = 5
OFFERED = 3


def unread_page(
    words: Words, *, text: str, samples: Sequence[str], named: Sequence[str] = (), unread: Sequence[str] = ()
) -> Page:
    """Return the page of a text that means nothing here.

    Args:
        text: the text as it was typed.
        samples: names of accounts for the questions offered.
        named: the accounts that were read in it; questions are offered about the first of them.
        unread: the words of it that mean nothing, as typed.
    """
    sentence = words.say("remarks.unread", names=named, words=words_shown(unread))
    return _with_questions(sentence, words, text=text, samples=(*named, *samples))


def offers_page(offers: Sequence[Button], words: Words, *, unread: Sequence[str]) -> Page:
    """Return the page for a text with words that mean nothing here; `offers` are buttons of the nearest readings."""
    sentence = words.say("remarks.offered", words=words_shown(unread))
    return Page(read(sentence), (Text(sentence), Buttons(tuple(offers))), key="offered")


def no_answer_page(words: Words, *, text: str, understood: str, samples: Sequence[str], why: str = "") -> Page:
    """Return that a question, which was read as `understood` says, has no answer, and `why`."""
    sentence = words.say("remarks.no_answer", read=understood, why=why)
    return _with_questions(sentence, words, text=text, samples=samples)


def outside_page(words: Words, what: str, *, samples: Sequence[str]) -> Page:
    """Return that Cadence does not answer such a text, and what can be asked.

    `what` is "verdict" for a judgement of people, which has questions of its own, "language" for another one than
    English, "world" or "text".
    """
    if what == "verdict":
        how_is = nearest_questions("how is", samples, words)[:1]
        asks = ("What is overdue?", "What moved since the last review?", *how_is)
        return _questions_page(words.say("remarks.verdict"), asks)
    sentence = words.say("remarks.language") if what == "language" else words.say("remarks.outside", what=what)
    # the questions offered are those that share most words with this text
    return _with_questions(sentence, words, text="how stalled owe", samples=samples)


def term_page(words: Words, term: str, settings: ProgramSettings, *, other: str = "") -> Page:
    """Return what `term`, and `other` if any, mean, with the workspace's limits; for '' the terms most used."""
    if not term:
        lines = words.lines("welcome.trade")
        return Page(read(lines[0]), (Rows(lines),), key="term")
    meanings = [words.say(f"terms.{each}", settings=settings) for each in (term, other) if each]
    return Page(read(meanings[0]), tuple(map(Text, meanings)), key="term")


def no_text_page(words: Words) -> Page:
    sentence = words.say("remarks.no_text")
    return Page(read(sentence), (Text(sentence),), key="unread")


def words_shown(unread: Sequence[str]) -> tuple[str, ...]:
    return tuple(shown(readable(each)) for each in dict.fromkeys(unread) if each.strip())[:WORDS_NAMED]


def _with_questions(sentence: str, words: Words, *, text: str, samples: Sequence[str]) -> Page:
    return _questions_page(sentence, nearest_questions(text, samples, words)[:OFFERED])


def _questions_page(sentence: str, questions: Sequence[str]) -> Page:
    return Page(read(sentence), (Text(sentence), Buttons(tuple(ask_button(each) for each in questions))), key="unread")


# First words to a person who meets the bot, and the answers to a greeting and to thanks.

THINGS = 3

NEEDS = {
    "updates.start": Permission.RECORD,
    "menu.nominate": Permission.NOMINATE,
    "fit.open": Permission.NOMINATE,
    "abm.people": Permission.ADMINISTER,
}
"""The permission that a person needs to be shown a thing; all others are for everybody."""

THINGS_TO_DO: dict[Function | None, tuple[str, ...]] = {
    Function.SALES: ("updates.start", "first.owe", "menu.nominate"),
    Function.MARKETING: ("first.stalled", "menu.plays", "updates.start"),
    Function.CUSTOMER_SUCCESS: ("fit.open", "first.blocked", "menu.nominate"),
    Function.PRODUCT: ("fit.open", "first.blocked", "abm.list"),
    Function.FINANCE: ("fit.open", "abm.list", "first.changed"),
    Function.EXECUTIVE: ("first.stalled", "first.owe", "abm.list"),
    None: ("abm.people",),
}
"""Three things to do by function."""

FOR_EVERYBODY = ("abm.list", "first.changed", "abm.help")
"""Things that take the place of those that a person may not do."""


def first_words_page(facts: FirstWords, words: Words) -> Page:
    person = facts.person
    things = tuple(Line(words.say("welcome.thing", action=each), labelled(words, each)) for each in things_for(person))
    asks = about_buttons(facts.samples, words)
    lacks_function: tuple[Item, ...] = ()
    if person.function is None and not may(person, Permission.ADMINISTER):
        lacks_function = (Note(words.say("welcome.no_function", admins=facts.admins)),)
    items = (
        Heading(words.raw("welcome.heading")),
        Text(words.say("welcome.what")),
        *things,
        *lacks_function,
        Rows(words.lines("welcome.trade")),
        Note(words.say("welcome.ask", has_accounts=bool(facts.samples))),
        *((Buttons(asks),) if asks else ()),
    )
    return Page(words.raw("welcome.title"), items, key="first")


def things_for(person: PersonFacts) -> tuple[str, ...]:
    """The first three things that a person of this function and right may do, as the actions of their buttons."""
    wanted = (*THINGS_TO_DO[person.function], *FOR_EVERYBODY)
    allowed = [each for each in wanted if may(person, NEEDS.get(each, Permission.READ))]
    return tuple(dict.fromkeys(allowed))[:THINGS]


def greeting_page(waiting: WaitingWork, words: Words, *, zone: str) -> Page:
    """What waits for the person, with questions as buttons; without accounts, how to nominate the first."""
    sentence = words.say("welcome.hello", waiting=waiting, zone=zone)
    first = "first.owe" if waiting.actions else "first.mine"
    asks = [labelled(words, action) for action in (first, "first.stalled")]
    note = () if waiting.samples else (Note(words.say("welcome.no_account")),)
    buttons = Buttons((*asks, *about_buttons(waiting.samples, words)))
    return Page(read(sentence), (Text(sentence), *note, buttons), key="hello")
