import asyncio

import pytest

from sandbox.faults import Fault
from tests.stories.team import CHANNEL, Team
from tests.titles import title_of

TOLD = "a message of the review of Tue 24 Nov in #abm-weekly, and Cadence cannot look."


@pytest.fixture
async def in_doubt(team: Team) -> Team:
    """The agenda of Globex was posted, its answer was cut off, and the channel cannot be read."""
    team.expects_trouble = True
    await team.knows("Globex")
    team.sandbox.faults.add("chat.postMessage", Fault())
    team.sandbox.faults.cut("chat.postMessage", "after")
    team.sandbox.faults.refuse("conversations.history", "missing_scope", times=9)
    await team.ann.types("/review now", in_=CHANNEL)
    await team.quiet()
    assert [each.page for each in team.letters("unsure")] == ["agenda"]
    return team


def agendas(team: Team) -> int:
    return len([line for line in team.room.messages if title_of(line.words) == "Globex"])


async def test_the_facilitator_and_the_admins_are_told_once_where_to_decide_that_it_is_there(in_doubt: Team) -> None:
    assert len([each for each in in_doubt.direct_words(in_doubt.ann) if TOLD in each]) == 1
    seen = await in_doubt.ann.types("/review ledger", in_=CHANNEL)
    assert "Agenda of Globex · unsure: it may have been posted, and Slack cannot be asked" in seen
    assert "look whether it was posted. Then say what to do." in seen

    read = await in_doubt.bob.types("/review ledger", in_=CHANNEL)
    assert "unsure" in read
    assert "Then say what to do" not in read

    await in_doubt.ann.clicks("It is there", on=seen)
    await in_doubt.ann.types("/move globex hello", in_=CHANNEL)
    await in_doubt.closes_review(in_doubt.ann)
    assert agendas(in_doubt) == 1
    assert in_doubt.letters("unsure", "waiting") == []
    assert "somebody saw that it is there" in await in_doubt.ann.types("/review ledger", in_=CHANNEL)


@pytest.mark.proof
async def test_it_is_posted_again_when_somebody_says_so_and_once_for_a_double_click(in_doubt: Team) -> None:
    seen = await in_doubt.ann.types("/review ledger", in_=CHANNEL)
    await in_doubt.sandbox.client.chat_delete(channel=in_doubt.room.state.id, ts=in_doubt.agenda("Globex").message.ts)
    await asyncio.gather(*(in_doubt.ann.clicks("Post again", on=seen) for _ in range(2)))
    await in_doubt.ann.sees("That message is not in doubt any more.", in_=CHANNEL)
    await in_doubt.quiet()
    assert agendas(in_doubt) == 1
    assert in_doubt.letters("unsure", "waiting") == []


async def test_the_admins_decide_about_a_message_of_no_review_where_they_are_told_of_it(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    team.sandbox.faults.refuse("conversations.replies", "missing_scope", times=9)
    for name in ("bob", "dan"):
        team.sandbox.faults.cut("chat.postMessage", "before")
        await team.sandbox.person(name).says("How is Initech?", in_=team.sandbox.workspace.bot.name)
        await team.quiet()  # one after the other
    assert len(team.letters("unsure")) == 2
    seen = await team.is_told(team.ann, "Slack did not say whether it posted")
    assert seen.count("Answer* to @bob") + seen.count("Answer* to @dan") in (1, 2)
    [first, second] = team.letters("unsure")
    await team.presses(team.ann, "doubt.again", str(first.id), on=seen)
    await team.presses(team.ann, "doubt.again", str(first.id), on=seen)
    await team.quiet()
    assert len([each for each in team.direct_words(team.bob) if "Initech" in each]) == 1
    seen = await team.ann.types("/abm health", in_=CHANNEL)
    assert "Answer to @bob" not in seen
    await team.presses(team.ann, "doubt.there", str(second.id), on=seen)
    await team.ann.sees("Nothing is in doubt any more", in_=CHANNEL)
    await team.quiet()
    assert team.letters("unsure") == []
    assert [each for each in team.direct_words(team.dan) if "Initech" in each] == []
