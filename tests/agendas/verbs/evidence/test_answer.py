"""Answers to whose act evidence is of which nobody said it yet."""

from datetime import timedelta

from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.verbs import reads, updates
from agendas.verbs.evidence import answer
from tests.agendas.verbs.undo.correcting import facts
from tests.builders import CLEO, HOUR, NOW
from tests.program import Program

THEIRS = EvidenceActor.BUYER
MINUTE = timedelta(minutes=1)
IN_DOUBT = Evidence("notes", NOW, "https://notes.example/2", actor=EvidenceActor.IN_DOUBT)


def test_the_entries_in_doubt_of_an_account_are_asked_about_once_and_the_answer_counts(program: Program) -> None:
    umber = program.accounts["umber"]
    first = program.did(updates.move, CLEO, NOW, umber, text="Pilot plan", evidence=(IN_DOUBT,)).event.id
    second = program.did(updates.move, CLEO, NOW + MINUTE, umber, text="Minutes", evidence=(IN_DOUBT,)).event.id
    name, found = program.read(reads.of_account, umber, now=NOW + MINUTE)
    assert (name, [event.id for event in found]) == ("Umber Foods", [first, second])
    _, after = program.read(reads.of_account, umber, now=NOW + MINUTE, after_id=first)
    assert [event.id for event in after] == [second]
    assert program.did(answer, CLEO, NOW + MINUTE, {first: THEIRS}).left_out == 0
    assert program.did(answer, CLEO, NOW + MINUTE, {first: THEIRS}).left_out == 1
    assert facts(program, NOW + HOUR, "umber").account.last_buyer_touch_at == NOW
