"""Every code by which a rule gives a reason has a sentence of its own."""

from enum import StrEnum

import pytest

from agendas.facts.agenda import ItemPart, MovementFlag, ReasonCode, StallKind
from agendas.pages.reviews.sections.examples import ACCOUNT
from agendas.pages.reviews.sections.missing import Gap
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import STALLED
from agendas.rules.list.capacity import LeaverCode
from agendas.rules.reviews.intervention import FAR_OVER

WORDS = Words()


def said_of(code: StrEnum) -> str:
    """The sentence for one code."""
    if isinstance(code, MovementFlag):
        return WORDS.say("agenda.flag", name=code)
    if isinstance(code, Gap):
        facts = {"account": ACCOUNT, "gone": None, "silent": (), "narrative": None, "touch": None, "zone": "UTC"}
        return WORDS.say("agenda.missing", gaps=(code,), **facts)
    if isinstance(code, LeaverCode):
        return WORDS.say("capacity.reason", code=code, number=3, limit=2, tier=1)
    return WORDS.say("agenda.reason", code=code, number=3, limit=2)


@pytest.mark.parametrize("codes", [ReasonCode, MovementFlag, LeaverCode, Gap])
def test_each_code_has_a_sentence_that_no_other_has(codes: type[StrEnum]) -> None:
    # momentum is told by its cause
    sentences = {code: said_of(code) for code in codes if code is not MovementFlag.MOMENTUM}
    assert len(set(sentences.values())) == len(sentences)
    assert all(sentences.values())


def test_each_kind_of_stall_has_its_codes() -> None:
    assert set(STALLED) == set(FAR_OVER) == set(StallKind)


def test_each_part_of_a_review_is_stored_by_its_name() -> None:
    assert [part.value for part in ItemPart] == ["discussed", "listed", "left_out"]
