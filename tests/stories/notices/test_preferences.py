from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from agendas.facts.people import NoticeKind
from agendas.verbs import updates
from sandbox.testing import Person
from storage import people
from storage.models.workspaces import AuditEntry
from tests.stories.team import CHANNEL, Team

MINUTE = timedelta(minutes=1)


async def chooses(team: Team, person: Person, **fields: str | None) -> str:
    await person.types("/abm preferences", in_=CHANNEL)
    await team.form(person)
    assert (await team.submits(person, **fields)).ok
    said = person.form.words
    await person.closes()
    return said


async def gives(team: Team, text: str, *, to: str = "ann", account: str = "Initech") -> None:
    number, owner = team.state(account).account_id, team.sandbox.person(to).id
    await team.did(updates.add_action, number, text=text, owner=owner, due_on=date(2026, 12, 4), by="bob")
    await team.quiet()


def unasked(team: Team, name: str) -> list[str]:
    return [each for each in team.direct_words(team.sandbox.person(name)) if "Preferences" in each]


async def test_what_comes_in_quiet_hours_waits_for_their_end_and_comes_in_one_message(team: Team) -> None:
    await team.knows("Initech")
    said = await chooses(team, team.ann, quiet="between", quiet_from="09:00", quiet_to="11:30")
    assert "Quiet hours 09:00 to 11:30." in said
    await gives(team, "Send the contract")
    await gives(team, "Send the slides")
    answer = await team.ann.types("/next Initech Call them by fri", in_=CHANNEL)
    assert answer.startswith("*Recorded* for Initech")
    await team.at(datetime(2026, 11, 24, 16, 29, tzinfo=UTC))
    assert not unasked(team, "ann")
    await team.at(datetime(2026, 11, 24, 16, 31, tzinfo=UTC))
    [message] = unasked(team, "ann")
    assert "Send the contract" in message
    assert "Send the slides" in message


async def test_the_digest_comes_once_a_day_with_everything_of_its_kinds_and_not_where_there_is_nothing(team: Team):
    await team.knows("Initech", owner="bob")
    said = await chooses(team, team.ann, told="digest", actions="digest", questions="digest", digest_at="16:00")
    assert "The digest comes at 16:00." in said
    await team.ann.types("/account nominate Hooli hooli.example because They renew", in_=CHANNEL)
    await team.posts_review()
    await gives(team, "Send the contract")
    await gives(team, "Send the slides")
    await team.ann.clicks("Close review", on=team.room.messages[0])
    await team.form(team.ann)
    await team.submits(team.ann)
    await team.passes(10 * MINUTE)
    assert not unasked(team, "ann")
    state = team.state("Initech")
    slides = next(each.id for each in state.open_actions if "slides" in each.text)
    await team.did(updates.close_action, state.account_id, slides, done=True)
    await team.at(datetime(2026, 11, 24, 21, 0, 30, tzinfo=UTC))
    [digest] = unasked(team, "ann")
    assert digest.startswith("*Your digest* · Tue 24 Nov\n*New for you*\n*Initech*: Send the contract")
    assert "Done\nMove to\nEdit\nDrop" in digest
    assert "of yours* after the review of Tue 24 Nov" in digest
    assert "1 account waits for your score" in digest
    assert "*Initech*: Send the slides" not in digest
    await team.passes(timedelta(days=1))
    assert len(unasked(team, "ann")) == 1


async def test_a_kind_that_is_off_does_not_come_and_the_button_opens_the_choices_made(team: Team) -> None:
    await team.knows("Initech")
    await gives(team, "Send the contract")
    await gives(team, "Send the slides")
    [first] = unasked(team, "ann")
    await team.ann.clicks("Preferences", on=await team.is_told(team.ann, "Send the contract"))
    form = await team.form(team.ann)
    assert "Trouble with channels, people and messages" in form.labels
    await team.submits(team.ann, told="off")
    await team.ann.closes()
    await team.passes(20 * MINUTE)
    await gives(team, "Send the minutes")
    await team.passes(20 * MINUTE)
    assert unasked(team, "ann") == [first]
    await team.ann.types("/abm preferences", in_=CHANNEL)
    assert (await team.form(team.ann)).values["What others ask of you, or decide about your accounts"] == "off"
    entries = team.store.read_now(lambda session: list(session.exec(select(AuditEntry).order_by(AuditEntry.id))))
    assert entries[-1].subject == f"preferences:{team.ann.id}"
    assert (entries[-1].before["told"], entries[-1].after["told"]) == ("at_once", "off")


async def test_a_wrong_form_says_what_is_wrong_and_changes_nothing(team: Team) -> None:
    await team.vic.types("/abm preferences", in_=CHANNEL)
    form = await team.form(team.vic)
    assert "Trouble with channels, people and messages" not in form.labels
    await team.submits(team.vic, quiet="between", quiet_to="20:00", told="off")
    assert "begin and end at the same time" in str(form.errors)
    await team.submits(team.vic, quiet_to="09:00")
    assert "lies in the quiet hours" in str(form.errors)
    assert form.values["What others ask of you, or decide about your accounts"] == "off"
    assert not team.store.read_now(people.of_people, team.workspace_id, (team.vic.id,))
    assert (await team.submits(team.vic, quiet_to="07:00")).ok
    stored = team.store.read_now(people.of_people, team.workspace_id, (team.vic.id,))
    assert stored[team.vic.id].choices == {
        "actions": "at_once",
        "executive": "at_once",
        "nudges": "at_once",
        "preparation": "at_once",
        "questions": "at_once",
        "signals": "at_once",
        "told": "off",
    }
    await team.obi.types("/abm preferences", in_=CHANNEL)
    assert (await team.form(team.obi)).labels
    assert "Guests cannot use" in await team.gus.types("/abm preferences", in_=CHANNEL)
    assert set(NoticeKind) > set(stored[team.vic.id].choices)
