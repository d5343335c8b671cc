"""Every form fits Slack's limits whatever an account holds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agendas.facts.people import Function, Preferences
from agendas.facts.program.setting import Unit
from agendas.facts.program.settings import GROUPS, SETTINGS, ProgramSettings
from agendas.facts.reviews.preparing import Preparation, Reminding
from agendas.facts.reviews.sections import USUAL
from agendas.pages.admin.hand_over import Sum
from agendas.rendering.notice import notice
from agendas.rendering.words import Words
from agendas.rules.plays.library import LibraryPlay
from agendas.text.who_acted import Sides
from agendas.verbs.list.by_word import ListWord
from agendas.verbs.reviews.close import Closing
from handlers.account_list import change_form, justification_form, profile_form, swap_form
from handlers.corrections import form as correction_form
from handlers.deals import form as decline_form
from handlers.edge.page_views import message_view
from handlers.evidence import form as evidence_form
from handlers.evidence import whose_act_form
from handlers.executive import met_form
from handlers.fit import form as fit_form
from handlers.forms import choose_account
from handlers.forms.form import AccountFacts
from handlers.forms.origin import Origin, origin_of
from handlers.group import form as group_form
from handlers.hand_over import form as hand_over_form
from handlers.mail import form as mail_form
from handlers.narrative import form as narrative_form
from handlers.open_items import forms as open_item_forms
from handlers.people import form as people_form
from handlers.plays import library_form, run_form
from handlers.preferences import form as preferences_form
from handlers.product import form as product_form
from handlers.reviews import brief_form, preparation_form, review_form, schedule_form, sections_form
from handlers.settings import form as settings_form
from handlers.updates import blocker_form, decision_form, movement_form, next_action_form, update_form, waiting_form
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
ASKER = whose_act_form.Asker(ZONE, TODAY, {})


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
    "update": lambda: update_form.build(full(OWN_DRAFT)),
    "update, last page": lambda: update_form.build(
        facts(full_account(), replace(ORIGIN, page=f"{TODAY} 49", series="2 500 " + "1234567 " * 240 + "7"), OWN_DRAFT)
    ),
    "movement": lambda: movement_form.build(full(DRAFT)),
    "blocker": lambda: blocker_form.build(full(DRAFT)),
    "next action": lambda: next_action_form.build(full(DRAFT)),
    "customer's date": lambda: waiting_form.build(full({**DRAFT, "problem": LONG})),
    "edit an action": lambda: open_item_forms.build_edit(full({"text/30": LONG}, subject="30")),
    "move an action": lambda: open_item_forms.build_move(full({"text/30": LONG}, subject="30")),
    "drop an action": lambda: open_item_forms.build_drop(full({"text/30": LONG}, subject="30")),
    "answer": lambda: open_item_forms.build_answer(asked_account({"text/5": LONG})),
    "answer about a blocker": lambda: open_item_forms.build_answer_blocker(full({"text/7": LONG}, subject="7")),
    "resolve a blocker": lambda: open_item_forms.build_resolve(full({"text/7": LONG}, subject="7")),
    "decision": lambda: decision_form.build(full(DRAFT)),
    "evidence": lambda: evidence_form.build(facts(claimed_account(), ORIGIN, DRAFT)),
    "who acted": lambda: evidence_form.build_people(full({"who": "100"})),
    "whose act": lambda: whose_act_form.build(LONG, undecided(LONG, 60), ORIGIN, ASKER, Words()),
    "whose act, in escapes": lambda: whose_act_form.build(
        "&" * 3_000, undecided("&" * 3_000, 60), ORIGIN, ASKER, Words()
    ),
    "edit": lambda: profile_form.build_edit(full(DRAFT)),
    "justification": lambda: justification_form.build(full(dict.fromkeys(justification_form.NAMES, LONG))),
    "nominate": lambda: profile_form.build_nomination(ORIGIN, DRAFT),
    "add person": lambda: group_form.build_add(full(DRAFT)),
    "edit person": lambda: group_form.build_edit(full(subject="100")),
    "somebody left": lambda: group_form.build_left(full()),
    "correction": lambda: correction_form.build(
        ORIGIN,
        {"because": LONG},
        name=LONG[:120],
        entries=[(LONG, str(10**17 + n)) for n in range(10)],
        hint=Words().say("history.corrected_hint"),
    ),
    "narrative": lambda: narrative_form.build(full(dict.fromkeys(("pressure", "proof", "ask"), LONG))),
    "executive met": lambda: met_form.build(full(dict.fromkeys(("theirs", "text"), LONG))),
    "decline a stage": lambda: decline_form.build(full(DRAFT, subject="customer hubspot:1")),
    "product input": lambda: product_form.build(full(dict.fromkeys(("text", "reference", "link"), LONG))),
    "choose a play": lambda: run_form.build_choice(full_account(), ORIGIN, (LONGEST_PLAY,) * 120),
    "start a play": lambda: run_form.build_start(full_account(), LONGEST_PLAY, ORIGIN, {}, asker=ANN, today=TODAY),
    "end a play": lambda: run_form.build_end(
        full_account(), LONGEST_RUN, ORIGIN, {"text/8": LONG, "evidence/8": LONG}, sides=Sides()
    ),
    "add a play": lambda: library_form.build_add(ORIGIN, dict.fromkeys(("name", "outcome", "days", "steps"), LONG)),
    "change a play": lambda: library_form.build_change(LibraryPlay(LONGEST_PLAY), ORIGIN),
    "mail address": lambda: mail_form.build_address(ORIGIN),
    "mail code": lambda: mail_form.build_code("x" * 250 + "@a.b", ORIGIN),
    "hand over": lambda: hand_over_form.build(
        ORIGIN, ANN, [(number, HELD) for number in range(10**17, 10**17 + 300)], HELD, Words(), told=LONG
    ),
    "preview of handing over": lambda: hand_over_form.build_sure(
        ORIGIN,
        ANN,
        {"to": ANN} | {f"to/{number}": ANN for number in range(10**17, 10**17 + 40)},
        [(ANN, HELD)] * 41,
        Words(),
    ),
    "person": lambda: people_form.build(person(), tuple(Function), Origin(subject=ANN)),
    "choose": lambda: choose_account.build(replace(ORIGIN, text=LONG), account=(LONG, "7"), note="From the message: x"),
    "schedule": lambda: schedule_form.build(ORIGIN, cadence(), zone=ZONE, asker=ANN, now=NOW),
    "first schedule": lambda: schedule_form.build(ORIGIN, None, zone=ZONE, asker=ANN, now=NOW),
    "scores": lambda: fit_form.build(
        waiting(LONG, 40), (Function.SALES,), Origin(channel_id="C0WEEKLY1", item_id=9), {}
    ),
    "scores of one": lambda: fit_form.build(waiting("x", 1), (Function.PRODUCT,), ORIGIN, {}),
    "close": lambda: review_form.build_close(ORIGIN, Closing((ANN, BOB), 0, can_be_held=True), closer=ANN),
    "attendance": lambda: review_form.build_attendance(ORIGIN, (ANN, BOB)),
    "skip": lambda: review_form.build_skip(ORIGIN, cadence().upcoming, zone=ZONE),
    "move": lambda: review_form.build_move(ORIGIN, cadence().upcoming, zone=ZONE),
    **{f"settings {group}": lambda group=group: settings_form.build(group, FULL_SETTINGS, ORIGIN) for group in GROUPS},
    "preferences": lambda: preferences_form.build(Preferences(), Words(), ORIGIN, zone=ZONE, is_helper=True),
    "ask before": lambda: brief_form.build(ORIGIN),
    "preparation": lambda: preparation_form.build(FULL_PREPARATION, Words(), ORIGIN),
    "agenda": lambda: sections_form.build(USUAL, EXAMPLES["too long"], Words(), ORIGIN),
    "swap": lambda: swap_form.build(no_room(LONG[:120]), Words(), ORIGIN),
    "message": lambda: message_view(notice(LONG)),
} | {f"list change {word}": lambda word=word: change_form.build(full(DRAFT, subject=word)) for word in ListWord}


@cases("name", VIEWS)
def test_every_form_is_within_slacks_limits_with_the_fullest_account(name: str) -> None:
    view = VIEWS[name]()
    assert view_problems(view, surface="modal") == []
    assert not view_too_large(view)


@cases("text", ["שלום " * 600, "🚀" * 1_500, '"\\\n' * 1_000, "x" * 3_000])
def test_a_form_about_a_long_message_keeps_as_much_of_it_as_fits(text: str) -> None:
    view = choose_account.build(Origin(channel_id="C1", evidence_url="https://sample.example/p1", text=text))
    assert view_problems(view, surface="modal") == []
    kept = origin_of(view)
    assert text.startswith(kept.text)
    assert len(kept.text) > 500
    assert kept.evidence_url == "https://sample.example/p1"


@cases("function", Function)
def test_a_form_of_scores_holds_as_many_accounts_as_slack_takes_blocks(function: Function) -> None:
    view = fit_form.build(waiting("Acme", 60), (function,), Origin(), {})
    accounts = fit_form.fits_into((function,))
    assert sum(block["type"] == "section" for block in view["blocks"]) == accounts
    per_account = len(view["blocks"]) // accounts
    assert 98 - per_account < len(view["blocks"]) <= 98
