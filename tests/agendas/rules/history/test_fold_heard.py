"""People of the buyer's whom evidence names."""

from datetime import date

from agendas.facts.account import Stage
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceJudged
from agendas.facts.group import ContactAdded, ContactProfile
from agendas.rules.deals import stall
from tests.agendas.rules.history.histories import History, day, nominated

RITA = ContactProfile("Rita Sample", "CFO")


def with_rita() -> tuple[History, int]:
    history = nominated()
    history.put("named", 1)
    return history, history.add(ContactAdded(RITA), 1)


def act(contact_id: int | None, on_day: float, actor: EvidenceActor | None = EvidenceActor.BUYER) -> Evidence:
    return Evidence(
        "Their call",
        day(on_day),
        "https://example.com/call",
        "meeting",
        actor,
        BuyerAct.CALL,
        "",
        (contact_id,) if contact_id else (),
    )


def touched(history: History) -> list[date | None]:
    return [each.last_touch_on for each in history.state.contacts]


def test_an_act_of_the_buyer_is_the_touch_of_the_person_it_names() -> None:
    history, rita = with_rita()
    other = history.add(ContactAdded(ContactProfile("Tom Sample")), 2)
    history.move(None, 10, act(rita, 9), act(rita, 7))
    assert touched(history) == [day(9).date(), None]
    history.move(None, 12, act(other, 11), act(rita, 3))
    assert touched(history) == [day(9).date(), day(11).date()]
    assert stall(history.state, now=day(20), zone="UTC").heard_on == day(11).date()


def test_our_own_act_a_doubtful_one_and_one_of_nobody_known_touch_nobody() -> None:
    history, rita = with_rita()
    doubt = EvidenceActor.IN_DOUBT
    history.move(None, 10, act(rita, 9, EvidenceActor.US), act(rita, 9, doubt), act(rita, 9, None), act(None, 9))
    history.move(None, 10, act(rita + 1000, 9))
    assert touched(history) == [None]


def test_evidence_dated_after_it_was_recorded_is_not_believed() -> None:
    history, rita = with_rita()
    history.move(None, 10, act(rita, 11))
    assert touched(history) == [None]


def test_a_corrected_entry_touches_nobody_any_more() -> None:
    history, rita = with_rita()
    history.move(None, 5, act(rita, 5))
    mistaken = history.move(Stage.AWARE, 10, act(rita, 9))
    history.correct(mistaken, 12)
    assert touched(history) == [day(5).date()]


def test_what_somebody_did_before_the_day_they_were_added_is_theirs() -> None:
    history, rita = with_rita()
    history.move(None, 0.5, act(rita, 0.5), recorded_on=10)
    assert touched(history) == [day(0.5).date()]


def test_a_judgment_says_who_of_them_acted_and_takes_it_away_again() -> None:
    history, rita = with_rita()
    news = history.move(None, 10, act(None, 9))
    history.add(EvidenceJudged(news, EvidenceActor.BUYER, contact_ids=(rita,)), 11)
    assert touched(history) == [day(9).date()]
    history.add(EvidenceJudged(news, EvidenceActor.BUYER, contact_ids=()), 12)
    assert touched(history) == [None]
