"""Every form fits Slack's limits whatever an account holds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from agendas.facts.account import Function
from agendas.facts.settings import GROUPS, SETTINGS, ProgramSettings, Unit
from agendas.rendering.notice import notice
from agendas.rendering.words import Words
from agendas.rules.plays.library import LibraryPlay
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
from sandbox.limits import view_problems, view_too_large
from tests.builders import ANN, BOB, NOW, ZONE, person
from tests.handlers.form_samples import (
    LONG,
    LONGEST_PLAY,
    LONGEST_RUN,
    ORIGIN,
    TODAY,
    cadence,
    full_account,
    no_room,
    waiting,
)

DRAFT = {"text": LONG, "evidence": LONG, "because": LONG, "outcome": LONG, "name": "x" * 200, "value": "y" * 200}


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


@pytest.mark.parametrize("function", Function)
def test_a_form_of_scores_holds_as_many_accounts_as_slack_takes_blocks(function: Function) -> None:
    view = fit.build(waiting("Acme", 60), function, Origin(), {})
    accounts = fit.fits_into(function)
    assert sum(block["type"] == "section" for block in view["blocks"]) == accounts
    per_account = len(view["blocks"]) // accounts
    assert 98 - per_account < len(view["blocks"]) <= 98
