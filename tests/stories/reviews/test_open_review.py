from tests.stories.team import CHANNEL, Team

OPEN = "Review of Tue 24 Nov is open until Wed"


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
