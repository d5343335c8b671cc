from datetime import UTC, datetime, timedelta

from tests.stories.team import CHANNEL, Team

MEETS = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
"""9:00 on Tuesday, 1 December, in New York."""


async def test_executives_get_the_page_a_day_before_and_the_channel_at_its_time(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/blocker initech legal wants a cap needs executive", in_=CHANNEL)
    await team.ann.types("/review schedule executive", in_=CHANNEL)
    form = await team.form(team.ann)
    assert (form.values["What is reviewed"], form.values["How often"]) == ("executive", "monthly")
    await team.ann.fills(private="private")
    assert not (await team.submits(team.ann, anchor_on="2026-12-01", local_time="09:00")).ok
    assert "takes no accounts" in str(team.ann.form.errors)
    await team.submits(team.ann, private=None)
    await team.ann.closes()
    seen = await team.ann.types("/review", in_=CHANNEL)
    assert "Every month on the first Tuesday at 09:00" in seen
    assert "Executive review: the page of the running month" in seen

    await team.at(datetime(2026, 11, 30, 14, 1, tzinfo=UTC))
    page = await team.is_told(team.dan, "Executive review in #abm-weekly")
    assert "*Initech* · T1" in page
    await team.dan.clicks("Ask", on=page)
    await team.form(team.dan)
    await team.submits(team.dan, text="Call their COO", ask_of=team.bob.id, due_on="2026-12-04")
    assert len([words for words in team.direct_words(team.dan) if "Executive review in" in words]) == 1
    assert len([words for words in team.direct_words(team.ann) if "Executive review in" in words]) == 1, "facilitator"
    assert not [words for words in team.direct_words(team.bob) if "Executive review in" in words]

    await team.at(MEETS)
    header = next(line for line in team.room.messages if "Executive review · Nov 2026" in line.words)
    assert "led by ann · details in the thread" in header.words
    assert "no executive met theirs in 100 days" in header.thread[0].words
    assert "Call their COO · bob" in header.words
    await team.dan.clicks("Take it", on=header)
    await team.dan.sees("took what was asked: Call their COO", in_=CHANNEL)
    await team.passes(timedelta(seconds=10))
    header = next(line for line in team.room.messages if "Executive review · Nov 2026" in line.words)
    assert "*In this review*\n*Taken* Initech: Call their COO · dan" in header.words
    await team.closes_review(team.ann)
    recap = next(line for line in team.room.messages if "Executive recap" in line.words)
    assert "held by ann and dan" in recap.words
    assert "*Taken* Initech: Call their COO · dan" in recap.words
    assert "Tue 1 Dec" in await team.ann.types("/review history", in_=CHANNEL)
