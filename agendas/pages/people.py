"""People of the workspace: functions, rights, days away, and handing over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agendas.facts.people import Lead, PersonFacts, Right
from agendas.facts.reviews import Away, AwayFacts
from agendas.rendering.blockkit import Rendered
from agendas.rendering.mrkdwn import Mrkdwn, calling_nobody, escape, read
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled, plural
from agendas.rules.access import Permission, may
from agendas.rules.schedule import place_name
from agendas.text.limits import shortened

# The page of days away: one's own with their buttons, who else is away now and soon, and everybody's days.

ADD, BACK, REMOVE, CHANGE = "away.add", "away.back", "away.remove", "away.change"
OTHERS_SHOWN = 15
"""People in each of the two lists; a message holds 3,000 characters in a text."""


def away_page(facts: AwayFacts, words: Words) -> Page:
    """The person's own days first; without buttons for who may only read."""
    is_away = any(each.covers(facts.today) for each in facts.own)
    items: list[Item] = [Heading(words.raw("away.heading"))]
    items += own_days(facts.own, words, person=facts.person, today=facts.today)
    if not facts.own:
        items.append(Text(words.say("away.nothing")))
    items += covering_for(facts.covering_for, words)
    for each in facts.everyone:
        sentence, value = words.say("away.everyone", away=each, today=facts.today), str(each.id)
        line = Line(sentence, labelled(words, REMOVE, value), (labelled(words, CHANGE, value),))
        items.append(line if may(facts.person, Permission.ADMINISTER) else Text(sentence))
    items += _others("now", facts.now, facts.today, words)
    items += _others("soon", facts.soon, facts.today, words)
    if facts.holidays_of:
        items.append(Note(words.say("away.holidays", place=place_name(facts.holidays_of))))
    if may(facts.person, Permission.NOMINATE):
        items += [Note(words.say("away.how")), Buttons((labelled(words, ADD, style="primary"),))]
    title = words.raw("away.title", is_away=is_away, now=len(facts.now), soon=len(facts.soon))
    return Page(title, tuple(items), key="away")


def own_days(own: Sequence[Away], words: Words, *, person: PersonFacts, today: date) -> Iterator[Item]:
    """Yield a line for each of the person's own ranges: I'm back or Take back, and Change."""
    for each in own:
        sentence, value = words.say("away.own", away=each, today=today), str(each.id)
        if not may(person, Permission.NOMINATE):
            yield Text(sentence)
            continue
        ends = BACK if each.from_on <= today else REMOVE
        yield Line(sentence, labelled(words, ends, value), (labelled(words, CHANGE, value),))


def covering_for(away: Sequence[Away], words: Words) -> tuple[Item, ...]:
    return (Text(words.say("away.covering_for", standing=away)),) if away else ()


def kept_page(away: Away, words: Words, *, today: date, is_own: bool, left_out: int = 0, stood_in: str = "") -> Page:
    """The receipt of days away, with Change and Take back; `stood_in` is who stood in on the same days before.

    `left_out` counts the planned reviews that are skipped for days on which everybody is away.
    """
    sentence = words.say("away.kept", away=away, today=today, is_own=is_own, left_out=left_out, stood_in=stood_in)
    buttons = Buttons(tuple(labelled(words, action, str(away.id)) for action in (CHANGE, REMOVE)))
    return Page(read(sentence), (Text(sentence), buttons), key="away_kept")


def correct_page(sentence: str, filled: str, words: Words) -> Page:
    """The refusal, with the button that opens the form; `filled` is the button's value, what was read so far."""
    buttons = Buttons((labelled(words, "away.correct", filled),))
    return Page(sentence, (Text(escape(sentence)), buttons), key="away_refused")


def _others(which: str, others: Sequence[Away], today: date, words: Words) -> Iterator[Item]:
    """The people who are away `which` (now or soon), under their number; a part of a long list."""
    if not others:
        return
    lines = [words.say(f"away.{which}", away=each, today=today) for each in others[:OTHERS_SHOWN]]
    if len(others) > OTHERS_SHOWN:
        lines.append(words.say("away.more", count=len(others) - OTHERS_SHOWN))
    yield Rows((words.say(f"away.{which}_label", count=len(others)), *lines))


# What a person answers for, before it is handed over, and the messages about it.

UNDO = "hand_over.undo"
UNDO_CHARACTERS = 1_900


@dataclass(frozen=True, slots=True)
class Sum:
    """What a person answers for, or gets: accounts by name, and numbers of open items.

    `owned` counts the accounts where they have a role, `roles` names these roles.
    """

    names: tuple[str, ...]
    owned: int
    roles: tuple[str, ...]
    actions: int
    blockers: int
    asks: int

    @property
    def items(self) -> tuple[str, ...]:
        counts = {"next action": self.actions, "blocker": self.blockers, "ask": self.asks}
        return tuple(plural(count, word) for word, count in counts.items() if count)

    @property
    def parts(self) -> tuple[str, ...]:
        return (*((plural(self.owned, "account"),) if self.owned else ()), *self.items)


Given = Sequence[tuple[str, Sum]]
"""(user id, what they get) of each person."""


def done_page(user_id: str, given: Given, words: Words, *, undo: str) -> Page:
    """Who got what of the person's, with the button Undo that carries `undo`, unless that is too long for a button."""
    sentence = words.say("away.done", user_id=user_id, given=given)
    buttons = (Buttons((labelled(words, UNDO, undo),)),) if len(undo) <= UNDO_CHARACTERS else ()
    return Page(shortened(read(sentence), 200), (Text(sentence), *buttons), key="handed-over")


def receiver_pages(by: str, user_id: str, given: Given, words: Words) -> dict[str, Page]:
    """One message for each person who got something, except for who handed it over, by user id."""
    own = Buttons((labelled(words, "actions.mine", "0"),))
    sentence = {who: words.say("away.receiver", by=by, user_id=user_id, sum=gets) for who, gets in given}
    return {who: _hand_over_page(each, own) for who, each in sentence.items() if who != by}


def giver_page(by: str, given: Given, words: Words) -> Page:
    return _hand_over_page(words.say("away.giver", by=by, given=given))


def _hand_over_page(sentence: Mrkdwn, *buttons: Buttons) -> Page:
    return Page(shortened(read(sentence), 200), (Text(sentence), *buttons), key="hand-over")


# Names in the place of mentions: a message to a channel names people without notifying each of them.

MENTION = re.compile(r"<@([UW][A-Z0-9]{2,20})>")


def without_pings(rendered: Rendered, names: Mapping[str, str]) -> Rendered:
    """The message without mentions: people of `names` (name by user id) by their name, others by their id."""
    return Rendered(_with_names(rendered.text, names), _walked(rendered.blocks, names), _walked(rendered.plain, names))


def _walked(part: Any, names: Mapping[str, str]) -> Any:
    """The part of a block with its mentions replaced: only mrkdwn texts in it hold some."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            return part | {"text": _with_names(part["text"], names)}
        return {name: _walked(value, names) for name, value in part.items()}
    if isinstance(part, list):
        return [_walked(each, names) for each in part]
    return part


def _with_names(text: str, names: Mapping[str, str]) -> str:
    return MENTION.sub(lambda found: calling_nobody(names.get(found[1], f"@{found[1]}")), text)


# The people of the workspace with their function and right.

PEOPLE_SHOWN = 30
"""Each with a button takes a block of the 50 of a message."""


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
        leads: who leads each function, above the people where everybody is shown.
        can_edit: gives each person an Edit button that carries the user id.
        start: how many come before the first one to show. The button for more carries it, and the name.
        name: a part of the names to show, in any case; all when empty.
    """
    part = " ".join(name.casefold().split())
    named = (person for person in people if part in " ".join(person.name.casefold().split()))
    found = sorted(named, key=lambda each: each.function is None and each.right is Right.VIEWER)
    unset = sum(person.function is None for person in found)
    first = start if start < len(found) else 0  # the list may have become shorter
    following = first + PEOPLE_SHOWN
    items: list[Item] = [Heading(words.raw("program.people_heading"))]
    items += _leads(leads, words, can_edit=can_edit) if not (first or name) else []
    items += _people_items(found[first:following], words, can_edit=can_edit)
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
    """Who leads which function; for who may edit, also the functions whose lead is missing or cannot be asked."""
    with_lead = [each for each in leads if each.person is not None]
    missing = [each.function for each in leads if not each.can_be_asked]
    sentences = [words.say("program.leads", leads=with_lead)] if with_lead else []
    sentences += [words.say("program.leads_missing", functions=missing)] if missing and can_edit else []
    return [Text("\n".join(sentences))] if sentences else []


def _people_items(people: Sequence[PersonFacts], words: Words, *, can_edit: bool) -> list[Item]:
    lines = [(person, words.say("program.person", person=person)) for person in people]
    if can_edit:
        return [Line(sentence, labelled(words, "people.edit", person.user_id)) for person, sentence in lines]
    return [Rows(tuple(sentence for _, sentence in lines))]
