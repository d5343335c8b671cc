from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from agendas.facts.group import BuyingRole
from agendas.facts.people import Function, PersonFacts
from assistant.conversation import LastAnswer
from assistant.query import Form, Having, Period, Progress, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Reading, find_amounts, read_tokens
from assistant.remark import RemarkKind
from tests.assistant.labels import read_in, read_label
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


# Questions in other words than those of the labelled set, one rule each.
def read(text: str) -> Reading:
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)


def asks(text: str) -> Query | None:
    return read(text).query


def sentences() -> Iterator[tuple[str, str, str, list[str]]]:
    """The label of the answer before, the text, its label, and the words that are not understood, of each line."""
    for line in Path("tests/assistant/reading/sentences.txt").read_text(encoding="utf-8").splitlines():
        if " = " in line and not line.startswith("#"):
            said, _, label = line.partition(" = ")
            before, _, text = said.rpartition(" > ")
            label, _, unread = label.partition(" ~ ")
            yield before, text, label, unread.split(", ") if unread else []


@cases(("before", "text", "label", "unread"), sentences())
def test_a_sentence_is_always_read_so(before: str, text: str, label: str, unread: list[str]) -> None:
    query = read_label(before) if before else None
    last = LastAnswer(query, query.of) if isinstance(query, Query) else None
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=last)
    assert (reading.query, reading.choices, list(reading.unread)) == (read_label(label), (), unread)


@cases("text", read_in("courtesies_slips_and_reasons_change_nothing"))
def test_courtesies_slips_and_reasons_change_nothing(text: str) -> None:
    assert asks(text) == asks("who owns kestrel")


def test_a_question_of_known_words_is_sure() -> None:
    assert read("which of my tier 1 accounts have no next action").is_sure


def test_a_question_in_the_channel_of_an_account_is_about_it_where_it_names_none() -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    query = read_question("what blocks us", WorldNames("nora"), asked, today=TODAY, last=None).query
    assert query == read_label("blockers list of=corvane")


@cases(
    ("text", "is_told"),
    [
        ("the owners met and said yes to a pilot of eleven hotels", True),
        ("pilot of eleven hotels after all", True),
        ("is the pilot of eleven hotels on", False),
        ("what blocks us", False),
        ("eleven hotels", False),
    ],
)
def test_words_that_ask_nothing_where_an_account_is_at_hand_are_news_of_it(text: str, is_told: bool) -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    remark = read_question(text, WorldNames("nora"), asked, today=TODAY, last=None).remark
    assert (remark is not None and (remark.kind, remark.of) == (RemarkKind.NEWS, (4,))) == is_told


def test_a_list_of_accounts_in_the_channel_of_an_account_is_of_all_accounts() -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    query = read_question("which accounts are stalled", WorldNames("nora"), asked, today=TODAY, last=None).query
    assert query == read_label("accounts list states=stalled")


@cases(
    "text", ["orrin rail status", "blenheim status", "who owns blenheim", "orrin rail's champion", "orrin rail tier"]
)
def test_a_name_that_no_account_has_is_asked_about_where_something_of_an_account_is_asked(text: str) -> None:
    found = read(text)
    assert [choice.is_ambiguous for choice in found.choices] == [False], found


# Lists, numbers and sums asked for in noun phrases and relative clauses.
@cases("text", ["stalled accounts not owned by nora", "accounts not owned by me", "stalled accounts that arent noras"])
def test_an_owner_that_is_denied_is_not_answered_without_saying_so(text: str) -> None:
    reading = read(text)
    assert reading.query is None or reading.query.without == ()
    assert reading.unread


def test_a_role_that_is_there_beside_one_that_is_not_is_named_as_left_out() -> None:
    reading = read("accounts with a champion but no economic buyer")
    assert reading.query == read_label("accounts list without=role roles=economic_buyer")
    assert reading.unread == ("champion",)


@cases("text", read_in("people_who_left"))
def test_a_sentence_about_people_who_left_is_news(text: str) -> None:
    remark = read(text).remark
    assert remark is not None
    assert remark.kind is RemarkKind.NEWS


# Questions for a person, for yes or no, and for a field, told by how they are built.
@cases(
    ("text", "about"),
    [
        ("who's drafting the umber renewal email?", "renewal email"),
        ("who countersigned the NDA at Kestrel", "NDA"),
        ("was the contract sent to Maple Insurance", "contract"),
    ],
)
def test_a_verb_is_no_part_of_a_title(text: str, about: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is not None
    assert reading.query.about == about


@cases("text", ["brightwater $$?", "corvane \u20ac", "merrow, how much $?"])
def test_a_sign_of_money_asks_for_the_value(text: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is not None
    assert [each.value for each in reading.query.fields] == ["value"]


# Things of accounts and their days: narratives written, actions due, deals closed, reviews held, moves.
@cases(
    ("text", "left"),
    [
        ("tasks due this week, excluding mine", "excluding mine"),
        ("open actions except nora's", "except nora's"),
        ("tasks not mine", "not mine"),
    ],
)
def test_work_of_everybody_but_somebody_is_not_answered_with_the_work_of_that_person(text: str, left: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is None or not reading.query.whose
    assert reading.unread == (left,)


@cases(
    ("text", "form", "thing", "period"),
    [
        ("narratives older than 90 days", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("narrative written before October", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 9, 30))),
        ("accounts with a narrative older than 90 days", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("how many narratives are older than 90 days", Form.COUNT, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("fit scored before november", Form.LIST, Having.FIT, Period(last=date(2026, 10, 31))),
        ("fit scores older than 60 days", Form.LIST, Having.FIT, Period(last=date(2026, 9, 27))),
    ],
)
def test_the_day_of_a_thing_asks_for_the_accounts_that_have_it_from_then(text, form, thing, period):
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query == Query(Subject.ACCOUNTS, form, having=(thing,), period=period)
    assert reading.is_sure


# Bounds of amounts of money.

K = 1_000 * 100
"""A thousand, in cents."""


@cases(
    ("text", "least", "most", "currency"),
    [
        ("over 100k", 100 * K, 0, ""),
        ("more than 200,000", 200 * K, 0, ""),
        ("above 200 000", 200 * K, 0, ""),
        ("exceeding 1.5 million euros", 1_500 * K, 0, "EUR"),
        ("at least $250k", 250 * K, 0, "USD"),
        ("over \u20ac100.000", 100 * K, 0, "EUR"),
        ("above USD 300 000", 300 * K, 0, "USD"),
        ("&gt; 250k", 250 * K, 0, ""),
        ("100k or more", 100 * K, 0, ""),
        ("under 1m", 0, 1_000 * K, ""),
        ("up to 50k", 0, 50 * K, ""),
        ("between 50k and 100k", 50 * K, 100 * K, ""),
        ("from 50 to 100k", 50 * K, 100 * K, ""),
        ("over 2500", 2_500 * 100, 0, ""),
    ],
)
def test_bounds_of_amounts_are_read_in_all_spellings(text: str, least: int, most: int, currency: str) -> None:
    (said,) = find_amounts(read_tokens(f"deals {text}"))
    assert (said.least_cents, said.most_cents, said.currency) == (least, most, currency)


@cases("text", ["over 30 days", "more than 2 blockers", "since 2020", "over 2020", "100k", "between monday and friday"])
def test_other_numbers_bound_no_amount(text: str) -> None:
    assert find_amounts(read_tokens(text)) == ()


@cases(
    ("text", "subject", "form"),
    [
        ("deals over 100k", Subject.DEALS, Form.LIST),
        ("accounts worth more than 100k", Subject.ACCOUNTS, Form.LIST),
        ("is corvane worth more than 100k", Subject.ACCOUNTS, Form.YES_NO),
        ("accounts with a deal over 100k", Subject.DEALS, Form.LIST),
        ("how many accounts over 100k", Subject.ACCOUNTS, Form.COUNT),
        ("total value of accounts over 100k", Subject.ACCOUNTS, Form.SUM),
        ("overdue actions on accounts over 100k", Subject.ACTIONS, Form.LIST),
    ],
)
def test_an_amount_bounds_what_is_asked_for(text: str, subject: Subject, form: Form) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    query = reading.query
    assert query is not None
    assert (query.subject, query.form, query.least_cents, reading.unread) == (subject, form, 100 * K, ())
    assert (query.by, query.limit) == (None, 0)


def test_an_amount_narrows_the_list_before() -> None:
    last = LastAnswer(Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,)))
    reading = read_question("over 300k", WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=last)
    assert reading.query == Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,), least_cents=300 * K)


@cases("text", ["accounts worth over " + "9" * 400, "accounts over " + "999," * 100 + "999", "1" * 4_000])
def test_a_number_that_no_money_reaches_bounds_nothing(text: str) -> None:
    assert find_amounts(read_tokens(text)) == ()


# Functions of ours named as those who have something to do.

NORA = PEOPLE["nora"].user_id
ACTIONS = Query(Subject.ACTIONS, Form.LIST)


class WithoutProduct(WorldNames):
    """The names of the world, with nobody in product."""

    def members(self) -> Sequence[PersonFacts]:
        return [each for each in super().members() if each.function != Function.PRODUCT]


def read_query(text: str, names: WorldNames | None = None, last: LastAnswer | None = None) -> Query:
    query = read_question(text, names or WorldNames("nora"), Asked(NORA), today=TODAY, last=last).query
    assert query is not None
    return query


def people_of(function: Function) -> tuple[str, ...]:
    return tuple(each.user_id for each in PEOPLE.values() if each.function is function)


@cases(
    ("text", "function"),
    [
        ("what does product need to do", Function.PRODUCT),
        ("what does marketing owe", Function.MARKETING),
        ("anything open for finance?", Function.FINANCE),
        ("marketing's open actions", Function.MARKETING),
        ("what's overdue for sales", Function.SALES),
        ("actions of the product team", Function.PRODUCT),
        ("how many open actions does customer success have", Function.CUSTOMER_SUCCESS),
        ("which actions are assigned to marketing", Function.MARKETING),
    ],
)
def test_actions_of_a_function_are_those_of_all_its_people(text: str, function: Function) -> None:
    assert read_query(text).subject is Subject.ACTIONS
    assert read_query(text).whose == people_of(function)


def test_what_a_function_finished_is_asked_of_all_its_people() -> None:
    query = read_query("what did marketing finish last week")
    assert (query.whose, query.progress) == (people_of(Function.MARKETING), (Progress.DONE,))


@cases("text", ["what needs finance", "what do we need from finance", "when is the marketing webinar due"])
def test_a_function_that_is_needed_or_in_a_title_owes_nothing(text: str) -> None:
    assert read_query(text).whose == ()


def test_a_function_without_people_is_not_left_out() -> None:
    assert read_query("what does product need to do", WithoutProduct("nora")).whose == (Function.PRODUCT.value,)


def test_a_function_follows_the_actions_of_somebody() -> None:
    last = LastAnswer(Query(Subject.ACTIONS, Form.LIST, whose=(NORA,)))
    assert read_query("and finance?", last=last).whose == people_of(Function.FINANCE)


# The question who of our people is away.

AWAY = Query(Subject.MEMBERS, Form.LIST, about="away")
CARD_OF_NORA = Query(Subject.MEMBERS, Form.CARD, whose=(PEOPLE["nora"].user_id,))


@cases(
    ("text", "expected"),
    [
        *(
            (text, AWAY)
            for text in ("who is away", "Who's away today?", "is anybody on holiday", "who is OOO right now")
        ),
        *(
            (text, CARD_OF_NORA)
            for text in ("is nora away?", "until when is Nora away", "when is nora back", "is nora on leave")
        ),
        ("who stands in for nora", CARD_OF_NORA),
        ("is corvane away", None),
        ("is nora with corvane back", None),
    ],
)
def test_who_is_away_is_asked_of_our_people_alone(text: str, expected: Query | None) -> None:
    reading = read_question(text, WorldNames("tomas"), Asked(PEOPLE["tomas"].user_id), today=TODAY, last=None)
    assert (reading.query if expected else reading.query in (AWAY, CARD_OF_NORA)) == (expected or False)


# People who left, and accounts that lost them.

CORVANE, CHAMPION = ACCOUNTS["corvane"].account_id, BuyingRole.CHAMPION


@cases(
    ("text", "form", "of", "roles"),
    [
        ("who left at corvane", Form.LIST, (CORVANE,), ()),
        ("has anybody left at corvane", Form.YES_NO, (CORVANE,), ()),
        ("people who left since October", Form.LIST, (), ()),
        ("champions who left this month", Form.LIST, (), (CHAMPION,)),
        ("how many champions did we lose this year", Form.COUNT, (), (CHAMPION,)),
        ("did corvane lose its champion", Form.YES_NO, (CORVANE,), (CHAMPION,)),
        ("when did marta oliva leave corvane", Form.LIST, (CORVANE,), ()),
    ],
)
def test_people_who_left_are_asked_for(text: str, form: Form, of: tuple[int, ...], roles: tuple[BuyingRole, ...]):
    query = read(text).query
    assert query is not None
    assert (query.subject, query.form, query.of, query.roles) == (Subject.PEOPLE, form, of, roles)
    assert query.progress == (Progress.LOST,)


@cases("text", ["which accounts lost their champion", "accounts where the champion left"])
def test_accounts_that_lost_somebody_have_the_role_as_lost(text: str) -> None:
    query = read(text).query
    assert query is not None
    assert (query.subject, query.having, query.roles) == (Subject.ACCOUNTS, (Having.ROLE,), (CHAMPION,))
    assert query.progress == (Progress.LOST,)


@cases("text", ["which accounts left the list", "what is left to do", "which deals did we lose"])
def test_what_remains_and_what_left_the_list_is_of_nobody(text: str) -> None:
    query = read(text).query
    assert query is not None
    assert query.subject is not Subject.PEOPLE
