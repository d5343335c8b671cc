"""The agenda of a review: posted per account, living while the review is open, closed with a recap."""

from tests.stories.team import Team


async def test_a_review_asked_for_posts_a_header_and_a_message_per_account(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Acme Corp", tier=2, owner="bob")
    header = await team.posts_review()
    assert "2 accounts in" in header.words
    assert team.agenda("Initech").buttons == ["Movement", "Blocker", "Next action", "No change", "Decide"]
    assert team.agenda("Acme Corp").thread == []
    assert len(team.room.messages) == 3
