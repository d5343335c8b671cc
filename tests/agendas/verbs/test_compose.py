from agendas.facts.account import Stage
from agendas.rendering.words import Words
from agendas.verbs import updates
from agendas.verbs.compose import compose
from agendas.verbs.record import Recorded
from storage import outbox
from storage.models.delivery import Letter
from tests.builders import ANN, BOB, NOW, ago
from tests.program import Program


def line_of(program: Program, recorded: Recorded) -> Letter:
    line: Letter = program.read(outbox.by_key, f"event:{recorded.event.id}:line:{program.reviews[-1]}")
    return line


def said(program: Program, letter: Letter) -> str:
    return program.store.read_now(compose, letter, words=Words(), now=NOW)[0].text


def test_a_line_tells_of_the_stage_as_it_was_whatever_was_recorded_since(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(updates.move, ANN, ago(0.2), acme, text="One", to_stage=Stage.OPPORTUNITY)
    told = said(program, line_of(program, first))
    program.did(updates.move, BOB, ago(0.1), acme, text="Two", to_stage=Stage.AWARE)
    assert said(program, line_of(program, first)) == told
    assert "opportunity" in told
