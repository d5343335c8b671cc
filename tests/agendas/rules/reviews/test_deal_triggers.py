from datetime import date, timedelta
from typing import Any

from agendas.facts.account import Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, Phase
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaFacts, Bucket, MovementFlag
from agendas.rendering.words import Words
from agendas.rules.movement import movement
from agendas.rules.reviews import closing, place, regression_reasons
from tests.agendas.rules.history.histories import named
from tests.builders import account, agenda_facts, ago

TODAY = date(2026, 11, 24)


def facts(*, contacts: tuple[Any, ...] = (), settings: dict[str, int] | None = None, **values: Any) -> AgendaFacts:
    """An opportunity with one deal that closes, and was pushed, as the values say."""
    pushes = values.pop("pushes", 0)
    profile = OpportunityProfile(
        **({"key": "x:1", "name": "Pilot", "stage_name": "Talks", "phase": Phase.EARLY} | values)
    )
    deal = Opportunity(profile, ago(30), ago(5), pushes, None if profile.phase.is_open else ago(1))
    state = account(stage=Stage.OPPORTUNITY, opportunities=(deal,), contacts=contacts)
    return agenda_facts(account=state, settings=ProgramSettings(tuple((settings or {}).items())))


def test_how_soon_is_a_setting() -> None:
    soon = facts(closes_on=TODAY + timedelta(days=40), settings={"list.renewal": 60})
    assert closing(soon) == (("closes_soon", 40, 60),)


def test_the_only_open_deal_lost_calls_nobody_where_another_was_won_since_and_both_are_said() -> None:
    history = named(stage="opportunity", since=60)
    history.deal(Phase.LATE, 61)
    history.deal(Phase.MIDDLE, 62, key="x:2")
    history.deal(Phase.LOST, 72)
    history.deal(Phase.WON, 74, key="x:2")
    placed = place(history.facts())
    assert placed.bucket is not Bucket.NEEDS_INTERVENTION
    assert MovementFlag.OPPORTUNITY_LOST in placed.movement.flags
    assert "A deal was lost, and another one won." in Words().say("agenda.flags", answer=placed.movement)


def test_a_deal_won_before_the_review_does_not_make_up_for_the_only_open_one_lost_since() -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.LATE, 51)
    history.deal(Phase.WON, 60, key="x:2")
    history.deal(Phase.LOST, 72)
    placed = place(history.facts())
    assert placed.reasons[0] == ("only_deal_lost", 0, 0)
    assert "A deal was lost." in Words().say("agenda.flags", answer=placed.movement)


def test_a_deal_that_moves_back_is_told_in_phases_and_a_stage_in_stages() -> None:
    history = named(stage="opportunity", since=60)
    history.deal(Phase.LATE, 61)
    history.deal(Phase.EARLY, 72)
    assert regression_reasons(movement(history.facts())) == (("deal_back", 2, 0),)
    history.move("mqa", 73)
    assert regression_reasons(movement(history.facts())) == (("regressed", 1, 0),)


def test_a_tier_3_account_whose_deal_moves_back_says_why_it_is_shown() -> None:
    history = named(3, "opportunity", since=60)
    history.deal(Phase.LATE, 61)
    history.deal(Phase.EARLY, 72)
    placed = place(history.facts())
    assert (placed.bucket, placed.reasons[0]) == (Bucket.STALLED, ("deal_back", 2, 0))
