import re

import pytest
from sqlmodel import select

from agendas.verbs.calendar import hash_of, meetings_of
from storage.models.following import CalendarFeed
from tests.builders import ANN, BOB, CHANNEL, NOW
from tests.handlers import payloads
from tests.handlers.local_bot import OBI, LocalBot, local_bot
from tests.program import Program

URL = "https://cadence.example.com"


async def presses(at: LocalBot, word: str, *, user: str = ANN, value: str = "1") -> str:
    action = {"type": "button", "block_id": "b1", "action_id": word, "value": value, "action_ts": f"{at.number()}.0"}
    await at.takes(payloads.click(action) | {"user": payloads.USER | {"id": user}})
    return at.slack.told()


def hashes(program: Program) -> dict[tuple[str, str], str]:
    with program.store.reading() as session:
        return {(row.user_id, row.channel_id): row.token_hash for row in session.exec(select(CalendarFeed))}


async def test_an_address_is_shown_once_renewed_and_revoked(program: Program) -> None:
    async with local_bot(program.store, public_url=URL) as at:
        for word, value, key in (("calendar.mine", "mine", (ANN, "")), ("calendar.channel", CHANNEL, ("", CHANNEL))):
            shown = await presses(at, word)
            token = re.search(rf"{URL}/calendar/([\w-]{{43}})\.ics", shown)
            assert token is not None, shown
            assert hashes(program)[key] == hash_of(token[1])
            assert program.store.read_now(meetings_of, hash_of(token[1]), now=NOW)
            again = await presses(at, word)
            assert URL not in again
            assert "It cannot be shown again" in again
            assert URL in await presses(at, "calendar.renew", value=value)
            assert hashes(program)[key] != hash_of(token[1])
            assert "has no address any more" in await presses(at, "calendar.revoke", value=value)
            assert key not in hashes(program)


async def test_without_the_address_of_the_server_one_sentence_says_so(program: Program) -> None:
    async with local_bot(program.store) as at:
        for word in ("calendar.mine", "calendar.channel", "calendar.renew"):
            assert "needs CADENCE_PUBLIC_URL" in await presses(at, word)
    assert hashes(program) == {}


async def test_an_observer_has_a_calendar_but_makes_none_of_a_channel(program: Program) -> None:
    async with local_bot(program.store, public_url=URL) as at:
        assert URL in await presses(at, "calendar.mine", user=OBI)
        assert URL not in await presses(at, "calendar.channel", user=OBI)
    assert list(hashes(program)) == [(OBI, "")]


@pytest.mark.parametrize("value", ["C0OTHER99", "", "mine "])
async def test_a_button_changes_the_calendar_of_its_own_channel_alone(program: Program, value: str) -> None:
    async with local_bot(program.store, public_url=URL) as at:
        await presses(at, "calendar.renew", user=BOB, value=value)
    assert {channel for _, channel in hashes(program)} <= {"", CHANNEL}
