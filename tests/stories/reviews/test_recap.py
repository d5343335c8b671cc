from agendas.verbs import updates
from tests.stories.team import CHANNEL, Team


async def test_the_header_counts_updates_as_they_come_and_says_who_is_waited_for(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex", owner="bob")
    header = await team.posts_review()
    assert "updated 0 of 2\n" in header.words
    assert "*Waiting for* bob 1, ann 1\n" in header.words
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.quiet()
    assert "updated 1 of 2\n" in header.words
    assert "*Waiting for* bob 1\n" in header.words
    assert " min · updated\n" in header.words.split("Initech")[1]
    assert str(team.room.messages[0].message.blocks).count("'style': 'primary'") == 1


async def test_a_claim_that_is_shown_later_in_the_review_is_told_in_the_words_that_show_it_once(team: Team) -> None:
    header = await team.begins_review_of("Initech")
    await team.ann.types("/move initech to engaged They are keen", in_=CHANNEL)
    await team.ann.types("/move initech to engaged They signed the order form https://mail.example/1", in_=CHANNEL)
    await team.closes_review(team.ann)
    recap = header.thread[-1].words
    assert "advanced to engaged, new · Tue 24 Nov: They signed the order form (mail.example, document)" in recap
    assert (recap.count("They signed"), "keen" in recap, "*News*" in recap) == (1, False, False)


async def test_a_form_that_was_open_when_the_review_closed_is_taken_flagged_and_shown(team: Team) -> None:
    number = await team.knows("Initech")
    header = await team.posts_review()
    await team.did(updates.open_blocker, number, text="No budget code")
    await team.agenda_form(team.bob, "Movement", "Initech")
    await team.closes_review(team.ann)
    assert (await team.submits(team.bob, text="They asked for a second pilot")).ok
    await team.quiet()
    assert "They asked for a second pilot" in str(team.recorded()[-1].change)
    [line] = [line for line in team.agenda("Initech").thread if "They asked for a second pilot" in line.words]
    assert line.words.startswith("After the review of Tue 24 Nov closed, bob: ")
    assert len([line for line in header.thread if "Recap" in line.words]) == 1
