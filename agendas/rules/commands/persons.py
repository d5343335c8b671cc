"""The @who that ends the words of a command: one person, or asked about."""

import re

from agendas.rules.commands.unclear import Choice, UnclearPart, UnknownPerson
from agendas.text.evidence import readable
from agendas.text.limits import shown
from agendas.text.word_stream import TypedWords, kept

ONE_OWNER = "Name one owner: the text ends with two people."
PLACE = "\n\n"
BEFORE_PART = frozenset({"to", "with", "from", "for", "of", "about", "and", "or", "via", "through", "on", "by"})
"""Words before a person who ends the text by which the person may be part of it, and not its owner."""
NAMED = re.compile(r"<@[A-Z0-9]+\|([^<>]+)>.*")


def take_owner(words: TypedWords) -> str | None:
    """The user id of the person who ends the words and is left out; None where they end otherwise.

    Raises:
        UnclearPart: for an @name that Slack did not recognise as a person.
    """
    typed = words.last_unknown_person
    if typed:
        as_text = words.last_again(1, kept(words.last_words(1)))
        raise _nobody(words, typed, without=words.last_again(1, PLACE), as_text=as_text)
    return words.take_last_person()


def take_first_owner(words: TypedWords) -> str | None:
    """The user id of the person who begins the words, as `take_owner` of the one who ends them."""
    typed = words.first_unknown_person
    if typed:
        as_text = words.first_again(1, kept(words.words[0]))
        raise _nobody(words, typed, without=words.first_again(1, PLACE), as_text=as_text)
    return words.take_first_person()


def _nobody(words: TypedWords, typed: str, *, without: str, as_text: str) -> UnclearPart:
    before, _, after = without.partition(PLACE)
    return UnclearPart(
        f"{shown(typed)} is nobody here; type @ and pick the person from Slack's list.",
        as_text=as_text,
        entered={"text": readable(words.text)},
        person=UnknownPerson(typed, before, after),
    )


def one_owner(words: TypedWords, owner: str | None) -> str | None:
    """The owner taken before, else the person who ends the words now.

    Raises:
        UnclearPart: when the words end with two people.
    """
    if owner is None:
        owner = take_owner(words)
    if owner is None:
        return None
    if not words.words:
        return owner
    taken, other = words.taken_person, words.words[-1]
    choices = (
        Choice(_label(other, "The first"), words.taken_before_last()),
        Choice(_label(taken, "The last"), words.last_again(1, kept(other))),
    )
    told = readable(words.text)
    if take_owner(words) is None:
        return owner
    raise UnclearPart(ONE_OWNER, choices, entered={"text": told})


def ask_about_part(words: TypedWords, owner: str | None) -> None:
    """Raise UnclearPart for an owner who ends the text after a word as in `send it to @who`."""
    if not owner or not words.words or words.words[-1].casefold() not in BEFORE_PART:
        return
    named = _label(words.taken_person, "the person")
    said = f"Does {named} own it, or is the name part of the text?"
    choice = Choice("Owns it", words.last_again(1, ""))
    raise UnclearPart(said, (choice,), as_text=words.taken_kept(), entered={"text": readable(words.text)})


def _label(mention: str, otherwise: str) -> str:
    named = NAMED.fullmatch(mention)
    return f"@{named[1]}" if named else otherwise
