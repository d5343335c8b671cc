"""Page of the letter that reminds a person of reviews to prepare."""

from collections.abc import Callable

from agendas.pages.reminding.reminder import reminder_page
from agendas.rendering.page import Page
from agendas.verbs.delivery.composing import Composing
from agendas.verbs.notices.kinds import REMINDER
from agendas.verbs.reminding.remind import reminder_facts
from storage.preparing.reminders import ReminderSubject
from storage.tables import LetterKind


def reminder(composing: Composing) -> Page | None:
    """Return what the reader has still to prepare; None for a new message where nothing is left, they stopped or wait.

    A message that was sent tells what became of it instead.
    """
    letter, asked_ids = composing.letter, composing.subject(ReminderSubject).asked_ids
    facts = reminder_facts(composing.session, letter.workspace_id, letter.user_id, asked_ids, now=composing.now)
    if letter.kind != LetterKind.EDIT and not facts.reviews:
        return None
    return reminder_page(facts, composing.words, asked_ids)


REMINDING_PAGES: dict[str, Callable[[Composing], Page | None]] = {REMINDER: reminder}
