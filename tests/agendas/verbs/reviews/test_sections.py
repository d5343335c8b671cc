"""Sections of a cadence's agendas: chosen from the next review on; what a review opened with stays as it was."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from agendas.errors import Refused
from agendas.facts.reviews import USUAL, AgendaItem, AgendaSection, CadenceKind
from agendas.verbs import cadences, reviews
from agendas.verbs.closing import close_by_person
from agendas.verbs.review_reads import review_facts
from storage import reviews as stored_reviews
from storage.models.reviews import Review, ReviewItem
from storage.models.workspaces import AuditEntry
from tests.builders import CHANNEL, EVE, NOW, WORKSPACE
from tests.program import Program

GAPS_FIRST = (AgendaSection.GAPS, AgendaSection.WHY)
LATER = NOW + timedelta(minutes=5)


def items(program: Program, review_id: int) -> tuple[AgendaItem, ...]:
    facts = program.read(review_facts, review_id, now=LATER)
    return tuple(facts.items)


def opened(program: Program) -> Review:
    return program.did(reviews.open_now, EVE, LATER, CHANNEL, asked_by="1", today=LATER.date())


def test_chosen_sections_count_from_the_next_review_on_and_the_trail_says_so(program: Program) -> None:
    running = program.reviews[-1]
    facts = program.did(cadences.choose_sections, EVE, NOW, CHANNEL, GAPS_FIRST)
    assert facts.sections == GAPS_FIRST
    assert {each.sections for each in items(program, running)} == {USUAL}
    program.did(close_by_person, EVE, NOW, running, was_held=True)
    review = opened(program)
    assert review.sections == ["gaps", "why"]
    assert {each.sections for each in items(program, review.row_id)} == {GAPS_FIRST}

    def trail(session: Session) -> list[AuditEntry]:
        return list(session.exec(select(AuditEntry).where(AuditEntry.subject == f"cadence:{program.cadence_id}")))

    assert program.store.read_now(trail)[-1].after["sections"] == ["gaps", "why"]
    assert program.did(cadences.choose_sections, EVE, LATER, CHANNEL, USUAL).sections == USUAL
    assert program.read(stored_reviews.cadence_of, CHANNEL).sections == [], "as one of which nobody chose"


def test_nothing_chosen_and_a_review_of_executives_are_refused(program: Program) -> None:
    with pytest.raises(Refused, match="at least one section"):
        program.did(cadences.choose_sections, EVE, NOW, CHANNEL, ())

    def of_executives(session: Session) -> None:
        row = stored_reviews.cadence_of(session, WORKSPACE, CHANNEL)
        assert row is not None
        row.kind = CadenceKind.EXECUTIVE

    program.store.write_now(of_executives)
    with pytest.raises(Refused, match="takes no accounts"):
        program.did(cadences.choose_sections, EVE, NOW, CHANNEL, USUAL)


def test_the_question_is_kept_with_its_numbers_when_the_review_opens(program: Program) -> None:
    def kept(session: Session) -> dict[int, list[object]]:
        rows = session.exec(select(ReviewItem).where(ReviewItem.review_id == program.reviews[-1]))
        return {row.account_id: row.question for row in rows}

    found = program.store.read_now(kept)
    asked = {each.facts.account.account_id: each.question for each in items(program, program.reviews[-1])}
    assert asked == {account_id: str(question[0]) if question else "" for account_id, question in found.items()}
    assert any(asked.values())
    assert all(len(question) == 3 for question in found.values() if question)


def test_the_account_shown_is_the_first_that_was_discussed(program: Program) -> None:
    first = items(program, program.reviews[-1])[0].facts.account
    shown = program.read(cadences.account_to_show, CHANNEL, {})
    assert shown == first.account_id
    item = program.read(cadences.shown_account, shown, now=NOW, zone="UTC")
    assert item is not None
    assert item.facts.account.name == first.name
    assert program.read(cadences.shown_account, 0, now=NOW, zone="UTC") is None
    assert program.read(cadences.account_to_show, "C0OTHER01", {"tiers": (9,)}) == 0
