from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.answered_items import AccountStanding
from agendas.facts.people import Right
from agendas.facts.query import Field, Form, Period, Query, Subject, Which
from agendas.pages.accounts import read_pick
from agendas.rendering.page import Button, Buttons, Page
from agendas.rendering.words import Words
from agendas.verbs.find.accounts import QuestionContext
from assistant.conversation import LastAnswer
from assistant.names import Asked, Choice
from assistant.reader import read_question
from assistant.remark import Intent, Reading, Remark, RemarkKind
from assistant.remark_pages import NO_FORM
from assistant.reply import PICK, READ_AS, Answer, read_query, reply, wider
from handlers.questions import BUTTONS
from storage.database import Store
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.builders import NOW, WORKSPACE, person
from tests.cases import cases
from tests.plain import plain
from tests.program import Program, stored_program

# Readings and their answers: questions, names that are not clear, and what is no question.

WORDS = Words()
LIST = Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,))


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


Asks = Callable[..., Answer]


@pytest.fixture
def asks(program: Program) -> Asks:
    def ask(text: str, reading: Reading, *, right: Right = Right.EDITOR, **how: Any) -> Answer:
        asker = replace(person(), right=right)

        def read(session: Session) -> Answer:
            context = QuestionContext(session, asker, WORKSPACE, "D0ANN0001", "D0ANN0001", NOW, WORDS)
            return reply(context, text, reading, **how)

        return program.store.read_now(read)

    return ask


def said(answered: Answer) -> str:
    return plain(answered.page, {})


def buttons(page: Page) -> list[Button]:
    return [each for item in page.items if isinstance(item, Buttons) for each in item.items]


def test_an_answer_is_what_follow_ups_stand_on(program: Program, asks: Asks) -> None:
    answered = asks("tier 1 accounts", Reading(LIST))
    assert answered.last is not None
    assert answered.last.query == LIST
    assert program.accounts["acme"] in answered.last.listed


def test_below_an_answer_stand_the_name_taken_and_that_a_model_took_part(program: Program, asks: Asks) -> None:
    taken = (("Acne", program.accounts["acme"]), ("Zorp", 10**9))
    note = said(asks("x", Reading(LIST, taken=taken, is_by_model=True)))
    assert "Acne was read as Acme Corp." in note
    assert "A language model read the question" in note


def test_a_text_that_is_not_read_whole_names_the_words_and_offers_readings_that_have_an_answer(asks: Asks) -> None:
    no_answer = Query(Subject.MEMBERS, Form.SUM)
    readings = (no_answer, replace(LIST, states=(AccountStanding.STALLED,)), LIST)
    unread = Reading(remark=Remark(RemarkKind.UNREAD), unread=("zorp",), offers=readings)
    asked = asks("zorp stalled in tier 1", unread)
    assert said(asked).startswith('I did not understand "zorp". Did you mean:')
    assert [(each.label, each.action) for each in buttons(asked.page)] == [
        ("Stalled accounts of tier 1", READ_AS),
        ("Accounts of tier 1", READ_AS),
    ]
    assert [read_query(each.value) for each in buttons(asked.page)] == list(readings[1:])


@cases(
    "value",
    [
        *("", "x", "{}", '{"subject":"accounts"}', '{"subject":"accounts","form":"list","limit":-1}', "[" * 5_000),
        '{"subject":"accounts","form":"list","of":[9999999999999999999999]}',
        '{"subject":"accounts","form":"list","segments":["a\\u0000"]}',
    ],
)
def test_a_button_that_carries_no_query_of_this_version_is_refused(value: str) -> None:
    with pytest.raises(Outdated):
        read_query(value)


def test_a_follow_up_says_first_what_it_took_over_and_its_answer_does_not_say(program: Program, asks: Asks) -> None:
    acme = program.accounts["acme"]
    before = LastAnswer(Query(Subject.ACCOUNTS, Form.LIST, of=(acme,), tiers=(2,)))
    owner = Query(Subject.ACCOUNTS, Form.FIELD, of=(acme,), fields=(Field.OWNER,))
    alone = said(asks("who owns it", Reading(owner, is_follow_up=True), before=before))
    assert alone == said(asks("who owns Acme", Reading(owner)))
    held = LastAnswer(Query(Subject.REVIEWS, Form.WHEN, of=(acme,), which=Which.LAST))
    shown = said(asks("show it", Reading(replace(held.query, form=Form.CARD), is_follow_up=True), before=held))
    assert shown.startswith("The last one held, Acme Corp:")


def test_a_question_without_an_answer_of_its_form_says_what_was_read_and_offers_the_nearest(asks: Asks) -> None:
    answered = asks("sum of our people who owe", Reading(Query(Subject.MEMBERS, Form.SUM)))
    assert said(answered).startswith("Read as: members.")
    assert len(buttons(answered.page)) == 3
    assert answered.last is None


def test_a_question_that_lacks_something_says_what(asks: Asks) -> None:
    answered = asks("compare tiers", Reading(Query(Subject.ACCOUNTS, Form.COMPARE)))
    assert said(answered).startswith("Read as: accounts. Name two accounts to compare, or two tiers")


def test_a_name_that_fits_two_accounts_is_asked_about_and_what_is_picked_is_answered(program: Program, asks: Asks):
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    choice = Choice("A&amp;G", ((acme, "Acme Corp"), (globex, "Globex")), is_ambiguous=True)
    field = Query(Subject.ACCOUNTS, Form.LIST, fields=(Field.OWNER,))
    asked = asks("who owns A&amp;G", Reading(field, choices=(choice,)))
    assert "could be several accounts" in said(asked)
    assert [read_pick(each.value) for each in buttons(asked.page)] == [
        (acme, "who owns A&amp;G"),
        (globex, "who owns A&amp;G"),
    ]
    assert {each.action for each in buttons(asked.page)} == {PICK}
    assert asked.last == LastAnswer(field, offered=(acme, globex), is_waiting=True)
    picked = asks("who owns A&amp;G", Reading(field, choices=(choice,)), picked=globex)
    assert picked.last is not None
    assert picked.last.query.of == (globex,)


def test_of_two_names_the_second_is_asked_about_after_the_first_was_picked(program: Program, asks: Asks) -> None:
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    first, second = (Choice(typed, ((acme, "Acme Corp"), (globex, "Globex"))) for typed in ("Acn", "Glb"))
    reading = Reading(Query(Subject.ACCOUNTS, Form.COMPARE), choices=(first, second))
    asked = asks("compare Acn and Glb", reading, picked=acme)
    assert [read_pick(each.value) for each in buttons(asked.page)] == [
        (acme, 'compare "Acme Corp" and Glb'),
        (globex, 'compare "Acme Corp" and Glb'),
    ]
    assert asked.last is not None
    assert asked.last.query.of == (acme,)


def test_a_pick_for_a_text_that_has_no_such_name_any_more_is_asked_of_that_account(program: Program, asks: Asks):
    acme = program.accounts["acme"]
    picked = asks("accounts", Reading(replace(LIST, of=(program.accounts["globex"],))), picked=acme)
    assert picked.last is not None
    assert picked.last.query.of == (acme,)
    assert asks("hello", Reading(remark=Remark(RemarkKind.HELLO)), picked=acme).last is None


def test_a_name_that_no_account_has_is_said_and_none_is_offered(asks: Asks) -> None:
    asked = asks("how is Zorp", Reading(LIST, choices=(Choice("Zorp"),)))
    assert "No account is called" in said(asked)
    assert [each.action for each in buttons(asked.page)] == ["abm.list"]


def test_a_person_whom_nobody_knows_is_no_account(asks: Asks) -> None:
    asked = asks("who is Dana Weber", Reading(Query(Subject.MEMBERS, Form.CARD), choices=(Choice("Dana Weber"),)))
    assert said(asked) == 'Nobody that you can see is called "Dana Weber", neither of us nor at an account.'
    assert asked.last is None


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (RemarkKind.HELP, "You can ask, for example"),
        (RemarkKind.HELLO, "Hello."),
        (RemarkKind.THANKS, "You are welcome."),
        (RemarkKind.VERDICT, "Cadence does not judge people."),
        (RemarkKind.LANGUAGE, "Cadence reads English."),
        (RemarkKind.TERM, "MQA: marketing-qualified account"),
        (RemarkKind.UNREAD, "I did not understand that."),
        (RemarkKind.ORDER, "Nothing was changed"),
    ],
)
def test_each_remark_has_its_answer_on_which_nothing_stands(asks: Asks, kind: RemarkKind, part: str) -> None:
    answered = asks("text", Reading(remark=Remark(kind), unread=("text",)))
    assert part in said(answered)
    assert answered.last is None
    assert "No account is called" not in said(answered)


def test_what_is_not_understood_names_the_account_that_was_read_and_asks_about_it(program: Program, asks: Asks) -> None:
    unread = Reading(remark=Remark(RemarkKind.UNREAD, (program.accounts["globex"],)), unread=("zorp",))
    answered = asks("zorp globex", unread)
    assert 'Read: Globex. Not understood: "zorp".' in said(answered)
    assert all("Globex" in each.label for each in buttons(answered.page))


def test_an_order_offers_its_own_form_and_nothing_to_who_may_not(program: Program, asks: Asks) -> None:
    order = Reading(remark=Remark(RemarkKind.ORDER, (program.accounts["acme"],), (Intent.PAUSE,)))
    assert [each.label for each in buttons(asks("pause Acme", order).page)] == ["Pause"]
    refused = asks("pause Acme", order, right=Right.VIEWER)
    assert buttons(refused.page) == []
    assert "needs the right of an editor" in said(refused)


def test_an_order_to_set_a_state_says_that_it_follows_from_what_is_recorded(program: Program, asks: Asks) -> None:
    intents = (Intent.STATE, Intent.UPDATE, Intent.MOVE)
    order = asks("mark Acme as stalled", Reading(remark=Remark(RemarkKind.ORDER, (program.accounts["acme"],), intents)))
    assert "a state can't be set" in said(order)
    assert [each.action for each in buttons(order.page)] == ["told.update", "told.move"]


def test_every_intent_has_a_form_or_a_sentence_that_says_where_it_is_done(asks: Asks) -> None:
    assert {intent for _, intent in BUTTONS} | set(NO_FORM) == set(Intent)
    for intent in set(NO_FORM) - {Intent.STATE}:
        assert said(asks("x", Reading(remark=Remark(RemarkKind.ORDER, intents=(intent,))))).count("\n") >= 1


def test_days_at_the_ends_of_the_calendar_are_no_end(asks: Asks) -> None:
    for period in (Period(date.min, date.max), Period(date(9999, 10, 1), date.max)):
        for subject in (Subject.ACTIONS, Subject.CHANGES, Subject.REVIEWS):
            assert said(asks("what", Reading(Query(subject, Form.LIST, period=period))))


def test_a_question_of_how_something_is_done_is_not_put_into_its_form(asks: Asks) -> None:
    asked = asks("How do I nominate a company?", Reading(remark=Remark(RemarkKind.ORDER, intents=(Intent.NOMINATE,))))
    assert said(asked).startswith("Nothing was changed. To do it, press the button.")
    assert [each.value for each in buttons(asked.page)] == ['{"account": 0, "text": ""}']


# Words that an answer gives to ask for more are read so.

NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
STALLED_LIST = Query(Subject.ACCOUNTS, Form.LIST, states=(AccountStanding.STALLED,))
OWED = Query(Subject.ACTIONS, Form.LIST, is_overdue=True)
TOP = replace(STALLED_LIST, by=Field.VALUE)


@cases(
    ("query", "way", "wide"),
    [
        (replace(STALLED_LIST, owners=(NORA,)), "everyone's?", STALLED_LIST),
        (replace(OWED, whose=(NORA,)), "everyone's?", OWED),
        (replace(STALLED_LIST, tiers=(1, 2)), "all tiers?", STALLED_LIST),
        (replace(STALLED_LIST, segments=("Energy",)), "all segments?", STALLED_LIST),
    ],
)
def test_the_words_for_more_are_said_and_read_as_the_wider_question(query: Query, way: str, wide: Query) -> None:
    assert way in wider(query, NORA)
    last = LastAnswer(query, listed=(ACCOUNTS["corvane"].account_id,))
    assert read_question(way, WorldNames("nora"), Asked(NORA), today=TODAY, last=last).query == wide


def test_a_limit_is_lifted_by_asking_for_all() -> None:
    assert wider(replace(TOP, limit=3), NORA) == ("all of them?",)
    last = LastAnswer(replace(TOP, limit=3))
    read = read_question("all of them?", WorldNames("nora"), Asked(NORA), today=TODAY, last=last).query
    assert read is not None
    assert (read.limit, read.states) == (0, TOP.states)


def test_nothing_is_said_where_nothing_is_left_out_nor_of_named_accounts_and_somebody_elses() -> None:
    one = replace(STALLED_LIST, of=(1,), tiers=(1,))
    for query in (
        STALLED_LIST,
        one,
        replace(STALLED_LIST, owners=(TOMAS,)),
        replace(STALLED_LIST, form=Form.WHY, tiers=(1,)),
    ):
        assert wider(query, NORA) == ()
    assert len(wider(replace(STALLED_LIST, limit=3, owners=(NORA,), tiers=(1,), segments=("Energy",)), NORA)) == 2
