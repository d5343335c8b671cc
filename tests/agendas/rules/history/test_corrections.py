from agendas.rules.entries import standing
from tests.agendas.rules.history.histories import History, nominated


def standing_ids(history: History) -> list[int]:
    return [event.id for event in standing(history.events)]


def test_a_corrected_event_does_not_count() -> None:
    history = nominated()
    wrong = history.move("aware", 1)
    history.correct(wrong, 2)
    assert standing_ids(history) == [1, 3]


def test_a_corrected_correction_brings_the_event_back() -> None:
    history = nominated()
    wrong = history.move("aware", 1)
    correction = history.correct(wrong, 2)
    again = history.correct(correction, 3)
    assert standing_ids(history) == [1, wrong, again]


def test_a_correction_of_itself_or_of_a_later_event_takes_nothing_out() -> None:
    history = nominated()
    history.correct(2, 1)
    history.correct(4, 2)
    history.move("aware", 3)
    assert standing_ids(history) == [1, 2, 3, 4]


def test_events_come_in_the_order_in_which_they_happened_and_then_by_id() -> None:
    history = nominated()
    history.move("aware", 5)
    history.move("engaged", 3)
    history.move("mqa", 5)
    assert standing_ids(history) == [1, 3, 2, 4]
