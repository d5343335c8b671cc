"""Every form fits Slack's limits whatever an account holds."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from agendas.facts.people import Function
from agendas.facts.program import GROUPS, SETTINGS, ProgramSettings, Unit
from agendas.facts.reviews import USUAL, Preparation, Reminding
from agendas.pages.people import Sum
from agendas.rendering.words import Words
from agendas.rules.plays import LibraryPlay
from handlers import (
    account_list,
    corrections,
    evidence,
    fit,
    forms,
    hand_over,
    people,
    plays,
    review_forms,
    settings,
    update_forms,
)
from handlers.forms import AccountFacts, Origin, origin_of
from sandbox.limits import view_problems, view_too_large
from tests.agendas.pages.reviews.sections.examples import EXAMPLES
from tests.builders import ANN, BOB, NOW, ZONE, person
from tests.cases import cases
from tests.handlers.form_samples import (
    LONG,
    LONGEST_PLAY,
    ORIGIN,
    TODAY,
    facts,
    full_account,
    undecided,
    waiting,
)
from tests.handlers.forms.test_hostile_views import FORMS

DRAFT = {"text": LONG, "evidence": LONG, "because": LONG, "outcome": LONG, "name": "x" * 200, "value": "y" * 200}
OWN_DRAFT = {f"{name}/account-7": LONG for name in ("text", "evidence", "next")} | {
    f"{name}/{n}": value
    for n in range(30, 60)
    for name, value in (("was", "slipped"), ("later", "2026-12-01"), ("why", LONG))
}


def full(draft: dict[str, str] | None = None, *, subject: str = "") -> AccountFacts:
    """The fullest account, about which a form is opened."""
    return facts(full_account(), replace(ORIGIN, subject=subject), draft)


FULL_SETTINGS = ProgramSettings(
    tuple(
        (key, each.choices if each.unit is Unit.CHOICES else each.choices[0] if each.choices else each.most)
        for key, each in SETTINGS.items()
        if each.unit not in (Unit.DOMAINS, Unit.AMOUNTS, Unit.PLACE)
    )
)
HELD = Sum((LONG,) * 300, 300, ("owner", "marketing partner", "our executive"), 900, 200, 100)
FULL_PREPARATION = Preparation(2_890, 487, Reminding.ACTIVE, (ANN,) * 40, (BOB,) * 40)
FULLEST: dict[str, Callable[[], dict[str, Any]]] = {
    "update": lambda: update_forms.build_update_form(full(OWN_DRAFT)),
    "update, last page": lambda: update_forms.build_update_form(
        facts(full_account(), replace(ORIGIN, page=f"{TODAY} 49", series="2 500 " + "1234567 " * 240 + "7"), OWN_DRAFT)
    ),
    "next action": lambda: update_forms.build_next_action_form(full(DRAFT)),
    "nominate": lambda: account_list.build_nomination(ORIGIN, DRAFT),
    "whose act": lambda: evidence.build_whose_act(
        LONG, undecided(LONG, 60), ORIGIN, {}, Words(), zone=ZONE, today=TODAY
    ),
    "whose act, in escapes": lambda: evidence.build_whose_act(
        "&" * 3_000, undecided("&" * 3_000, 60), ORIGIN, {}, Words(), zone=ZONE, today=TODAY
    ),
    "correction": lambda: corrections.build(
        ORIGIN,
        {"because": LONG},
        name=LONG[:120],
        entries=[(LONG, str(10**17 + n)) for n in range(10)],
        hint=Words().say("history.corrected_hint"),
    ),
    "choose a play": lambda: plays.build_choice(full_account(), ORIGIN, (LONGEST_PLAY,) * 120),
    "start a play": lambda: plays.build_start(full_account(), LONGEST_PLAY, ORIGIN, {}, asker=ANN, today=TODAY),
    "change a play": lambda: plays.build_change(LibraryPlay(LONGEST_PLAY), ORIGIN),
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
    "first schedule": lambda: review_forms.build_schedule_form(ORIGIN, None, zone=ZONE, asker=ANN, now=NOW),
    "scores": lambda: fit.build(waiting(LONG, 40), (Function.SALES,), Origin(channel_id="C0WEEKLY1", item_id=9), {}),
    "scores of one": lambda: fit.build(waiting("x", 1), (Function.PRODUCT,), ORIGIN, {}),
    "person": lambda: people.build(person(), tuple(Function), Origin(subject=ANN)),
    **{f"settings {group}": lambda group=group: settings.build(group, FULL_SETTINGS, ORIGIN) for group in GROUPS},
    "preparation": lambda: review_forms.build_preparation_form(FULL_PREPARATION, Words(), ORIGIN),
    "agenda": lambda: review_forms.build_sections_form(USUAL, EXAMPLES["too long"], Words(), ORIGIN),
}
VIEWS = {name: partial(build, LONG) for name, build in FORMS.items()} | FULLEST


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
