from datetime import timedelta

import pytest

from tests.stories.team import CHANNEL, Team

OPEN = "Review of Tue 24 Nov is open until Wed"


@pytest.mark.again
async def test_while_a_review_is_open_it_is_named_on_card_list_home_and_in_answers(team: Team) -> None:
    await team.begins_review_of("Initech")
    link = f"/p{team.agenda('Initech').message.ts.replace('.', '')}|Tue 24 Nov>"
    card = await team.ann.types("/account initech", in_=CHANNEL)
    assert OPEN.replace("Review", "*Review*") in card
    assert "No review is scheduled" not in card
    assert card.message is not None
    assert link in str(card.message.blocks)
    assert "^{time}|10:00 EST>" in str(card.message.blocks)
    assert "· review of Tue 24 Nov is open" in await team.ann.types("/account", in_=CHANNEL)
    assert OPEN in await team.ann.types("/review", in_=CHANNEL)
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert "*Review of Tue 24 Nov* in #abm-weekly is open until Wed" in team.ann.home
    await team.ann.says("how is Initech?", to="cadence")
    await team.is_told(team.ann, "of Tue 24 Nov is open until Wed")
    await team.ann.says("when is the next review?", to="cadence")
    await team.is_told(team.ann, "Tue 24 Nov: open until Wed")
    await team.ann.types("/move initech to engaged The CFO joined", in_=CHANNEL)
    await team.bob.says("what moved?", to="cadence")
    await team.is_told(team.bob, "no review held yet")
    await team.ann.types("/blocker initech No sponsor needs executive", in_=CHANNEL)
    await team.vic.says("what needs intervention?", to="cadence")
    await team.is_told(team.vic, "Initech intervene")
    await team.closes_review(team.ann)
    for command in ("/account initech", "/account", "/review"):
        assert "is open" not in await team.ann.types(command, in_=CHANNEL)
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert "is open" not in team.ann.home


async def test_with_a_cadence_the_open_review_is_named_beside_the_next_one(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, anchor_on="2026-11-30")
    await team.ann.closes()
    await team.posts_review()
    card = await team.ann.types("/account initech", in_=CHANNEL)
    assert OPEN.replace("Review", "*Review*") in card
    assert "; next Mon 30 Nov" in card
    shown = await team.ann.types("/review", in_=CHANNEL)
    assert OPEN in shown
    assert "Close review" in str(shown.message.blocks if shown.message else "")
    seen = await team.ann.types("/review now", in_=CHANNEL)
    assert "The review of Tue 24 Nov is open in this channel until Wed 25 Nov" in seen


@pytest.mark.again
async def test_a_line_after_the_closing_names_the_review_by_its_day(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.passes(timedelta(days=2))
    seen = await team.ann.types("/move initech to engaged The CFO joined", in_=CHANNEL)
    await team.quiet()
    thread = team.agenda("Initech").thread
    assert thread[-1].words.startswith("After the review of Tue 24 Nov closed, ann: moved target → engaged")
    await team.ann.clicks("Undo", on=seen)
    await team.quiet()
    thread = team.agenda("Initech").thread
    assert thread[-1].words.startswith("After the review of Tue 24 Nov closed, ann took back: moved")
