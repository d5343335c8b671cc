from tests.stories.answers.asking import answer_of, asks, program
from tests.stories.team import Team


async def test_news_and_an_order_record_nothing_until_their_form_is_submitted(team: Team) -> None:
    await program(team)
    news = "Initech's CFO signed the pilot this morning"
    assert "Nothing was recorded for Initech." in await asks(team, team.ann, news)
    told = await answer_of(team, team.ann)
    assert "signed the pilot" not in await asks(team, team.ann, "what happened at Initech?")
    await team.ann.clicks("Movement", on=told)
    form = await team.form(team.ann)
    assert news in form.words
    assert "Initech" in form.words
    await team.submits(team.ann)
    receipt = await team.is_told(team.ann, "for Initech: news")
    assert receipt.message.thread_ts == told.message.thread_ts != ""
    assert "signed the pilot" in await asks(team, team.ann, "what happened at Initech?")

    said = await asks(team, team.bob, "pause Globex because they are being bought")
    assert "Nothing was changed for Globex" in said
    await team.bob.clicks("Pause", on=await answer_of(team, team.bob))
    assert "they are being bought" in (await team.form(team.bob)).words
    await team.submits(team.bob)
    assert "paused" in (await asks(team, team.bob, "is Globex paused?")).casefold()


async def test_news_without_an_account_asks_for_it_and_who_may_only_read_gets_no_form(team: Team) -> None:
    await program(team)
    await asks(team, team.ann, "legal finally signed the contract")
    answer = await answer_of(team, team.ann)
    assert "Nothing was recorded." in answer.words
    await team.ann.clicks("Movement", on=answer)
    assert "Account" in (await team.form(team.ann)).words
    await asks(team, team.vic, "Initech signed the contract")
    refused = await answer_of(team, team.vic)
    assert "Recording needs the right of an editor" in refused.words
    assert refused.buttons == []
