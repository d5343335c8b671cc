import asyncio
from datetime import date

from agendas.facts.account import Stage
from agendas.verbs import updates
from sandbox.client import Outcome
from sandbox.testing import Form, Person
from tests.stories.team import CHANNEL, Team
from tests.stories.updates.showing import shown_button


async def _opens(team: Team, person: Person, number: int) -> Form:
    await person.clicks("Update", on=await shown_button(team, person, "account.update", str(number)))
    return await team.form(person)


async def _owes(team: Team, number: int, text: str, *, by: str = "ann", due_on: str = "2026-11-27") -> int:
    added = await team.did(updates.add_action, number, text=text, due_on=date.fromisoformat(due_on), by=by)
    found: int = added.event.id
    return found


async def _fields_appear(team: Team, person: Person, label: str) -> None:
    assert await team.sandbox.changed.until(lambda: label in person.form.labels)


async def test_one_form_records_everything_about_an_account_with_one_receipt(team: Team) -> None:
    number = await team.knows("Initech")
    await _owes(team, number, "Book the demo")
    await _owes(team, number, "Send the offer", by="bob", due_on="2026-11-23")
    await team.did(updates.open_blocker, number, text="Legal is slow")
    before = len(team.recorded())
    form = await _opens(team, team.ann, number)
    assert form.labels[:3] == [
        "Send the offer · bob · 1 d late",
        "Book the demo · due Fri 27 Nov",
        "Blocker: Legal is slow",
    ]
    assert "Slipped to" not in form.labels
    await team.ann.fills(What_moved="They asked for a pilot", What_is_next="Send the pilot plan")
    await team.ann.fills(**{"Book the demo · due Fri 27 Nov": "done", "Send the offer · bob · 1 d late": "slipped"})
    await _fields_appear(team, team.ann, "Slipped to")
    assert team.ann.form.values["Slipped to"] == "2026-12-01"
    await team.ann.fills(Slipped_to="2026-12-04", Why_it_slipped="Their fair")
    assert team.ann.form.values["What moved"] == "They asked for a pilot"
    await team.ann.fills(**{"Blocker: Legal is slow": "resolved"}, Stage_now="engaged")
    assert (await team.submits(team.ann, What_shows_it="They wrote: https://notes.example/1")).ok
    assert not team.ann.has_form
    kinds = [event.kind for event in team.recorded()[before:]]
    assert kinds == ["moved", "action_changed", "action_changed", "blocker_changed", "action_added"]
    state = team.state("Initech")
    assert (state.stage, state.stage_has_evidence) == (Stage.ENGAGED, True)
    assert [(each.text, each.due_on.isoformat()) for each in state.open_actions] == [
        ("Send the pilot plan", "2026-12-01"),
        ("Send the offer", "2026-12-04"),
    ]
    receipt = await team.is_told(team.ann, "*Recorded* for Initech")
    assert receipt.count("Undo") >= len(kinds)
    assert "Their fair" in receipt
    log = team.sandbox.slack.delivery.log
    sent = next(each for each in reversed(log) if each.payload.get("type") == "view_submission")
    again = await team.sandbox.slack.delivery.request("interactive", sent.payload)
    assert (again.ok, again.body) == (True, {})
    assert len(team.recorded()) == before + len(kinds)


async def test_an_update_says_that_nothing_moved_only_where_the_person_says_so(team: Team) -> None:
    number = await team.knows("Initech")
    before = len(team.recorded())
    await _opens(team, team.ann, number)
    assert not (await team.submits(team.ann)).ok
    assert team.ann.form.errors == {"Did anything move?": "Nothing is entered. Tick this box, or press Cancel."}
    assert not (await team.submits(team.ann, What_moved="They called", **{"Did anything move?": ["nothing"]})).ok
    assert len(team.recorded()) == before
    assert (await team.submits(team.ann, What_moved="")).ok
    assert [event.kind for event in team.recorded()[before:]] == ["nothing_moved"]


async def test_what_somebody_else_closed_meanwhile_is_said_and_the_rest_stays_as_typed(team: Team) -> None:
    number = await team.knows("Initech")
    action = await _owes(team, number, "Book the demo")
    await _opens(team, team.ann, number)
    await team.ann.fills(What_moved="They called", **{f"was/{action}": "done"})
    await team.did(updates.close_action, number, action, done=True, by="bob")
    before = len(team.recorded())
    await team.submits(team.ann)
    assert "Book the demo · due Fri 27 Nov: bob marked it as done at 10:00. The rest is as you entered it." in (
        team.ann.form.words
    )
    assert team.ann.form.values["What moved"] == "They called"
    assert len(team.recorded()) == before
    assert (await team.submits(team.ann)).ok
    assert [event.kind for event in team.recorded()[before:]] == ["moved"]


async def test_a_part_that_cannot_be_recorded_is_told_beside_it_and_nothing_is_recorded(team: Team) -> None:
    number = await team.knows("Initech")
    action = await _owes(team, number, "Book the demo")
    before = len(team.recorded())
    await _opens(team, team.ann, number)
    await team.ann.fills(What_moved="They called", What_is_next="Call back", Owner="gus")
    await team.ann.fills(**{f"was/{action}": "slipped"}, Slipped_to="2026-11-26")
    assert not (await team.submits(team.ann)).ok
    assert team.ann.form.errors == {"Slipped to": "It is due on 27 Nov; give a later date."}
    assert not (await team.submits(team.ann, Slipped_to="2026-12-01")).ok
    assert list(team.ann.form.errors) == ["Owner"]
    assert len(team.recorded()) == before
    assert (await team.submits(team.ann, Owner="bob")).ok


async def test_two_choices_at_once_do_no_harm(team: Team) -> None:
    number = await team.knows("Initech")
    first, second = await _owes(team, number, "Book the demo"), await _owes(team, number, "Send the offer")
    form = await _opens(team, team.ann, number)

    async def slips(action: int) -> Outcome:
        names = {"block_id": f"was/{action}", "action_id": "update.changed"}
        return await team.sandbox.actions.set_input(team.ann.id, form.view.id, value="slipped", **names)

    await asyncio.gather(slips(first), slips(second))
    await _fields_appear(team, team.ann, "Slipped to")
    before = len(team.recorded())
    for _ in range(2):
        # where the second one came too late for its fields, they are there once it is missed
        fields = [block["block_id"] for block in team.ann.form.view.blocks if block["block_id"].startswith("later/")]
        await team.submits(team.ann, **dict.fromkeys(fields, "2026-12-04"))
        if not team.ann.has_form:
            break
    assert [event.kind for event in team.recorded()[before:]] == ["action_changed"] * 2
    assert team.direct_words(team.ann)[-1].startswith("*Recorded* for Initech")


async def test_more_than_ten_open_actions_come_by_pages_and_are_recorded_at_once(team: Team) -> None:
    number = await team.knows("Initech")
    actions = [await _owes(team, number, f"Step {each}", due_on="2026-12-02") for each in range(12)]
    form = await _opens(team, team.ann, number)
    assert "Open actions 1 to 10 of 12." in form.words
    await team.ann.fills(**{f"was/{actions[0]}": "done", f"was/{actions[1]}": "dropped"}, Why_it_is_dropped="No need")
    before = len(team.recorded())
    await team.submits(team.ann)
    assert "Open actions 11 to 12 of 12." in team.ann.form.words
    assert len(team.recorded()) == before
    assert (await team.submits(team.ann, **{f"was/{actions[11]}": "done"})).ok
    told = [(one.change["action_id"], one.change["what"], one.change["text"]) for one in team.recorded()[before:]]
    assert told == [(actions[0], "done", ""), (actions[1], "dropped", "No need"), (actions[11], "done", "")]
    assert len(team.state("Initech").open_actions) == 9


async def test_what_was_typed_survives_a_stray_escape_with_its_choices(team: Team) -> None:
    number = await team.knows("Initech")
    action = await _owes(team, number, "Book the demo")
    await _opens(team, team.ann, number)
    await team.ann.fills(**{f"was/{action}": "slipped"}, Why_it_slipped="Their fair", What_is_next="Call back")
    await team.ann.fills(**{f"was/{action}": "done"})
    await team.sandbox.changed.until(lambda: "Why it slipped" not in team.ann.form.labels)
    await team.ann.fills(**{f"was/{action}": "slipped"})
    await _fields_appear(team, team.ann, "Why it slipped")
    assert team.ann.form.values["Why it slipped"] == "Their fair"
    await team.ann.closes()
    form = await _opens(team, team.ann, number)
    assert "What you typed earlier is still here" in form.words
    assert (form.values["What is next"], form.values["Why it slipped"]) == ("Call back", "Their fair")
    assert (await team.submits(team.ann, Slipped_to="2026-12-04")).ok
    assert "typed earlier" not in (await _opens(team, team.ann, number)).words


async def test_an_update_from_an_agenda_shows_in_its_message_and_its_receipt_where_it_was_clicked(team: Team) -> None:
    await team.begins_review_of("Initech")
    form = await team.agenda_form(team.ann, "Update", "Initech")
    assert (form.title, form.values["Due"]) == ("Update", "2026-12-01")
    assert (await team.submits(team.ann, What_moved="They called back", What_is_next="Send the plan")).ok
    receipt = await team.ann.sees("*Recorded* for Initech", in_=CHANNEL)
    assert receipt.count("Undo") >= 2
    assert "Send the plan" in team.agenda("Initech").words
    assert "They called back" in team.agenda("Initech").words
