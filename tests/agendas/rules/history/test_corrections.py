from random import Random

from hypothesis import given
from hypothesis import strategies as st

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


def test_a_chain_of_three_corrections_takes_the_event_out_again() -> None:
    history = nominated()
    wrong = history.move("aware", 1)
    correction = history.correct(wrong, 2)
    again = history.correct(correction, 3)
    history.correct(again, 4)
    assert standing_ids(history) == [1, correction, 5]


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


@given(st.lists(st.integers(0, 12), max_size=12), st.randoms())
def test_the_order_in_which_events_are_given_does_not_matter(targets: list[int], random: Random) -> None:
    history = nominated()
    for number, target in enumerate(targets):
        history.correct(target, number + 1) if target % 2 else history.move("aware", number + 1)
    shuffled = list(history.events)
    random.shuffle(shuffled)
    assert [event.id for event in standing(shuffled)] == standing_ids(history)
    assert history.events[-1].id in standing_ids(history)
