"""The line about a date that an account waits for."""

from datetime import date
from typing import Any

from agendas.facts.deals import Phase
from agendas.facts.evidence import EvidenceActor, Waiting
from agendas.facts.reviews import Excuse, StallAnswer, StallCause, StallKind
from agendas.rendering.words import Words
from tests.builders import ANN, ago
from tests.cases import cases

BOARD = Waiting(date(2026, 12, 14), "Their board decides", ago(2), ANN)
AGED, QUIET = StallCause(StallKind.AGED, 34, 30), StallCause(StallKind.QUIET, 25, 21)
LEAST = StallCause(StallKind.AGED, 34, 30, at_least=True)
UNTIL = "Waits until 14 Dec, confirmed by the buyer: Their board decides."


def line(excuse: Excuse, *causes: StallCause, **values: Any) -> str:
    answer = StallAnswer(bool(causes), causes, 34, 30, 25, 21, excuse=excuse, **values)
    return Words().say("agenda.waiting", stall=answer, stage="engaged", today=date(2026, 11, 30))


@cases(
    ("said", "then"),
    [
        (line(Excuse(BOARD)), ""),
        (line(Excuse(BOARD, (AGED,))), " Would be stalled: engaged 34/30 d."),
        (line(Excuse(BOARD, (LEAST, QUIET))), " Would be stalled: engaged at least 34/30 d, buyer silent 25/21 d."),
        (line(Excuse(BOARD, (AGED,)), phase=Phase.LATE), " Would be stalled: late deal 34/30 d."),
        (line(Excuse(BOARD, (AGED,)), QUIET), " It excuses: engaged 34/30 d."),
        (line(Excuse(BOARD, is_spent=True), AGED), " It excused two reviews in a row and does not excuse a third."),
    ],
)
def test_a_date_is_said_with_who_confirmed_it_and_what_it_excuses(said: str, then: str) -> None:
    assert said == f"{UNTIL}{then}"


def test_a_third_party_is_named_as_such() -> None:
    third = Waiting(BOARD.until, BOARD.text, BOARD.set_at, ANN, EvidenceActor.THIRD_PARTY)
    assert "confirmed by a third party" in line(Excuse(third))
