from datetime import timedelta

import pytest

from sandbox.testing import MessageView, Person
from storage import people
from tests.stories.team import CHANNEL, Team
from tests.titles import title_of

OWN = "#deal-acme"


async def edits(team: Team, name: str, *, by: Person | None = None, **fields: str | list[str]) -> dict[str, str]:
    """Submit the account's form with these fields; the sentences beside its fields, none once it is saved."""
    person = by or team.ann
    await person.types(f"/account edit {name}", in_=CHANNEL)
    await team.form(person)
    outcome = await team.submits(person, **fields)
    errors = {} if outcome.ok else person.form.errors
    if errors:
        await person.closes()
    return errors


def own_agendas(team: Team) -> list[MessageView]:
    found = team.sandbox.channel("deal-acme").messages
    return [line for line in found if title_of(line.words) == "Acme Corp"]


def ts_of(line: MessageView) -> str:
    """The part of a permalink that tells the message."""
    return f"{line.message.channel_id}/p{line.message.ts.replace('.', '')}"


def in_trouble(team: Team, channel_id: str) -> bool:
    found = team.store.read_now(people.find_channel, team.workspace_id, channel_id)
    return found is not None and found.trouble != ""


async def lives_apart(team: Team) -> None:
    await team.knows("Acme Corp")
    await team.knows("Initech")
    assert await edits(team, "acme", channel=OWN, posts_agenda=["own"]) == {}
    await team.posts_review()


async def test_other_names_and_a_channel_of_its_own_are_set_in_the_form_and_this_works_there(team: Team) -> None:
    await team.knows("Acme Corp")
    assert await edits(team, "acme", aliases="Road Runner\nACM,  Desert Goods \nACM", channel=OWN) == {}
    profile = team.state("Acme Corp").profile
    assert profile.aliases == ("Road Runner", "ACM", "Desert Goods")
    assert (profile.channel_id, profile.posts_agenda) == (team.sandbox.channel_state("deal-acme").id, False)
    for command in (
        "/account this",
        "/move this Their lawyer called",
        "/next this Call Rita by fri",
        "/blocker this DPA",
    ):
        assert "Acme Corp" in await team.ann.types(command, in_=OWN), command
    assert "This channel is not an account's own" in await team.ann.types("/account this", in_=CHANNEL)
    await team.ann.types("/account edit desert", in_=CHANNEL)
    form = await team.form(team.ann)
    assert form.values["Its own channel"] == profile.channel_id
    assert (await team.submits(team.ann, channel=None)).ok
    assert team.state("Acme Corp").profile.channel_id == ""
    assert "This channel is not an account's own" in await team.ann.types("/account this", in_=OWN)


async def test_what_cannot_be_its_channel_or_name_is_said_beside_the_field_and_changes_nothing(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Acme Corp")
    await team.knows("Initech")
    assert await edits(team, "acme", channel=OWN) == {}
    taken = (
        "That channel is another account's own already, or an admin has to look at it. Choose another one, or ask an "
        "admin."
    )
    assert await edits(team, "initech", channel=OWN) == {"Its own channel": taken}
    shared = "That channel is shared with another company. Choose a channel of your own."
    assert await edits(team, "initech", channel="#shared") == {"Its own channel": shared}
    absent = "Cadence is not in that channel. Type /invite @Cadence there, then save again."
    assert await edits(team, "initech", channel="#no-bot") == {"Its own channel": absent}
    none = "Choose the channel in which its agenda is to be posted, or clear the box below."
    assert await edits(team, "initech", posts_agenda=["own"]) == {"Its own channel": none}
    name = 'Acme Corp already answers to "acme corp" and is named. See it with /account Acme Corp.'
    assert await edits(team, "initech", aliases="Ini\nacme corp") == {"Also called": name}
    await team.ann.types("/account edit initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.ann.fills(channel="#general")
    team.sandbox.archive(team.sandbox.channel_state("general"), by=team.ann.user)
    archived = "That channel is archived. Choose another one, or unarchive it first."
    assert not (await team.submits(team.ann)).ok
    assert team.ann.form.errors == {"Its own channel": archived}
    with pytest.raises(AssertionError, match="no channel"):
        await team.ann.fills(channel="#general")
    assert team.state("Initech").profile.channel_id == ""
    assert team.state("Initech").profile.aliases == ()


@pytest.mark.proof
async def test_its_agenda_stands_in_its_own_channel_and_everything_about_it_works_there(team: Team) -> None:
    await lives_apart(team)
    [agenda] = own_agendas(team)
    assert "Review of Tue 24 Nov in #abm-weekly" in agenda.words
    assert [title_of(line.words) for line in team.room.messages[1:]] == ["Initech"]
    assert ts_of(agenda) in str(team.header.message.blocks)
    assert "in #deal-acme" in team.header.words
    # a receipt where the click was, a line in its thread, an edit of the header
    await team.ann.clicks("No change", on=agenda)
    await team.quiet()
    [agenda] = own_agendas(team)
    assert "ann" in agenda.words
    assert "updated 1 of 2" in team.header.words
    said = await team.ann.types("/move this to engaged They asked for a pilot", in_=OWN)
    await team.quiet()
    assert any("They asked for a pilot" in reply.words for reply in agenda.thread)
    await team.ann.clicks("Undo", on=said)
    await team.quiet()
    assert any("took back" in reply.words or "undone" in reply.words.lower() for reply in agenda.thread)
    assert "pilot" not in own_agendas(team)[0].words
    # what is written in its thread is about it, for a question and for a message that is logged
    asked = await team.bob.says("@Cadence who owns it?", in_=OWN, thread=agenda)
    await team.quiet()
    assert "ann" in agenda.thread[-1].words
    await team.ann.runs("log_to_account", on=asked)
    assert (await team.form(team.ann)).values["Account"] == str(team.state("Acme Corp").account_id)
    await team.ann.closes()
    await team.closes_review(team.ann)
    assert "Recap" in team.room.messages[-1].words
    assert "Details" in own_agendas(team)[0].buttons


async def test_an_own_channel_that_is_lost_sends_its_agenda_back_and_that_is_said_once(team: Team) -> None:
    team.expects_trouble = True
    await lives_apart(team)
    channel = team.sandbox.channel_state("deal-acme")
    team.sandbox.archive(channel, by=team.ann.user)
    await team.sandbox.settled()
    await team.passes(timedelta(minutes=1))
    agenda = next(line for line in team.room.messages if title_of(line.words) == "Acme Corp")
    assert "Review of" not in agenda.words
    assert ts_of(agenda) in str(team.header.message.blocks)
    await team.ann.clicks("No change", on=agenda)
    await team.quiet()
    assert "updated 1 of 2" in team.header.words
    told = [line for line in team.direct_words(team.ann) if "are posted in the channel of its review again" in line]
    assert len(told) == 1
    assert "#deal-acme cannot be used, it was archived" in told[0]
    assert not any("Nothing can be posted" in line for line in team.direct_words(team.ann))
    profile = team.state("Acme Corp").profile
    assert (profile.channel_id, profile.posts_agenda) == (channel.id, False)
    # and the same for a bot that was removed, once it had been chosen again
    team.sandbox.archive(channel, by=team.ann.user, archived=False)
    await team.sandbox.settled()
    assert await edits(team, "acme", posts_agenda=["own"]) == {}
    team.sandbox.remove(channel, team.sandbox.workspace.bot)
    await team.sandbox.settled()
    await team.closes_review(team.ann)
    await team.passes(timedelta(days=7))
    await team.posts_review()
    assert [title_of(line.words) for line in team.room.messages if title_of(line.words) == "Acme Corp"]
    told = [line for line in team.direct_words(team.ann) if "are posted in the channel of its review again" in line]
    assert len(told) == 2
    assert "Cadence was removed from it" in told[1]


async def test_an_own_channel_that_is_found_shared_only_when_posting_is_given_up_too(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Acme Corp")
    channel = team.sandbox.channel_state("deal-acme")
    assert await edits(team, "acme", channel=OWN, posts_agenda=["own"]) == {}
    channel.is_shared = True
    await team.ann.types("/review now", in_=CHANNEL)
    await team.until(lambda: in_trouble(team, channel.id))
    await team.passes(timedelta(minutes=1))
    assert title_of(team.room.messages[-1].words) == "Acme Corp"
    assert ts_of(team.room.messages[-1]) in str(team.header.message.blocks)
    assert not team.state("Acme Corp").profile.posts_agenda
    told = [line for line in team.direct_words(team.ann) if "are posted in the channel of its review again" in line]
    assert len(told) == 1


async def test_a_command_without_an_account_means_that_of_the_channel_first(team: Team) -> None:
    await team.knows("Aardvark")
    await team.knows("Acme Corp", owner=None)
    assert await edits(team, "acme", channel=OWN) == {}
    seen = await team.ann.types("/next send the memo fri", in_=OWN)
    assert seen.splitlines()[1:4] == ["Acme Corp", "Aardvark", "The list"]
    for command in ("/next", "/signal"):
        await team.ann.types(command, in_=OWN)
        assert (await team.form(team.ann)).values["Account"] == str(team.state("Acme Corp").account_id)
        await team.ann.closes()
