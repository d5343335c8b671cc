"""Leads of functions: who is asked where a function is."""

from collections.abc import Collection

from sqlmodel import Session

from agendas.facts.people import Author, Function
from agendas.facts.program.trail import TrailSubject
from agendas.verbs.trail.note import note_change
from storage import people


def lead(session: Session, author: Author, user_id: str, functions: Collection[Function]) -> None:
    """Make the person the lead of these functions and of no others, in the place of who led them.

    Whoever led one of them has an entry of the audit trail too. Lock the workspace before.
    """
    wanted = sorted(function.value for function in functions)
    known = people.leads(session, author.workspace_id)
    led: dict[str, list[str]] = {user_id: []}
    for function, person in sorted(known.items()):
        led.setdefault(person.user_id, []).append(function)
    people.give_leads(session, author.workspace_id, user_id, wanted)
    for each, before in led.items():
        after = wanted if each == user_id else [function for function in before if function not in wanted]
        if after != before:
            had, has = ({"leads": ", ".join(functions)} for functions in (before, after))
            note_change(session, author, TrailSubject.PERSON, each, before=had, after=has)
