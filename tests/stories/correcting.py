"""People who correct entries from the history of an account."""

from datetime import timedelta

from agendas.facts.account import Stage
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.verbs import updates
from sandbox.testing import MessageView, Person, Seen
from tests.stories.team import CHANNEL, Team

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def history(team: Team, person: Person, name: str = "initech") -> Seen:
    return await person.types(f"/account {name} history", in_=CHANNEL)


async def corrects(team: Team, person: Person, entry: str, because: str) -> None:
    """Correct the entry whose choice has these words, from the account's history."""
    await person.clicks("Correct an entry", on=await history(team, person))
    await team.form(person)
    await team.submits(person, entry=choice(person, entry), because=because)


def choice(person: Person, words: str) -> str:
    field = next(block for block in person.form.view.blocks if block.get("block_id") == "entry")
    [found] = [each["value"] for each in field["element"]["options"] if words in each["text"]["text"]]
    return str(found)


async def moved_by_mistake(team: Team) -> None:
    """Initech, tier 1: a step to customer that was another account's, told in its second review, which is open."""
    await team.knows("Initech")
    await team.posts_review()
    await team.did(updates.say_nothing_moved, number(team))
    await team.closes_review(team.ann)
    await team.passes(6 * DAY)
    await team.posts_review()
    proof = Evidence("The contract", team.clock.now(), "https://notes.example/c", actor=EvidenceActor.BUYER)
    await team.did(updates.move, number(team), text="They signed", to_stage=Stage.CUSTOMER, evidence=(proof,), by="bob")
    await team.quiet()


def number(team: Team) -> int:
    return team.recorded()[0].account_id


def recap(team: Team) -> MessageView:
    header = next(line for line in reversed(team.room.messages) if "Account review" in line.words)
    return next(line for line in header.thread if "Recap" in line.words)
