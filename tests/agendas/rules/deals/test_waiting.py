"""A date that the buyer confirmed, and what it excuses."""

from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, WaitingSet
from agendas.facts.reviews import StallAnswer, StallCause
from agendas.rules.deals import excused_before, excused_reviews, stall
from tests.agendas.rules.history.histories import History, day, nominated, shown
from tests.cases import cases


def confirmed(on_day: float, actor: EvidenceActor = EvidenceActor.BUYER) -> Evidence:
    return Evidence("Their mail", day(on_day), "https://mail.example/1", "message", actor, BuyerAct.MAIL)


def engaged(touched: float = 1) -> History:
    """Named in tier 1 and engaged on day 1; the limits are 30 days in the stage and 21 of silence."""
    history = nominated()
    history.put("named", 1)
    history.move("engaged", 1, shown(1))
    history.move(None, touched, shown(touched))
    return history


def waits(history: History, set_on: float, until: float, *evidence: Evidence) -> int:
    pieces = evidence or (confirmed(set_on),)
    return history.add(WaitingSet(day(until).date(), "their board decides"), set_on, *pieces)


def confirmed_by(history: History) -> str:
    assert history.state.waiting is not None
    return history.state.waiting.confirmed_by.value


def judged(history: History, now: float, excused_before: int = 0) -> StallAnswer:
    return stall(history.state_at(now), now=day(now), zone="UTC", excused_before=excused_before)


def test_a_confirmed_date_excuses_days_in_the_stage_until_its_day_and_ends_by_itself() -> None:
    history = engaged(touched=38)
    waits(history, 38, 50)
    aged = StallCause("aged", 49, 30)
    answer = judged(history, 50)
    assert (answer.is_stalled, answer.causes) == (False, ())
    assert answer.excuse is not None
    assert (answer.excuse.causes, answer.excuse.waiting.text) == ((aged,), "their board decides")
    assert (answer.excuse.waiting.set_by, answer.excuse.waiting.set_at) == ("U1", day(38))
    after = judged(history, 51)
    assert (after.causes, after.excuse) == ((StallCause("aged", 50, 30),), None)


def test_who_confirmed_it_is_kept_the_buyer_before_a_third_party() -> None:
    history = engaged()
    waits(history, 20, 40, confirmed(20, EvidenceActor.THIRD_PARTY))
    assert confirmed_by(history) == "third_party"
    waits(history, 21, 45, confirmed(20, EvidenceActor.THIRD_PARTY), confirmed(21))
    assert confirmed_by(history) == "buyer"


def test_a_new_date_replaces_the_one_before_and_a_correction_brings_that_back() -> None:
    history = engaged()
    waits(history, 20, 40)
    second = waits(history, 25, 50)
    assert history.state.waiting is not None
    assert history.state.waiting.until == day(50).date()
    history.correct(second, 26)
    assert history.state.waiting.until == day(40).date()
    history.correct(second - 1, 27)
    assert history.state.waiting is None


def test_it_excuses_two_reviews_in_a_row_and_no_third() -> None:
    history = engaged(touched=38)
    waits(history, 38, 60)
    assert not judged(history, 50, excused_before=1).is_stalled
    spent = judged(history, 50, excused_before=2)
    assert spent.is_stalled
    assert spent.excuse is not None
    assert (spent.excuse.is_spent, spent.excuse.causes) == (True, ())


def test_a_date_is_not_spent_where_there_is_nothing_to_excuse_and_the_count_ends() -> None:
    history = engaged(touched=18)
    waits(history, 18, 40)
    calm = judged(history, 25, excused_before=2)
    assert calm.excuse is not None
    assert (calm.excuse.is_spent, excused_reviews(calm, 2)) == (False, 0)
    assert excused_reviews(judged(history, 35, excused_before=2), 2) == 3


@cases(("counted", "left"), [(1, 1), (2, 2), (3, 0)])
def test_a_new_date_begins_anew_only_after_a_review_that_nothing_excused(counted: int, left: int) -> None:
    history = engaged()
    waits(history, 20, 40)
    assert excused_before(counted, history.state, day(19)) == left
    assert excused_before(counted, history.state, day(21)) == counted
