"""Answers that people who were asked to prepare a review still owe."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.reviews.preparing import Part, Participant, Question
from agendas.rules.preparing.answered import answer_of
from agendas.verbs.loading.participants import participants
from agendas.verbs.loading.told_since_asked import Told, told_since_asked
from storage.preparing import asked_people
from storage.tables import Asked


@dataclass(frozen=True, slots=True)
class Owed:
    """A question about an account that nobody has answered yet."""

    account_id: int
    question: Question


@dataclass(frozen=True, slots=True)
class InReview:
    """Everybody who takes part in a review, to tell who answers for whom."""

    everybody: Sequence[Participant]

    def answering_for(self, person: Participant) -> set[str]:
        """The people whose word answers what this person is asked."""
        stand_ins = {each.user_id for each in self.everybody if each.for_user_id == person.user_id}
        return {person.user_id, *([person.for_user_id] if person.for_user_id else ()), *stand_ins}

    def movers(self, account_id: int) -> set[str]:
        """The people who are asked what moved at the account."""
        return {each.user_id for each in self.everybody if each.questions.get(account_id) is Question.MOVED}

    def answer(self, person: Participant, account_id: int, events: Iterable[EventFacts]) -> EventFacts | None:
        """The latest event that answers what the person is asked about the account, None where they owe it."""
        by, movers = self.answering_for(person), self.movers(account_id)
        return answer_of(person.questions[account_id], events, by=by, movers=movers)


def missing(session: Session, asked: Sequence[Asked], *, now: datetime) -> dict[int, tuple[Owed, ...]]:
    """Return what these people, of one workspace, still owe, by the id of the row of who was asked.

    Rows of people who owe nothing are not in it: they said it, somebody else did, they are away by now, or the account
    is theirs no more. Neither are those of optional people, who are not waited for.
    """
    waited_for = [row for row in asked if row.part == Part.MANDATORY.value]
    cadences = asked_people.cadences(session, {row.cadence_id for row in waited_for})
    found = participants(session, cadences, now=now, only=concerned(waited_for))
    wanted = {row.row_id: person for row in waited_for if (person := asked_by(found, row)) is not None}
    ids = {account_id for person in wanted.values() for account_id in person.questions}
    told = told_since_asked(session, ids, min((row.asked_at for row in waited_for), default=now), now)
    made_at = max((each.created_at for each in cadences), default=now)
    owed = {}
    for row in waited_for:
        person = wanted.get(row.row_id)
        if person is not None:
            owed[row.row_id] = _owed(InReview(found[row.cadence_id]), person, told, (row.asked_at, made_at))
    return {row_id: each for row_id, each in owed.items() if each}


def _owed(review: InReview, person: Participant, told: Told, when: tuple[datetime, datetime]) -> tuple[Owed, ...]:
    return tuple(
        Owed(account_id, question)
        for account_id, question in person.questions.items()
        if review.answer(person, account_id, told.of(account_id, *when)) is None
    )


def asked_by(found: Mapping[int, Sequence[Participant]], row: Asked) -> Participant | None:
    """Return the participant that was asked by this row, None where they are not asked any more."""
    for each in found.get(row.cadence_id, ()):
        if each.is_asked and (each.user_id, each.for_user_id) == (row.user_id, row.for_user_id):
            return each
    return None


def concerned(asked: Iterable[Asked]) -> set[str]:
    """Return the people asked, and those whom they stand in for."""
    return {user for row in asked for user in (row.user_id, row.for_user_id) if user}
