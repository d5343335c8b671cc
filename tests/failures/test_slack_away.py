"""Slack cannot be reached for minutes, hours or days, and the bot was there, or away itself."""

from datetime import timedelta

import pytest

from agendas.verbs import updates
from bot.clock import ShiftedClock
from sandbox.faults import Fault
from sandbox.server import Sandbox
from storage import outbox, reviews
from tests.stories.beginning import TODAY, Beginning
from tests.stories.conftest import MANIFEST, people_and_places
from tests.stories.reviews.test_schedule import MONDAY, schedule
from tests.stories.team import CHANNEL, Team, team_at_work
from tests.titles import title_of

ALWAYS = 100_000
NO_ANSWER = Fault(cut="before")
BROKEN = Fault(status=503)
HOUR = timedelta(hours=1)


def goes_away(team: Team, fault: Fault = NO_ANSWER, method: str = "*") -> None:
    team.expects_trouble = True
    team.sandbox.faults.add(method, fault, times=ALWAYS)


async def all_is_tried(team: Team) -> None:
    """Returns once no letter could go or is in hand, where it would lose its lease as the clock is put forward."""
    # in this order: what is claimed in between is in hand
    await team.until(lambda: not (is_any_claimable(team) or team.letters("leased")))


def is_any_claimable(team: Team) -> bool:
    return team.store.read_now(outbox.is_any_claimable, team.clock.now())


async def passes_in_vain(team: Team, time: timedelta) -> None:
    """Puts the clock forward; what is due then is done, and what it would post was tried."""
    await all_is_tried(team)
    team.clock.shift_to(team.clock.now() + time)
    await team.cadence.scheduler.tick_now()
    await all_is_tried(team)
    assert any(each.last_error for each in team.letters("waiting", "leased"))


async def comes_back(team: Team, time: timedelta) -> None:
    """After that time Slack works again, and what waits is sent."""
    team.clock.shift_to(team.clock.now() + time)
    team.sandbox.faults.clear()
    await team.passes(timedelta(seconds=1))


def posted(team: Team) -> list[str]:
    return [title_of(line.words) for line in team.room.messages if not line.message.reply_broadcast]


def states(team: Team) -> list[str]:
    return [row.state for row in team.store.read_now(reviews.get_all, team.workspace_id)]


async def test_ten_minutes_away_a_review_is_posted_late_and_says_so(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    team.clock.shift_to(MONDAY - timedelta(seconds=1))
    goes_away(team)
    await passes_in_vain(team, timedelta(seconds=2))
    seen = await team.ann.types("/review ledger", in_=CHANNEL)
    assert "Review · delayed: Slack did not answer; it is tried again, next at 09:00 EST" in seen
    await comes_back(team, timedelta(minutes=10))
    assert posted(team) == ["Account review, Mon 30 Nov", "Initech"]
    assert "posted 10 min late" in team.room.messages[0].words
    assert "Sent late: it was meant for Mon 30 Nov 09:00 EST." in team.agenda("Initech").words
    assert "late by 10 minutes, 09:10 EST" in await team.ann.types("/review ledger", in_=CHANNEL)


async def test_three_hours_away_a_review_is_missed_and_offered_instead(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    team.clock.shift_to(MONDAY - timedelta(seconds=1))
    goes_away(team)
    await passes_in_vain(team, timedelta(seconds=2))
    await comes_back(team, 3 * HOUR)
    [offer] = team.room.messages
    assert "The review of Mon 30 Nov 09:00 EST was not posted*: nothing could be sent here until" in offer.words
    assert "12:00 EST, more than 2 hours later" in offer.words
    assert states(team) == ["missed"]
    seen = await team.ann.types("/review ledger", in_=CHANNEL)
    assert "missed: 3 hours late, it could not be sent before" in seen
    assert "Agenda of" not in seen
    await team.ann.clicks("Review now", on=offer)
    await team.quiet()
    assert posted(team)[1:] == ["Account review, Mon 30 Nov", "Initech"]


async def test_three_days_away_a_review_that_nobody_saw_is_missed_though_it_was_closed(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    team.clock.shift_to(MONDAY - timedelta(seconds=1))
    # so long that nothing is tried before it is closed
    team.sandbox.faults.rate_limit("conversations.info", retry_after_seconds=26 * 3_600)
    goes_away(team)
    await passes_in_vain(team, timedelta(seconds=2))
    await passes_in_vain(team, 25 * HOUR)
    assert states(team) == ["closed"]
    connections = list(team.sandbox.slack.delivery.sockets.open_connections)
    for connection in connections:
        connection.cut()
    await comes_back(team, timedelta(days=2))
    await team.sandbox.connected(connections=len(connections))
    assert "missed: 3 days late" in await team.ann.types("/review ledger", in_=CHANNEL)
    [offer] = team.room.messages
    assert "was not posted" in offer.words
    assert states(team) == ["missed"]
    assert {each.page for each in team.letters("sent")} == {"missed"}


@pytest.mark.parametrize(
    ("fails", "meanwhile"), [("*", "missed"), ("chat.postMessage", "open")], ids=["certainly not there", "may be there"]
)
async def test_a_review_is_missed_once_it_is_certain_that_it_is_not_there(team: Team, fails: str, meanwhile: str):
    await team.knows("Initech")
    await schedule(team)
    team.clock.shift_to(MONDAY - timedelta(seconds=1))
    goes_away(team, method=fails)
    await passes_in_vain(team, timedelta(seconds=2))
    goes_away(team)
    await passes_in_vain(team, 3 * HOUR)
    assert states(team) == [meanwhile]
    await comes_back(team, timedelta(days=2))
    [offer] = team.room.messages
    assert "was not posted*: nothing could be sent here until Wed 2 Dec 12:00 EST, more than 2 hours" in offer.words
    assert states(team) == ["missed"]


@pytest.mark.proof
async def test_a_review_half_posted_goes_on_late_while_it_is_open_and_not_once_it_is_over(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex")
    for hours, rest in ((3, ["Initech"]), (72, [])):
        before = len(posted(team))
        team.sandbox.faults.add("chat.postMessage", Fault(), times=2)
        goes_away(team, BROKEN, "chat.postMessage")
        await team.ann.types("/review now initech, globex", in_=CHANNEL)
        await team.until(lambda: any(each.last_error for each in team.letters("waiting")))
        await comes_back(team, hours * HOUR)
        assert posted(team)[before + 1 :] == ["Globex", *rest]
        await team.passes(25 * HOUR)
    assert "Sent late: it was meant for" in team.agenda("Initech").words
    seen = await team.ann.types("/review ledger", in_=CHANNEL)
    assert "Agenda of Initech · dropped: the review was over before it could be posted" in seen


@pytest.mark.proof
async def test_recap_and_promises_are_sent_days_later_and_say_for_when_they_were_meant(team: Team) -> None:
    await team.did(updates.add_action, await team.knows("Initech"), text="Call the CFO", due_on=TODAY)
    header = await team.posts_review()
    await team.ann.types("/review close", in_=CHANNEL)
    await team.form(team.ann)
    goes_away(team)
    await team.ann.types("/move initech they signed", in_=CHANNEL)
    await team.ann.submits()
    await team.until(lambda: any(each.page == "recap" for each in team.letters("waiting")))
    await passes_in_vain(team, timedelta(hours=1))
    await comes_back(team, timedelta(days=3))
    recap = next(words for words in (reply.words for reply in header.thread) if "Recap" in words)
    assert "Sent late: it was meant for Tue 24 Nov 10:0" in recap
    told, digest = [words for words in team.direct_words(team.ann) if "Call the CFO" in words]
    assert told.startswith("*1 action of yours* after the review of Tue 24 Nov")
    assert "Sent late: it was meant for Tue 24 Nov" in told
    # of this morning and not late: the action is overdue since
    assert digest.startswith("*Your digest* · Fri 27 Nov\n*Overdue*")
    assert "Sent late" not in digest
    assert "Closed" in header.words


async def test_a_bot_that_stops_meanwhile_and_starts_hours_later_misses_it_too(setting: str, story_database_url: str):
    clock = ShiftedClock(Beginning())
    async with Sandbox(manifest=MANIFEST, now=clock.now) as sandbox:
        people_and_places(sandbox)
        at_work = {"setting": setting, "database_url": story_database_url}
        async with team_at_work(sandbox, clock, **at_work) as team:
            await team.knows("Initech")
            goes_away(team, method="chat.postMessage")
            await team.ann.types("/review now", in_=CHANNEL)
            await team.until(lambda: any(each.last_error for each in team.letters("waiting")))
        clock.shift_to(clock.now() + 3 * HOUR)
        sandbox.faults.clear()
        async with team_at_work(sandbox, clock, **at_work) as team:
            await team.quiet()
            assert states(team) == ["missed"]
            assert "was not posted" in team.room.messages[0].words


@pytest.mark.parametrize(
    ("away", "first_line"),
    [
        (timedelta(minutes=10), "Account review · Mon 30 Nov"),
        (
            timedelta(days=3),
            "The review of Mon 30 Nov 09:00 EST was not posted: Cadence came back at Thu 3 Dec 09:00 EST",
        ),
    ],
)
async def test_a_bot_away_itself_posts_late_or_offers_what_it_missed(setting, story_database_url, away, first_line):
    clock = ShiftedClock(Beginning())
    async with Sandbox(manifest=MANIFEST, now=clock.now) as sandbox:
        people_and_places(sandbox)
        at_work = {"setting": setting, "database_url": story_database_url}
        async with team_at_work(sandbox, clock, **at_work) as team:
            await team.knows("Initech")
            await schedule(team)
        clock.shift_to(MONDAY + away)
        async with team_at_work(sandbox, clock, **at_work) as team:
            await team.passes(timedelta(seconds=1))
            first = team.room.messages[0].words.replace("*", "")
            assert first.startswith(first_line)
            is_late = away < HOUR
            assert ("posted 10 min late" in first) == is_late
            seen = await team.ann.types("/review ledger", in_=CHANNEL)
            assert ("late by 10 minutes" if is_late else "missed: 3 ") in seen
