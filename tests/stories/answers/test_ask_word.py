import pytest

from tests.stories.answers.asking import program
from tests.stories.team import CHANNEL, Team


def posted(team: Team, channel: str = "abm-weekly") -> list[str]:
    return [line.words for line in team.sandbox.channel(channel).messages]


@pytest.mark.proof
async def test_an_answer_and_a_follow_up_are_for_the_asker_until_shared_and_not_with_others(team: Team) -> None:
    await program(team)
    before = len(posted(team))
    seen = await team.ann.types("/abm ask who owns Globex?", in_=CHANNEL)
    assert "bob" in seen
    assert len(posted(team)) == before
    await team.ann.clicks("Share", on=seen)
    await team.room.shows("asked: who owns Globex?")
    await team.ann.clicks("Share", on=seen)
    await team.quiet()
    assert len(posted(team)) == before + 1
    assert "Write the question after it" in await team.ann.types("/abm ask", in_=CHANNEL)

    await team.ann.types("/abm ask who owns Globex?", in_=CHANNEL)
    followed = await team.ann.types("/abm ask and Initech?", in_=CHANNEL)
    assert "ann" in followed
    assert "Share" not in str(followed.message)
    assert "owned by" not in await team.bob.types("/abm ask and Initech?", in_=CHANNEL)

    seen = await team.ann.types("/abm ask who owns Globex?", in_="#shared")
    await team.ann.clicks("Share", on=seen)
    await team.ann.sees("so nothing was shared", in_="#shared")
    assert posted(team, "shared") == []
    for text in ("zorp bloop", "Globex said yes to a pilot"):
        assert "Share" not in str((await team.ann.types(f"/abm ask {text}", in_=CHANNEL)).message)


async def test_the_list_takes_what_a_question_about_accounts_takes(team: Team) -> None:
    await program(team)
    await team.knows("Hooli", tier=1)
    seen = await team.ann.types("/abm list tier 1 without a next action", in_=CHANNEL)
    assert "Hooli" in seen
    assert "Initech" not in seen
    assert '"zorp" is no filter of the list.' in await team.ann.types("/abm list zorp", in_=CHANNEL)
