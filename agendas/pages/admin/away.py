"""The page of days away: one's own with their buttons, who else is away now and soon, and everybody's days."""

from collections.abc import Iterator, Sequence
from datetime import date

from agendas.facts.people import PersonFacts
from agendas.facts.reviews.away import AwayFacts
from agendas.facts.reviews.preparing import Away
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import escape, read
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed, may
from agendas.rules.reviews.holidays import place_name

ADD, BACK, REMOVE, CHANGE = "away.add", "away.back", "away.remove", "away.change"
OTHERS_SHOWN = 15
"""People in each of the two lists; a message holds 3,000 characters in a text."""


def away_page(facts: AwayFacts, words: Words) -> Page:
    """The person's own days first; without buttons for who may only read."""
    is_away = any(each.covers(facts.today) for each in facts.own)
    items: list[Item] = [
        Heading(words.raw("away.heading")),
        *own_days(facts.own, words, person=facts.person, today=facts.today),
    ]
    if not facts.own:
        items.append(Text(words.say("away.nothing")))
    items += standing_for(facts.standing_for, words)
    items += [_everyone(each, facts, words) for each in facts.everyone]
    items += _others("now", facts.now, facts.today, words)
    items += _others("soon", facts.soon, facts.today, words)
    if facts.holidays_of:
        items.append(Note(words.say("away.holidays", place=place_name(facts.holidays_of))))
    if may(facts.person, Deed.NOMINATE):
        items += [Note(words.say("away.how")), Buttons((labelled(words, ADD, style="primary"),))]
    title = words.raw("away.title", is_away=is_away, now=len(facts.now), soon=len(facts.soon))
    return Page(title, tuple(items), key="away")


def own_days(own: Sequence[Away], words: Words, *, person: PersonFacts, today: date) -> Iterator[Item]:
    """Yield a line for each of the person's own ranges: I'm back or Take back, and Change."""
    for each in own:
        said, value = words.say("away.own", away=each, today=today), str(each.id)
        if not may(person, Deed.NOMINATE):
            yield Text(said)
            continue
        ends = BACK if each.from_on <= today else REMOVE
        yield Line(said, labelled(words, ends, value), (labelled(words, CHANGE, value),))


def standing_for(standing: Sequence[Away], words: Words) -> tuple[Item, ...]:
    """The line of those whom the person stands in for, if there are any."""
    return (Text(words.say("away.standing_for", standing=standing)),) if standing else ()


def kept_page(away: Away, words: Words, *, today: date, is_own: bool, left_out: int = 0, stood_in: str = "") -> Page:
    """The receipt of days away, with Change and Take back; `stood_in` is who stood in on the same days before."""
    said = words.say("away.kept", away=away, today=today, is_own=is_own, left_out=left_out, stood_in=stood_in)
    buttons = Buttons(tuple(labelled(words, action, str(away.id)) for action in (CHANGE, REMOVE)))
    return Page(read(said), (Text(said), buttons), key="away_kept")


def correct_page(sentence: str, filled: str, words: Words) -> Page:
    """The refusal of days that were typed, with the form filled in as far as they could be read."""
    return Page(
        sentence, (Text(escape(sentence)), Buttons((labelled(words, "away.correct", filled),))), key="away_refused"
    )


def _everyone(away: Away, facts: AwayFacts, words: Words) -> Item:
    said = words.say("away.everyone", away=away, today=facts.today)
    if not may(facts.person, Deed.ADMINISTER):
        return Text(said)
    value = str(away.id)
    return Line(said, labelled(words, REMOVE, value), (labelled(words, CHANGE, value),))


def _others(which: str, others: Sequence[Away], today: date, words: Words) -> Iterator[Item]:
    if not others:
        return
    lines = [words.say(f"away.{which}", away=each, today=today) for each in others[:OTHERS_SHOWN]]
    if len(others) > OTHERS_SHOWN:
        lines.append(words.say("away.more", count=len(others) - OTHERS_SHOWN))
    yield Rows((words.say(f"away.{which}_label", count=len(others)), *lines))
