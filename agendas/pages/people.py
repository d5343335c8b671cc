"""The people of the workspace with their function and right."""

from collections.abc import Sequence

from agendas.facts import PersonFacts, Right
from agendas.pages.buttons import labelled
from agendas.pages.page import Heading, Item, Line, Note, Page, Rows, Text
from agendas.pages.words import Words


def people_page(people: Sequence[PersonFacts], words: Words, *, can_edit: bool) -> Page:
    """One line per person; for admins each with an Edit button that carries the user id."""
    unset = sum(person.function is None for person in people)
    items: list[Item] = [Heading(words.raw("program.people_heading"))]
    lines = [(person, words.say("program.person", person=person)) for person in people]
    if can_edit:
        items += [Line(said, labelled(words, "people.edit", person.user_id)) for person, said in lines]
    else:
        items.append(Rows(tuple(said for _, said in lines)))
    if can_edit and sum(person.right is Right.ADMIN for person in people) == 1:
        items.append(Text(words.say("program.one_admin")))
    items.append(Note(words.say("program.rights_note")))
    return Page(words.raw("program.people_title", count=len(people), unset=unset), tuple(items), key="people")
