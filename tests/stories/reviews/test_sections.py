from tests.stories.reviews.test_schedule import schedule
from tests.stories.team import CHANNEL, Team


async def test_sections_are_moved_and_cleared_in_the_form_and_the_next_review_shows_them_so(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    await team.posts_review()
    running = team.agenda("Initech").words
    assert running.index("Target since") < running.index("Gaps")
    seen = await team.ann.types("/review", in_=CHANNEL)
    assert "Agendas:" not in seen
    await team.ann.clicks("Agenda", on=seen)
    form = await team.form(team.ann)
    assert form.words.index("1. Why it is discussed") < form.words.index("2. Numbers against")
    assert "Initech" in form.words
    await team.ann.clicks("Move up")
    assert await team.sandbox.changed.until(lambda: "1. Numbers against" in team.ann.form.words)
    await team.ann.fills(shown=["Gaps: buying group, narrative, updates", "To decide"])
    assert await team.sandbox.changed.until(lambda: "3. " not in team.ann.form.words)
    outcome = await team.submits(team.ann)
    assert outcome.ok, outcome.error
    assert "Agendas: gaps, to decide" in team.ann.form.words
    await team.ann.closes()
    assert team.agenda("Initech").words == running
    await team.closes_review(team.ann)
    await team.posts_review()
    assert "Target since" not in team.agenda("Initech").words
    assert "Gaps" in team.agenda("Initech").words


async def test_the_question_of_the_agenda_stands_in_the_form_of_the_decision(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/blocker initech their lawyers disagree needs executive", in_=CHANNEL)
    await team.posts_review()
    asked = "a blocker waits for an executive: who speaks to whom, by when?"
    assert f"To decide {asked} · no ask yet" in team.agenda("Initech").words.replace("*", "")
    form = await team.agenda_form(team.ann, "Decide", "Initech")
    assert f"To decide: {asked}" in form.words
    await team.submits(team.ann, text="Dan calls them", ask_of=team.ann.id, due_on="2027-01-15")
    decided = team.agenda("Initech").words
    assert "*Asked* Dan calls them" in decided
    assert "To decide" not in decided
