from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.errors import FieldProblems
from agendas.facts.narrative import Narrative
from agendas.verbs import corrections
from agendas.verbs.narrative import write_narrative
from tests.builders import ANN, BOB, NOW
from tests.program import Program

FIRST = Narrative("Their lease ends in March", "Two sites are enough", "", "A day with their COO")
MINUTE = timedelta(minutes=1)


def test_a_version_that_took_the_place_of_one_taken_back_is_not_written_over(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(write_narrative, ANN, NOW, acme, FIRST, after=None).after.narrative
    second = program.did(
        write_narrative, ANN, NOW + MINUTE, acme, replace(FIRST, proof="Globex"), after=first.written_at
    )
    shown = second.after.narrative.written_at
    program.did(corrections.take_back, ANN, NOW + 2 * MINUTE, second.event.id)
    program.did(write_narrative, ANN, NOW + 3 * MINUTE, acme, replace(FIRST, proof="Initech"), after=first.written_at)
    with pytest.raises(FieldProblems, match="Version 2 was written while this form was open, so nothing was saved"):
        program.did(write_narrative, BOB, NOW + 4 * MINUTE, acme, replace(FIRST, proof="Umber"), after=shown)


def test_a_pressure_that_names_only_the_workspace_is_refused(program: Program) -> None:
    ours = replace(FIRST, pressure="Sample serves retailers in 40 towns")
    with pytest.raises(FieldProblems, match="speaks of us alone"):
        program.did(write_narrative, ANN, NOW, program.accounts["acme"], ours, after=None)


def test_what_was_taken_back_while_a_form_was_open_is_said(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(write_narrative, ANN, NOW, acme, FIRST, after=None)
    shown = first.after.narrative.written_at
    program.did(corrections.take_back, ANN, NOW + MINUTE, first.event.id)
    with pytest.raises(FieldProblems, match="The narrative was taken back while this form was open, so nothing was"):
        program.did(write_narrative, BOB, NOW + 2 * MINUTE, acme, replace(FIRST, proof="Umber"), after=shown)
    program.did(write_narrative, ANN, NOW + 3 * MINUTE, acme, FIRST, after=None)
    with pytest.raises(FieldProblems, match="Version 1 was written while this form was open"):
        program.did(write_narrative, BOB, NOW + 4 * MINUTE, acme, replace(FIRST, proof="Umber"), after=None)
