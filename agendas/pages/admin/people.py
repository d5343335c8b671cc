"""The people of the workspace with their function and right."""

from collections.abc import Sequence

from agendas.facts.people import Lead, PersonFacts, Right
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words

PEOPLE_SHOWN = 30
"""Each with a button beside it takes a block of the 50 of a message."""


def people_page(
    people: Sequence[PersonFacts],
    words: Words,
    *,
    can_edit: bool,
    leads: Sequence[Lead] = (),
    start: int = 0,
    name: str = "",
) -> Page:
    """One line per person, those with a function or a right of their own first; a part of a long list.

    Args:
        people: everybody, by name.
        words: the sentences.
        leads: who leads each function, above the people where everybody is shown.
        can_edit: gives each person an Edit button that carries the user id.
        start: how many come before the first one to show. The button for more carries it, and the name.
        name: a part of the names to show, in any case; all when empty.
    """
    found = sorted(_named(people, name), key=_has_nothing)
    unset = sum(person.function is None for person in found)
    first = start if start < len(found) else 0
    following = first + PEOPLE_SHOWN
    items: list[Item] = [Heading(words.raw("program.people_heading"))]
    items += _leads(leads, words, can_edit=can_edit) if not (first or name) else []
    items += _lines(found[first:following], words, can_edit=can_edit)
    if not found:
        items.append(Text(words.say("program.people_nobody", name=name)))
    if len(found) > PEOPLE_SHOWN:
        last = min(following, len(found))
        items.append(Note(words.say("program.people_span", first=first + 1, last=last, total=len(found))))
    if can_edit and sum(person.right is Right.ADMIN for person in people) == 1:
        items.append(Text(words.say("program.one_admin")))
    items.append(Note(words.say("program.rights_note")))
    if following < len(found):
        items.append(Buttons((labelled(words, "abm.people_more", f"{following} {name}".strip()),)))
    return Page(words.raw("program.people_title", count=len(found), unset=unset), tuple(items), key="people")


def _leads(leads: Sequence[Lead], words: Words, *, can_edit: bool) -> list[Item]:
    """The leads of functions, and for people who may give one, the functions that have nobody who can be asked."""
    led = [each for each in leads if each.person is not None]
    missing = [each.function for each in leads if not each.can_be_asked]
    said = [words.say("program.leads", leads=led)] if led else []
    said += [words.say("program.leads_missing", functions=missing)] if missing and can_edit else []
    return [Text("\n".join(said))] if said else []


def _lines(people: Sequence[PersonFacts], words: Words, *, can_edit: bool) -> list[Item]:
    lines = [(person, words.say("program.person", person=person)) for person in people]
    if can_edit:
        return [Line(said, labelled(words, "people.edit", person.user_id)) for person, said in lines]
    return [Rows(tuple(said for _, said in lines))]


def _named(people: Sequence[PersonFacts], name: str) -> list[PersonFacts]:
    part = " ".join(name.casefold().split())
    return [person for person in people if part in " ".join(person.name.casefold().split())]


def _has_nothing(person: PersonFacts) -> bool:
    return person.function is None and person.right is Right.VIEWER
