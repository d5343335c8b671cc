"""Open actions, blockers and asks, settled where they are shown: in direct messages, lists and answers."""

from datetime import date

from agendas.verbs.updates import updates
from sandbox.testing.person import Seen
from tests.stories.team import CHANNEL, Team

BOT = "cadence"


async def _owes(team: Team, text: str, *, name: str = "Initech", owner: str = "ann", due_on: str = "2026-11-27") -> int:
    """The id of a next action of that person's."""
    person, account_id = team.sandbox.person(owner).id, team.state(name).account_id
    added = await team.did(updates.add_action, account_id, text=text, due_on=date.fromisoformat(due_on), owner=person)
    number: int = added.event.id
    return number


async def _told_after_the_review(team: Team, *texts: str, owner: str = "ann") -> Seen:
    """The direct message with the person's actions after a review of Initech."""
    await team.knows("Initech")
    await team.posts_review()
    for text in texts:
        await _owes(team, text, owner=owner)
    await team.ann.types("/review close", in_=CHANNEL)
    await team.quiet()
    return await team.is_told(team.sandbox.person(owner), "after the review of")


async def test_one_click_from_the_direct_message_after_a_review_to_done(team: Team) -> None:
    told = await _told_after_the_review(team, "Call their COO", "Send the offer")
    assert "/account" not in told
    await team.ann.clicks("Done", on=told)
    await team.quiet()
    [message] = [each for each in team.direct_words(team.ann) if "after the review of" in each]
    assert "*Initech*: Call their COO · Fri 27 Nov · ✓ done 24 Nov" in message
    assert "*Initech*: Send the offer · Fri 27 Nov\n" in message
    assert message.count("Done") == 1
    assert [action.text for action in team.state("Initech").open_actions] == ["Send the offer"]
    receipt = await team.is_told(team.ann, "*Recorded* for Initech: next action done (Call their COO).")
    assert receipt.message is not None
    assert receipt.message.ephemeral_to == team.ann.id
    await team.ann.clicks("Undo", on=receipt)
    await team.quiet()
    assert len(team.state("Initech").open_actions) == 2
