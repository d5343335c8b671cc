"""Entries made and corrected in the sample program."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agendas.facts.account import Stage
from agendas.facts.evidence import EvidenceActor
from agendas.facts.reviews import AgendaFacts
from agendas.verbs import updates
from agendas.verbs.corrections import correct
from agendas.verbs.reads import account_card
from agendas.verbs.record import Recorded
from tests.builders import ANN, BOB, NOW, ZONE, evidence
from tests.program import Program

LATER = NOW + timedelta(days=1)
BECAUSE = "It was Globex"


def signed(program: Program, **values: Any) -> Recorded:
    given = {"text": "They signed", "to_stage": Stage.CUSTOMER, "evidence": (by_buyer(),)} | values
    done: Recorded = program.did(updates.move, ANN, NOW, program.accounts["acme"], **given)
    return done


def by_buyer() -> Any:
    return replace(evidence("The contract"), actor=EvidenceActor.BUYER)


def corrects(program: Program, event_id: int, by: str = BOB, at: Any = LATER, *, is_editor: bool = True) -> Recorded:
    found: list[Recorded] = program.did(correct, by, at, event_id, BECAUSE, is_editor=is_editor)
    return found[0]


def facts(program: Program, at: Any, name: str = "acme") -> AgendaFacts:
    found: AgendaFacts = program.read(account_card, program.accounts[name], now=at, zone=ZONE).facts
    return found
