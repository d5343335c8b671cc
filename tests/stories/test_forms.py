"""Every form: what it asks, what it refuses beside the field, what it records, and what survives a stray Escape."""

import pytest

from agendas.changes import Evidence, evidences
from agendas.facts import Stage
from agendas.verbs import take_updates
from handlers.modals import movement
from handlers.open_forms import draft_name
from storage import forms
from tests.stories.team import CHANNEL, Team

BUTTONS = ("Movement", "Blocker", "Next action", "Decide")


@pytest.mark.parametrize("button", BUTTONS)
async def test_an_empty_form_says_what_is_missing_and_records_nothing(team: Team, button: str) -> None:
    await team.knows("Initech")
    await team.posts_review()
    before = len(team.recorded())
    await team.agenda_form(team.ann, button, "Initech")
    assert not (await team.submits(team.ann)).ok
    await team.ann.fills(text="   \n ")
    outcome = await team.submits(team.ann)
    assert not outcome.ok
    assert len(team.ann.form.errors) == 1
    assert len(team.recorded()) == before


@pytest.mark.parametrize("setting", ["sqlite socket", "postgres socket", "sqlite http"], indirect=True)
async def test_movement_is_recorded_with_its_evidence_and_confirmed_where_it_was_clicked(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["Stage now"] == "same"
    await team.submits(
        team.ann, stage="engaged", text="The CFO joined", evidence="https://notes.example/1\nThe minutes of Monday\n\n"
    )
    assert not team.ann.has_form
    event = team.recorded()[-1]
    assert [(each.text, each.url, each.kind) for each in _evidence(team)] == [
        ("notes.example/1", "https://notes.example/1", "link"),
        ("The minutes of Monday", "", "note"),
    ]
    assert (event.source, event.review_id is not None) == ("modal", True)
    agenda = team.agenda("Initech")
    confirmed = await team.ann.sees("*Recorded* for Initech", in_=CHANNEL)
    assert confirmed.message is not None
    assert confirmed.message.thread_ts is None
    assert len(agenda.thread) == 1
    assert "Engaged for 0 days" in agenda.words


async def test_a_customer_expands_by_form(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech to customer They signed https://notes.example/1", in_=CHANNEL)
    await team.posts_review()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(team.ann, expansion="depth", text="Fifty more seats")
    assert "expansion" in team.agenda("Initech").thread[-1].words


async def test_a_blocker_is_opened_acknowledged_and_resolved_by_form(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    await team.agenda_form(team.ann, "Blocker", "Initech")
    await team.submits(team.ann, text="Legal is slow", owner="bob", needs="executive")
    assert "Legal is slow · 0 days" in team.agenda("Initech").words
    for state, shown in (("acknowledged", "seen"), ("resolved", "Resolved Tue 24 Nov: Legal is slow")):
        await team.agenda_form(team.ann, "Blocker", "Initech")
        assert (await team.submits(team.ann, Legal_is_slow=state)).ok
        assert shown in team.agenda("Initech").words
    assert team.state("Initech").open_blockers == ()


async def test_a_promise_slips_only_to_a_later_date_and_is_kept(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    form = await team.agenda_form(team.ann, "Next action", "Initech")
    assert form.values["Due"] == "2026-12-01"
    outcome = await team.submits(team.ann, text="Book the demo", due_on="2026-11-01", outcome="They attend")
    assert "1 Nov 2026 has passed" in str(outcome.error)
    assert (await team.submits(team.ann, due_on="2026-11-30")).ok
    form = await team.agenda_form(team.ann, "Next action", "Initech")
    label = "Book the demo (due 30 Nov)"
    assert label in form.labels
    assert "Choose the later date" in str((await team.submits(team.ann, **{label: "slipped"})).error)
    later = {"Later date, if it slipped": "2026-11-28"}
    assert "It is due on 2026-11-30; give a later date." in str((await team.submits(team.ann, **later)).error)
    assert (await team.submits(team.ann, **{"Later date, if it slipped": "2026-12-04"})).ok
    assert "Book the demo · ann · by Fri 4 Dec" in team.agenda("Initech").words
    await team.agenda_form(team.ann, "Next action", "Initech")
    assert (await team.submits(team.ann, **{"Book the demo (due 4 Dec)": "done"})).ok
    assert "Done: Book the demo" in team.agenda("Initech").words


@pytest.mark.parametrize(
    ("decision", "more", "missing", "kinds"),
    [
        ("keep", {}, (), ["decided"]),
        ("change_tier", {"tier": "3"}, ("New tier",), ["decided", "list_changed"]),
        (
            "intervene",
            {"ask_of": "dan", "due_on": "2026-12-01"},
            ("Asked of", "By"),
            ["decided", "action_added"],
        ),
        ("pause", {}, (), ["decided", "list_changed"]),
        ("remove", {}, (), ["decided", "list_changed"]),
    ],
)
async def test_each_decision_asks_for_what_it_needs_and_changes_what_it_says(
    team: Team, decision: str, more: dict[str, str], missing: tuple[str, ...], kinds: list[str]
) -> None:
    await team.knows("Initech")
    await team.posts_review()
    before = len(team.recorded())
    await team.agenda_form(team.ann, "Decide", "Initech")
    outcome = await team.submits(team.ann, decision=decision, text="Because of the merger")
    if missing:
        assert not outcome.ok
        assert tuple(team.ann.form.errors) == missing
        outcome = await team.submits(team.ann, **more)
    assert outcome.ok
    assert [event.kind for event in team.recorded()[before:]] == kinds
    confirmed = await team.ann.sees("*Recorded* for Initech: decision", in_=CHANNEL)
    assert confirmed.count("Undo") == len(kinds)


async def test_an_ask_and_a_date_left_over_in_the_form_are_no_part_of_another_decision(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    await team.agenda_form(team.ann, "Decide", "Initech")
    await team.submits(team.ann, decision="keep", text="Going well", tier="3", ask_of="dan", due_on="2026-12-01")
    decision = team.state("Initech").decision
    assert decision is not None
    assert (decision.ask_of, decision.due_on) == (None, None)


@pytest.mark.parametrize(("button", "field"), [("Blocker", "owner"), ("Next action", "owner"), ("Decide", "ask_of")])
async def test_somebody_who_cannot_own_it_is_refused_by_name_beside_the_person(
    team: Team, button: str, field: str
) -> None:
    await team.knows("Initech")
    await team.posts_review()
    before = len(team.recorded())
    await team.agenda_form(team.ann, button, "Initech")
    more = {"decision": "intervene", "due_on": "2026-12-01"} if button == "Decide" else {}
    await team.submits(team.ann, text="Call them", **{field: "gus"}, **more)
    [(label, sentence)] = team.ann.form.errors.items()
    assert label in ("Who sees to it", "Owner", "Asked of")
    assert sentence.startswith("gus is not an active full member")
    assert len(team.recorded()) == before
    assert (await team.submits(team.ann, **{field: "dan"})).ok


async def test_what_was_typed_survives_escape_and_is_forgotten_once_recorded(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
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


async def test_what_was_typed_into_an_earlier_version_of_a_form_is_there_and_what_was_recorded_stays(
    team: Team,
) -> None:
    """The draft of an earlier version has a field that this form does not have any more, and lacks others."""
    number = await team.knows("Initech")
    await team.posts_review()
    await team.did(take_updates.move, number, text="Recorded with the earlier form")
    draft = {"text": "The CFO", "mood": "a field of the earlier form"}
    kept = (team.workspace_id, team.ann.id, draft_name(movement.FRAME.callback_id, number))
    await team.store.write(forms.keep_draft, *kept, values=draft, now=team.clock.now())
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] == "The CFO"
    assert (await team.submits(team.ann)).ok
    assert [each.change["text"] for each in team.recorded() if each.kind == "moved"] == [
        "Recorded with the earlier form",
        "The CFO",
    ]
    assert team.store.read_now(forms.draft, *kept) == {}


async def test_what_was_typed_and_then_removed_does_not_come_back(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.ann.fills(text="The CFO")
    await team.ann.closes()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.ann.fills(text="")
    await team.ann.closes()
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] is None
    assert "typed earlier" not in form.words


async def test_a_form_closed_as_it_was_opened_leaves_nothing_behind(team: Team) -> None:
    number = await team.knows("Initech", segment="Retail")
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
    assert number


async def test_a_key_pressed_just_before_submitting_leaves_no_draft(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(team.ann, text="The CFO joined")
    late = next(
        each.payload
        for each in reversed(team.sandbox.world.courier.log)
        if each.payload.get("type") == "block_actions" and each.payload["actions"][0]["action_id"] == "draft/text"
    )
    await team.sandbox.world.courier.ask("interactive", late)
    form = await team.agenda_form(team.ann, "Movement", "Initech")
    assert form.values["What moved"] is None


async def test_an_account_is_nominated_by_form(team: Team) -> None:
    await team.vic.types("/account nominate", in_=CHANNEL)
    await team.form(team.vic)
    outcome = await team.submits(team.vic, name="Foo", because="They grow", domain="not a domain", value="lots")
    assert not outcome.ok
    assert set(team.vic.form.errors) == {"Domain", "Value a year"}
    outcome = await team.submits(
        team.vic,
        domain="https://www.foo.example/about",
        value="250k EUR",
        owner="ann",
        aliases="F1, Foo Inc",
        segment="Retail",
    )
    assert outcome.ok
    profile = team.state("Foo").profile
    assert (profile.domain, profile.value_cents, profile.currency) == ("foo.example", 25_000_000, "EUR")
    assert profile.aliases == ("F1", "Foo Inc")
    assert profile.owner == team.ann.id
    assert "Foo" in await team.ann.types("/account f1", in_=CHANNEL)


async def test_a_name_that_is_taken_or_too_long_is_refused_in_the_form(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/account nominate Foo", in_=CHANNEL)
    await team.form(team.ann)
    outcome = await team.submits(team.ann, because="They grow", aliases="initech")
    assert 'Initech already answers to "initech"' in str(outcome.error)
    outcome = await team.submits(team.ann, aliases="x" * 200)
    assert "write at most 120" in str(outcome.error)
    assert (await team.submits(team.ann, aliases="")).ok


async def test_an_edit_changes_the_profile_and_nothing_twice(team: Team) -> None:
    await team.knows("Initech", value_cents=125_050, currency="USD")
    await team.ann.types("/account edit initech", in_=CHANNEL)
    form = await team.form(team.ann)
    assert form.values["Value a year"] == "1250.50 USD"
    assert "Nothing differs" in str((await team.submits(team.ann)).error)
    assert (await team.submits(team.ann, owner="bob", name="Initech Group")).ok
    assert team.state("Initech Group").profile.owner == team.bob.id
    assert "Initech Group" in await team.ann.types("/account initech group", in_=CHANNEL)


async def test_the_list_changes_by_form_when_only_the_account_is_named(team: Team) -> None:
    await team.knows("Initech", tier=None)
    await team.ann.types("/account name initech", in_=CHANNEL)
    await team.form(team.ann)
    assert not (await team.submits(team.ann)).ok
    assert (await team.submits(team.ann, tier="2", because="It fits")).ok
    assert team.state("Initech").tier == 2
    await team.ann.types("/account pause initech", in_=CHANNEL)
    assert (await team.form(team.ann)).labels == ["Pause: why"]
    assert (await team.submits(team.ann, because="A merger")).ok
    assert team.state("Initech").list_status == "paused"


async def test_a_command_without_words_asks_which_account_and_what(team: Team) -> None:
    await team.knows("Initech")
    for command, kind in (("/move", "Movement"), ("/blocker", "Blocker"), ("/next", "Next action")):
        await team.ann.types(command, in_=CHANNEL)
        form = await team.form(team.ann)
        assert form.title == "Account update"
        await team.picks_account(team.ann, "Initech")
        await team.submits(team.ann)
        assert team.ann.form.title == kind
        await team.ann.closes(clear=True)


async def test_a_form_sent_twice_is_recorded_once(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(team.ann, text="The CFO joined")
    before = len(team.recorded())
    sent = next(
        each for each in reversed(team.sandbox.world.courier.log) if each.payload.get("type") == "view_submission"
    )
    answer = await team.sandbox.world.courier.ask("interactive", sent.payload)
    assert answer.ok
    assert len(team.recorded()) == before
    assert team.state("Initech").stage is Stage.TARGET


def _evidence(team: Team) -> tuple[Evidence, ...]:
    return evidences.validate_python(team.recorded()[-1].evidence)
