from datetime import timedelta

from sqlmodel import Session, select

from agendas.rules.news import Draft, DraftKind, about
from agendas.verbs import news
from storage.models.subjects import SignalRow
from tests.builders import ANN, NOW, WORKSPACE, account, author, contact
from tests.program import Program


def signals(session: Session) -> list[tuple[str, bool]]:
    return [(each.text, each.taken_back_at is not None) for each in session.exec(select(SignalRow))]


def test_each_signal_of_one_account_is_recorded_and_taken_back_alone(stored: Program) -> None:
    acme = stored.accounts["acme"]
    lines = [Draft(DraftKind.SIGNAL, text, acme) for text in ("visited our pricing page", "read the paper")]
    stored.store.write_now(news.keep, WORKSPACE, ANN, "1", lines, now=NOW)
    done = stored.store.write_now(news.record_lines, author(), "1", channel_id="")
    assert len({each.signal_id for each in done}) == 2
    later = author(at=NOW + timedelta(minutes=1))
    stored.store.write_now(news.take_lines_back, later, "1")
    assert {(each.words, True) for each in lines} <= set(stored.store.read_now(signals))


def test_of_people_with_one_surname_the_one_named_whole_is_meant() -> None:
    left = Draft(DraftKind.LEFT, "Felix Sample left last Friday", 1, person="Felix Sample")
    group = (contact(1, "Rita Sample"), contact(2, "Felix Sample"))
    assert about(left, account(contacts=group), ANN).item == 2
