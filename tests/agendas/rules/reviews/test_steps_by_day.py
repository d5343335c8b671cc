from agendas.facts.account import Source, Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import Change, ExpansionKind, Moved
from agendas.facts.evidence import EvidenceAdded
from agendas.facts.found import Moving
from agendas.rules.movement import moves
from tests.builders import event, evidence

SHOWN = (evidence(),)


def ways(*changes: Change, **values: object) -> list[Moving]:
    return [each.way for each in moves([event(change, id=n, **values) for n, change in enumerate(changes, start=1)])]


def deal(phase: Phase, key: str = "crm:1") -> OpportunityChanged:
    return OpportunityChanged(OpportunityProfile(key, "Seats", "Won", phase, OpportunityType.EXISTING_BUSINESS))


def test_a_step_up_is_claimed_until_something_shows_it_and_a_step_down_moves_back() -> None:
    assert ways(Moved(to_stage="engaged"), EvidenceAdded("engaged"), Moved(to_stage="aware")) == [
        Moving.CLAIMED,
        Moving.SHOWN,
        Moving.REGRESSED,
    ]
    shown = event(Moved(to_stage="engaged"), evidence=tuple(piece for piece in SHOWN))
    assert [each.way for each in moves([shown])] == [Moving.CLAIMED]


def test_news_and_the_stage_that_it_had_are_no_steps() -> None:
    assert ways(Moved("news"), Moved(to_stage="target")) == []


def test_a_customer_expands_by_what_people_tell_and_by_a_deal_won_once() -> None:
    assert ways(
        Moved("more seats", expansion=ExpansionKind.DEPTH), deal(Phase.LATE), deal(Phase.WON), deal(Phase.WON)
    ) == [
        Moving.EXPANDED,
        Moving.EXPANDED,
    ]


def test_a_stage_that_an_import_found_is_where_later_steps_begin() -> None:
    found = event(Moved(to_stage="opportunity", since_known=False), source=Source.IMPORT)
    down = event(Moved(to_stage="mqa"), id=2)
    assert [(each.way, each.from_stage) for each in moves([found, down])] == [(Moving.REGRESSED, Stage.OPPORTUNITY)]
