"""Every form fits Slack's limits whatever an account holds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agendas.facts.people import Function, Preferences
from agendas.facts.program import GROUPS, SETTINGS, ProgramSettings, Unit
from agendas.facts.reviews import USUAL, Preparation, Reminding
from agendas.pages.people import Sum
from agendas.rendering.page import notice
from agendas.rendering.words import Words
from agendas.rules.plays import LibraryPlay
from agendas.text.who_acted import Sides
from agendas.verbs.account_list import ListWord
from agendas.verbs.closing import Closing
from handlers import (
    account_list,
    corrections,
    deals,
    evidence,
    executive,
    fit,
    forms,
    group,
    hand_over,
    mail,
    narrative,
    open_items,
    people,
    plays,
    preferences,
    product,
    review_forms,
    settings,
    update_forms,
)
from handlers.edge.incoming import message_view
from handlers.forms import AccountFacts, Origin, origin_of
from sandbox.limits import view_problems, view_too_large
from tests.agendas.pages.reviews.sections.examples import EXAMPLES
from tests.builders import ANN, BOB, NOW, ZONE, person
from tests.cases import cases
from tests.handlers.form_samples import (
    LONG,
    LONGEST_PLAY,
    LONGEST_RUN,
    ORIGIN,
    TODAY,
    cadence,
    claimed_account,
    facts,
    full_account,
    no_room,
    undecided,
    waiting,
    with_ask,
)

DRAFT = {"text": LONG, "evidence": LONG, "because": LONG, "outcome": LONG, "name": "x" * 200, "value": "y" * 200}
OWN_DRAFT = {f"{name}/account-7": LONG for name in ("text", "evidence", "next")} | {
    f"{name}/{n}": value
    for n in range(30, 60)
    for name, value in (("was", "slipped"), ("later", "2026-12-01"), ("why", LONG))
}

AND = "&" * 3_000


def full(draft: dict[str, str] | None = None, *, subject: str = "") -> AccountFacts:
    """The fullest account, about which a form is opened."""
    return facts(full_account(), replace(ORIGIN, subject=subject), draft)


def asked_account(draft: dict[str, str]) -> AccountFacts:
    """The fullest account with an ask as long as it can be."""
    return facts(with_ask(full_account(), LONG), replace(ORIGIN, subject="5"), draft)


FULL_SETTINGS = ProgramSettings(
    tuple(
        (key, each.choices if each.unit is Unit.CHOICES else each.choices[0] if each.choices else each.most)
        for key, each in SETTINGS.items()
        if each.unit not in (Unit.DOMAINS, Unit.AMOUNTS, Unit.PLACE)
    )
)
HELD = Sum((LONG,) * 300, 300, ("owner", "marketing partner", "our executive"), 900, 200, 100)
FULL_PREPARATION = Preparation(2_890, 487, Reminding.ACTIVE, (ANN,) * 40, (BOB,) * 40)
VIEWS: dict[str, Callable[[], dict[str, Any]]] = {
    "update": lambda: update_forms.build_update_form(full(OWN_DRAFT)),
    "update, last page": lambda: update_forms.build_update_form(
        facts(full_account(), replace(ORIGIN, page=f"{TODAY} 49", series="2 500 " + "1234567 " * 240 + "7"), OWN_DRAFT)
    ),
    "movement": lambda: update_forms.build_movement_form(full(DRAFT)),
    "blocker": lambda: update_forms.build_blocker_form(full(DRAFT)),
    "next action": lambda: update_forms.build_next_action_form(full(DRAFT)),
    "customer's date": lambda: update_forms.build_waiting_form(full({**DRAFT, "problem": LONG})),
    "edit an action": lambda: open_items.build_edit(full({"text/30": LONG}, subject="30")),
    "move an action": lambda: open_items.build_move(full({"text/30": LONG}, subject="30")),
    "drop an action": lambda: open_items.build_drop(full({"text/30": LONG}, subject="30")),
    "answer": lambda: open_items.build_answer(asked_account({"text/5": LONG})),
    "answer about a blocker": lambda: open_items.build_answer_blocker(full({"text/7": LONG}, subject="7")),
    "resolve a blocker": lambda: open_items.build_resolve(full({"text/7": LONG}, subject="7")),
    "decision": lambda: update_forms.build_decision_form(full(DRAFT)),
    "evidence": lambda: evidence.build(facts(claimed_account(), ORIGIN, DRAFT)),
    "who acted": lambda: evidence.build_people(full({"who": "100"})),
    "whose act": lambda: evidence.build_whose_act(
        LONG, undecided(LONG, 60), ORIGIN, {}, Words(), zone=ZONE, today=TODAY
    ),
    "whose act, in escapes": lambda: evidence.build_whose_act(
        "&" * 3_000, undecided("&" * 3_000, 60), ORIGIN, {}, Words(), zone=ZONE, today=TODAY
    ),
    "edit": lambda: account_list.build_edit(full(DRAFT)),
    "justification": lambda: account_list.build_justification(full(dict.fromkeys(account_list.NAMES, LONG))),
    "nominate": lambda: account_list.build_nomination(ORIGIN, DRAFT),
    "add person": lambda: group.build_add(full(DRAFT)),
    "edit person": lambda: group.build_edit(full(subject="100")),
    "somebody left": lambda: group.build_left(full()),
    "correction": lambda: corrections.build(
        ORIGIN,
        {"because": LONG},
        name=LONG[:120],
        entries=[(LONG, str(10**17 + n)) for n in range(10)],
        hint=Words().say("history.corrected_hint"),
    ),
    "narrative": lambda: narrative.build(full(dict.fromkeys(("pressure", "proof", "ask"), LONG))),
    "executive met": lambda: executive.build(full(dict.fromkeys(("theirs", "text"), LONG))),
    "decline a stage": lambda: deals.build(full(DRAFT, subject="customer hubspot:1")),
    "product input": lambda: product.build(full(dict.fromkeys(("text", "reference", "link"), LONG))),
    "choose a play": lambda: plays.build_choice(full_account(), ORIGIN, (LONGEST_PLAY,) * 120),
    "start a play": lambda: plays.build_start(full_account(), LONGEST_PLAY, ORIGIN, {}, asker=ANN, today=TODAY),
    "end a play": lambda: plays.build_end(
        full_account(), LONGEST_RUN, ORIGIN, {"text/8": LONG, "evidence/8": LONG}, sides=Sides()
    ),
    "add a play": lambda: plays.build_add(ORIGIN, dict.fromkeys(("name", "outcome", "days", "steps"), LONG)),
    "change a play": lambda: plays.build_change(LibraryPlay(LONGEST_PLAY), ORIGIN),
    "mail address": lambda: mail.build_address(ORIGIN),
    "mail code": lambda: mail.build_code("x" * 250 + "@a.b", ORIGIN),
    "hand over": lambda: hand_over.build(
        ORIGIN, ANN, [(number, HELD) for number in range(10**17, 10**17 + 300)], HELD, Words(), told=LONG
    ),
    "preview of handing over": lambda: hand_over.build_sure(
        ORIGIN,
        ANN,
        {"to": ANN} | {f"to/{number}": ANN for number in range(10**17, 10**17 + 40)},
        [(ANN, HELD)] * 41,
        Words(),
    ),
    "person": lambda: people.build(person(), tuple(Function), Origin(subject=ANN)),
    "choose": lambda: forms.build(replace(ORIGIN, text=LONG), account=(LONG, "7"), note="From the message: x"),
    "schedule": lambda: review_forms.build_schedule_form(ORIGIN, cadence(), zone=ZONE, asker=ANN, now=NOW),
    "first schedule": lambda: review_forms.build_schedule_form(ORIGIN, None, zone=ZONE, asker=ANN, now=NOW),
    "scores": lambda: fit.build(waiting(LONG, 40), (Function.SALES,), Origin(channel_id="C0WEEKLY1", item_id=9), {}),
    "scores of one": lambda: fit.build(waiting("x", 1), (Function.PRODUCT,), ORIGIN, {}),
    "close": lambda: review_forms.build_close(ORIGIN, Closing((ANN, BOB), 0, can_be_held=True), closer=ANN),
    "attendance": lambda: review_forms.build_attendance(ORIGIN, (ANN, BOB)),
    "skip": lambda: review_forms.build_skip(ORIGIN, cadence().upcoming, zone=ZONE),
    "move": lambda: review_forms.build_move(ORIGIN, cadence().upcoming, zone=ZONE),
    **{f"settings {group}": lambda group=group: settings.build(group, FULL_SETTINGS, ORIGIN) for group in GROUPS},
    "preferences": lambda: preferences.build(Preferences(), Words(), ORIGIN, zone=ZONE, is_helper=True),
    "ask before": lambda: review_forms.build_brief_form(ORIGIN),
    "preparation": lambda: review_forms.build_preparation_form(FULL_PREPARATION, Words(), ORIGIN),
    "agenda": lambda: review_forms.build_sections_form(USUAL, EXAMPLES["too long"], Words(), ORIGIN),
    "swap": lambda: account_list.build_swap(no_room(LONG[:120]), Words(), ORIGIN),
    "message": lambda: message_view(notice(LONG)),
} | {f"list change {word}": lambda word=word: account_list.build_change(full(DRAFT, subject=word)) for word in ListWord}


@cases("name", VIEWS)
def test_every_form_is_within_slacks_limits_with_the_fullest_account(name: str) -> None:
    view = VIEWS[name]()
    assert view_problems(view, surface="modal") == []
    assert not view_too_large(view)


@cases("text", ["שלום " * 600, "🚀" * 1_500, '"\\\n' * 1_000, "x" * 3_000])
def test_a_form_about_a_long_message_keeps_as_much_of_it_as_fits(text: str) -> None:
    view = forms.build(Origin(channel_id="C1", evidence_url="https://sample.example/p1", text=text))
    assert view_problems(view, surface="modal") == []
    kept = origin_of(view)
    assert text.startswith(kept.text)
    assert len(kept.text) > 500
    assert kept.evidence_url == "https://sample.example/p1"


@cases("function", Function)
def test_a_form_of_scores_holds_as_many_accounts_as_slack_takes_blocks(function: Function) -> None:
    view = fit.build(waiting("Acme", 60), (function,), Origin(), {})
    accounts = fit.fits_into((function,))
    assert sum(block["type"] == "section" for block in view["blocks"]) == accounts
    per_account = len(view["blocks"]) // accounts
    assert 98 - per_account < len(view["blocks"]) <= 98
