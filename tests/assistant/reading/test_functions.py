"""Functions of ours named as those who have something to do."""

from collections.abc import Sequence

from agendas.facts.people import Function, PersonFacts
from assistant.conversation import LastAnswer
from assistant.query import Form, Progress, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

NORA = PEOPLE["nora"].user_id
ACTIONS = Query(Subject.ACTIONS, Form.LIST)


class WithoutProduct(WorldNames):
    """The names of the world, with nobody in product."""

    def members(self) -> Sequence[PersonFacts]:
        return [each for each in super().members() if each.function != Function.PRODUCT]


def read(text: str, names: WorldNames | None = None, last: LastAnswer | None = None) -> Query:
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
    assert read(text).subject is Subject.ACTIONS
    assert read(text).whose == people_of(function)


def test_what_a_function_finished_is_asked_of_all_its_people() -> None:
    query = read("what did marketing finish last week")
    assert (query.whose, query.progress) == (people_of(Function.MARKETING), (Progress.DONE,))


@cases("text", ["what needs finance", "what do we need from finance", "when is the marketing webinar due"])
def test_a_function_that_is_needed_or_in_a_title_owes_nothing(text: str) -> None:
    assert read(text).whose == ()


def test_a_function_without_people_is_not_left_out() -> None:
    assert read("what does product need to do", WithoutProduct("nora")).whose == (Function.PRODUCT.value,)


def test_a_function_follows_the_actions_of_somebody() -> None:
    last = LastAnswer(Query(Subject.ACTIONS, Form.LIST, whose=(NORA,)))
    assert read("and finance?", last=last).whose == people_of(Function.FINANCE)
