"""No text of a person, in any form or on Home, can ping, link, format our words or break a block."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from agendas.facts.people import Function, Preferences
from agendas.facts.program.settings import DEFAULTS, GROUPS
from agendas.facts.reviews.preparing import AS_USUAL, Away
from agendas.facts.reviews.sections import USUAL
from agendas.pages.admin.hand_over import Sum
from agendas.pages.home.home import Shown, home_page
from agendas.rendering.notice import notice
from agendas.rendering.words import Words
from agendas.rules.imports.questions import ImportQuestions, NamingQuestion, StageAsked
from agendas.rules.imports.reading.dates import Naming
from agendas.rules.plays.library import LIBRARY, LibraryPlay
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.text.who_acted import Sides
from agendas.verbs.list.by_word import ListWord
from agendas.verbs.reviews.close import Closing
from handlers import ROUTES
from handlers.account_list import change_form, justification_form, profile_form, swap_form
from handlers.away import form as away_form
from handlers.corrections import form as correction_form
from handlers.deals import form as decline_form
from handlers.edge.page_views import home_view, message_view, refused_home
from handlers.edge.views import inputs_of
from handlers.evidence import form as evidence_form
from handlers.evidence import whose_act_form
from handlers.executive import met_form
from handlers.fit import form as fit_form
from handlers.forms import choose_account
from handlers.forms.origin import Origin
from handlers.group import form as group_form
from handlers.hand_over import form as hand_over_form
from handlers.imports import form as imports_form
from handlers.mail import form as mail_form
from handlers.narrative import form as narrative_form
from handlers.open_items import forms as open_item_forms
from handlers.people import form as people_form
from handlers.plays import library_form, run_form
from handlers.preferences import form as preferences_form
from handlers.privacy import form as privacy_form
from handlers.product import form as product_form
from handlers.reviews import brief_form, preparation_form, review_form, schedule_form, sections_form
from handlers.settings import form as settings_form
from handlers.signals import form as signals_form
from handlers.updates import blocker_form, decision_form, movement_form, next_action_form, update_form, waiting_form
from sandbox.limits import view_problems
from tests.agendas.pages.home.days import full_day
from tests.agendas.pages.hostile import PIECES, check_text, hostile, long_hostile, mrkdwn_of, poisoned
from tests.agendas.pages.hostile_facts import an_item
from tests.builders import ANN, BOB, NOW, ZONE, person
from tests.cases import cases
from tests.handlers.form_samples import (
    LONGEST_RUN,
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

View = dict[str, Any]
WORDS = Words()


class Typed(dict[str, str]):
    """A draft with the text in each field that people type into."""

    def __init__(self, build: Callable[[dict[str, str]], View], text: str) -> None:
        fields = [each for each in inputs_of(build({})) if each["element"]["type"] == "plain_text_input"]
        longest = {each["block_id"]: each["element"].get("max_length", len(text)) for each in fields}
        super().__init__({name: text[:most] for name, most in longest.items()})


def typed(build: Callable[[dict[str, str]], View], text: str) -> View:
    """The form with the text in every field that people type into."""
    return build(Typed(build, text))


def about(text: str) -> Origin:
    return Origin(
        account_id=7, channel_id="C0WEEKLY1", item_id=9, evidence_url="https://notes.example.com/1", text=text
    )


def held(text: str) -> Sum:
    return Sum((text,) * 20, 20, ("owner", "our executive"), 9, 2, 1)


FORMS: dict[str, Callable[[str], View]] = {
    "update": lambda text: typed(
        lambda had: update_form.build(facts(full_account(text), replace(about(text), page=f"{TODAY} 49"), had)), text
    ),
    "movement": lambda text: typed(lambda had: movement_form.build(facts(full_account(text), about(text), had)), text),
    "blocker": lambda text: typed(lambda had: blocker_form.build(facts(full_account(text), about(text), had)), text),
    "next action": lambda text: typed(
        lambda had: next_action_form.build(facts(full_account(text), about(text), had)), text
    ),
    "customer's date": lambda text: typed(
        lambda had: waiting_form.build(facts(full_account(text), about(text), had)), text
    ),
    "move an action": lambda text: open_item_forms.build_move(
        facts(full_account(text), replace(about(text), subject="30"), {"text/30": text})
    ),
    "edit an action": lambda text: open_item_forms.build_edit(
        facts(full_account(text), replace(about(text), subject="30"), {"text/30": text})
    ),
    "drop an action": lambda text: open_item_forms.build_drop(
        facts(full_account(text), replace(about(text), subject="30"), {"text/30": text})
    ),
    "days away": lambda text: away_form.build(
        Away("", NOW.date(), NOW.date(), name=text), WORDS, about(text), asker=ANN, is_admin=True
    ),
    "answer": lambda text: open_item_forms.build_answer(
        facts(with_ask(full_account(text), text), replace(about(text), subject="5"), {"text/5": text})
    ),
    "answer about a blocker": lambda text: open_item_forms.build_answer_blocker(
        facts(full_account(text), replace(about(text), subject="7"), {"text/7": text})
    ),
    "resolve a blocker": lambda text: open_item_forms.build_resolve(
        facts(full_account(text), replace(about(text), subject="7"), {"text/7": text})
    ),
    "decision": lambda text: typed(lambda had: decision_form.build(facts(full_account(text), about(text), had)), text),
    "evidence": lambda text: typed(
        lambda had: evidence_form.build(facts(claimed_account(text), about(text), had)), text
    ),
    "who acted": lambda text: evidence_form.build_people(facts(full_account(text), about(text), {"who": "100"})),
    "whose act": lambda text: whose_act_form.build(
        text, undecided(text, 3), about(text), whose_act_form.Asker(ZONE, TODAY, {}), WORDS
    ),
    "edit": lambda text: typed(lambda had: profile_form.build_edit(facts(full_account(text), about(text), had)), text),
    "justification": lambda text: typed(
        lambda had: justification_form.build(facts(full_account(text), about(text), had)), text
    ),
    "nominate": lambda text: typed(lambda had: profile_form.build_nomination(about(text), had), text),
    "add person": lambda text: typed(
        lambda had: group_form.build_add(facts(full_account(text), about(text), had)), text
    ),
    "edit person": lambda text: group_form.build_edit(facts(full_account(text), replace(about(text), subject="100"))),
    "somebody left": lambda text: group_form.build_left(facts(full_account(text), about(text))),
    "mail address": lambda _text: mail_form.build_address(Origin()),
    "mail code": lambda text: mail_form.build_code(text, Origin(subject=text[:200])),
    "hand over": lambda text: hand_over_form.build(
        about(text), BOB, [(7, held(text))], held(text), WORDS, entered={"to": ANN}, told=text
    ),
    "preview of handing over": lambda text: hand_over_form.build_sure(
        about(text), BOB, {"to": ANN}, [(ANN, held(text))], WORDS
    ),
    "person": lambda text: people_form.build(poisoned(person(BOB), text), (), Origin(subject=BOB)),
    "choose": lambda text: choose_account.build(about(text), account=(text, "7"), note="From the message"),
    "schedule": lambda text: schedule_form.build(about(""), poisoned(cadence(), text), zone=ZONE, asker=ANN, now=NOW),
    "scores": lambda text: fit_form.build(waiting(text, 3), (Function.SALES,), about(text), {}),
    "signal": lambda text: typed(lambda had: signals_form.build(facts(full_account(text), about(text), had)), text),
    "correction": lambda text: typed(
        lambda had: correction_form.build(
            about(text),
            had,
            name=text[:NAME_LIMIT_CHARACTERS],
            entries=(("Mon 23 Nov: " + text, "7"),),
            hint=WORDS.say("history.corrected_hint"),
        ),
        text,
    ),
    "narrative": lambda text: typed(
        lambda had: narrative_form.build(facts(full_account(text), about(text), had)), text
    ),
    "executive met": lambda text: typed(lambda had: met_form.build(facts(full_account(text), about(text), had)), text),
    "decline a stage": lambda text: typed(
        lambda had: decline_form.build(
            facts(full_account(text), replace(about(text), subject=f"customer {text[:99]}"), had)
        ),
        text,
    ),
    "product input": lambda text: typed(
        lambda had: product_form.build(facts(full_account(text), about(text), had)), text
    ),
    "choose a play": lambda text: run_form.build_choice(full_account(text), about(text), LIBRARY),
    "start a play": lambda text: run_form.build_start(
        full_account(text), LIBRARY[3], about(text), {}, asker=ANN, today=TODAY
    ),
    "end a play": lambda text: run_form.build_end(full_account(text), LONGEST_RUN, about(text), {}, sides=Sides()),
    "add a play": lambda text: typed(lambda had: library_form.build_add(about(text), had), text),
    "change a play": lambda text: library_form.build_change(LibraryPlay(LIBRARY[0]), about(text)),
    "give a file": lambda text: imports_form.build(about(text)),
    "answer about a file": lambda text: imports_form.build_answers(
        "7 1", text, ImportQuestions((StageAsked(text, 3, None),), lacks_currency=True)
    ),
    "reasons to name": lambda text: imports_form.build_answers(
        "7 1",
        text,
        ImportQuestions(naming=NamingQuestion(1, given=Naming(2, text, text, text))),
        frame=imports_form.REASONS,
    ),
    "close": lambda text: review_form.build_close(about(text), Closing((ANN, BOB), 0, can_be_held=True), closer=ANN),
    "attendance": lambda text: review_form.build_attendance(about(text), (ANN, BOB)),
    "skip": lambda text: review_form.build_skip(about(text), cadence().upcoming, zone=ZONE),
    "move": lambda text: review_form.build_move(about(text), cadence().upcoming, zone=ZONE),
    "settings": lambda text: settings_form.build(next(iter(GROUPS)), DEFAULTS, about("")),
    "preferences": lambda text: preferences_form.build(Preferences(), WORDS, about(text), zone=ZONE, is_helper=True),
    "ask before": lambda text: brief_form.build(about(text)),
    "preparation": lambda text: preparation_form.build(AS_USUAL, WORDS, about(text)),
    "agenda": lambda text: sections_form.build(USUAL, an_item(text), WORDS, about(text)),
    "privacy": lambda text: privacy_form.build(facts(full_account(text), about(text))),
    "swap": lambda text: swap_form.build(no_room(text[:120]), WORDS, about(text)),
    "message": lambda text: message_view(notice(text)),
    **{
        f"list change {word}": lambda text, word=word: typed(
            lambda had: change_form.build(facts(full_account(text), replace(about(text), subject=word), had)), text
        )
        for word in ListWord
    },
}


def home(text: str) -> View:
    return home_view(home_page(full_day(text), WORDS, shown=Shown()))


HOMES: dict[str, Callable[[str], View]] = {"home": home, "refused": lambda text: refused_home(notice(text))}
VIEWS = FORMS | HOMES


def check(name: str, text: str) -> None:
    view = VIEWS[name](text)
    assert view_problems(view, surface=view["type"]) == []
    json.dumps(view, allow_nan=False)
    for found in mrkdwn_of(view["blocks"]):
        assert found["verbatim"] is True
        check_text(found["text"])


def test_every_form_that_is_heard_is_tried() -> None:
    assert set(ROUTES.tables["form"]) - {FORMS[name]("x")["callback_id"] for name in FORMS} == set()


@cases("name", VIEWS)
def test_a_view_of_everything_hostile_does_no_harm(name: str) -> None:
    for text in (" ".join(PIECES), "".join(PIECES) * 8):
        check(name, text)


# texts of space alone are refused when they are recorded
@given(name=st.sampled_from(sorted(VIEWS)), text=hostile.filter(str.strip))
@example(name="edit", text="\ud800")
@example(name="drop an action", text="\x00")
def test_no_text_of_a_person_harms_any_view(name: str, text: str) -> None:
    check(name, text)


@settings(max_examples=settings().max_examples // 5)  # long texts
@example(name="answer about a file", text="\x00" * 50)
@given(name=st.sampled_from(sorted(VIEWS)), text=long_hostile.filter(str.strip))
def test_no_long_text_of_a_person_breaks_a_block_of_any_view(name: str, text: str) -> None:
    check(name, text)
