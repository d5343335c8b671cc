"""People who left, and accounts that lost them."""

from agendas.facts.group import BuyingRole
from assistant.query import Form, Having, Progress, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Reading
from assistant.remark import RemarkKind
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

CORVANE, CHAMPION = ACCOUNTS["corvane"].account_id, BuyingRole.CHAMPION


def read(text: str) -> Reading:
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)


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
def test_people_who_left_are_asked_for(
    text: str, form: Form, of: tuple[int, ...], roles: tuple[BuyingRole, ...]
) -> None:
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


@cases("text", ["the champion left corvane", "our champion left at halden"])
def test_that_somebody_left_is_news_where_nothing_is_asked(text: str) -> None:
    remark = read(text).remark
    assert remark is not None
    assert remark.kind is RemarkKind.NEWS


@cases("text", ["which accounts left the list", "what is left to do", "which deals did we lose"])
def test_what_remains_and_what_left_the_list_is_of_nobody(text: str) -> None:
    query = read(text).query
    assert query is not None
    assert query.subject is not Subject.PEOPLE
