from datetime import UTC, date, datetime, time, timedelta

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import cadences, updates
from sandbox.testing import Person
from tests.stories.team import Team

ASKED_AT = datetime(2026, 11, 27, 14, 1, tzinfo=UTC)
MEETS = datetime(2026, 11, 30, 14, tzinfo=UTC)
"""9:00 on Monday, 30 November, in New York."""
SECONDS = timedelta(seconds=10)


def prepared(team: Team, person: Person) -> list[str]:
    return [words for words in team.direct_words(person) if "*Review of Mon 30 Nov" in words]


async def schedules(team: Team) -> None:
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 11, 30), time(9), "America/New_York"), 45, team.ann.id)
    await team.did(cadences.schedule, team.sandbox.channel_state("abm-weekly").id, wish)


async def test_owner_and_partner_say_by_buttons_alone_what_is_asked_of_them(team: Team) -> None:
    number = await team.knows("Initech", marketing_partner=team.bob.id)
    await team.did(updates.add_action, number, text="Send the contract", due_on=date(2026, 11, 26))
    await team.did(updates.open_blocker, number, text="Liability cap")
    await team.posts_review()
    await team.did(updates.say_nothing_moved, number)
    await team.closes_review(team.ann)
    await schedules(team)
    await team.at(ASKED_AT)
    asked = await team.is_told(team.ann, "*Review of Mon 30 Nov")
    assert "Your promise: Send the contract · 1 d late" in asked
    assert "Still blocked? Liability cap" in asked
    assert [len(prepared(team, each)) for each in (team.ann, team.bob)] == [1, 1]
    await team.ann.clicks("Done", on=asked)
    await team.passes(SECONDS)
    asked = await team.is_told(team.ann, "*Review of Mon 30 Nov")
    assert "Your promise" not in asked
    assert "Preferences" in asked, "an edit keeps every button"
    await team.ann.clicks("Still there", on=asked)
    await team.passes(SECONDS)
    asked = await team.is_told(team.ann, "*Review of Mon 30 Nov")
    assert "Still blocked?" not in asked, "what was answered is not asked again"
    await team.ann.clicks("No change", on=asked)
    await team.passes(SECONDS)
    [said] = prepared(team, team.ann)
    assert "✓ Initech" in said
    assert "All said" in said
    assert "No change" not in said

    asked = await team.is_told(team.bob, "*Review of Mon 30 Nov")
    assert "What did the buyer do" in asked
    await team.bob.clicks("Nothing", on=asked)
    await team.passes(SECONDS)
    [said] = prepared(team, team.bob)
    assert "✓ Initech" in said

    await team.at(MEETS + SECONDS)
    assert "is open" in prepared(team, team.ann)[0]
    header = next(line for line in team.room.messages if "Account review · Mon 30 Nov" in line.words)
    assert "updated 1 of 1" in header.words
    assert "Waiting for" not in header.words


REMINDED_AT = datetime(2026, 12, 1, 21, 1, tzinfo=UTC)
"""16:01 on Tuesday, 1 December, in New York: an hour before the end of work, the last before updates end."""
STILL = "still to update"


async def is_planned(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Hooli", owner="bob")
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 12, 2), time(9), "America/New_York"), 45, team.ann.id)
    await team.did(cadences.schedule, team.sandbox.channel_state("abm-weekly").id, wish)
    await team.at(datetime(2026, 12, 1, 14, 1, tzinfo=UTC))


async def test_it_is_snoozed_comes_again_and_is_stopped_and_who_said_something_gets_none(team: Team) -> None:
    await is_planned(team)
    await team.bob.clicks("No change", on=await team.is_told(team.bob, "*Review of Wed 2 Dec"))
    await team.at(REMINDED_AT)
    first = await team.is_told(team.ann, STILL)
    assert "Initech" in first
    assert not any(STILL in words for words in team.direct_words(team.bob))
    await team.ann.clicks("Snooze 1 hour", on=first)
    await team.passes(SECONDS)
    assert any("Snoozed: you are reminded again" in words for words in team.direct_words(team.ann))
    await team.at(REMINDED_AT + timedelta(hours=1, minutes=1))
    await team.ann.clicks("Stop for this review", on=await team.is_told(team.ann, STILL))
    await team.passes(SECONDS)
    assert any("You are not reminded of this review again." in words for words in team.direct_words(team.ann))
