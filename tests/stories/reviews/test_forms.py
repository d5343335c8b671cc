from datetime import timedelta

import pytest

from agendas.facts.events import evidences
from agendas.verbs import updates
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


@pytest.mark.again
async def test_a_blocker_is_opened_acknowledged_and_resolved_by_form(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.agenda_form(team.ann, "Blocker", "Initech")
    await team.submits(team.ann, text="Legal is slow", owner="bob", needs="executive")
    assert "Legal is slow · since today · bob · needs an executive" in team.agenda("Initech").words
    # it waits for its owner: nobody else is offered to acknowledge it
    for person, state, shown in (
        (team.bob, "acknowledged", "needs an executive · seen"),
        (team.ann, "resolved", "resolved: Legal is slow · ann"),
    ):
        form = await team.agenda_form(person, "Blocker", "Initech")
        assert ("Acknowledged" in str(form.view)) is (person.id == team.bob.id)
        assert (await team.submits(person, Legal_is_slow=state)).ok
        assert shown in team.agenda("Initech").words
    assert team.state("Initech").open_blockers == ()


@pytest.mark.again
async def test_a_promise_slips_only_to_a_later_date_and_is_kept(team: Team) -> None:
    await team.begins_review_of("Initech")
    form = await team.agenda_form(team.ann, "Next action", "Initech")
    assert form.values["Due"] == "2026-12-01"
    outcome = await team.submits(team.ann, text="Book the demo", due_on="2026-11-01", outcome="They attend")
    assert "1 Nov 2026 has passed" in str(outcome.error)
    assert (await team.submits(team.ann, due_on="2026-11-30")).ok
    form = await team.agenda_form(team.ann, "Next action", "Initech")
    label = "Book the demo · due Mon 30 Nov"
    assert label in form.labels
    assert "Slipped to" not in form.labels
    await team.ann.fills(**{label: "slipped", "Slipped to": "2026-11-28", "Why it slipped": "Their fair"})
    outcome = await team.submits(team.ann)
    assert "It is due on 30 Nov; give a later date." in str(outcome.error)
    assert (await team.submits(team.ann, Slipped_to="2026-12-04")).ok
    assert team.recorded()[-1].change["text"] == "Their fair"
    assert "Book the demo · ann · 4 Dec, slipped once" in team.agenda("Initech").words
    await team.agenda_form(team.ann, "Next action", "Initech")
    assert (await team.submits(team.ann, **{"Book the demo · due 4 Dec": "done"})).ok
    assert "*Due* no next action; 1 done" in team.agenda("Initech").words
    assert "done: Book the demo" in team.agenda("Initech").words


DECISIONS: dict[str, tuple[str, dict[str, str], tuple[str, ...], list[str]]] = {
    "Initech": ("keep", {}, (), ["decided"]),
    "Globex": ("change_tier", {"tier": "3"}, ("New tier",), ["decided", "list_changed"]),
    "Hooli": ("change_motion", {"motion": "one_to_few"}, ("New motion",), ["decided"]),
    "Umber": ("intervene", {"ask_of": "dan", "due_on": "2026-12-01"}, ("Asked of",), ["decided", "action_added"]),
    "Larch": ("pause", {}, (), ["decided", "list_changed"]),
    "Kestrel": ("remove", {}, (), ["decided", "list_changed"]),
}
"""For each account what is decided about it, what else that needs, the fields that are missing without it, and the
kinds of events that it makes."""


@pytest.mark.again
async def test_each_decision_asks_for_what_it_needs_and_changes_what_it_says(team: Team) -> None:
    for name in DECISIONS:
        await team.knows(name)
    await team.posts_review(*DECISIONS)
    for name, (decision, more, missing, kinds) in DECISIONS.items():
        before = len(team.recorded())
        await team.agenda_form(team.ann, "Decide", name)
        outcome = await team.submits(team.ann, decision=decision, text="Because of the merger")
        if missing:
            assert not outcome.ok
            assert tuple(team.ann.form.errors) == missing
            outcome = await team.submits(team.ann, **more)
        assert outcome.ok
        assert [event.kind for event in team.recorded()[before:]] == kinds
        confirmed = await team.ann.sees(f"*Recorded* for {name}: decision", in_=CHANNEL)
        assert confirmed.count("Undo") == len(kinds)


@pytest.mark.again
async def test_decide_opens_with_the_decision_that_fits_filled_in_for_an_ask(team: Team) -> None:
    number = await team.knows("Initech", our_executive=team.dan.id)
    await team.did(updates.open_blocker, number, text="Liability cap", needs="executive")
    await team.passes(timedelta(days=30))
    await team.begins_review_of("Globex")
    form = await team.agenda_form(team.ann, "Decide", "Initech")
    assert (form.values["Decision"], form.values["Asked of"]) == ("intervene", team.dan.id)
    assert form.labels == ["Decision", "What is asked", "Asked of", "By"]
    await team.ann.closes()
    form = await team.agenda_form(team.ann, "Decide", "Globex")
    assert (form.values["Decision"], form.labels) == ("keep", ["Decision", "Why"])


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


@pytest.mark.again
async def test_somebody_who_cannot_own_it_is_refused_by_name_beside_the_person(team: Team) -> None:
    await team.begins_review_of("Initech")
    for button, field in (("Blocker", "owner"), ("Next action", "owner"), ("Decide", "ask_of")):
        before = len(team.recorded())
        await team.agenda_form(team.ann, button, "Initech")
        first = {"decision": "intervene"} if button == "Decide" else {}
        await team.submits(team.ann, **first, text="Call them", **{field: "gus"})
        [(label, sentence)] = team.ann.form.errors.items()
        assert label in ("Who sees to it", "Owner", "Asked of")
        assert sentence.startswith("gus is not an active full member")
        assert len(team.recorded()) == before
        assert (await team.submits(team.ann, **{field: "dan"})).ok


async def test_what_a_form_recorded_is_confirmed_directly_where_it_was_opened_in_a_conversation_of_others(team: Team):
    await team.knows("Initech")
    await team.ann.types("/move initech", in_="@bob")
    await team.form(team.ann)
    await team.submits(team.ann, What_moved="They called back")
    confirmed = await team.is_told(team.ann, "They called back")
    await team.ann.clicks("Undo", on=confirmed)
    assert (await team.is_told(team.ann, "Taken back")).message is confirmed.message
