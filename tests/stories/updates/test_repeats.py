from datetime import timedelta

from sqlmodel import select

from storage.models.subjects import SignalRow
from tests.cases import cases
from tests.stories.team import CHANNEL, Team

COMMANDS = (
    "/move initech Legal has the contract",
    "/move initech Legal has the contract https://mail.example/1",
    "/blocker initech Legal is slow needs finance",
    "/next initech Call them by fri",
    "/signal initech hiring They look for a buyer",
)


def told(team: Team) -> list[str]:
    signals = team.store.read_now(lambda session: list(session.exec(select(SignalRow))))
    return [one.kind for one in team.recorded() if one.source in ("command", "modal")][2:] + ["signal"] * len(signals)


@cases("command", COMMANDS)
async def test_a_command_typed_again_is_asked_about_and_recorded_again_only_on_demand(team: Team, command: str) -> None:
    if not team.recorded():
        await team.knows("Initech")
    before = len(told(team))
    await team.ann.types(command, in_=CHANNEL)
    once = told(team)
    assert len(once) == before + 1
    asked = await team.ann.types(command.replace("initech ", "initech  "), in_=CHANNEL)
    assert "*Recorded already* for Initech at" in asked
    assert told(team) == once
    assert ("· by Fri 27 Nov. Is this" in asked) == command.startswith("/next")
    await team.ann.clicks("It was one", on=asked)
    assert await team.sandbox.changed.until(lambda: "Undo" in team.private_words(team.ann)[-1])
    assert "Recorded already" not in team.private_words(team.ann)[-1]
    assert told(team) == once
    again = await team.ann.types(command, in_=CHANNEL)
    for _ in range(2):
        await team.ann.clicks("Record it again", on=again)
        await team.quiet()
        assert told(team) == [*once, once[-1]]


async def test_a_second_action_of_the_same_words_offers_to_move_the_open_one(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/next initech Call them by fri", in_=CHANNEL)
    asked = await team.ann.types("/next initech Call them by 4 dec", in_=CHANNEL)
    assert "Move it to Fri 4 Dec\nAdd as another" in asked
    await team.passes(timedelta(days=1))
    asked = await team.bob.types("/next initech call them by 4 dec", in_=CHANNEL)
    assert "*Open already* for Initech: Call them · @ann · by Fri 27 Nov. Is this another one?" in asked
    assert len(team.state("Initech").actions) == 1
    await team.bob.clicks("Move it to Fri 4 Dec", on=asked)
    await team.quiet()
    assert [(each.text, f"{each.due_on:%-d %b}", each.slips) for each in team.state("Initech").actions] == [
        ("Call them", "4 Dec", 1)
    ]
    asked = await team.bob.types("/next initech call them by 2 dec", in_=CHANNEL)
    assert "Move it" not in asked
    await team.bob.clicks("Add as another", on=asked)
    await team.quiet()
    assert len(team.state("Initech").open_actions) == 2


async def test_a_form_keeps_what_was_entered_and_is_recorded_again_on_demand(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech Legal has the contract", in_=CHANNEL)
    await team.ann.types("/move initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.ann.fills(text="Legal has the contract")
    await team.ann.submits()
    assert "You recorded this at" in team.ann.form.words
    assert told(team) == ["moved"]
    await team.ann.submits()
    await team.quiet()
    assert told(team) == ["moved", "moved"]
    assert not team.ann.has_form


async def test_a_command_too_long_for_a_button_is_shown_to_be_copied(team: Team) -> None:
    await team.knows("Initech")
    command = f"/move initech {'legal ' * 480}by"
    await team.ann.types(command, in_=CHANNEL)
    asked = await team.ann.types(command, in_=CHANNEL)
    assert "change a word and send it again" in asked
    assert "Record it again" not in asked
    assert len(told(team)) == 1
