"""Updates once people were asked about the next review: they are for that one, and none of the last that closed."""

from datetime import datetime

from agendas.verbs import updates
from agendas.verbs.past_reviews import with_late_entries
from agendas.verbs.review_reads import review_facts
from storage import outbox
from tests.agendas.verbs.preparing.preparing import ASKED_AT, ask
from tests.builders import ANN, HOUR, WORKSPACE
from tests.program import Program


def is_told_below(program: Program, name: str, at: datetime) -> bool:
    """True for an update of the account that has a line in the thread of the last review."""
    told = program.did(updates.move, ANN, at, program.accounts[name], text="They signed")
    key = f"event:{told.event.id}:line:{program.reviews[-1]}"
    return program.store.read_now(outbox.by_key, WORKSPACE, key) is not None


def test_the_last_review_tells_late_updates_until_people_are_asked_about_the_next(program: Program) -> None:
    assert is_told_below(program, "globex", ASKED_AT - HOUR)
    ask(program)
    assert not is_told_below(program, "acme", ASKED_AT + HOUR)
    review = program.store.read_now(review_facts, WORKSPACE, program.reviews[-1], now=ASKED_AT + HOUR)
    told = program.store.read_now(with_late_entries, WORKSPACE, review)
    assert told.late == ("Globex",)
