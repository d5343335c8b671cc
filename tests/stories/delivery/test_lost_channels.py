from datetime import timedelta

from sandbox.workspace import Channel
from storage import people
from tests.stories.reviews.test_schedule import MONDAY, headers, schedule
from tests.stories.team import CHANNEL, Team

TOLD = "The reviews in "
AFTER = MONDAY + timedelta(days=7)


async def scheduled(team: Team) -> Channel:
    team.expects_trouble = True
    await team.knows("Initech")
    await schedule(team)
    return team.room.state


async def settled(team: Team) -> None:
    await team.sandbox.settled()
    await team.quiet()


def told(team: Team) -> list[str]:
    lines = [line.removesuffix("\nPreferences") for line in team.direct_words(team.ann)]
    return [line for line in lines if TOLD in line or "Nothing can be posted in" in line]


def posts(team: Team, channel: Channel) -> int:
    calls = [*team.sandbox.calls("chat.postMessage"), *team.sandbox.calls("conversations.join")]
    return len([each for each in calls if each.arguments["channel"] == channel.id])


async def test_a_removed_bot_pauses_its_reviews_at_once_and_goes_on_when_it_is_invited_again(team: Team) -> None:
    channel = await scheduled(team)
    team.sandbox.remove(channel, team.sandbox.workspace.bot)
    await settled(team)
    assert told(team) == [
        "The reviews in #abm-weekly are paused: Cadence was removed from it. Invite Cadence there again. "
        "They go on from the next date then."
    ]
    seen = await team.ann.types("/review", in_=CHANNEL)
    assert "paused: Cadence was removed from this channel. Invite it again, or Resume" in seen
    assert "Cadence was removed from the channel; invite it" in await team.ann.types("/abm health", in_="#general")
    await team.at(MONDAY + timedelta(hours=5))
    # it does not join again by itself
    assert (headers(team), posts(team, channel), len(told(team))) == ([], 0, 1)
    team.sandbox.invite(channel, team.sandbox.workspace.bot)
    await settled(team)
    await team.at(AFTER)
    assert headers(team) == ["Account review, Mon 7 Dec"]
    assert len(told(team)) == 1


async def test_a_pause_that_a_person_made_stays_when_the_bot_is_invited_again(team: Team) -> None:
    channel = await scheduled(team)
    await team.ann.types("/review pause", in_=CHANNEL)
    team.sandbox.remove(channel, team.sandbox.workspace.bot)
    await settled(team)
    team.sandbox.invite(channel, team.sandbox.workspace.bot)
    await settled(team)
    await team.at(MONDAY)
    assert headers(team) == []
    assert ", paused" in await team.ann.types("/review", in_=CHANNEL)


async def test_a_deleted_channel_is_told_of_once_however_it_is_learned(team: Team) -> None:
    """The event comes twice, as the same and as another one, and after posting there failed."""
    channel = await scheduled(team)
    await team.at(MONDAY)
    before = headers(team)
    team.sandbox.delete_channel(channel, by=team.ann.user)
    for _ in range(2):
        team.sandbox.slack.events.channel_changed("channel_deleted", channel, team.ann.id)
    await settled(team)
    assert told(team) == [
        f"The reviews in #{channel.id} are paused: it was deleted. "
        "Schedule the review in another channel with `/review schedule` there."
    ]
    await team.at(AFTER + timedelta(hours=5))
    assert (len(before), len(told(team))) == (1, 1)


async def test_where_posting_failed_first_the_event_that_follows_is_no_second_notice(team: Team) -> None:
    channel = await scheduled(team)
    events = team.sandbox.workspace.manifest.bot_events
    del team.sandbox.workspace.channels[channel.id]
    await team.at(MONDAY)
    assert len(told(team)) == 1
    assert "channel_deleted" in events
    team.sandbox.slack.events.channel_changed("channel_deleted", channel, team.ann.id)
    await settled(team)
    assert len(told(team)) == 1
    found = team.store.read_now(people.find_channel, team.workspace_id, channel.id)
    assert found is not None
    assert (found.trouble, found.try_at) == ("channel_deleted", None)
