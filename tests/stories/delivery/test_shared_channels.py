from datetime import timedelta

import pytest

from sandbox.faults import Fault
from sandbox.workspace import Channel
from tests.stories.reviews.test_schedule import MONDAY, schedule
from tests.stories.team import CHANNEL, Team
from tests.titles import title_of

OWN_CHANNEL = "This channel is shared with another company: use a channel of your own."
IN_A_CHANNEL = "Use it in the channel of the review."


def posted(team: Team, name: str = "abm-weekly") -> list[str]:
    return [title_of(line.words) for line in team.sandbox.channel(name).messages]


async def shares_its_channel_before_a_review(team: Team) -> Channel:
    """The channel of a review whose time has come, shared with another company just before."""
    await team.knows("Initech")
    await schedule(team)
    channel = team.sandbox.channel_state("abm-weekly")
    team.sandbox.share(channel)
    await team.sandbox.settled()
    await team.at(MONDAY)
    return channel


async def test_a_card_is_not_shared_where_another_company_reads(team: Team) -> None:
    """Or may read, for all that anybody can tell."""
    await team.knows("Initech")
    for channel, why in (
        ("shared", "This channel is shared with another company, so nothing was shared."),
        ("no-bot", "so nothing was shared. Invite Cadence here"),
    ):
        seen = await team.ann.types("/account initech", in_=f"#{channel}")
        await team.ann.clicks("Share", on=seen)
        await team.ann.sees(why, in_=f"#{channel}")
        assert posted(team, channel) == []


async def test_no_review_is_asked_for_or_scheduled_where_another_company_reads(team: Team) -> None:
    await team.knows("Initech")
    for command in ("/review now", "/review schedule"):
        assert await team.ann.types(command, in_="#shared") == OWN_CHANNEL
    seen = await team.ann.types("/review", in_="#shared")
    await team.ann.clicks("Schedule", on=seen)
    await team.ann.sees(OWN_CHANNEL, in_="#shared")
    assert not team.ann.has_form
    await team.quiet()
    assert posted(team, "shared") == []
    # what was learned of a channel holds while Slack does not answer
    team.sandbox.faults.refuse("conversations.info", "internal_error")
    assert (await team.ann.types("/review now", in_="#shared")).endswith(OWN_CHANNEL)


async def test_a_review_is_not_posted_in_a_channel_shared_since_without_a_word_from_slack(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    team.sandbox.channel_state("abm-weekly").is_shared = True
    await team.at(MONDAY)
    await team.at(MONDAY + timedelta(hours=1))
    assert posted(team) == []
    [told] = [each for each in team.direct_words(team.ann) if "Nothing can be posted in #abm-weekly" in each]
    assert "it is shared with another company" in told
    assert "shared with another company" in await team.ann.types("/review ledger", in_=CHANNEL)


@pytest.mark.proof
async def test_a_review_waits_while_its_channel_is_shared_and_goes_on_after(team: Team) -> None:
    channel = await shares_its_channel_before_a_review(team)
    assert posted(team) == []
    assert len([each for each in team.direct_words(team.ann) if "shared with another company" in each]) == 1
    team.sandbox.share(channel, shared=False)
    await team.sandbox.settled()
    await team.quiet()
    assert posted(team) == ["Account review, Mon 30 Nov", "Initech"]


@pytest.mark.proof
async def test_that_a_channel_is_our_own_again_is_noticed_without_a_word_from_slack_and_not_before(team: Team) -> None:
    channel = await shares_its_channel_before_a_review(team)
    await team.at(MONDAY + timedelta(minutes=15))
    assert await team.ann.types("/review resume", in_=CHANNEL) == OWN_CHANNEL
    await team.quiet()
    assert posted(team) == []
    channel.is_shared = False
    await team.at(MONDAY + timedelta(hours=1, minutes=30))
    assert posted(team) == ["Account review, Mon 30 Nov", "Initech"]
    assert len([each for each in team.direct_words(team.ann) if "shared with another company" in each]) == 1


async def test_neither_news_nor_edits_nor_the_recap_are_shown_in_a_channel_shared_without_a_word_from_slack(team: Team):
    await team.begins_review_of("Initech")
    team.sandbox.channel_state("abm-weekly").is_shared = True
    await team.passes(timedelta(minutes=5))
    await team.ann.types("/move initech The CFO joined", in_="#general")
    await team.passes(timedelta(hours=25))
    shown = [line.words for line in team.room.messages]
    assert not any("The CFO joined" in words or "Closed" in words for words in shown), shown
    assert [reply.words for line in team.room.messages for reply in line.thread] == []
    [told] = [each for each in team.direct_words(team.ann) if "Nothing can be posted in #abm-weekly" in each]
    assert "it is shared with another company" in told


async def test_the_rest_of_a_review_is_not_posted_once_its_channel_is_shared_without_a_word(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    team.sandbox.faults.add("chat.postMessage", Fault())
    team.sandbox.faults.break_down("chat.postMessage")
    await team.ann.types("/review now", in_=CHANNEL)
    await team.until(lambda: any(each.last_error for each in team.letters("waiting")))
    team.sandbox.channel_state("abm-weekly").is_shared = True
    await team.quiet()
    assert posted(team) == ["Account review, Tue 24 Nov"]


async def test_in_a_direct_message_there_is_no_review_to_change_and_the_channels_with_one_are_named(team: Team) -> None:
    await team.knows("Initech")
    bot = team.sandbox.workspace.bot.name
    for words in ("now", "schedule", "skip", "move", "pause", "resume"):
        assert await team.ann.types(f"/review {words}", in_=bot) == IN_A_CHANNEL
    assert not team.ann.has_form
    alone = "A review belongs to a channel: type `/review` there."
    assert await team.ann.types("/review", in_=bot) == f"{alone} No channel has one yet."
    await schedule(team)
    assert "• #abm-weekly: Mon 30 Nov 09:00 EST" in await team.ann.types("/review", in_=bot)


async def test_a_private_channel_that_gets_another_id_keeps_its_cadence_and_is_refused_once_it_is_shared(team: Team):
    team.expects_trouble = True
    await team.knows("Initech")
    await schedule(team)
    old = team.sandbox.channel_state("abm-weekly")
    new = team.sandbox.add_channel("abm-shared", members=[team.ann.user])
    changed = {"old_channel_id": old.id, "new_channel_id": new.id}
    team.sandbox.slack.events.workspace_wide("channel_id_changed", changed)
    await team.sandbox.settled()
    assert "Every Monday at 09:00" in await team.ann.types("/review", in_="#abm-shared")
    new.is_shared = True
    await team.at(MONDAY)
    assert posted(team, "abm-shared") == []
    assert "shared with another company" in await team.ann.types("/review ledger", in_="#abm-shared")
