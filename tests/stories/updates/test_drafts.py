from agendas.verbs import updates
from handlers import update_forms
from handlers.forms import draft_name
from storage import inbox
from tests.stories.team import CHANNEL, Team


async def test_what_was_typed_survives_escape_unless_it_was_removed_and_is_forgotten_once_recorded(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.ann.fills(text="The CFO", evidence="https://notes.example/1")
    await team.ann.closes()
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] == "The CFO"
    assert "What you typed earlier is still here" in form.words
    assert team.bob.has_form is False
    assert (await team.agenda_form(team.bob, "Movement", "Initech")).values["What moved"] is None
    await team.submits(team.ann, text="The CFO joined")
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] is None
    assert "typed earlier" not in form.words

    await team.ann.fills(text="The CFO")
    await team.ann.closes()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.ann.fills(text="")
    await team.ann.closes()
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] is None
    assert "typed earlier" not in form.words


async def test_what_was_typed_into_an_earlier_version_of_a_form_is_there_and_what_was_recorded_stays(team: Team):
    """The draft of an earlier version has a field that this form does not have any more, and lacks others."""
    number = await team.knows("Initech")
    await team.posts_review()
    await team.did(updates.move, number, text="Recorded with the earlier form")
    draft = {"text": "The CFO", "mood": "a field of the earlier form"}
    kept = (team.workspace_id, team.ann.id, draft_name(update_forms.MOVEMENT_FRAME.callback_id, number))
    await team.store.write(inbox.keep_draft, *kept, values=draft, now=team.clock.now())
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] == "The CFO"
    assert (await team.submits(team.ann)).ok
    assert [each.change["text"] for each in team.recorded() if each.kind == "moved"] == [
        "Recorded with the earlier form",
        "The CFO",
    ]
    assert team.store.read_now(inbox.get_draft, *kept) == {}


async def test_a_form_closed_as_it_was_opened_leaves_nothing_behind(team: Team) -> None:
    await team.knows("Initech", segment="Retail")
    await team.ann.types("/account edit initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.ann.closes()
    await team.bob.types("/account edit initech", in_=CHANNEL)
    await team.form(team.bob)
    await team.submits(team.bob, segment="Banks")
    await team.ann.types("/account edit initech", in_=CHANNEL)
    form = await team.form(team.ann)
    assert form.values["Segment"] == "Banks"
    assert "typed earlier" not in form.words


async def test_a_key_pressed_just_before_submitting_leaves_no_draft(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(team.ann, text="The CFO joined")
    late = next(
        each.payload
        for each in reversed(team.sandbox.slack.delivery.log)
        if each.payload.get("type") == "block_actions" and each.payload["actions"][0]["action_id"] == "draft/text"
    )
    await team.sandbox.slack.delivery.request("interactive", late)
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] is None
