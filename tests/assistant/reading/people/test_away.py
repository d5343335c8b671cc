"""The question who of our people is away."""

from assistant.query import Form, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

AWAY = Query(Subject.MEMBERS, Form.LIST, about="away")
NORA = Query(Subject.MEMBERS, Form.CARD, whose=(PEOPLE["nora"].user_id,))


@cases(
    ("text", "expected"),
    [
        *(
            (text, AWAY)
            for text in ("who is away", "Who's away today?", "is anybody on holiday", "who is OOO right now")
        ),
        *(
            (text, NORA)
            for text in ("is nora away?", "until when is Nora away", "when is nora back", "is nora on leave")
        ),
        ("who stands in for nora", NORA),
        ("is corvane away", None),
        ("is nora with corvane back", None),
    ],
)
def test_who_is_away_is_asked_of_our_people_alone(text: str, expected: Query | None) -> None:
    reading = read_question(text, WorldNames("tomas"), Asked(PEOPLE["tomas"].user_id), today=TODAY, last=None)
    assert (reading.query if expected else reading.query in (AWAY, NORA)) == (expected or False)
