"""Questions about unconfirmed messages that belong to no review: the people asked, and how often."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from agendas.verbs.delivery import ask_about_unsure
from agendas.verbs.reads import unconfirmed_messages
from storage import outbox
from storage.database import Store
from storage.models.delivery import Letter
from tests.builders import BOB, EVE, NOW, WORKSPACE
from tests.program import learn_people
from tests.storage.delivery.letters import letter

HOUR = NOW.replace(minute=0, second=0, microsecond=0)
MINUTE = timedelta(minutes=1)


def becomes_doubtful(store: Store, key: str, now: datetime, page: str = "said") -> None:
    values = {"workspace_id": WORKSPACE, "kind": "direct", "channel_id": "", "user_id": BOB, "created_at": now}
    stored = store.write_now(outbox.queue, letter(key, page=page, state="unsure", subject={}, **values))
    store.write_now(ask_about_unsure, stored, now)


def asked(store: Store) -> list[tuple[str, datetime]]:
    with store.reading() as session:
        found = session.exec(
            select(Letter).where(Letter.page == "doubts", Letter.kind == "direct").order_by(col(Letter.id))
        )
        return [(each.user_id, each.due_at) for each in found if each.state != "unsure"]


def is_sent(store: Store) -> None:
    with store.writing() as session:
        for each in session.exec(select(Letter).where(col(Letter.state) == "waiting")):
            each.state = "sent"
            session.add(each)


def test_the_admins_are_asked_at_once_and_by_one_message_an_hour_at_most(store: Store) -> None:
    learn_people(store)
    for minute in range(3):
        becomes_doubtful(store, f"a{minute}", HOUR + minute * MINUTE)
    assert asked(store) == [(EVE, HOUR)]
    is_sent(store)
    for minute in range(3, 6):
        becomes_doubtful(store, f"a{minute}", HOUR + minute * MINUTE)
    assert asked(store) == [(EVE, HOUR), (EVE, HOUR + 60 * MINUTE)]
    assert store.read_now(unconfirmed_messages, WORKSPACE).count == 6


def test_a_question_that_is_in_doubt_itself_asks_nobody_and_is_shown(store: Store) -> None:
    learn_people(store)
    becomes_doubtful(store, "a", HOUR, page="doubts")
    assert asked(store) == []
    [shown] = store.read_now(unconfirmed_messages, WORKSPACE).shown
    assert (shown.what, shown.user_id) == ("Notice of messages in doubt", BOB)
