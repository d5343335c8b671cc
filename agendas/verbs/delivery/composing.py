"""Arguments of the pages of letters, and the zone of a letter's reader."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed, may
from agendas.verbs.loading.rows import person_facts
from storage import people, reviews, workspaces
from storage.delivery.subjects import Kind, subject_of
from storage.tables import Letter


@dataclass(frozen=True, slots=True)
class Composing:
    """Arguments of every page of a letter."""

    session: Session
    letter: Letter
    words: Words
    now: datetime

    def subject(self, kind: type[Kind]) -> Kind:
        """Return the letter's subject."""
        return subject_of(self.letter, kind)


def reader_can_record(composing: Composing) -> bool:
    """Return whether the reader of a direct message may record something about accounts."""
    letter = composing.letter
    person = people.find(composing.session, letter.workspace_id, letter.user_id)
    return person is not None and may(person_facts(person), Deed.RECORD)


def reader_can_settle(composing: Composing) -> bool:
    """Return whether the reader of a direct message may settle what waits for them: viewers too."""
    letter = composing.letter
    person = people.find(composing.session, letter.workspace_id, letter.user_id)
    return person is not None and may(person_facts(person), Deed.NOMINATE)


def reader_zone(composing: Composing) -> str:
    """Return the reader's zone: the person's, else the review's, else the workspace's."""
    letter, session = composing.letter, composing.session
    person = people.find(session, letter.workspace_id, letter.user_id) if letter.user_id else None
    if person is not None:
        return person.time_zone
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if review is not None:
        return review.zone
    return workspaces.zone(session, letter.workspace_id)
