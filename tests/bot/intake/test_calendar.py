"""Calendars over HTTP, read back by the library that other programs use."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar
from sqlmodel import Session, select

from agendas.rendering.words import Words
from agendas.verbs import calendar
from agendas.verbs.cadences import hold_after_all, move_one, skip
from bot.intake import A_MINUTE_FROM_ONE, CalendarRequests, Server, web_app
from storage import people
from storage.database import Store
from storage.models.accounts import Account
from storage.models.following import CalendarFeed
from storage.models.workspaces import Person, Workspace
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, ZONE
from tests.program import Program, stored_program

TOKEN = "a-token-that-nobody-guesses"


class Clock:
    """A clock that tests put forward."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class Served:
    """The program with its calendars served."""

    def __init__(self, program: Program, clock: Clock, http: aiohttp.ClientSession, base: str) -> None:
        self.program, self.clock, self.http, self.base = program, clock, http, base

    def has(self, user_id: str, token: str, channel_id: str = "") -> None:
        self.program.did(calendar.renew, user_id, NOW, token, channel_id=channel_id)

    async def get(self, token: str = TOKEN, **headers: str) -> tuple[int, bytes, Any]:
        async with self.http.get(f"{self.base}/calendar/{token}.ics", headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers

    async def events(self, token: str = TOKEN) -> list[Any]:
        status, body, _ = await self.get(token)
        assert status == 200
        return list(Calendar.from_ical(body).walk("VEVENT"))


@pytest.fixture
async def served(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Served]:
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store, clock = Store(f"sqlite:///{path}"), Clock()
    program = stored_program(store)

    async def ready() -> str:
        return ""

    server = Server(web_app(ready, [CalendarRequests(store, Words(), clock).route]), host="127.0.0.1", port=0)
    port = await server.start()
    async with aiohttp.ClientSession() as http:
        yield Served(program, clock, http, f"http://127.0.0.1:{port}")
    await server.stop()
    store.close()


def begins(events: list[Any]) -> list[datetime]:
    return [each["dtstart"].dt for each in events]


async def test_a_calendar_has_the_next_twelve_dates_at_their_wall_time_on_both_sides_of_a_clock_change(
    served: Served,
) -> None:
    served.has(ANN, TOKEN)
    served.clock.at = datetime(2027, 1, 20, tzinfo=UTC)
    events = await served.events()
    assert len(events) == 12
    assert {each.astimezone(served_zone()).time() for each in begins(events)} == {time(10)}
    assert {each.time() for each in begins(events)} == {time(15), time(14)}
    assert len({str(each["uid"]) for each in events}) == 12
    first = events[0]
    assert (first["dtend"].dt - first["dtstart"].dt) == timedelta(minutes=45)
    assert str(first["summary"]) == "Account review"
    assert str(first["url"]) == f"https://sample.example/archives/{CHANNEL}"
    assert "Acme" not in str(first.to_ical())


def served_zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(ZONE)


async def test_a_moved_review_keeps_its_identity_with_a_higher_sequence_and_a_skipped_one_is_gone(
    served: Served,
) -> None:
    served.has(ANN, TOKEN)
    before = {str(each["uid"]): each for each in await served.events()}
    program, at = served.program, NOW + timedelta(minutes=1)
    moved_to = datetime(2026, 12, 1, 9, tzinfo=UTC)
    program.did(move_one, EVE, at, CHANNEL, planned_on=date(2026, 11, 30), moved_to=moved_to, because="Holiday")
    program.did(skip, EVE, at, CHANNEL, planned_on=date(2026, 12, 7), because="Offsite")
    after = {str(each["uid"]): each for each in await served.events()}
    moved = next(uid for uid in after if "2026-11-30" in uid)
    assert after[moved]["dtstart"].dt == moved_to
    assert after[moved]["sequence"] > before[moved]["sequence"]
    assert [uid for uid in before if uid not in after] == [uid for uid in before if "2026-12-07" in uid]
    assert len(after) == 12
    program.did(hold_after_all, EVE, at, program.cadence_id, date(2026, 12, 7))
    again = {str(each["uid"]): each for each in await served.events()}
    back = next(uid for uid in again if "2026-12-07" in uid)
    assert (back in before, again[back]["sequence"] > after[moved]["sequence"]) == (True, True)


async def test_what_was_read_already_is_not_sent_again(served: Served) -> None:
    served.has(ANN, TOKEN)
    _, _, headers = await served.get()
    tag = headers["etag"]
    assert "text/calendar" in headers["content-type"]
    for given in (tag, f'W/{tag}, "other"'):
        status, body, _ = await served.get(**{"If-None-Match": given})
        assert (status, body) == (304, b"")
    served.program.did(skip, EVE, NOW, CHANNEL, planned_on=date(2026, 12, 7), because="Offsite")
    status, _, _ = await served.get(**{"If-None-Match": tag})
    assert status == 200


async def test_a_token_is_stored_as_its_hash_alone_and_works_until_it_is_renewed_or_revoked(served: Served) -> None:
    served.has(ANN, TOKEN)
    with served.program.store.reading() as session:
        [row] = session.exec(select(CalendarFeed))
        assert TOKEN not in str(row.model_dump())
        assert len(row.token_hash) == 64
    served.has(ANN, "a-new-one")
    assert [(await served.get(each))[0] for each in (TOKEN, "a-new-one")] == [404, 200]
    served.program.did(calendar.revoke, ANN, NOW)
    wrong = [await served.get(each) for each in (TOKEN, "a-new-one", "never-was", "x" * 5_000)]
    assert {(status, body) for status, body, _ in wrong} == {(404, b"not found")}
    assert len({tuple(sorted((k, v) for k, v in headers.items() if k != "date")) for _, _, headers in wrong}) == 1


async def test_who_left_and_a_workspace_without_the_bot_get_nothing(served: Served) -> None:
    served.has(ANN, TOKEN)
    store = served.program.store

    def change(session: Session, **values: bool) -> None:
        person = people.find(session, WORKSPACE, ANN)
        assert isinstance(person, Person)
        for name, value in values.items():
            setattr(person, name, value)
        session.add(person)

    for name in ("is_deleted", "is_guest", "is_external"):
        store.write_now(change, **{name: True})
        assert (await served.get())[0] == 404
        store.write_now(change, **{name: False})
    assert (await served.get())[0] == 200

    def remove(session: Session) -> None:
        workspace = session.get(Workspace, WORKSPACE)
        assert workspace is not None
        workspace.is_active = False
        session.add(workspace)

    store.write_now(remove)
    assert (await served.get())[0] == 404


async def test_the_calendar_of_a_channel_ends_with_who_made_it_and_somebody_else_makes_a_new_one(
    served: Served,
) -> None:
    program = served.program
    served.has(ANN, TOKEN, CHANNEL)
    assert len(await served.events()) == 12
    program.store.write_now(leaves, ANN)
    assert (await served.get())[0] == 404
    assert program.read(calendar.find_feed, BOB, channel_id=CHANNEL) is None
    served.has(BOB, "of-bob", CHANNEL)
    assert [(await served.get(each))[0] for each in (TOKEN, "of-bob")] == [404, 200]
    assert program.read(calendar.find_feed, EVE, channel_id=CHANNEL).made_by == BOB


async def test_calendars_name_no_account_least_of_all_a_private_one(served: Served) -> None:
    program = served.program
    with program.store.writing() as session:
        for row in session.exec(select(Account)):
            row.private_channel = "C0SECRET1"
    tokens = {ANN: "", "channel": CHANNEL}
    for token, channel_id in tokens.items():
        served.has(ANN, token, channel_id)
        body = (await served.get(token))[1].decode()
        assert not [name for name in program.accounts if name in body.lower()], token
    # none of theirs is left to take part for, and the channel's dates stay
    assert [len(await served.events(token)) for token in tokens] == [0, 12]


def leaves(session: Session, user_id: str) -> None:
    person = people.find(session, WORKSPACE, user_id)
    assert person is not None
    person.is_deleted = True
    session.add(person)


async def test_a_calendar_that_is_asked_for_too_often_waits_a_minute_and_no_other_does(served: Served) -> None:
    served.has(ANN, TOKEN)
    served.has(BOB, "of-bob")
    found = [(await served.get())[0] for _ in range(A_MINUTE_FROM_ONE + 1)]
    assert found == [200] * A_MINUTE_FROM_ONE + [429]
    assert (await served.get("of-bob"))[0] == 200
    served.clock.at += timedelta(minutes=1)
    assert (await served.get())[0] == 200


async def test_wrong_tokens_are_counted_by_address_and_silence_no_calendar(served: Served) -> None:
    served.has(ANN, TOKEN)
    found = [(await served.get(f"guess-{number}"))[0] for number in range(700)]
    assert found == [404] * A_MINUTE_FROM_ONE + [429] * (700 - A_MINUTE_FROM_ONE)
    assert (await served.get())[0] == 200
    served.clock.at += timedelta(minutes=1)
    assert (await served.get("guess"))[0] == 404
