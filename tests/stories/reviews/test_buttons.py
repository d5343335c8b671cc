import asyncio
from typing import Any

from sandbox.client import Outcome
from sandbox.testing import MessageView
from tests.stories.team import CHANNEL, Team


async def test_a_review_is_closed_by_its_button_with_who_was_there(team: Team) -> None:
    header = await team.begins_review_of("Initech")
    await team.bob.clicks("No change", on=team.agenda("Initech"))
    await team.ann.clicks("Close review", on=header)
    form = await team.form(team.ann)
    assert form.values["Who was there"] == [team.bob.id, team.ann.id]
    await team.submits(team.ann, attended=["ann", "bob", "dan"])
    assert "held by ann, bob and dan, sales and marketing" in header.thread[-1].words
    assert "Close review" not in header.words
    assert "Movement" not in team.agenda("Initech").buttons


async def test_a_review_that_was_not_held_says_so(team: Team) -> None:
    header = await team.begins_review_of("Initech")
    await team.ann.clicks("Close review", on=header)
    form = await team.form(team.ann)
    assert "it closes as *not held*" in form.words
    await team.submits(team.ann)
    assert "not held" in header.thread[-1].words


async def test_a_close_form_left_open_and_a_button_of_an_old_copy_say_that_it_is_closed(team: Team) -> None:
    header = await team.begins_review_of("Initech")
    old = list(header.message.blocks)
    await team.ann.clicks("Close review", on=header)
    await team.form(team.ann)
    await team.closes_review(team.bob)
    assert "closed already" in str(await team.submits(team.ann))
    assert len([line for line in header.thread if "Recap" in line.words]) == 1
    await team.ann.closes()
    header.message.blocks[:] = old
    await team.ann.clicks("Close review", on=header)
    await team.ann.sees("closed already", in_=CHANNEL)
    assert not team.ann.has_form


async def test_a_button_of_something_gone_of_another_version_or_with_a_broken_value_is_answered(team: Team) -> None:
    await team.begins_review_of("Initech")
    agenda = team.agenda("Initech")
    for choice in _choices(agenda):
        choice["value"] = f"{choice['value'].split()[0]} 999"
    await team.ann.clicks("Movement", on=agenda)
    await team.ann.sees("not kept any more", in_=CHANNEL)
    await team.ann.clicks("Details", on=agenda)
    await team.ann.sees("does not exist any more", in_=CHANNEL)
    for choice in _choices(agenda):
        if choice["value"].startswith("agenda.move "):
            choice["value"] = "agenda.move not a number"
        elif choice["value"].startswith("agenda.blocker "):
            choice["value"] = "agenda.of_the_future 1"
    assert (await team.ann.clicks("Blocker", on=agenda)).outcome == Outcome(ok=True, response={})
    await team.ann.sees("another version of Cadence and does nothing here. See all commands", in_=CHANNEL)
    await team.ann.clicks("Movement", on=agenda)
    await team.ann.sees("another version of Cadence and does nothing here. Ask for", in_=CHANNEL)


def _choices(agenda: MessageView) -> list[dict[str, Any]]:
    """The entries of the menu at the end of the buttons."""
    menus = (e for block in agenda.message.blocks for e in block.get("elements", []) if e.get("type") == "overflow")
    return [choice for menu in menus for choice in menu["options"]]


async def test_a_double_click_on_review_now_posts_one_review(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/review", in_=CHANNEL)
    await team.ann.clicks("Schedule", on=seen)
    await team.form(team.ann)
    await team.submits(team.ann)
    await team.ann.closes()
    seen = await team.ann.types("/review", in_=CHANNEL)
    await asyncio.gather(*(team.ann.clicks("Review now", on=seen) for _ in range(2)))
    await team.ann.sees("The review of Tue 24 Nov is open in this channel until Wed 25 Nov", in_=CHANNEL)
    await team.quiet()
    assert len(team.room.messages) == 2
