"""Everything that people do arrives twice at once, at two processes on one PostgreSQL, and has one effect."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import ShiftedClock
from bot.wiring import running
from sandbox.delivery import Answer, Kind, Retry, SignedHttp
from sandbox.server import Sandbox
from storage.database import Store
from tests.failures.bots import MANIFEST
from tests.stories.beginning import Beginning, settings_of, unpaced
from tests.stories.conftest import people_and_places
from tests.stories.team import CHANNEL, Team, team_at_work
from tests.titles import title_of

pytestmark = pytest.mark.database("postgres")  # SQLite is for one process


@dataclass
class Twice:
    """Brings each thing to both processes at once, as Slack does when an answer is lost on its way."""

    first: Any
    second: Any

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        payloads = [payload, *_as_mention(kind, payload)]
        everywhere = [each.send(kind, one, seconds=seconds) for one in payloads for each in (self.first, self.second)]
        answers = await asyncio.gather(*everywhere)
        assert all(answer.ok for answer in answers), answers
        return max(answers, key=lambda answer: len(answer.body))

    async def close(self) -> None:
        await self.first.close()
        await self.second.close()


def _as_mention(kind: Kind, payload: dict[str, Any]) -> list[dict[str, Any]]:
    """The message again as an event of its own, as Slack sends it where the bot is mentioned."""
    event = payload.get("event", {})
    if kind != "events_api" or event.get("type") != "message" or "<@" not in event.get("text", ""):
        return []
    mention = {name: value for name, value in event.items() if name != "channel_type"}
    return [payload | {"event_id": f"{payload['event_id']}M", "event": mention | {"type": "app_mention"}}]


@pytest.fixture
async def team(store: Store) -> AsyncIterator[Team]:
    clock = ShiftedClock(Beginning())
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        people_and_places(sandbox)
        async with team_at_work(sandbox, clock, setting="postgres http", database_url=store.url) as team:
            settings = settings_of(sandbox, is_socket=False, database_url=store.url)
            async with running(settings, clock, tick_seconds=3_600, rate_limit=unpaced()) as other:
                courier = sandbox.slack.delivery
                second = SignedHttp(f"http://127.0.0.1:{other.port}/slack/events", sandbox.signing_secret)
                courier.http = Twice(courier.http, second)  # type: ignore[assignment]
                other.store.after_write = lambda: (team.store.after_write(), other.delivery.wake())[0]
                yield team
                await team.quiet()


def count(team: Team, kind: str) -> int:
    return [event.kind for event in team.recorded()].count(kind)


async def test_a_command_a_click_and_a_form_delivered_twice_have_one_effect(team: Team) -> None:
    await team.begins_review_of("Initech")
    await asyncio.gather(*(team.ann.clicks("No change", on=team.agenda("Initech")) for _ in range(2)))
    await team.quiet()
    assert count(team, "nothing_moved") == 1
    for number in range(5):
        seen = await team.ann.types(f"/move initech hello {number}", in_=CHANNEL)
        assert "Recorded" in seen
    assert count(team, "moved") == 5
    await asyncio.gather(*(team.ann.clicks("Undo", on=seen) for _ in range(2)))
    await team.quiet()
    assert count(team, "corrected") == 1
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(team.ann, text="They said yes")
    assert count(team, "moved") == 6
    assert len([words for words in team.private_words(team.ann) if "They said yes" in words]) == 1
    assert team.agenda("Initech").words.split("✓")[0].count("They said yes") == 1


async def test_a_question_delivered_twice_and_as_mention_too_is_answered_or_refused_once(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.says(f"@{team.sandbox.workspace.bot.name} who owns Initech?", in_=team.sandbox.workspace.bot.name)
    await team.sandbox.settled()
    await team.quiet()
    assert len([words for words in team.direct_words(team.ann) if "Initech" in words]) == 1

    bot = team.sandbox.workspace.bot
    await team.gus.says(f"@{bot.name} who owns Initech?", in_=bot.name)
    await team.sandbox.settled()
    await team.quiet()
    assert len(team.direct_words(team.gus)) == 1


async def test_two_people_who_ask_for_a_review_at_once_get_one_and_close_it_once(team: Team) -> None:
    await team.knows("Initech")
    await asyncio.gather(*(person.types("/review now", in_=CHANNEL) for person in (team.ann, team.bob)))
    await team.quiet()
    assert [title_of(line.words) for line in team.room.messages] == ["Account review, Tue 24 Nov", "Initech"]
    for person in (team.ann, team.bob):
        await person.types("/review close", in_=CHANNEL)
        await team.form(person)
    await asyncio.gather(*(person.submits() for person in (team.ann, team.bob)))
    await team.quiet()
    assert [letter.page for letter in team.letters() if letter.kind == "post"].count("recap") == 1


def cards(team: Team) -> list[str]:
    return [line.words for line in team.room.messages if title_of(line.words) == "Initech" and line.message.is_public]


async def test_two_clicks_at_once_share_one_card_and_make_one_secret_and_one_export_is_sent(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/account initech", in_=CHANNEL)
    await asyncio.gather(*(team.ann.clicks("Share", on=seen) for _ in range(2)))
    await team.ann.sees("You shared this less than a minute ago.", in_=CHANNEL)
    await team.sandbox.changed.until(lambda: len(cards(team)) > 0)
    assert len(cards(team)) == 1
    await team.passes(timedelta(minutes=1))
    await team.ann.clicks("Share", on=seen)
    await team.sandbox.changed.until(lambda: len(cards(team)) > 1)
    await team.ann.clicks("History", on=seen)
    await team.ann.sees("History of Initech", in_=CHANNEL)
    assert len(cards(team)) == 2
    assert len([words for words in team.private_words(team.ann) if words.startswith("You shared")]) == 1

    seen = await team.ann.types("/abm signals", in_=CHANNEL)
    await asyncio.gather(*(team.ann.clicks("New secret", on=seen) for _ in range(2)))
    await team.ann.sees("A secret was made less than a minute ago.", in_=CHANNEL)
    await team.ann.sees("The new secret of", in_=CHANNEL)
    assert len([words for words in team.private_words(team.ann) if words.startswith("The new secret")]) == 1

    await team.ann.types("/abm export", in_=CHANNEL)
    # on a busy machine the answer comes after the acknowledgement
    await team.ann.sees("is in your direct messages", in_=CHANNEL)
    await team.quiet()
    assert len(team.sandbox.workspace.files) == 1
