"""Every code by which a rule or a fact says something has a sentence of its own."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from agendas.facts.events import Decided, DecisionKind
from agendas.facts.fit import Criterion
from agendas.facts.narrative import ProductField
from agendas.facts.reviews import Bucket, ItemPart, MovementFlag, ReasonCode, StallKind
from agendas.rendering.words import Words
from agendas.rules.access import Deed
from agendas.rules.account_list import Change, LeaverCode, Reason, Why
from agendas.rules.deals import STALLED
from agendas.rules.history import Left
from agendas.rules.preparing import Gap
from agendas.rules.reviews import FAR_OVER
from tests.agendas.pages.reviews.sections.examples import ACCOUNT
from tests.cases import cases

WORDS = Words()
OTHER_GAPS = {"gone": None, "silent": (), "narrative": None, "touch": None, "zone": "UTC"}

ASKED = Decided(DecisionKind.INTERVENE, "Call them", "U0EVE1", date(2026, 11, 27), 2, 1, "Globex")

SENTENCES: dict[type[StrEnum], Callable[[StrEnum], str]] = {
    ReasonCode: lambda code: WORDS.say("agenda.reason", code=code, number=3, limit=2),
    MovementFlag: lambda flag: WORDS.say("agenda.flag", name=flag),
    LeaverCode: lambda code: WORDS.say("capacity.reason", code=code, number=3, limit=2, tier=1),
    Left: lambda left: WORDS.say("history.still_so", left=left, change=ASKED, after=ACCOUNT),
    Gap: lambda gap: WORDS.say("agenda.missing", gaps=(gap,), account=ACCOUNT, **OTHER_GAPS),
    Bucket: lambda bucket: WORDS.say("agenda.bucket", bucket=bucket),
    DecisionKind: lambda decision: WORDS.say("agenda.deed", decision=decision),
    Deed: lambda deed: WORDS.say("program.deed", deed=deed),
    Change: lambda change: WORDS.say("versions.what", what=change, count=1),
    ProductField: lambda field: WORDS.say("product.name", field=field),
    Why: lambda why: WORDS.say("fit.reason", one=Reason(Why(why), 1, 3, 2, Criterion.URGENCY)),
}


@cases("codes", SENTENCES, ids=lambda codes: codes.__name__)
def test_each_code_has_a_sentence_that_no_other_has(codes: type[StrEnum]) -> None:
    # momentum is told by its cause
    said = {code: SENTENCES[codes](code) for code in codes if code is not MovementFlag.MOMENTUM}
    assert all(said.values())
    assert len(set(said.values())) == len(said)


def test_each_kind_of_stall_has_its_codes() -> None:
    assert set(STALLED) == set(FAR_OVER) == set(StallKind)


def test_each_part_of_a_review_is_stored_by_its_name() -> None:
    assert [part.value for part in ItemPart] == ["discussed", "listed", "left_out"]
