import pytest

from tests.stories.team import CHANNEL, Team

GUESTS = "Guests cannot use Cadence here. @ann can tell you more."


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
