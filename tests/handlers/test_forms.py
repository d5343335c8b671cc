import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from agendas.facts.account import Stage
from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.facts.people import Function, Preferences
from agendas.facts.program import DEFAULTS, GROUPS, SETTINGS, ProgramSettings, SettingUnit
from agendas.facts.reviews import AS_USUAL, USUAL, Away, Preparation, Reminding
from agendas.pages.home import HomeView, home_page
from agendas.pages.people import Sum
from agendas.rendering.page import notice
from agendas.rendering.words import Words
from agendas.rules.import_questions import ImportQuestions, NamingQuestion, StageAsked
from agendas.rules.import_tables import Naming
from agendas.rules.news import Draft, DraftKind
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
    evidence,
    fit,
    forms,
    hand_over,
    imports,
    mail,
    news,
    people,
    plays,
    preferences,
    privacy,
    review_forms,
    update_forms,
    wordings,
)
from handlers import settings as settings_handlers
from handlers.edge.incoming import home_view, inputs_of, message_view, refused_home
from handlers.forms import AccountFacts, Origin, guess, origin_of
from sandbox.limits import view_problems, view_too_large
from tests.agendas.pages.examples import EXAMPLES
from tests.agendas.pages.home_days import full_day
from tests.agendas.pages.hostile import PIECES, check_text, hostile, long_hostile, mrkdwn_of, poisoned
from tests.agendas.pages.hostile_facts import an_item
from tests.builders import ANN, BOB, NOW, ZONE, account, person
from tests.cases import cases
from tests.handlers import form_samples
from tests.handlers.filling import filled
from tests.handlers.form_samples import LONG, LONGEST_RUN, ORIGIN, TODAY, cadence, facts, full_account, no_room, waiting

# No text of a person, in any form or on Home, can ping, link, format our words or break a block.

View = dict[str, Any]
WORDS = Words()


class Typed(dict[str, str]):
    """A draft with the text in each field that people type into."""

    def __init__(self, build: Callable[[dict[str, str]], View], text: str) -> None:
        fields = [each for each in inputs_of(build({})) if each["element"]["type"] == "plain_text_input"]
        longest = {each["block_id"]: each["element"].get("max_length", len(text)) for each in fields}
        super().__init__({name: text[:most] for name, most in longest.items()})


def typed(build: Callable[[dict[str, str]], View], text: str) -> View:
    return build(Typed(build, text))


def about(text: str) -> Origin:
    return Origin(account_id=7, channel_id="C0WEEKLY1", item_id=9, evidence_url="https://notes.example/1", text=text)


def held(text: str) -> Sum:
    return Sum((text,) * 20, 20, ("owner", "our executive"), 9, 2, 1)


def of_account(build: Callable[[AccountFacts], View], **origin: Any) -> Callable[[str], View]:
    return lambda text: typed(lambda had: build(facts(full_account(text), replace(about(text), **origin), had)), text)


def news_line(kind: DraftKind, text: str) -> View:
    draft = Draft(kind, text, 7, item=1, items=((1, text), (2, text)), person=text, shows=text)
    return news.build(draft, {7: text}, about(text))


FORMS: dict[str, Callable[[str], View]] = {
    "update": of_account(update_forms.build_update_form, page=f"{TODAY} 49"),
    "movement": of_account(update_forms.build_movement_form),
    "blocker": of_account(update_forms.build_blocker_form),
    "next action": of_account(update_forms.build_next_action_form),
    "customer's date": of_account(update_forms.build_waiting_form),
    "days away": lambda text: away.build(
        Away("", NOW.date(), NOW.date(), name=text), WORDS, about(text), asker=ANN, is_admin=True
    ),
    "decision": of_account(update_forms.build_decision_form),
    "evidence": lambda text: typed(
        lambda had: evidence.build(facts(form_samples.claimed_account(text), about(text), had)), text
    ),
    "who acted": lambda text: evidence.build_people(facts(full_account(text), about(text), {"who": "100"})),
    "whose act": lambda text: evidence.build_whose_act(
        text, form_samples.undecided(text, 3), about(text), {}, WORDS, zone=ZONE, today=TODAY
    ),
    "edit": of_account(account_list.build_edit),
    "justification": of_account(account_list.build_justification),
    "nominate": lambda text: typed(lambda had: account_list.build_nomination(about(text), had), text),
    "mail address": lambda _text: mail.build_address(Origin()),
    "mail code": lambda text: mail.build_code(text, Origin(subject=text[:200])),
    "hand over": lambda text: hand_over.build(
        about(text), BOB, [(7, held(text))], held(text), WORDS, entered={"to": ANN}, note=f"{text}: the tier is full."
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
    **{
        form.frame.callback_id: of_account(form.build, subject=subject)
        for form, subject in form_samples.DECLARED.items()
    },
    "choose a play": lambda text: plays.build_choice(full_account(text), about(text), LIBRARY),
    "start a play": lambda text: plays.build_start(
        full_account(text), LIBRARY[3], about(text), {}, asker=ANN, today=TODAY
    ),
    "end a play": lambda text: plays.build_end(full_account(text), LONGEST_RUN, about(text), {}, sides=Sides()),
    "add a play": lambda text: typed(lambda had: plays.build_add(about(text), had), text),
    "change a play": lambda text: plays.build_change(LibraryPlay(LIBRARY[0]), about(text)),
    "teach a word": lambda text: wordings.build(text, WORDS, about("")),
    "give a file": lambda text: imports.build(about(text)),
    "answer about a file": lambda text: imports.build_answers(
        "7 1", text, ImportQuestions((StageAsked(text, 3, None),), lacks_currency=True)
    ),
    "reasons to name": lambda text: imports.build_answers(
        "7 1", text, ImportQuestions(naming=NamingQuestion(1, given=Naming(2, text, text, text))), frame=imports.REASONS
    ),
    "close": lambda text: review_forms.build_close(about(text), Closing((ANN, BOB), 0, can_be_held=True), closer=ANN),
    "attendance": lambda text: review_forms.build_attendance(about(text), (ANN, BOB)),
    "skip": lambda text: review_forms.build_skip(about(text), cadence().upcoming, zone=ZONE),
    "move": lambda text: review_forms.build_move(about(text), cadence().upcoming, zone=ZONE),
    "settings": lambda text: settings_handlers.build(next(iter(GROUPS)), DEFAULTS, about("")),
    "preferences": lambda text: preferences.build(Preferences(), WORDS, about(text), zone=ZONE, is_helper=True),
    **{f"news, {kind}": partial(news_line, kind) for kind in DraftKind},
    "ask before": lambda text: review_forms.build_brief_form(about(text)),
    "preparation": lambda text: review_forms.build_preparation_form(AS_USUAL, WORDS, about(text)),
    "agenda": lambda text: review_forms.build_sections_form(USUAL, an_item(text), WORDS, about(text)),
    "privacy": lambda text: privacy.build(facts(full_account(text), about(text))),
    "swap": lambda text: account_list.build_swap(no_room(text[:120]), WORDS, about(text)),
    "message": lambda text: message_view(notice(text)),
    **{f"list change {word}": of_account(account_list.build_change, subject=word) for word in ListWord},
}


def home(text: str) -> View:
    return home_view(home_page(full_day(text), WORDS, shown=HomeView()))


HOMES: dict[str, Callable[[str], View]] = {"home": home, "refused": lambda text: refused_home(notice(text))}
HOSTILE_VIEWS = FORMS | HOMES


def check(name: str, text: str) -> None:
    view = HOSTILE_VIEWS[name](text)
    assert view_problems(view, surface=view["type"]) == []
    json.dumps(view, allow_nan=False)
    for found in mrkdwn_of(view["blocks"]):
        assert found["verbatim"] is True
        check_text(found["text"])


def test_every_form_that_is_heard_is_tried() -> None:
    assert set(ROUTES.tables["form"]) - {FORMS[name]("x")["callback_id"] for name in FORMS} == set()


@cases("name", HOSTILE_VIEWS)
def test_a_view_of_everything_hostile_does_no_harm(name: str) -> None:
    for text in (" ".join(PIECES), "".join(PIECES) * 8):
        check(name, text)


# texts of space alone are refused when they are recorded
@given(name=st.sampled_from(sorted(HOSTILE_VIEWS)), text=hostile.filter(str.strip))
@example(name="edit", text="\ud800")
@example(name="drop_action", text="\x00")
def test_no_text_of_a_person_harms_any_view(name: str, text: str) -> None:
    check(name, text)


@settings(max_examples=settings().max_examples // 5)  # long texts
@example(name="answer about a file", text="\x00" * 50)
@given(name=st.sampled_from(sorted(HOSTILE_VIEWS)), text=long_hostile.filter(str.strip))
def test_no_long_text_of_a_person_breaks_a_block_of_any_view(name: str, text: str) -> None:
    check(name, text)


# Every form fits Slack's limits whatever an account holds.

DRAFT = {"text": LONG, "evidence": LONG, "because": LONG, "outcome": LONG, "name": "x" * 200, "value": "y" * 200}
OWN_DRAFT = {f"{name}/account-7": LONG for name in ("text", "evidence", "next")} | {
    f"{name}/{n}": value
    for n in range(30, 60)
    for name, value in (("was", "slipped"), ("later", "2026-12-01"), ("why", LONG))
}


def full(draft: dict[str, str] | None = None, *, subject: str = "") -> AccountFacts:
    return facts(full_account(), replace(ORIGIN, subject=subject), draft)


FULL_SETTINGS = ProgramSettings(
    tuple(
        (key, each.choices if each.unit is SettingUnit.CHOICES else each.choices[0] if each.choices else each.most)
        for key, each in SETTINGS.items()
        if each.unit not in (SettingUnit.DOMAINS, SettingUnit.AMOUNTS, SettingUnit.PLACE)
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
        LONG, form_samples.undecided(LONG, 60), ORIGIN, {}, Words(), zone=ZONE, today=TODAY
    ),
    "whose act, in escapes": lambda: evidence.build_whose_act(
        "&" * 3_000, form_samples.undecided("&" * 3_000, 60), ORIGIN, {}, Words(), zone=ZONE, today=TODAY
    ),
    "correction": lambda: corrections.build(
        ORIGIN,
        {"because": LONG},
        name=LONG[:120],
        entries=[(LONG, str(10**17 + n)) for n in range(10)],
        hint=Words().say("history.corrected_hint"),
    ),
    "choose a play": lambda: plays.build_choice(full_account(), ORIGIN, (form_samples.LONGEST_PLAY,) * 120),
    "start a play": lambda: plays.build_start(
        full_account(), form_samples.LONGEST_PLAY, ORIGIN, {}, asker=ANN, today=TODAY
    ),
    "change a play": lambda: plays.build_change(LibraryPlay(form_samples.LONGEST_PLAY), ORIGIN),
    "hand over": lambda: hand_over.build(
        ORIGIN, ANN, [(number, HELD) for number in range(10**17, 10**17 + 300)], HELD, Words(), note=LONG
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
    **{
        f"settings {group}": lambda group=group: settings_handlers.build(group, FULL_SETTINGS, ORIGIN)
        for group in GROUPS
    },
    "preparation": lambda: review_forms.build_preparation_form(FULL_PREPARATION, Words(), ORIGIN),
    "agenda": lambda: review_forms.build_sections_form(USUAL, EXAMPLES["too long"], Words(), ORIGIN),
}
FULL_VIEWS = {name: partial(build, LONG) for name, build in FORMS.items()} | FULLEST


@cases("name", FULL_VIEWS)
def test_every_form_is_within_slacks_limits_with_the_fullest_account(name: str) -> None:
    view = FULL_VIEWS[name]()
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
    accounts = fit.accounts_in_form((function,))
    assert sum(block["type"] == "section" for block in view["blocks"]) == accounts
    per_account = len(view["blocks"]) // accounts
    assert 98 - per_account < len(view["blocks"]) <= 98


# The choice of the actor that forms offer: the guess, and the forms that have it.

SIDES = Sides(
    buyer_names=frozenset({"acme", "rita"}),
    buyer_domains=frozenset({"acme.example"}),
    our_domains=frozenset({"ours.example"}),
)
BY_CALL = {"actor": f"{EvidenceActor.BUYER}/{BuyerAct.CALL}"}


@cases(
    ("told", "choice"),
    [
        ("Rita called about the price", "buyer/call"),
        ("https://www.ours.example/deck", "us"),
        ("Minutes https://notes.example/m", "words"),
    ],
)
def test_the_guess_knows_the_names_and_domains_of_both_sides(told: str, choice: str) -> None:
    assert guess(told, SIDES) == choice


def test_the_form_for_evidence_guesses_by_the_words_of_the_message_it_was_opened_on() -> None:
    claimed = account(stage_has_evidence=False, claimed_from=Stage.TARGET)
    on_message = Origin(account_id=1, evidence_url="https://sample.example/p1", text="Rita called about the price")
    view = evidence.build(replace(facts(claimed, on_message, {}, asker=ANN), sides=SIDES))
    assert "The buyer, in a call" in str(_initial_of(view, "actor"))


def test_a_blockers_evidence_and_that_of_a_plays_outcome_say_who_acted() -> None:
    view = update_forms.build_blocker_form(facts(account(), Origin(), {}, asker=ANN))
    blocker = update_forms.read_blocker_form(
        filled(view, text="Money", evidence="https://notes.example/m", **BY_CALL), NOW
    )
    view = plays.build_end(account(), LONGEST_RUN, Origin(), {}, sides=SIDES)
    values = {"what": "outcome", f"text/{LONGEST_RUN.id}": "x", f"evidence/{LONGEST_RUN.id}": "Minutes"}
    end = plays.read_end(filled(view, **values, **BY_CALL), NOW)
    assert [(piece.actor, piece.act) for piece in (*blocker.evidence, *end.evidence)] == [
        (EvidenceActor.BUYER, BuyerAct.CALL)
    ] * 2


def _initial_of(view: dict[str, Any], name: str) -> Any:
    [field] = [block for block in view["blocks"] if block.get("block_id") == name]
    return field["element"]["initial_option"]
