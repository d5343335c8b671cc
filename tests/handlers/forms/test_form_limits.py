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
from agendas.verbs.list.by_word import ListWord
from handlers.account_list import change_form as list_change
from handlers.account_list import profile_form as profile
from handlers.account_list import swap_form as swap
from handlers.edge.page_views import message_view
from handlers.fit import form as fit
from handlers.forms import choose_account as choose
from handlers.forms.form import AccountFacts
from handlers.forms.origin import Origin, origin_of
from handlers.group import form as contact
from handlers.narrative import form as narrative
from handlers.people import form as people
from handlers.plays import library_form as own_play
from handlers.plays import run_form as play
from handlers.product import form as product
from handlers.reviews import review_form as review
from handlers.reviews import schedule_form as schedule
from handlers.settings import form as settings
from handlers.updates import blocker_form as blocker
from handlers.updates import decision_form as decision
from handlers.updates import movement_form as movement
from handlers.updates import next_action_form as next_action
from sandbox.limits import view_problems, view_too_large
from tests.builders import ANN, BOB, NOW, ZONE, person
from tests.handlers.form_samples import (
    LONG,
    LONGEST_PLAY,
    LONGEST_RUN,
    ORIGIN,
    TODAY,
    cadence,
    facts,
    full_account,
    no_room,
    waiting,
)

DRAFT = {"text": LONG, "evidence": LONG, "because": LONG, "outcome": LONG, "name": "x" * 200, "value": "y" * 200}


def full(draft: dict[str, str] | None = None, *, subject: str = "") -> AccountFacts:
    """The fullest account, about which a form is opened."""
    return facts(full_account(), replace(ORIGIN, subject=subject), draft)


FULL_SETTINGS = ProgramSettings(
    tuple(
        (key, each.choices if each.unit is Unit.CHOICES else each.choices[0] if each.choices else each.most)
        for key, each in SETTINGS.items()
    )
)
VIEWS: dict[str, Callable[[], dict[str, Any]]] = {
    "movement": lambda: movement.build(full(DRAFT)),
    "blocker": lambda: blocker.build(full(DRAFT)),
    "next action": lambda: next_action.build(full(DRAFT)),
    "decision": lambda: decision.build(full(DRAFT)),
    "edit": lambda: profile.build_edit(full(DRAFT)),
    "nominate": lambda: profile.build_nomination(ORIGIN, DRAFT),
    "add person": lambda: contact.build_add(full(DRAFT)),
    "edit person": lambda: contact.build_edit(full(subject="100")),
    "somebody left": lambda: contact.build_left(full()),
    "narrative": lambda: narrative.build(full(dict.fromkeys(("pressure", "proof", "ask"), LONG))),
    "product input": lambda: product.build(full(dict.fromkeys(("text", "reference", "link"), LONG))),
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
} | {f"list change {word}": lambda word=word: list_change.build(full(DRAFT, subject=word)) for word in ListWord}


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
