"""The reminder of reviews that a person has not prepared, and the receipt in its place."""

from collections.abc import Sequence

from agendas.facts.reviews.reminding import ReminderFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Item, Page, Rows, Text
from agendas.rendering.words import Words

MOST_NAMES = 5


def reminder_page(facts: ReminderFacts, words: Words, asked_ids: Sequence[int]) -> Page:
    """The reviews with their accounts and the buttons that answer; where none is left, what became of it."""
    count = len({account_id for each in facts.reviews for account_id, _ in each.accounts})
    value = " ".join(map(str, asked_ids))
    if not count:
        said = words.say("preparation.over", facts=facts)
        return Page(words.raw("preparation.over_title"), (Text(said),), key="reminder")
    rows = [words.say("preparation.waits", each=each, zone=facts.zone, most=MOST_NAMES) for each in facts.reviews]
    buttons = [labelled(words, "reminder.update", value, style="primary")]
    buttons += [
        Button(words.raw("preparation.snooze", choice=choice, at=at, zone=facts.zone), f"reminder.{choice}", value)
        for choice, at in facts.snoozes
    ]
    buttons.append(labelled(words, "reminder.stop", value))
    items: tuple[Item, ...] = (
        *((Text(words.say("preparation.snoozed_not_all", facts=facts)),) if facts.snoozed_until else ()),
        Text(words.say("preparation.heading", count=count)),
        Rows(tuple(rows)),
        Buttons(tuple(buttons)),
    )
    return Page(words.raw("preparation.title", count=count), items, key="reminder")
