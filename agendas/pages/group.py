"""The buying group of one account: required roles first, then other people, suggestions, and those who left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.facts.group import Contact, ContactAdded
from agendas.facts.interventions import ExecutiveTouch
from agendas.rendering.page import Button, Buttons, Item, Line, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.group import (
    GroupAnswer,
    RoleLine,
    acting_in,
    buyer_sides,
    credited_by,
    is_of_the_buyer,
    suggested_roles,
)
from agendas.rules.history import evidence_words
from agendas.text.dates import local_date
from agendas.text.who_acted import PeopleActing, read_no_day, read_people

TOUCHES_SHOWN = 3
"""Meetings of executives on the page: the history has them all."""

ENTRIES_SHOWN = 15
"""Lines of people on one page: with two blocks for some of them, as many as one message holds."""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """An account, its group as the rule finds it, the reader's today, and meetings of executives, latest first.

    `others_met` are the meetings in which one side was no executive.
    """

    account: AccountState
    group: GroupAnswer
    today: date
    touches: tuple[ExecutiveTouch, ...] = ()
    others_met: tuple[ExecutiveTouch, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """One line of the map. `part` is its heading: required, others, suggested or left.

    `person` is None for a role that nobody holds; `is_first` false for a role's further people.
    """

    part: str
    person: Contact | None
    role: RoleLine | None = None
    is_first: bool = True


def group_page(facts: GroupFacts, words: Words, *, can_record: bool, start: int = 0) -> Page:
    """Coverage in numbers and the map of the group, after its first `start` lines; buttons for those who may record."""
    account, entries = facts.account, tuple(entries_of(facts.group))
    first = start if start < len(entries) else 0  # the list may have become shorter
    shown = entries[first : first + ENTRIES_SHOWN]
    rest = len(entries) - first - len(shown)
    buttons = tuple(_foot_buttons(facts, words, more=first + len(shown) if rest else 0, can_record=can_record))
    people: list[Item] = []
    for part, of_part in groupby(shown, key=lambda entry: entry.part):
        label = words.say("group.part", part=part)
        lines = [
            (entry, words.say("group.entry", entry=entry, today=facts.today, group=facts.group)) for entry in of_part
        ]
        if can_record:
            people.append(Text(label))
            people += (item for entry, sentence in lines for item in _drawn(entry, sentence, account, words))
        else:
            people.append(Rows((label, *(sentence for _, sentence in lines))))
    return words.page(
        "group",
        facts,
        key=f"group-{account.account_id}",
        parts={"people": people, "buttons": [Buttons(buttons)] if buttons else []},
        touches_shown=TOUCHES_SHOWN,
        rest=rest,
        can_record=can_record,
    )


def entries_of(group: GroupAnswer) -> Iterator[GroupEntry]:
    """Every line of the map in its order; somebody with two required roles has a line for both."""
    for line in group.lines:
        holders: tuple[Contact | None, ...] = line.people or (None,)
        yield from (GroupEntry("required", person, line, is_first=not n) for n, person in enumerate(holders))
    without_role = (*group.others, *(person for person in group.suggested if not person.profile.suggested_roles))
    yield from (GroupEntry("others", person) for person in without_role)
    in_roles = {person.id: person for line in group.lines for person in line.people}
    # a second role may be suggested for somebody who has one: each person comes once
    everybody = {person.id: person for person in (*in_roles.values(), *group.others, *group.suggested)}.values()
    with_hint = (person for person in everybody if person.profile.suggested_roles and not person.profile.left_on)
    yield from (GroupEntry("suggested", person) for person in with_hint)
    yield from (GroupEntry("left", person) for person in group.left if person.id not in in_roles)


def _drawn(entry: GroupEntry, sentence: str, account: AccountState, words: Words) -> Iterator[Item]:
    """The line with the buttons that change it; nothing can be changed about a role that nobody holds."""
    if entry.person is None:
        yield Text(sentence)
        return
    value = f"{account.account_id} {entry.person.id}"
    edit = labelled(words, "group.edit", value)
    if entry.part == "suggested":
        yield Text(sentence)
        yield Buttons((labelled(words, "group.confirm", value), edit))
    else:
        yield Line(sentence, edit)


def _foot_buttons(facts: GroupFacts, words: Words, *, more: int, can_record: bool) -> Iterator[Button]:
    """Yield the buttons for who may record, and the one that goes on after the first `more` lines, if not 0."""
    account_id = str(facts.account.account_id)
    if can_record:
        yield labelled(words, "group.add", account_id)
        if any(each.profile.left_on is None for each in facts.account.contacts):
            yield labelled(words, "group.left", account_id)
        yield labelled(words, "executive.met", account_id)
    if more:
        yield labelled(words, "group.more", f"{account_id} {more}")


# Who of the buyer's people an update is credited to, for its receipt: said, asked or offered, each with its button.

CHOICES = 4
"""Most people who are offered as buttons: the form has all of them."""


def people_lines(
    event: EventFacts, after: AccountState, words: Words, *, text: str = "", zone: str = "UTC", updates: int = 1
) -> Iterator[Line | Buttons | Text]:
    """The lines of a receipt about people: who is credited, who may have acted, and strangers to add.

    `text` are the words of the evidence that the event judges, `updates` how many updates the receipt has. Of somebody
    just added only when they were last heard from; nothing for an act that is not the buyer's.
    """
    change, today = event.change, local_date(event.recorded_at, zone)
    if isinstance(change, ContactAdded):
        if heard := [each for each in after.contacts if each.id == event.id and each.heard_on]:
            yield Text(words.say("group.heard", people=heard, today=today))
        return
    if isinstance(change, EvidenceJudged):
        is_theirs, ids, entry = change.actor is EvidenceActor.BUYER, change.contact_ids or (), change.event_id
        acting = read_people(text, buyer_sides(after)) if text and change.contact_ids is None else PeopleActing()
        # where the words leave nobody to ask about, each person whom they mention is offered
        asked = acting.asked or tuple((each,) for each in acting.mentioned[:CHOICES])
    else:
        is_theirs, ids, entry = is_of_the_buyer(event), credited_by(event), event.id
        acting = acting_in(event, buyer_sides(after))
        asked = acting.asked
    if not is_theirs:
        return
    credited = [each for each in after.contacts if each.id in ids]
    if credited:
        sentence = words.say("group.heard", people=credited, today=today)
        yield Line(sentence, labelled(words, "evidence.people", f"{after.account_id} {entry}"))
        # words such as "last week" name no day: the evidence is of today then, which is said
        no_day = read_no_day(evidence_words(event))
        if no_day and any(local_date(piece.dated_at, zone) == today for piece in event.evidence):
            yield Text(words.say("group.no_day", typed=no_day))
    for people in asked:
        if not {each.id for each in people} & set(ids):
            yield from _asked(people, after, words, value=f"{entry} {updates}")
    for index, stranger in enumerate(acting.strangers):
        roles = suggested_roles(stranger.title)
        label = words.raw("group.add_as", role=roles[0] if roles else "")
        sentence = words.say("group.stranger", stranger=stranger, name=after.name)
        # a receipt of this event alone is drawn again by its id once the person was added
        value = f"{after.account_id} {entry} {index}{f' {event.id}' if updates == 1 else ''}"
        yield Line(sentence, Button(label, f"group.stranger/{index}", value))


def _asked(
    people: tuple[Contact, ...], after: AccountState, words: Words, *, value: str
) -> Iterator[Line | Buttons | Text]:
    """The question who of these people acted, with a button for each where they are few.

    `value` is the entry's id and the number of updates in the receipt, as each button carries them.
    """
    yield Text(words.say("group.who_was_it", people=people))
    offered = people if len(people) <= CHOICES else ()
    buttons = [
        Button(words.raw("group.called", person=each), f"evidence.person/{each.id}", f"{value} {each.id}")
        for each in offered
    ]
    entry = value.partition(" ")[0]
    yield Buttons((*buttons, labelled(words, "evidence.people", f"{after.account_id} {entry}")))
