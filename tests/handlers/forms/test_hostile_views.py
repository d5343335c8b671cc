"""No text of a person, in any form or on Home, can ping, link, format our words or break a block."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from agendas.facts.people import Function, Preferences
from agendas.facts.program import DEFAULTS, GROUPS
from agendas.facts.reviews import AS_USUAL, USUAL, Away
from agendas.pages.home import Shown, home_page
from agendas.pages.people import Sum
from agendas.rendering.page import notice
from agendas.rendering.words import Words
from agendas.rules.import_questions import ImportQuestions, NamingQuestion, StageAsked
from agendas.rules.import_tables import Naming
from agendas.rules.plays import LIBRARY, LibraryPlay
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.text.who_acted import Sides
from agendas.verbs.account_list import ListWord
from agendas.verbs.closing import Closing
from handlers import (
    ROUTES,
    account_list,
    away,
    corrections,
    deals,
    evidence,
    executive,
    fit,
    forms,
    group,
    hand_over,
    imports,
    mail,
    narrative,
    open_items,
    people,
    plays,
    preferences,
    privacy,
    product,
    review_forms,
    signals,
    update_forms,
)
from handlers import settings as settings_handlers
from handlers.edge.incoming import home_view, inputs_of, message_view, refused_home
from handlers.forms import Origin
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
        lambda had: update_forms.build_update_form(
            facts(full_account(text), replace(about(text), page=f"{TODAY} 49"), had)
        ),
        text,
    ),
    "movement": lambda text: typed(
        lambda had: update_forms.build_movement_form(facts(full_account(text), about(text), had)), text
    ),
    "blocker": lambda text: typed(
        lambda had: update_forms.build_blocker_form(facts(full_account(text), about(text), had)), text
    ),
    "next action": lambda text: typed(
        lambda had: update_forms.build_next_action_form(facts(full_account(text), about(text), had)), text
    ),
    "customer's date": lambda text: typed(
        lambda had: update_forms.build_waiting_form(facts(full_account(text), about(text), had)), text
    ),
    "move an action": lambda text: open_items.build_move(
        facts(full_account(text), replace(about(text), subject="30"), {"text/30": text})
    ),
    "edit an action": lambda text: open_items.build_edit(
        facts(full_account(text), replace(about(text), subject="30"), {"text/30": text})
    ),
    "drop an action": lambda text: open_items.build_drop(
        facts(full_account(text), replace(about(text), subject="30"), {"text/30": text})
    ),
    "days away": lambda text: away.build(
        Away("", NOW.date(), NOW.date(), name=text), WORDS, about(text), asker=ANN, is_admin=True
    ),
    "answer": lambda text: open_items.build_answer(
        facts(with_ask(full_account(text), text), replace(about(text), subject="5"), {"text/5": text})
    ),
    "answer about a blocker": lambda text: open_items.build_answer_blocker(
        facts(full_account(text), replace(about(text), subject="7"), {"text/7": text})
    ),
    "resolve a blocker": lambda text: open_items.build_resolve(
        facts(full_account(text), replace(about(text), subject="7"), {"text/7": text})
    ),
    "decision": lambda text: typed(
        lambda had: update_forms.build_decision_form(facts(full_account(text), about(text), had)), text
    ),
    "evidence": lambda text: typed(lambda had: evidence.build(facts(claimed_account(text), about(text), had)), text),
    "who acted": lambda text: evidence.build_people(facts(full_account(text), about(text), {"who": "100"})),
    "whose act": lambda text: evidence.build_whose_act(
        text, undecided(text, 3), about(text), {}, WORDS, zone=ZONE, today=TODAY
    ),
    "edit": lambda text: typed(lambda had: account_list.build_edit(facts(full_account(text), about(text), had)), text),
    "justification": lambda text: typed(
        lambda had: account_list.build_justification(facts(full_account(text), about(text), had)), text
    ),
    "nominate": lambda text: typed(lambda had: account_list.build_nomination(about(text), had), text),
    "add person": lambda text: typed(lambda had: group.build_add(facts(full_account(text), about(text), had)), text),
    "edit person": lambda text: group.build_edit(facts(full_account(text), replace(about(text), subject="100"))),
    "somebody left": lambda text: group.build_left(facts(full_account(text), about(text))),
    "mail address": lambda _text: mail.build_address(Origin()),
    "mail code": lambda text: mail.build_code(text, Origin(subject=text[:200])),
    "hand over": lambda text: hand_over.build(
        about(text), BOB, [(7, held(text))], held(text), WORDS, entered={"to": ANN}, told=text
    ),
    "preview of handing over": lambda text: hand_over.build_sure(
        about(text), BOB, {"to": ANN}, [(ANN, held(text))], WORDS
    ),
    "person": lambda text: people.build(poisoned(person(BOB), text), (), Origin(subject=BOB)),
    "choose": lambda text: forms.build(about(text), account=(text, "7"), note="From the message"),
    "schedule": lambda text: review_forms.build_schedule_form(
        about(""), poisoned(cadence(), text), zone=ZONE, asker=ANN, now=NOW
    ),
    "scores": lambda text: fit.build(waiting(text, 3), (Function.SALES,), about(text), {}),
    "signal": lambda text: typed(lambda had: signals.build(facts(full_account(text), about(text), had)), text),
    "correction": lambda text: typed(
        lambda had: corrections.build(
            about(text),
            had,
            name=text[:NAME_LIMIT_CHARACTERS],
            entries=(("Mon 23 Nov: " + text, "7"),),
            hint=WORDS.say("history.corrected_hint"),
        ),
        text,
    ),
    "narrative": lambda text: typed(lambda had: narrative.build(facts(full_account(text), about(text), had)), text),
    "executive met": lambda text: typed(lambda had: executive.build(facts(full_account(text), about(text), had)), text),
    "decline a stage": lambda text: typed(
        lambda had: deals.build(facts(full_account(text), replace(about(text), subject=f"customer {text[:99]}"), had)),
        text,
    ),
    "product input": lambda text: typed(lambda had: product.build(facts(full_account(text), about(text), had)), text),
    "choose a play": lambda text: plays.build_choice(full_account(text), about(text), LIBRARY),
    "start a play": lambda text: plays.build_start(
        full_account(text), LIBRARY[3], about(text), {}, asker=ANN, today=TODAY
    ),
    "end a play": lambda text: plays.build_end(full_account(text), LONGEST_RUN, about(text), {}, sides=Sides()),
    "add a play": lambda text: typed(lambda had: plays.build_add(about(text), had), text),
    "change a play": lambda text: plays.build_change(LibraryPlay(LIBRARY[0]), about(text)),
    "give a file": lambda text: imports.build(about(text)),
    "answer about a file": lambda text: imports.build_answers(
        "7 1", text, ImportQuestions((StageAsked(text, 3, None),), lacks_currency=True)
    ),
    "reasons to name": lambda text: imports.build_answers(
        "7 1",
        text,
        ImportQuestions(naming=NamingQuestion(1, given=Naming(2, text, text, text))),
        frame=imports.REASONS,
    ),
    "close": lambda text: review_forms.build_close(about(text), Closing((ANN, BOB), 0, can_be_held=True), closer=ANN),
    "attendance": lambda text: review_forms.build_attendance(about(text), (ANN, BOB)),
    "skip": lambda text: review_forms.build_skip(about(text), cadence().upcoming, zone=ZONE),
    "move": lambda text: review_forms.build_move(about(text), cadence().upcoming, zone=ZONE),
    "settings": lambda text: settings_handlers.build(next(iter(GROUPS)), DEFAULTS, about("")),
    "preferences": lambda text: preferences.build(Preferences(), WORDS, about(text), zone=ZONE, is_helper=True),
    "ask before": lambda text: review_forms.build_brief_form(about(text)),
    "preparation": lambda text: review_forms.build_preparation_form(AS_USUAL, WORDS, about(text)),
    "agenda": lambda text: review_forms.build_sections_form(USUAL, an_item(text), WORDS, about(text)),
    "privacy": lambda text: privacy.build(facts(full_account(text), about(text))),
    "swap": lambda text: account_list.build_swap(no_room(text[:120]), WORDS, about(text)),
    "message": lambda text: message_view(notice(text)),
    **{
        f"list change {word}": lambda text, word=word: typed(
            lambda had: account_list.build_change(facts(full_account(text), replace(about(text), subject=word), had)),
            text,
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
