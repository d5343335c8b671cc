"""Answers to what a person was asked before a review."""

from agendas.facts.account import EventFacts, Source
from agendas.facts.events import ActionChanged, Corrected, ListChanged, Moved, NothingMoved
from agendas.facts.reviews import Question
from agendas.rules.preparing import answer_of, says_what_moved
from tests.builders import ANN, BOB, CLEO, event
from tests.cases import cases

NEWS, NOTHING = event(Moved("They signed"), actor=CLEO), event(NothingMoved(), actor=CLEO)


@cases(
    ("question", "told", "is_answered"),
    [
        (Question.MOVED, event(NothingMoved(), actor=ANN), True),
        (Question.MOVED, event(ActionChanged(3, "done"), actor=ANN), True),
        (Question.MOVED, NEWS, True),
        (Question.MOVED, NOTHING, False),
        (Question.MOVED, event(NothingMoved(), actor=BOB), True),
        (Question.MOVED, event(Moved("They signed"), source=Source.IMPORT, actor=ANN), False),
        (Question.MOVED, event(Moved("They signed"), source=Source.WEBHOOK, actor=CLEO), False),
        (Question.BUYER, NEWS, False),
        (Question.BUYER, event(NothingMoved(), actor=BOB), False),
        (Question.BUYER, event(NothingMoved(), actor=ANN), True),
        (Question.FIT, event(Corrected(7), actor=ANN), False),
        (Question.MOVED, event(ListChanged("named", 1, "Renews"), actor=ANN), False),
    ],
)
def test_ones_own_word_answers_anything_and_anybodys_news_answers_what_moved(
    question: Question, told: EventFacts, is_answered: bool
) -> None:
    found = answer_of(question, [told], by={ANN}, movers={ANN, BOB})
    assert (found is not None) is is_answered


def test_what_was_taken_back_answers_nothing() -> None:
    told = event(Moved("They signed"), id=4, actor=ANN)
    taken_back = event(Corrected(4), id=5, actor=ANN)
    assert answer_of(Question.MOVED, [told, taken_back], by={ANN}, movers={ANN}) is None


def test_a_promise_kept_does_not_say_what_moved() -> None:
    assert says_what_moved(NEWS)
    assert not says_what_moved(event(ActionChanged(3, "done")))
