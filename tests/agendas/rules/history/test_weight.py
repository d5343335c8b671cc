"""Entries from which the place of an account may follow decide; of the others the latest are shown."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agendas.facts.account import EventFacts, Source, Stage
from agendas.facts.events import (
    ActionAdded,
    BlockerChanged,
    BlockerOpened,
    Change,
    Corrected,
    ExpansionKind,
    Moved,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceJudged
from agendas.rules.history import Weight, weight_of
from tests.builders import ANN, NOW
from tests.cases import cases

PIECE = Evidence("Their mail", NOW, actor=EvidenceActor.BUYER, act=BuyerAct.MAIL)


def _entry(change: Change, *evidence: Evidence, source: Source = Source.COMMAND) -> EventFacts:
    return EventFacts(1, 1, change, NOW, NOW, ANN, source, evidence)


@cases(
    "change",
    [
        Moved("Pilot agreed", Stage.MQA.value),
        Moved("60 seats more", expansion=ExpansionKind.DEPTH),
        BlockerChanged(1, "resolved"),
        Corrected(1),
        EvidenceJudged(1, EvidenceActor.BUYER),
    ],
    ids=lambda change: change.kind,
)
def test_what_may_move_an_account_decides_whoever_recorded_it(change: Change) -> None:
    assert {weight_of(_entry(change, source=source)) for source in Source} == {Weight.DECIDES}


@cases(
    "change",
    [
        Moved("They read it"),
        NothingMoved(),
        Noted("9 clicks"),
        BlockerOpened("Legal"),
        BlockerChanged(1, "updated"),
        ActionAdded("Call", ANN, NOW.date()),
    ],
    ids=lambda change: change.kind,
)
def test_news_and_items_are_told_and_beside_where_nobody_typed_them(change: Change) -> None:
    assert weight_of(_entry(change, PIECE)) is Weight.TOLD
    assert weight_of(_entry(change, PIECE, source=Source.IMPORT)) is Weight.BESIDE


@cases(
    "differing",
    [{"step": "mqa"}, {"actor": None}, {"actor": EvidenceActor.IN_DOUBT}, {"act": BuyerAct.MEETING}],
    ids=str,
)
def test_evidence_of_a_step_a_meeting_or_in_doubt_makes_any_entry_decide(differing: dict[str, Any]) -> None:
    late = replace(PIECE, dated_at=NOW - timedelta(days=1), **differing)
    assert weight_of(_entry(Moved("They read it"), PIECE, late)) is Weight.DECIDES
