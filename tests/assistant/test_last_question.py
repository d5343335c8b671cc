from datetime import timedelta

from agendas.verbs.reads.work import Due
from assistant.last_question import KEPT_FOR, Topic, recall, remember
from assistant.question_parser import Intent
from storage.database.engine import Store
from tests.builders import ANN, BOB, NOW, WORKSPACE


def test_the_last_question_is_kept_for_each_person_and_place_for_half_an_hour(store: Store) -> None:
    first = Topic(Intent.BLOCKERS, 7)
    second = Topic(Intent.ACTIONS, None, BOB, Due.OVERDUE, way="advanced")
    for asked in (first, second):
        store.write_now(remember, WORKSPACE, ANN, "D1", asked=asked, now=NOW)
    store.write_now(remember, WORKSPACE, ANN, "C1:17.1", asked=first, now=NOW)
    assert store.read_now(recall, WORKSPACE, ANN, "D1", now=NOW + KEPT_FOR) == second
    assert store.read_now(recall, WORKSPACE, ANN, "C1:17.1", now=NOW) == first
    assert store.read_now(recall, WORKSPACE, ANN, "D1", now=NOW + KEPT_FOR + timedelta(seconds=1)) is None
    assert store.read_now(recall, WORKSPACE, BOB, "D1", now=NOW) is None
