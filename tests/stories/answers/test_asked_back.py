"""What is not read whole is asked back with its readings, and the words of the screen are explained."""

from tests.stories.answers.asking import answer_of, asks, program
from tests.stories.team import Team


async def test_a_question_with_a_word_that_is_not_understood_is_asked_back_and_a_press_answers(team: Team) -> None:
    await program(team)
    assert 'not understand "flumoxed"' in await asks(team, team.ann, "which accounts are flumoxed in tier 1")
    await asks(team, team.ann, "what blocks Globex?")
    asked = await asks(team, team.ann, "why is Globex flumoxed stalled")
    assert 'I did not understand "flumoxed". Did you mean:' in asked
    offered = await answer_of(team, team.ann)
    # what follows stands on nothing, or on the reading that is pressed
    assert "Which one?" in await asks(team, team.ann, "who owns it?")
    assert "Globex" in await asks(team, team.ann, "Globex")
    for unclear in ("who owns Zorp?", "blockers at Zorp"):
        assert 'No account is called "Zorp"' in await asks(team, team.ann, unclear)
        assert "Which one?" in await asks(team, team.ann, "what blocks it?")
    label = offered.buttons[0]
    assert label == "Why: Globex, stalled"
    assert len(offered.buttons) <= 3
    await team.ann.clicks(label, on=offered)
    await team.is_told(team.ann, "Globex: not stalled")
    assert "bob" in await asks(team, team.ann, "who owns it?")


async def test_a_question_of_known_words_that_no_page_answers_is_asked_back_without_the_words_too_many(
    team: Team,
) -> None:
    await program(team)
    asked = await asks(team, team.ann, "remind me who attended the most recent review")
    assert "Did you mean:" in asked
    assert "Who: reviews, the last one held" in (await answer_of(team, team.ann)).buttons


async def test_every_word_of_the_screen_is_explained_with_the_limits_of_the_workspace(team: Team) -> None:
    await program(team)
    for question, part in (
        ("what does stalled mean?", "silent 21, 30 and 60"),
        ("what is engagement?", "points of the buyer's signals in 30 days"),
        ("what does days in stage mean?", "days in its stage, then how many its tier allows there"),
        ("what does claimed mean?", "nothing the buyer did shows yet"),
        ("what is a narrative?", "/account ACCOUNT narrative"),
        ("difference between stalled and steady pls", "*Steady*"),
        ("what does the white circle mean", "claimed, steady or paused"),
    ):
        assert part in await asks(team, team.ann, question), question


async def test_the_program_is_asked_for_in_figures(team: Team) -> None:
    await program(team)
    card = await asks(team, team.ann, "how is the program doing?")
    assert "2 accounts" in card
    assert "Progression" in card
    assert "All measures" in (await answer_of(team, team.ann)).buttons
    assert "nothing recorded" in await asks(team, team.ann, "what is our win rate?")
    assert "No target of the quarter is set" in await asks(team, team.ann, "how much is left to win?")
