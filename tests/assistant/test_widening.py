"""Words that an answer gives to ask for more are read so."""

from dataclasses import replace

from agendas.facts.found import AccountStanding
from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reply import wider
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
LIST = Query(Subject.ACCOUNTS, Form.LIST, states=(AccountStanding.STALLED,))
OWED = Query(Subject.ACTIONS, Form.LIST, is_overdue=True)
TOP = replace(LIST, by=Field.VALUE)


@cases(
    ("query", "way", "wide"),
    [
        (replace(LIST, owners=(NORA,)), "everyone's?", LIST),
        (replace(OWED, whose=(NORA,)), "everyone's?", OWED),
        (replace(LIST, tiers=(1, 2)), "all tiers?", LIST),
        (replace(LIST, segments=("Energy",)), "all segments?", LIST),
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
    one = replace(LIST, of=(1,), tiers=(1,))
    for query in (LIST, one, replace(LIST, owners=(TOMAS,)), replace(LIST, form=Form.WHY, tiers=(1,))):
        assert wider(query, NORA) == ()
    assert len(wider(replace(LIST, limit=3, owners=(NORA,), tiers=(1,), segments=("Energy",)), NORA)) == 2
