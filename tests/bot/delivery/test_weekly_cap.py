"""The weekly cap holds for what was sent, however many messages were queued at once or waited for another week."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from agendas.facts.program import WEEKLY_CAP
from agendas.rules.notices import week_after, week_of
from agendas.verbs.notices import queue_notices
from storage import outbox, workspaces
from storage.models.delivery import Letter, LetterKind, LetterState
from tests.bot.sender import Sender

LEAST = 10
MINUTE = timedelta(minutes=1)
READER = "ann"


async def week_begins(sender: Sender) -> datetime:
    """Set the least cap, put the clock to noon of a Monday, and return when that week began."""
    installation = workspaces.Installation(sender.workspace_id, "Sample", "", "U1", "B1")

    def install(session: Session) -> None:
        workspace = workspaces.save_installation(session, installation, time_zone="UTC", now=sender.clock.now())
        workspace.settings = {WEEKLY_CAP: LEAST}

    await sender.store.write(install)
    monday = week_after(week_of(sender.clock.now(), "UTC"), "UTC")
    sender.pass_time(monday + timedelta(hours=12) - sender.clock.now())
    return monday


def message(sender: Sender, key: str, page: str, due_at: datetime) -> Letter:
    """A message to the reader that nobody asked for."""
    return Letter(
        workspace_id=sender.workspace_id,
        key=key,
        kind=LetterKind.DIRECT,
        page=page,
        user_id=sender.sandbox.person(READER).id,
        created_at=due_at,
        due_at=due_at,
    )


async def got_already(sender: Sender, pages: dict[str, int]) -> None:
    """The reader got so many messages with these pages a minute ago."""
    at = sender.clock.now() - MINUTE

    def add(session: Session) -> None:
        for page, count in pages.items():
            for number in range(count):
                letter = message(sender, f"{page}:{number}", page, at)
                letter.state, letter.sent_at = LetterState.SENT, at
                session.add(letter)

    await sender.store.write(add)


def sent_since(sender: Sender, begins_at: datetime) -> list[str]:
    """The keys of what was sent to the reader in the week that begins then."""
    ends_at = week_after(begins_at, "UTC")
    found = sender.store.read_now(lambda session: list(session.exec(select(Letter).where(Letter.user_id != ""))))
    return [each.key for each in found if each.sent_at is not None and begins_at <= each.sent_at < ends_at]


def is_held_over(sender: Sender, keys: tuple[str, ...]) -> Callable[[], bool]:
    return lambda: (
        sum(sender.state(key) == "sent" for key in keys) == 1
        and any(sender.state(key) == "waiting" and sender.letter(key).last_error for key in keys)
    )


@pytest.mark.database("postgres")
async def test_of_two_that_transactions_at_once_queued_for_the_last_place_one_waits_for_the_next_week(
    sender: Sender,
) -> None:
    begins_at = await week_begins(sender)
    await got_already(sender, {"fit_question": 4, "digest": 5})
    keys = ("first", "second")
    with sender.store.writing() as one, sender.store.writing() as other:
        for session, key in ((one, keys[0]), (other, keys[1])):
            queue_notices(session, [message(sender, key, "escalated", sender.clock.now())])
    # neither saw the other
    assert all(sender.letter(key).due_at == sender.letter(key).created_at for key in keys)
    sender.delivery.wake()
    await sender.until(is_held_over(sender, keys))
    assert len(sent_since(sender, begins_at)) == LEAST
    held = next(sender.letter(key) for key in keys if sender.state(key) == "waiting")
    # the time of a digest on the Monday after
    assert (held.last_error, held.due_at) == ("over the weekly cap", begins_at + timedelta(days=7, hours=8, minutes=30))
    sender.pass_time(held.due_at - sender.clock.now())
    await sender.becomes(held.key, "sent")


@pytest.mark.parametrize("got", [LEAST - 1, LEAST])
async def test_what_was_to_go_on_sunday_and_goes_on_monday_counts_in_the_week_of_monday(
    sender: Sender, got: int
) -> None:
    begins_at = await week_begins(sender)
    await got_already(sender, {"fit_question": 5, "digest": got - 5})
    await sender.store.write(outbox.queue, message(sender, "late", "fit_question", begins_at - MINUTE))
    sender.delivery.wake()
    if got == LEAST:
        assert (await sender.has_error("late", "over the weekly cap")).due_at > begins_at + timedelta(days=7)
    else:
        await sender.becomes("late", "sent")
        assert sender.letter("late").due_at > begins_at
    assert len(sent_since(sender, begins_at)) == LEAST
