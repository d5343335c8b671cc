"""Pages of letters that ask people to prepare reviews."""

from collections.abc import Callable

from agendas.facts.reviews.prepared import Planned
from agendas.pages.preparing.prep import prep_page
from agendas.rendering.page import Page
from agendas.text.days import local_date
from agendas.verbs.delivery.composing import Composing, reader_zone
from agendas.verbs.notices.kinds import PREPARATION
from agendas.verbs.preparing.prep import Reader, prep_facts
from storage.delivery.subjects import PreparationSubject
from storage.tables import LetterKind


def preparation(composing: Composing) -> Page | None:
    """Return what the reader is asked to prepare; None for a new message where nothing is left to say.

    A message that was sent tells what became of it instead: each answer, and each review that was opened or skipped.
    """
    letter = composing.letter
    reader = Reader(letter.workspace_id, letter.user_id, reader_zone(composing), composing.now)
    facts = prep_facts(composing.session, composing.subject(PreparationSubject).letter_key, reader)
    if facts is None:
        return None
    today = local_date(facts.now, facts.zone)
    has_questions = any(not each.is_done(today) for each in facts.accounts)
    is_ahead = any(each.state is Planned.AHEAD for each in facts.reviews)
    if letter.kind != LetterKind.EDIT and not (has_questions and is_ahead):
        return None
    return prep_page(facts, composing.words)


PREPARING_PAGES: dict[str, Callable[[Composing], Page | None]] = {PREPARATION: preparation}
