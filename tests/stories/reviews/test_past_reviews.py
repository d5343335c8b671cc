from datetime import timedelta

from sandbox.testing import Person, Seen
from storage import reviews
from tests.stories.team import CHANNEL, Team


async def opens(team: Team, person: Person, action: str, value: str) -> str:
    """Press this button of the latest answer that has it, and return the answer to that."""
    before = team.private_words(person)
    channel = team.sandbox.channel_state("abm-weekly")
    seen = Seen("")
    seen.message = next(
        each
        for each in reversed(channel.visible_to(person.id))
        if each.ephemeral_to and f"'{action}'" in str(each.blocks)
    )
    await team.presses(person, action, value, on=seen)
    await team.sandbox.changed.until(lambda: len(team.private_words(person)) > len(before))
    return team.private_words(person)[-1]


async def test_a_review_opens_as_it_was_with_its_accounts_and_ways_to_its_neighbours(team: Team) -> None:
    await team.knows("Initech")
    number = await team.knows("Globex", owner="bob")
    await team.posts_review()
    await team.ann.types("/move initech to engaged They wrote https://notes.example/1", in_=CHANNEL)
    await team.bob.types("/next globex call their CFO by fri", in_=CHANNEL)
    await team.dan.types("/blocker globex legal is stuck", in_=CHANNEL)
    await team.closes_review(team.ann)
    await team.passes(timedelta(days=1))
    await team.bob.types("/move globex told a day late", in_=CHANNEL)
    await team.passes(timedelta(days=7))
    await team.posts_review()
    await team.ann.types("/account remove initech because they were acquired", in_=CHANNEL)
    await team.closes_review(team.ann)
    first, second = team.store.read_now(reviews.get_all, team.workspace_id)
    items = team.store.read_now(reviews.items, first.row_id)
    globex = next(item.row_id for item in items if item.account_id == number)

    listed = await team.obi.types("/review history", in_=CHANNEL)
    assert listed.index("Wed 2 Dec") < listed.index("Tue 24 Nov")
    seen = await opens(team, team.obi, "past.open", str(first.row_id))
    assert "The review of Tue 24 Nov" in seen
    assert "sales: @ann · marketing: @bob · executive: @dan" in seen
    assert "Initech" in seen
    assert "Globex: call their CFO · @bob by Fri 27 Nov" in seen
    assert "Blockers that came of it Globex: legal is stuck" in seen.replace("*", "")
    assert "Globex: news: told a day late · @bob, Wed 25 Nov" in seen
    assert "/archives/" in str(team.sandbox.channel_state("abm-weekly").visible_to(team.obi.id)[-1].blocks)

    seen = await opens(team, team.obi, "past.account", str(globex))
    assert "As it was in the review of Tue 24 Nov" in seen
    assert "told a day late" not in seen
    assert "Update" not in seen
    seen = await opens(team, team.obi, "past.back", str(first.row_id))
    assert "Initech" in seen
    seen = await opens(team, team.obi, "past.after", str(second.row_id))
    assert "The review of Wed 2 Dec" in seen
    seen = await opens(team, team.obi, "past.before", str(first.row_id))
    assert "The review of Tue 24 Nov" in seen


async def test_reviews_of_a_named_channel_are_listed_and_what_is_none_is_refused(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.closes_review(team.ann)
    assert "Tue 24 Nov" in await team.bob.types("/review history #abm-weekly", in_="#general")
    assert "No review of this channel is over yet." in await team.bob.types("/review history", in_="#general")
    assert '"weekly" is not a channel.' in await team.bob.types("/review history weekly", in_="#general")
