"""A channel the bot cannot post to: paused once, its helpers told once, resumed when it is well."""

from datetime import timedelta

from sqlmodel import select

from agendas.verbs.note_trouble import note_archived, pause_channel, resume_channel
from storage import people
from storage.engine import Store
from storage.tables import Letter
from tests.builders import CHANNEL, EVE, NOW, WORKSPACE, stored_program


def letters(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        found = session.exec(select(Letter).where(Letter.page == "trouble").order_by(Letter.key))
        return [(letter.user_id, letter.subject["error"]) for letter in found]


def pause(store: Store, error: str = "is_archived", *, hours: int = 0) -> None:
    store.write_now(pause_channel, WORKSPACE, CHANNEL, error=error, now=NOW + timedelta(hours=hours))


def test_the_facilitator_and_admins_are_told_once_each(store: Store) -> None:
    stored_program(store)
    pause(store)
    pause(store, "channel_not_found", hours=1)
    assert letters(store) == [(EVE, "is_archived")]
    channel = store.read_now(people.find_channel, WORKSPACE, CHANNEL)
    assert channel is not None
    assert (channel.trouble, channel.trouble_at) == ("is_archived", NOW)


def test_a_channel_that_is_well_again_can_be_in_trouble_again(store: Store) -> None:
    stored_program(store)
    pause(store)
    assert store.write_now(resume_channel, WORKSPACE, CHANNEL)
    assert not store.write_now(resume_channel, WORKSPACE, CHANNEL)
    pause(store, "restricted_action", hours=1)
    assert letters(store) == [(EVE, "is_archived"), (EVE, "restricted_action")]


def test_a_channel_never_heard_of_is_paused_and_was_not_paused_before(store: Store) -> None:
    assert not store.write_now(resume_channel, WORKSPACE, "C0NEVER")
    store.write_now(pause_channel, WORKSPACE, "C0NEVER", error="channel_not_found", now=NOW)
    channel = store.read_now(people.find_channel, WORKSPACE, "C0NEVER")
    assert channel is not None
    assert channel.trouble == "channel_not_found"


def test_of_an_archived_channel_without_reviews_nobody_is_told(store: Store) -> None:
    stored_program(store)
    store.write_now(note_archived, WORKSPACE, "C0LUNCH01", now=NOW)
    assert letters(store) == []
    assert store.read_now(people.find_channel, WORKSPACE, "C0LUNCH01") is None
    store.write_now(note_archived, WORKSPACE, CHANNEL, now=NOW)
    assert letters(store) == [(EVE, "is_archived")]
