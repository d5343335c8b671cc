"""Dates that the buyer confirmed, each shown by something of its own."""

from datetime import date

import pytest

from agendas.errors import FieldProblems
from agendas.facts.evidence import WaitingSet
from agendas.verbs.corrections import correct
from agendas.verbs.record import Recorded
from agendas.verbs.updates import wait_for
from tests.builders import ANN, HOUR, NOW, evidence
from tests.program import Program

MAIL = "https://mail.example/1"


def waits(program: Program, on: date, *links: str) -> Recorded:
    pieces = [evidence("Their board decides", NOW, link) for link in links]
    wanted = WaitingSet(on, "Their board decides")
    done: Recorded = program.did(wait_for, ANN, NOW, program.accounts["acme"], wanted, evidence=pieces)
    return done


def test_a_link_that_showed_a_date_shows_no_other_one(program: Program) -> None:
    waits(program, date(2026, 12, 4), MAIL)
    with pytest.raises(FieldProblems) as refused:
        waits(program, date(2026, 12, 18), "https://mail.example/2", MAIL)
    assert refused.value.fields == {
        "evidence": "That link was given for Fri 4 Dec already. "
        "Give one that shows that the buyer confirmed Fri 18 Dec."
    }
    assert waits(program, date(2026, 12, 18), "https://mail.example/2").after.waiting is not None


def test_the_link_of_a_date_that_was_taken_back_may_be_given_again(program: Program) -> None:
    done = waits(program, date(2026, 12, 4), MAIL)
    program.did(correct, ANN, NOW + HOUR, done.event.id, "Wrong day", is_editor=True)
    waiting = waits(program, date(2026, 12, 5), MAIL).after.waiting
    assert waiting is not None
    assert waiting.until == date(2026, 12, 5)
