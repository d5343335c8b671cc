import pytest

from tests.stories.team import CHANNEL, Team

GUESTS = "Guests cannot use Cadence here. @ann can tell you more."
OTHERS = "People of other companies cannot use Cadence here. @ann can tell you more."

RECORDING = ("/move initech hello", "/blocker initech legal", "/next initech call", "/move")
DECIDING = (
    "/account name initech tier 2 because x",
    "/account remove initech because x",
    "/account edit initech",
    "/review now",
    "/review schedule",
    "/review close",
)
READING = ("/account", "/account initech", "/account initech history", "/abm", "/abm list")
ADMINISTERING = ("/abm people @vic sales editor",)


async def test_observers_read_everything_and_record_nothing(team: Team) -> None:
    await team.knows("Initech")
    person, before = team.obi, len(team.recorded())
    for command in READING:
        assert "cannot" not in await person.types(command, in_=CHANNEL), command
    for command in (*RECORDING, *DECIDING, *ADMINISTERING):
        seen = await person.types(command, in_=CHANNEL)
        assert "you are an observer. Ask @ann to change it." in seen, command
        assert not person.has_form
    assert len(team.recorded()) == before
    assert team.letters() == []


async def test_a_viewer_nominates_and_an_observer_does_not(team: Team) -> None:
    assert "Recorded" in await team.vic.types("/account nominate Foo because they grow", in_=CHANNEL)
    assert "You cannot nominate accounts" in await team.obi.types("/account nominate Bar because x", in_=CHANNEL)
    assert len(team.recorded()) == 1


async def test_an_editor_decides_and_cannot_give_rights(team: Team) -> None:
    await team.knows("Initech", tier=None)
    assert "named, tier 1" in await team.bob.types("/account name initech tier 1 because x", in_=CHANNEL)
    for command in ADMINISTERING:
        assert "You cannot give rights" in await team.bob.types(command, in_=CHANNEL)


async def test_a_guest_is_refused_everything_in_one_sentence(team: Team) -> None:
    await team.knows("Initech")
    before = len(team.recorded())
    for command in (*READING, *RECORDING, *DECIDING, *ADMINISTERING, "/account nominate X because y"):
        assert await team.gus.types(command, in_=CHANNEL) == GUESTS, command
        assert not team.gus.has_form
    assert len(team.recorded()) == before


async def test_outsiders_press_every_button_of_an_agenda_in_vain(team: Team) -> None:
    await team.knows("Initech")
    channel = team.sandbox.channel_state("shared")
    channel.is_shared = False
    await team.ann.types("/review now", in_="#shared")
    await team.quiet()
    channel.is_shared = True
    header, agenda = team.sandbox.channel("shared").messages
    before = len(team.recorded())
    buttons = [each for each in agenda.buttons if each != "Update"]
    for button in buttons:
        await team.eli.clicks(button, on=agenda)
    await team.eli.clicks("Close review", on=header)
    number = len(buttons) + 1
    await team.sandbox.changed.until(lambda: len(team.private_words(team.eli, "shared")) == number)
    assert team.private_words(team.eli, "shared") == [OTHERS] * number
    assert not team.eli.has_form
    assert len(team.recorded()) == before


async def test_somebody_deactivated_after_the_start_is_refused_at_once(team: Team) -> None:
    await team.knows("Initech")
    bob = team.sandbox.workspace.user_named("bob")
    assert bob is not None
    assert "Initech" in await team.bob.types("/account initech", in_=CHANNEL)
    team.sandbox.change_user(bob, is_restricted=True)
    await team.sandbox.settled()
    assert await team.bob.types("/account initech", in_=CHANNEL) == GUESTS


async def test_a_person_never_seen_becomes_a_viewer_who_can_be_given_a_right(team: Team) -> None:
    new = team.sandbox.add_user("nia")
    await team.knows("Initech")
    nia = team.sandbox.person("nia")
    assert "you are a viewer" in await nia.types("/move initech hello", in_="#general")
    saved = await team.ann.types("/abm people @nia marketing editor", in_=CHANNEL)
    assert saved == "Saved: @nia is editor, function marketing."
    assert "Recorded" in await nia.types("/move initech hello", in_="#general")
    assert new.id == team.recorded()[-1].actor


@pytest.mark.parametrize("team_id", ["T0SISTER01", pytest.param("", marks=pytest.mark.proof)])
async def test_a_member_who_is_also_in_another_workspace_of_the_organisation_takes_part(team: Team, team_id: str):
    new = team.sandbox.add_user("nia", team_id=team_id, teams=("T0SISTER01", team.workspace_id))
    nia = team.sandbox.person("nia")
    for room in ("abm-weekly", "shared"):
        team.sandbox.invite(team.sandbox.channel_state(room), new)
    await team.knows("Initech")
    assert "Initech" in await nia.types("/abm list", in_=CHANNEL)
    assert "Saved" in await team.ann.types("/abm people @nia marketing editor", in_=CHANNEL)
    assert "Recorded" in await nia.types("/move initech hello", in_=CHANNEL)
    await team.posts_review()
    await team.agenda_form(nia, "Movement", "Initech")
    await nia.says("@Cadence how is Initech?", in_="#shared")
    await team.is_told(nia, "Last recorded")


async def test_a_person_is_given_a_function_and_a_right_by_form(team: Team) -> None:
    assert "Edit" not in await team.vic.types("/abm people", in_=CHANNEL)
    seen = await team.ann.types("/abm people", in_=CHANNEL)
    await team.presses(team.ann, "people.edit", team.vic.id, on=seen)
    form = await team.form(team.ann)
    assert (form.values["Function"], form.values["Right"]) == ("product", "viewer")
    await team.submits(team.ann, Function="Finance", Right="editor")
    assert team.ann.form.words == "Saved: @vic is editor, function finance."
    await team.knows("Initech")
    assert "Recorded" in await team.vic.types("/move initech hello", in_=CHANNEL)


async def test_the_last_admin_cannot_step_down_and_guests_get_no_right(team: Team) -> None:
    said = await team.ann.types("/abm people @ann viewer", in_=CHANNEL)
    assert said == "ann is the only admin. Make somebody else an admin first."
    assert "cannot be given rights" in await team.ann.types("/abm people @gus editor", in_=CHANNEL)
    assert "cannot be given rights" in await team.ann.types("/abm people @dee editor", in_=CHANNEL)
    assert "Saved" in await team.ann.types("/abm people @bob admin", in_=CHANNEL)
    assert "Saved" in await team.ann.types("/abm people @ann viewer", in_=CHANNEL)
    assert "You cannot give rights" in await team.ann.types("/abm people @vic editor", in_=CHANNEL)


async def test_shortcuts_and_forms_are_refused_without_the_right(team: Team) -> None:
    await team.knows("Initech")
    message = await team.ann.says("The CFO said yes", in_=CHANNEL)
    for person in (team.vic, team.gus):
        await person.runs("log_to_account", on=message)
        await person.runs("account_update")
        await person.sees("cannot", in_=CHANNEL)
        await team.is_told(person, "cannot")
        assert not person.has_form


async def test_a_right_taken_while_a_form_is_open_is_taken_at_submit_too(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.agenda_form(team.bob, "Movement", "Initech")
    await team.ann.types("/abm people @bob viewer", in_=CHANNEL)
    before = len(team.recorded())
    outcome = await team.submits(team.bob, text="They said yes")
    assert not outcome.ok
    assert "you are a viewer" in str(team.bob.form.errors)
    assert team.bob.form.values["What moved"] == "They said yes"
    assert len(team.recorded()) == before
