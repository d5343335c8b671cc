"""Lists, numbers and sums asked for in noun phrases and relative clauses."""

from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Reading
from assistant.remark import RemarkKind
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


def _read(text: str) -> Reading:
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)


@cases("text", ["stalled accounts not owned by nora", "accounts not owned by me", "stalled accounts that arent noras"])
def test_an_owner_that_is_denied_is_not_answered_without_saying_so(text: str) -> None:
    reading = _read(text)
    assert reading.query is None or reading.query.without == ()
    assert reading.unread


def test_a_role_that_is_there_beside_one_that_is_not_is_named_as_left_out() -> None:
    reading = _read("accounts with a champion but no economic buyer")
    assert reading.query == read_label("accounts list without=role roles=economic_buyer")
    assert reading.unread == ("champion",)


@cases("text", ["we lost our champions", "our champions left", "the champion left"])
def test_a_sentence_about_people_who_left_is_news(text: str) -> None:
    remark = _read(text).remark
    assert remark is not None
    assert remark.kind is RemarkKind.NEWS
