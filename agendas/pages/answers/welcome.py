"""First words to a person who meets the bot, and the answers to a greeting and to thanks."""

from agendas.facts.answers import FirstWords, Waiting
from agendas.facts.people import Function, PersonFacts
from agendas.pages.answers.questions import about_buttons, question_button
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed, may

THINGS = 3

NEEDS = {
    "updates.start": Deed.RECORD,
    "menu.nominate": Deed.NOMINATE,
    "fit.open": Deed.NOMINATE,
    "abm.people": Deed.ADMINISTER,
}
"""The deed that a person must be allowed to, for a thing to be shown; all others are for everybody."""

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
    """Return an introduction of the bot, three things to do, and five words of the trade."""
    person = facts.person
    things = tuple(
        Line(words.say("welcome.thing", action=action), labelled(words, action)) for action in things_for(person)
    )
    asks = about_buttons(facts.samples, words)
    lacks_function: tuple[Item, ...] = ()
    if person.function is None and not may(person, Deed.ADMINISTER):
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
    """The three things that a person of this function and right can do, as the actions of their buttons."""
    wanted = (*THINGS_TO_DO[person.function], *FOR_EVERYBODY)
    allowed = [each for each in wanted if may(person, NEEDS.get(each, Deed.READ))]
    return tuple(dict.fromkeys(allowed))[:THINGS]


def greeting_page(waiting: Waiting, words: Words, *, zone: str) -> Page:
    """Return the work that waits for the person, and two or three things to ask."""
    said = words.say("welcome.hello", waiting=waiting, zone=zone)
    first = "first.owe" if waiting.actions else "first.mine"
    asks = [question_button(action, words) for action in (first, "first.stalled")]
    note = () if waiting.samples else (Note(words.say("welcome.no_account")),)
    return Page(read(said), (Text(said), *note, Buttons((*asks, *about_buttons(waiting.samples, words)))), key="hello")
