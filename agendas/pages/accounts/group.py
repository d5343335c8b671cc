"""The buying group of one account: required roles first, then other people, suggestions, and those who left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from agendas.facts.account import AccountState
from agendas.facts.group import Contact
from agendas.facts.interventions.touches import ExecutiveTouch
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.group.coverage import GroupAnswer, RoleLine

TOUCHES_SHOWN = 3
"""Meetings of executives on the page: the history has them all."""

ENTRIES_SHOWN = 15
"""Lines of people on one page: with two blocks for some of them, as many as one message holds."""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """An account, its group as the rule finds it, the reader's today, and meetings of executives, latest first.

    `others_met` are the meetings of which one side was no executive.
    """

    account: AccountState
    group: GroupAnswer
    today: date
    touches: tuple[ExecutiveTouch, ...] = ()
    others_met: tuple[ExecutiveTouch, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """One line of the map. `part` is the heading it stands under: required, others, suggested or left.

    `person` is None for a role that nobody holds; `is_first` false for a role's further people.
    """

    part: str
    person: Contact | None
    role: RoleLine | None = None
    is_first: bool = True


def group_page(facts: GroupFacts, words: Words, *, can_record: bool, start: int = 0) -> Page:
    """Coverage in numbers and the map of the group, after its first `start` lines; buttons for those who may record."""
    account, entries = facts.account, tuple(entries_of(facts.group))
    first = start if start < len(entries) else 0
    shown = entries[first : first + ENTRIES_SHOWN]
    items: list[Item] = [Heading(words.raw("group.heading", name=account.name))]
    items.append(Text(words.say("group.summary", group=facts.group, stage=account.stage, tier=account.tier)))
    for part, of_part in groupby(shown, key=lambda entry: entry.part):
        label = words.say("group.part", part=part)
        lines = [
            (entry, words.say("group.entry", entry=entry, today=facts.today, group=facts.group)) for entry in of_part
        ]
        if can_record:
            items += [Text(label), *(item for entry, said in lines for item in _drawn(entry, said, account, words))]
        else:
            items.append(Rows((label, *(said for _, said in lines))))
    if not account.contacts:
        items.append(Text(words.say("group.nobody", can_record=can_record)))
    for part, touches in (("executives", facts.touches), ("others", facts.others_met)):
        if touches:
            latest, more = touches[:TOUCHES_SHOWN], max(0, len(touches) - TOUCHES_SHOWN)
            said = words.lines("group.touches", part=part, touches=latest, more=more, today=facts.today)
            items.append(Rows(said))
    rest = len(entries) - first - len(shown)
    if rest:
        items.append(Note(words.say("group.more", count=rest)))
    buttons = tuple(_foot(facts, words, more=first + len(shown) if rest else 0, can_record=can_record))
    items += [Buttons(buttons)] if buttons else []
    return Page(words.raw("group.title", name=account.name, group=facts.group), tuple(items), key=_key(account))


def entries_of(group: GroupAnswer) -> Iterator[GroupEntry]:
    """Every line of the map in its order; somebody with two required roles stands under both."""
    for line in group.lines:
        holders: tuple[Contact | None, ...] = line.people or (None,)
        yield from (GroupEntry("required", person, line, is_first=not n) for n, person in enumerate(holders))
    unasked = (*group.others, *(each for each in group.suggested if not each.profile.suggested_roles))
    yield from (GroupEntry("others", person) for person in unasked)
    in_roles = {person.id: person for line in group.lines for person in line.people}
    hinted = {each.id: each for each in (*in_roles.values(), *group.others, *group.suggested)}
    wanted = (each for each in hinted.values() if each.profile.suggested_roles and not each.profile.left_on)
    yield from (GroupEntry("suggested", person) for person in wanted)
    yield from (GroupEntry("left", person) for person in group.left if person.id not in in_roles)


def _drawn(entry: GroupEntry, said: str, account: AccountState, words: Words) -> Iterator[Item]:
    """The line with the buttons that change it; nothing can be changed about a role that nobody holds."""
    if entry.person is None:
        yield Text(said)
        return
    value = f"{account.account_id} {entry.person.id}"
    edit = labelled(words, "group.edit", value)
    if entry.part == "suggested":
        yield Text(said)
        yield Buttons((labelled(words, "group.confirm", value), edit))
    else:
        yield Line(said, edit)


def _foot(facts: GroupFacts, words: Words, *, more: int, can_record: bool) -> Iterator[Button]:
    number = str(facts.account.account_id)
    if can_record:
        yield labelled(words, "group.add", number)
        if any(each.profile.left_on is None for each in facts.account.contacts):
            yield labelled(words, "group.left", number)
        yield labelled(words, "executive.met", number)
    if more:
        yield labelled(words, "group.more", f"{number} {more}")


def _key(account: AccountState) -> str:
    return f"group-{account.account_id}"
