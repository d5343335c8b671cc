from agendas.facts.events import evidences
from tests.stories.team import CHANNEL, Team


async def test_an_empty_form_says_what_is_missing_and_records_nothing(team: Team) -> None:
    await team.begins_review_of("Initech")
    before = len(team.recorded())
    for button in ("Movement", "Blocker", "Next action", "Decide"):
        await team.agenda_form(team.ann, button, "Initech")
        assert not (await team.submits(team.ann)).ok
        await team.ann.fills(text="   \n ")
        outcome = await team.submits(team.ann)
        assert not outcome.ok
        assert len(team.ann.form.errors) == 1
        await team.ann.closes()
    assert len(team.recorded()) == before


async def test_movement_is_recorded_with_its_evidence_and_confirmed_where_it_was_clicked(team: Team) -> None:
    await team.begins_review_of("Initech")
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["Stage now"] == "same"
    await team.submits(
        team.ann, stage="engaged", text="The CFO joined", evidence="https://notes.example/1\nThe minutes of Monday\n\n"
    )
    assert not team.ann.has_form
    event = team.recorded()[-1]
    assert [(each.text, each.url, each.kind) for each in evidences.validate_python(team.recorded()[-1].evidence)] == [
        ("notes.example/1", "https://notes.example/1", "link"),
        ("The minutes of Monday", "", "note"),
    ]
    assert (event.source, event.review_id is not None) == ("modal", True)
    agenda = team.agenda("Initech")
    confirmed = await team.ann.sees("*Recorded* for Initech", in_=CHANNEL)
    assert confirmed.message is not None
    assert confirmed.message.thread_ts is None
    assert len(agenda.thread) == 1
    assert "Engaged since today" in agenda.words


async def test_a_customer_expands_by_form(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech to customer They signed https://notes.example/1", in_=CHANNEL)
    await team.posts_review()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(team.ann, expansion="depth", text="Fifty more seats")
    assert "expansion" in team.agenda("Initech").thread[-1].words


async def test_an_ask_that_was_entered_is_no_part_of_another_decision_and_the_words_stay(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.agenda_form(team.ann, "Decide", "Initech")
    await team.ann.fills(text="Going well", decision="intervene", ask_of="dan")
    assert team.ann.form.values["What is asked"] == "Going well"
    await team.ann.fills(decision="keep")
    await team.sandbox.changed.until(lambda: "Asked of" not in team.ann.form.labels)
    assert (await team.submits(team.ann)).ok
    decision = team.state("Initech").decision
    assert decision is not None
    assert (decision.text, decision.ask_of, decision.due_on) == ("Going well", None, None)


async def test_what_a_form_recorded_is_confirmed_directly_where_it_was_opened_in_a_conversation_of_others(team: Team):
    await team.knows("Initech")
    await team.ann.types("/move initech", in_="@bob")
    await team.form(team.ann)
    await team.submits(team.ann, What_moved="They called back")
    confirmed = await team.is_told(team.ann, "They called back")
    await team.ann.clicks("Undo", on=confirmed)
    assert (await team.is_told(team.ann, "Taken back")).message is confirmed.message
