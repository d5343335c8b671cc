"""Who of the buyer's people an update is credited to, for its receipt: said, asked or offered, each with its button."""

from collections.abc import Iterator

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.facts.group import Contact, ContactAdded
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Line, Text
from agendas.rendering.words import Words
from agendas.rules.group.people_named import acting_in, buyer_sides, credited_by, is_of_the_buyer
from agendas.rules.group.titles import suggested_roles
from agendas.text.days import local_date
from agendas.text.who_acted import PeopleActing, read_people

CHOICES = 4
"""Most people who are offered as buttons: the form has all of them."""


def people_lines(
    event: EventFacts, after: AccountState, words: Words, *, told: str = "", zone: str = "UTC", of: int = 1
) -> Iterator[Line | Buttons | Text]:
    """The lines about people of a receipt; `told` are the words of the evidence that the event judges.

    `of` is the number of updates of which the receipt tells.
    """
    change, today = event.change, local_date(event.recorded_at, zone)
    if isinstance(change, ContactAdded):
        if heard := [each for each in after.contacts if each.id == event.id and each.heard_on]:
            yield Text(words.say("group.heard", people=heard, today=today))
        return
    if isinstance(change, EvidenceJudged):
        is_theirs, ids, entry = change.actor is EvidenceActor.BUYER, change.contact_ids or (), change.event_id
        acting = read_people(told, buyer_sides(after)) if told and change.contact_ids is None else PeopleActing()
        asked = acting.asked or tuple((each,) for each in acting.mentioned[:CHOICES])
    else:
        is_theirs, ids, entry = is_of_the_buyer(event), credited_by(event), event.id
        acting = acting_in(event, buyer_sides(after))
        asked = acting.asked
    if not is_theirs:
        return
    credited = [each for each in after.contacts if each.id in ids]
    if credited:
        said = words.say("group.heard", people=credited, today=today)
        yield Line(said, labelled(words, "evidence.people", f"{after.account_id} {entry}"))
    for people in asked:
        if not {each.id for each in people} & set(ids):
            yield from _asked(people, after, words, value=f"{entry} {of}")
    for place, stranger in enumerate(acting.strangers):
        roles = suggested_roles(stranger.title)
        label = words.raw("group.add_as", role=roles[0] if roles else "")
        yield Line(
            words.say("group.stranger", stranger=stranger, name=after.name),
            Button(
                label,
                f"group.stranger/{place}",
                f"{after.account_id} {entry} {place}{f' {event.id}' if of == 1 else ''}",
            ),
        )


def _asked(
    people: tuple[Contact, ...], after: AccountState, words: Words, *, value: str
) -> Iterator[Line | Buttons | Text]:
    """The question which of these people it was."""
    yield Text(words.say("group.who_was_it", people=people))
    offered = people if len(people) <= CHOICES else ()
    buttons = [
        Button(words.raw("group.called", person=each), f"evidence.person/{each.id}", f"{value} {each.id}")
        for each in offered
    ]
    entry = value.partition(" ")[0]
    yield Buttons((*buttons, labelled(words, "evidence.people", f"{after.account_id} {entry}")))
