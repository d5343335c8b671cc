"""Every form fits Slack's limits whatever an account holds, and reads back what it was opened with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from agendas.changes import DecisionKind, Profile
from agendas.errors import FieldProblems, Outdated
from agendas.facts import AccountState, ActionStatus, Blocker, Function, NextAction, Rhythm, Stage
from agendas.pages.notice import notice
from agendas.pages.words import Words
from agendas.program_settings import DEFAULTS, GROUPS, SETTINGS, ProgramSettings, Unit
from agendas.review_facts import CadenceFacts, Occurrence, Plan
from agendas.rules.capacity import Full, Leaver, NoRoom, Wish
from agendas.rules.play_library import LIBRARY, LibraryPlay
from agendas.rules.play_words import mark_of_steps
from agendas.subjects.fit import Criterion, CriterionScore, FitScore, WaitingAccount
from agendas.subjects.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from agendas.subjects.narrative import Narrative, NarrativeVersion
from agendas.subjects.plays import Play, PlayEnd, PlayRun, PlayStep, StepOwner
from agendas.subjects.product import ProductField, ProductInputGiven
from agendas.verbs.run_plays import PlayWish, StepWish
from agendas.verbs.swap import Swap
from handlers.modals import (
    blocker,
    choose,
    contact,
    decision,
    fit,
    list_change,
    movement,
    narrative,
    next_action,
    own_play,
    people,
    play,
    product,
    profile,
    review,
    schedule,
    settings,
    swap,
)
from handlers.modals.fields import Origin, origin_of
from handlers.modals.message import message_view
from sandbox.blocks import completed
from sandbox.elements import initial_state
from sandbox.limits import view_problems, view_too_large
from tests.builders import ANN, BOB, NOW, ZONE, account, ago, person

HOSTILE = "*bold* _it_ ~no~ <!channel> <@U0ANN0001> & \"q\" 'q' ```x``` שלום 🚀 \u202e\n\nline"
LONG = ("🚀 " + HOSTILE + " word " * 700)[:3_000]
TODAY = date(2026, 11, 24)
ORIGIN = Origin(account_id=7, channel_id="C0WEEKLY1", place="1795532400.000100", item_id=3)


def full_account(text: str = LONG) -> AccountState:
    """More blockers and promises than a form shows, each with that text."""
    blockers = tuple(Blocker(id=n, text=text, owner=ANN, needs="executive", opened_at=ago(n)) for n in range(1, 30))
    actions = tuple(
        NextAction(id=n, text=text, owner=ANN, due_on=TODAY, added_at=ago(n), status=ActionStatus.OPEN)
        for n in range(30, 60)
    )
    named = Profile(name=text[:120], domain="x" * 116 + ".com", aliases=(text[:120],) * 5, segment=text[:120])
    people = tuple(
        Contact(n, ContactProfile(text[:120], text[:120], "r@acme.example", (), tuple(BuyingRole)), ago(n), ago(n))
        for n in range(100, 250)
    )
    return account(profile=named, blockers=blockers, actions=actions, stage=Stage.CUSTOMER, contacts=people)


def cadence(**changes: Any) -> CadenceFacts:
    plan = Plan(Rhythm.WEEKLY, date(2026, 11, 23), time(9), ZONE, frozenset({date(2026, 12, 25)}))
    dates = tuple(Occurrence(date(2026, 11, 30 - n), NOW) for n in range(3))
    facts = CadenceFacts(1, "C0WEEKLY1", plan, 45, ANN, False, dates, tiers=(1, 2), owners=(ANN, BOB))
    return replace(facts, **changes)


def waiting(text: str, count: int) -> tuple[WaitingAccount, ...]:
    """Accounts to score with that text as name, reason and every line of a score given before."""
    scores = tuple(FitScore(each, 4, text, "sales", ANN, NOW) for each in Criterion)
    return tuple(WaitingAccount(10**15 + n, text, text, scores, n) for n in range(1, count + 1))


LONGEST_PLAY = Play(
    "own-1",
    LONG[:120],
    (1, 2, 3),
    LONG[:300],
    365,
    tuple(PlayStep(LONG[:300], StepOwner.PRODUCT, n) for n in range(10)),
)
LONGEST_RUN = PlayRun(8, "own-1", LONG[:120], LONG, TODAY, NOW, ANN)
DRAFT = {"text": LONG, "evidence": LONG, "because": LONG, "outcome": LONG, "name": "x" * 200, "value": "y" * 200}


def no_room(name: str, tier: int = 1) -> NoRoom:
    """Three accounts of that name could leave the tier for another one."""
    reasons = (("stalled_aged", 900, 30), ("stalled_quiet", 900, 21), ("low_fit", 3, 80), ("not_moved", 900, 0))
    leavers = tuple(Leaver(number, name, reasons) for number in (8, 9, 10))
    return NoRoom(Wish(7, name, tier, LONG), Full(tier, 10, 10, ANN), leavers)


FULL_SETTINGS = ProgramSettings(
    tuple(
        (key, each.choices if each.unit is Unit.CHOICES else each.choices[0] if each.choices else each.most)
        for key, each in SETTINGS.items()
    )
)
VIEWS: dict[str, Callable[[], dict[str, Any]]] = {
    "movement": lambda: movement.build(full_account(), ORIGIN, DRAFT),
    "blocker": lambda: blocker.build(full_account(), ORIGIN, DRAFT, asker=ANN),
    "next action": lambda: next_action.build(full_account(), ORIGIN, DRAFT, asker=ANN, due_on=TODAY),
    "decision": lambda: decision.build(full_account(), ORIGIN, DRAFT),
    "edit": lambda: profile.build_edit(full_account(), ORIGIN, DRAFT),
    "nominate": lambda: profile.build_nomination(ORIGIN, DRAFT),
    "add person": lambda: contact.build_add(full_account(), ORIGIN, DRAFT),
    "edit person": lambda: contact.build_edit(full_account(), replace(ORIGIN, subject="100")),
    "somebody left": lambda: contact.build_left(full_account(), ORIGIN, TODAY),
    "narrative": lambda: narrative.build(full_account(), ORIGIN, dict.fromkeys(("pressure", "proof", "ask"), LONG)),
    "product input": lambda: product.build(full_account(), ORIGIN, dict.fromkeys(("text", "reference", "link"), LONG)),
    "choose a play": lambda: play.build_choice(full_account(), ORIGIN, (LONGEST_PLAY,) * 120),
    "start a play": lambda: play.build_start(full_account(), LONGEST_PLAY, ORIGIN, {}, asker=ANN, today=TODAY),
    "end a play": lambda: play.build_end(full_account(), LONGEST_RUN, ORIGIN, {"text/8": LONG, "evidence/8": LONG}),
    "add a play": lambda: own_play.build_add(ORIGIN, dict.fromkeys(("name", "outcome", "days", "steps"), LONG)),
    "change a play": lambda: own_play.build_change(LibraryPlay(LONGEST_PLAY), ORIGIN),
    "person": lambda: people.build(person(), Origin(subject=ANN)),
    "choose": lambda: choose.build(replace(ORIGIN, text=LONG), account=(LONG, "7"), note="From the message: x"),
    "schedule": lambda: schedule.build(ORIGIN, cadence(), zone=ZONE, today=TODAY, asker=ANN, now=NOW),
    "first schedule": lambda: schedule.build(ORIGIN, None, zone=ZONE, today=TODAY, asker=ANN, now=NOW),
    "scores": lambda: fit.build(waiting(LONG, 40), Function.SALES, Origin(channel_id="C0WEEKLY1", item_id=9), {}),
    "scores of one": lambda: fit.build(waiting("x", 1), Function.PRODUCT, ORIGIN, {}),
    "close": lambda: review.build_close(ORIGIN, present=(ANN, BOB)),
    "skip": lambda: review.build_skip(ORIGIN, cadence().upcoming, zone=ZONE),
    "move": lambda: review.build_move(ORIGIN, cadence().upcoming, zone=ZONE),
    **{f"settings {group}": lambda group=group: settings.build(group, FULL_SETTINGS, ORIGIN) for group in GROUPS},
    "swap": lambda: swap.build(no_room(LONG[:120]), Words(), ORIGIN),
    "message": lambda: message_view(notice(LONG)),
} | {
    f"list change {word}": lambda word=word: list_change.build(full_account(), replace(ORIGIN, subject=word), DRAFT)
    for word in list_change.WORDS
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_is_within_slacks_limits_with_the_fullest_account(name: str) -> None:
    view = VIEWS[name]()
    assert view_problems(view, surface="modal") == []
    assert not view_too_large(view)


@pytest.mark.parametrize("text", ["שלום " * 600, "🚀" * 1_500, '"\\\n' * 1_000, "x" * 3_000])
def test_a_form_about_a_long_message_keeps_as_much_of_it_as_fits(text: str) -> None:
    view = choose.build(Origin(channel_id="C1", evidence_url="https://sample.example/p1", text=text))
    assert view_problems(view, surface="modal") == []
    kept = origin_of(view)
    assert text.startswith(kept.text)
    assert len(kept.text) > 500
    assert kept.evidence_url == "https://sample.example/p1"


def test_where_a_form_was_opened_comes_back_and_unknown_words_do_not_matter() -> None:
    view = movement.build(account(), ORIGIN, {})
    assert origin_of(view) == ORIGIN
    assert origin_of({"private_metadata": '{"account_id": 7, "of_the_future": 1}'}) == Origin(account_id=7)
    assert origin_of({}) == Origin()


def filled(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The view as it comes back when these fields are filled in, everything else as it was opened."""
    blocks = completed(view["blocks"])
    state = initial_state(blocks, None)
    for name, value in values.items():
        [(action_id, element)] = state[name].items()
        state[name][action_id] = element | _entered(element["type"], value)
    return view | {"id": "V1", "blocks": blocks, "state": {"values": state}}


def _entered(kind: str, value: Any) -> dict[str, Any]:
    names = {
        "plain_text_input": "value",
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "users_select": "selected_user",
        "multi_users_select": "selected_users",
    }
    if kind in names:
        return {names[kind]: value}
    if kind == "multi_static_select":
        return {"selected_options": [{"value": each} for each in value]}
    return {"selected_option": {"value": value} if value else None}


def test_movement_reads_back() -> None:
    view = movement.build(account(stage=Stage.AWARE), ORIGIN, {})
    with pytest.raises(FieldProblems) as problems:
        movement.read(filled(view), NOW)
    assert list(problems.value.fields) == ["text"]
    entry = movement.read(
        filled(view, text=" It moved \n", stage="engaged", evidence="https://a.example/1\n\nnotes"), NOW
    )
    assert (entry.text, entry.to_stage, entry.expansion) == ("It moved", Stage.ENGAGED, None)
    assert [(each.text, each.kind) for each in entry.evidence] == [("a.example/1", "link"), ("notes", "note")]
    assert movement.read(filled(view, text="News"), NOW).to_stage is None


def test_the_message_a_form_was_opened_on_keeps_its_time_as_evidence() -> None:
    at = datetime.fromisoformat("2026-11-20T10:00:00+00:00")
    origin = replace(ORIGIN, evidence_url="https://sample.example/p1", evidence_at=at.isoformat(), text="They said yes")
    view = movement.build(account(), origin, {})
    [evidence] = movement.read(filled(view), NOW).evidence
    assert (evidence.kind, evidence.dated_at, evidence.url) == ("message", at, "https://sample.example/p1")


def test_blockers_read_back() -> None:
    view = blocker.build(full_account("Legal"), ORIGIN, {}, asker=ANN)
    with pytest.raises(FieldProblems):
        blocker.read(filled(view), NOW)
    entry = blocker.read(filled(view, **{"open/3": "resolved", "open/4": "acknowledged"}), NOW)
    assert entry.changed == ((3, "resolved"), (4, "acknowledged"))
    entry = blocker.read(filled(view, text="Money", owner=BOB, needs="finance"), NOW)
    assert (entry.changed, entry.text, entry.owner, entry.needs) == ((), "Money", BOB, "finance")


def test_next_actions_read_back() -> None:
    view = next_action.build(full_account("Call"), ORIGIN, {}, asker=ANN, due_on=date(2026, 12, 1))
    with pytest.raises(FieldProblems) as problems:
        next_action.read(filled(view, **{"was/30": "slipped", "was/31": "slipped", "later/31": "2026-11-01"}), TODAY)
    assert list(problems.value.fields) == ["later/30", "later/31"]
    entry = next_action.read(filled(view, **{"was/30": "done", "was/32": "slipped", "later/32": "2026-12-04"}), TODAY)
    assert [(each.action_id, each.what) for each in entry.promises] == [(30, "done"), (32, "slipped")]
    entry = next_action.read(filled(view, text="Write", owner=BOB, outcome="They reply"), TODAY)
    assert (entry.text, entry.owner, entry.due_on) == ("Write", BOB, date(2026, 12, 1))
    assert next_action.read(filled(view, text="Write", due_on=None), TODAY).due_on == date(2026, 12, 1)
    with pytest.raises(FieldProblems, match="has passed"):
        next_action.read(filled(view, text="Write", due_on="2026-11-23"), TODAY)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"text": ""}, {"text"}),
        ({"decision": "change_tier", "text": "x"}, {"tier"}),
        ({"decision": "change_tier", "text": "x", "tier": "1"}, {"tier"}),
        ({"decision": "intervene", "text": "x"}, {"ask_of", "due_on"}),
        ({"decision": "intervene", "text": "x", "ask_of": BOB, "due_on": "2026-11-23"}, {"due_on"}),
    ],
)
def test_a_decision_without_what_it_needs_is_refused_beside_the_fields(values: dict[str, str], wrong: set[str]) -> None:
    view = decision.build(account(), ORIGIN, {})
    with pytest.raises(FieldProblems) as problems:
        decision.read(filled(view, **values), account(), TODAY)
    assert set(problems.value.fields) == wrong


def test_a_decision_reads_back_only_what_belongs_to_it() -> None:
    view = decision.build(account(), ORIGIN, {})
    everything = {"text": " Call them ", "tier": "3", "ask_of": BOB, "due_on": "2026-12-01"}
    asked = decision.read(filled(view, decision="intervene", **everything), account(), TODAY)
    assert asked == decision.DecisionEntry(DecisionKind.INTERVENE, "Call them", None, BOB, date(2026, 12, 1))
    kept = decision.read(filled(view, **everything), account(), TODAY)
    assert kept == decision.DecisionEntry(DecisionKind.KEEP, "Call them", None, "", None)


def test_a_profile_reads_back_as_it_was() -> None:
    had = account().profile
    had = replace(had, value_cents=12_345_67, currency="EUR", aliases=("AC", "Acme"), our_executive=BOB, crm_id="77")
    view = profile.build_edit(account(profile=had), ORIGIN, {})
    assert profile.read(filled(view), had) == (had, "")


@pytest.mark.parametrize(
    ("typed", "cents", "currency"),
    [
        ("", None, ""),
        ("250k EUR", 25_000_000, "EUR"),
        ("EUR 250 000", 25_000_000, "EUR"),
        ("1.5m usd", 150_000_000, "USD"),
        ("1250.50", 125_050, ""),
        ("1'250", 125_000, ""),
        ("1,250.50 USD", 125_050, "USD"),
        ("1,5", 150, ""),
        ("1,5m EUR", 150_000_000, "EUR"),
        ("1.2345M", 123_450_000, ""),
        ("€ 12k", 1_200_000, "EUR"),
        ("5 MXN", 500, "MXN"),
    ],
)
def test_a_value_is_read_in_the_ways_people_write_it(typed: str, cents: int | None, currency: str) -> None:
    view = profile.build_nomination(ORIGIN, {})
    read, _ = profile.read(filled(view, name="Foo", value=typed), Profile(name=""))
    assert (read.value_cents, read.currency) == (cents, currency)


@pytest.mark.parametrize(
    "typed",
    ["lots", "12 zorkmids", "1.2.3", "-5", "EUR", "9" * 40, "9" * 12 + "k", "12.500", "250k lots of money", "k"],
)
def test_a_value_that_cannot_be_read_is_refused(typed: str) -> None:
    view = profile.build_nomination(ORIGIN, {})
    with pytest.raises(FieldProblems) as problems:
        profile.read(filled(view, name="Foo", value=typed), Profile(name=""))
    assert list(problems.value.fields) == ["value"]


def test_a_schedule_reads_back_as_it_was() -> None:
    view = schedule.build(ORIGIN, cadence(), zone=ZONE, today=TODAY, asker=ANN, now=NOW)
    wish = schedule.read(filled(view))
    assert (wish.plan, wish.minutes, wish.facilitator) == (cadence().plan, 45, ANN)
    assert (wish.tiers, wish.owners, wish.close_after_minutes) == ((1, 2), (ANN, BOB), 24 * 60)


def test_a_list_change_needs_its_tier_and_its_reason() -> None:
    for word in list_change.WORDS:
        view = list_change.build(account(), replace(ORIGIN, subject=word), {})
        with pytest.raises(FieldProblems) as problems:
            list_change.read(filled(view), word)
        assert set(problems.value.fields) == ({"tier", "because"} if word in ("name", "tier") else {"because"})


def test_a_person_reads_back_as_they_were() -> None:
    view = people.build(person(), Origin(subject=ANN))
    assert people.read(filled(view)) == ("sales", "editor")


def test_closing_skipping_and_moving_read_back() -> None:
    dates = cadence().upcoming
    assert review.read_close(filled(review.build_close(ORIGIN, present=(ANN, BOB)))) == (True, (ANN, BOB))
    assert review.read_close(filled(review.build_close(ORIGIN, present=()), held="no")) == (False, ())
    skip = review.build_skip(ORIGIN, dates, zone=ZONE)
    with pytest.raises(FieldProblems):
        review.read_skip(filled(skip))
    assert review.read_skip(filled(skip, because="x")) == (date(2026, 11, 30), "x")
    move = review.build_move(ORIGIN, dates, zone=ZONE)
    assert review.read_move(filled(move), zone=ZONE).moved_to == NOW
    with pytest.raises(FieldProblems) as problems:
        review.read_move(filled(move, day=None, time=None), zone=ZONE)
    assert set(problems.value.fields) == {"day", "time"}


def test_the_hint_of_the_evidence_speaks_of_the_form_it_stands_in() -> None:
    of_movement = str(movement.build(account(), ORIGIN, {}))
    of_blocker = str(blocker.build(account(), ORIGIN, {}, asker=ANN))
    assert "shown as claimed" in of_movement
    assert "shown as claimed" not in of_blocker
    assert "beside the blocker" in of_blocker


def test_settings_read_back_and_only_what_differs_from_what_was_shown_is_wanted() -> None:
    own = ProgramSettings((("tier.1.cap", 12),))
    view = settings.build("tier.1", own, ORIGIN)
    values = {"tier.1.cap": "1,000", "tier.1.rhythm": "monthly", "tier.1.roles.mqa": ["champion", "procurement"]}
    found = settings.read(filled(view, **values))
    assert list(found) == [key for key in SETTINGS if key.startswith("tier.1.")]
    assert {key: pair for key, pair in found.items() if pair[0] != pair[1]} == {
        "tier.1.cap": (12, 1_000),
        "tier.1.rhythm": ("weekly", "monthly"),
        "tier.1.roles.mqa": ((), ("champion", "procurement")),
    }


def test_a_wrong_value_of_a_setting_is_refused_beside_its_field() -> None:
    values = {
        "tier.1.cap": "ten",
        "tier.1.owner_cap": "10001",
        "tier.1.minutes": "0",
        "tier.1.rhythm": "daily",
        "tier.1.response": "",
        "tier.1.blocker": "-1",
        "tier.1.roles.engaged": ["nobody"],
    }
    with pytest.raises(FieldProblems) as wrong:
        settings.read(filled(settings.build("tier.1", DEFAULTS, ORIGIN), **values))
    assert wrong.value.fields == {
        "tier.1.cap": '"ten" is not a number it may have. Write a whole number of accounts from 1 to 10,000.',
        "tier.1.owner_cap": (
            "10,001 is over what is possible. Write a whole number of accounts from 0 to 10,000, 0 for no limit."
        ),
        "tier.1.minutes": "0 is under what is possible. Write a whole number of minutes from 1 to 60.",
        "tier.1.rhythm": "Choose one of those offered here.",
        "tier.1.response": "Write a whole number of business hours from 1 to 200.",
        "tier.1.blocker": (
            '"-1" is not a number it may have. Write a whole number of days from 0 to 365, 0 for no limit.'
        ),
        "tier.1.roles.engaged": "Choose one of those offered here.",
    }


def test_a_person_comes_back_from_the_form_as_entered() -> None:
    profile = ContactProfile(
        "Rita Sample",
        "CFO",
        "rita@acme.example",
        (BuyingRole.ECONOMIC_BUYER, BuyingRole.CHAMPION),
        support=Support.NON_SUPPORTER,
        depth=ContactDepth.IN_DEPTH,
        touched_on=date(2026, 11, 20),
        left_on=date(2026, 11, 23),
    )
    state = account(contacts=(Contact(8, profile, ago(9), ago(9)),))
    view = contact.build_edit(state, replace(ORIGIN, subject="8"))
    assert contact.read(filled(view)) == profile
    assert contact.read(filled(view, name=" Rita  Jones ", email=" RITA@acme.example ", left_on=None)) == replace(
        profile, name="Rita Jones", left_on=None
    )


def test_who_left_and_when_have_to_be_chosen() -> None:
    view = contact.build_left(full_account(), ORIGIN, TODAY)
    with pytest.raises(FieldProblems) as refused:
        contact.read_left(filled(view, left_on=None))
    assert refused.value.fields == {"who": "Choose who left.", "left_on": "Choose the day."}
    assert contact.read_left(filled(view, who="101")) == contact.LeftEntry(101, TODAY)


def test_the_form_of_a_person_who_is_not_there_any_more_is_not_opened() -> None:
    with pytest.raises(Outdated, match="not in this group any more"):
        contact.build_edit(full_account(), replace(ORIGIN, subject="5"))
    with pytest.raises(Outdated, match="Nobody of Acme Corp is recorded as there"):
        contact.build_left(account(), ORIGIN, TODAY)


def scores_view(function: Function | None = Function.SALES) -> dict[str, Any]:
    accounts = (WaitingAccount(7, "Acme", "Renews"), WaitingAccount(8, "Globex"))
    return fit.build(accounts, function, Origin(), {})


def test_a_form_of_scores_gives_back_what_was_scored_of_each_account() -> None:
    given = {"score/7/acv": "0", "because/7/acv": " 20 seats ", "score/8/urgency": "4", "because/8/urgency": "Audit"}
    view = filled(scores_view(), **given)
    assert fit.read(view, Function.SALES) == {
        7: fit.Entered(
            (CriterionScore(Criterion.ACV, 0, "20 seats"),), frozenset({Criterion.URGENCY, Criterion.SALES_MOTION})
        ),
        8: fit.Entered(
            (CriterionScore(Criterion.URGENCY, 4, "Audit"),), frozenset({Criterion.ACV, Criterion.SALES_MOTION})
        ),
    }
    assert fit.accounts_in(view) == {7, 8}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"score/7/acv": "3"}, "because/7/acv"),
        ({"score/7/acv": "3", "because/7/acv": " \n"}, "because/7/acv"),
        ({"because/8/urgency": "Audit"}, "score/8/urgency"),
        ({"score/7/acv": "5", "because/7/acv": "Large"}, "score/7/acv"),
        ({"score/7/acv": "-1", "because/7/acv": "Small"}, "score/7/acv"),
        ({"score/7/acv": "2.5", "because/7/acv": "Between"}, "score/7/acv"),
    ],
)
def test_what_is_wrong_with_a_score_is_said_beside_its_field(given: dict[str, str], field: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        fit.read(filled(scores_view(), **given), Function.SALES)
    assert list(refused.value.fields) == [field]


def test_an_empty_form_of_scores_is_refused_beside_its_first_field() -> None:
    assert list(fit.nothing_scored(filled(scores_view())).fields) == ["score/7/acv"]
    with pytest.raises(Outdated):
        fit.nothing_scored(filled(scores_view(None)))


def test_a_criterion_that_is_not_asked_of_the_function_any_more_is_refused() -> None:
    view = filled(scores_view(), **{"score/7/acv": "3", "because/7/acv": "Large"})
    for function in (Function.PRODUCT, None):
        with pytest.raises(FieldProblems, match="not asked of your function any more"):
            fit.read(view, function)


@pytest.mark.parametrize("function", Function)
def test_a_form_of_scores_holds_as_many_accounts_as_slack_takes_blocks(function: Function) -> None:
    view = fit.build(waiting("Acme", 60), function, Origin(), {})
    accounts = fit.fits_into(function)
    assert sum(block["type"] == "section" for block in view["blocks"]) == accounts
    per_account = len(view["blocks"]) // accounts
    assert 98 - per_account < len(view["blocks"]) <= 98


def test_a_swap_reads_back_and_tier_3_has_no_next_tier() -> None:
    view = swap.build(no_room("Acme Corp"), Words(), ORIGIN)
    read = swap.read(filled(view, leaver="9", becomes="next_tier", leaver_because="Cut", because=" They grew "))
    assert read == Swap(7, 1, "They grew", 9, "next_tier", "Cut")
    (becomes,) = [
        each for each in swap.build(no_room("Acme", 3), Words(), ORIGIN)["blocks"] if each.get("block_id") == "becomes"
    ]
    assert [each["value"] for each in becomes["element"]["options"]] == ["paused", "removed"]


def test_a_swap_wants_both_accounts_reasons() -> None:
    view = swap.build(no_room("Acme Corp"), Words(), ORIGIN)
    with pytest.raises(FieldProblems) as wrong:
        swap.read(filled(view, leaver="", becomes="sold", leaver_because=" ", because=""))
    assert set(wrong.value.fields) == {"leaver", "becomes", "leaver_because", "because"}


def test_a_narrative_reads_back_as_it_was_and_what_was_typed_and_not_saved_comes_first() -> None:
    told = Narrative("Their lease ends in March", "Two sites", "", "A day", (BuyingRole.CHAMPION,))
    state = account(narrative=NarrativeVersion(told, 3, NOW, ANN))
    view = narrative.build(state, ORIGIN, {})
    assert narrative.read(filled(view)) == told
    assert origin_of(view).account_id == 7
    assert narrative.read(filled(narrative.build(state, ORIGIN, {"ask": "An hour"}))) == replace(told, ask="An hour")
    assert narrative.shown_in(view) == NOW
    assert narrative.shown_in(narrative.build(account(), ORIGIN, {})) is None
    for subject in ("3", "2026-11-24T15:00:00"):
        with pytest.raises(Outdated):
            narrative.shown_in(view | {"private_metadata": f'{{"subject": "{subject}"}}'})


def test_what_product_adds_reads_back_with_its_link_as_evidence() -> None:
    view = product.build(account(), ORIGIN, {})
    entry = product.read(
        filled(view, field="proof", text=" Nine weeks ", reference=" Globex  Ltd ", link="https://a.example/1"), NOW
    )
    assert entry.given == ProductInputGiven(ProductField.PROOF, "Nine weeks", "Globex Ltd")
    assert entry.link is not None
    assert (entry.link.url, entry.link.dated_at) == ("https://a.example/1", NOW)
    assert product.read(filled(view, field="feedback", text="Offline mode"), NOW).link is None


@pytest.mark.parametrize(
    "link", ["a.example/1", "see https://a.example/1", "https://a.example https://b.example", "no"]
)
def test_what_is_no_link_is_refused_beside_its_field_and_a_field_has_to_be_chosen(link: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        product.read(filled(product.build(account(), ORIGIN, {}), text="x", link=link), NOW)
    assert refused.value.fields == {
        "field": "Choose what it is.",
        "link": "Write one whole address that begins with https://, or leave it empty.",
    }


def test_a_play_to_start_proposes_its_owners_and_dates_and_reads_back() -> None:
    pilot = next(each for each in LIBRARY if each.key == "pilot")
    state = account(profile=replace(account().profile, marketing_partner=BOB, our_executive="U0DAN0001"))
    view = play.build_start(state, pilot, ORIGIN, {}, asker="U0CLEO001", today=TODAY)
    wish = play.read_start(filled(view))
    assert wish == PlayWish(
        "pilot",
        pilot.outcome,
        date(2027, 1, 5),
        (
            StepWish(ANN, date(2026, 12, 1)),
            StepWish("U0CLEO001", date(2026, 12, 8)),
            StepWish(ANN, date(2026, 12, 15)),
            StepWish("U0DAN0001", date(2026, 12, 22)),
        ),
        mark_of_steps(pilot),
    )
    with pytest.raises(FieldProblems) as refused:
        play.read_start(filled(view, **{"owner/1": None, "due/2": None, "outcome_due_on": None}))
    assert list(refused.value.fields) == ["owner/1", "due/2", "outcome_due_on"]
    with pytest.raises(FieldProblems, match="Choose a play"):
        play.read_choice(filled(play.build_choice(state, ORIGIN, LIBRARY)))


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, ["what"]),
        ({"what": "outcome"}, ["text/8", "evidence/8"]),
        ({"what": "outcome", "text/8": "They came"}, ["evidence/8"]),
        ({"what": "stopped"}, ["text/8"]),
    ],
)
def test_the_end_of_a_play_says_what_the_buyer_did_and_what_shows_it_or_why_it_stopped(values, wrong) -> None:
    view = play.build_end(account(), LONGEST_RUN, ORIGIN, {})
    with pytest.raises(FieldProblems) as refused:
        play.read_end(filled(view, **values), NOW)
    assert list(refused.value.fields) == wrong


def test_the_end_of_a_play_reads_back() -> None:
    view = play.build_end(account(), LONGEST_RUN, ORIGIN, {})
    came = {"what": "outcome", "text/8": " They came ", "evidence/8": "https://a.example/1"}
    entry = play.read_end(filled(view, **came), NOW)
    assert (entry.play_id, entry.what, entry.text) == (8, PlayEnd.OUTCOME, "They came")
    assert [each.url for each in entry.evidence] == ["https://a.example/1"]
    assert play.read_end(filled(view, what="none"), NOW) == play.EndEntry(8, PlayEnd.NONE, "", ())


def test_a_play_of_the_library_reads_back_as_it_was() -> None:
    for each in LIBRARY:
        known = LibraryPlay(each)
        assert own_play.read_over(filled(own_play.build_change(known, ORIGIN)), known) == known
    retired = LibraryPlay(LIBRARY[0], is_retired=True)
    view = own_play.build_change(retired, ORIGIN)
    assert own_play.read_over(filled(view), retired) == retired
    assert own_play.read_over(filled(view, state="kept", tiers=["2"], days=" 9 days "), retired) == LibraryPlay(
        replace(LIBRARY[0], tiers=(2,), outcome_in_days=9)
    )
    with pytest.raises(FieldProblems, match='Line 2, "Call them", is no step'):
        own_play.read_over(filled(view, steps="sales, 2: Write\nCall them"), retired)
