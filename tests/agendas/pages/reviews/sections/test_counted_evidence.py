from agendas.facts.events import Moved
from agendas.facts.evidence import WaitingSet
from agendas.pages.reviews.sections.evidence import counted_evidence_of
from tests.builders import NOW, agenda_facts, agenda_item, ago, event, evidence


def test_a_link_given_for_two_things_is_named_once_where_a_line_says_what_moved() -> None:
    told = [
        event(Moved("They wrote"), id=1, evidence=(evidence("", ago(3), "https://mail.example/1"),)),
        event(WaitingSet(NOW.date(), "Board"), id=2, evidence=(evidence("", ago(2), "https://mail.example/1"),)),
        event(Moved("They called"), id=3, evidence=(evidence("Call", ago(1), ""), evidence("Visit", ago(1), ""))),
    ]
    item = agenda_item(agenda_facts(events=tuple(told)))
    assert [(piece.text, piece.url) for piece in counted_evidence_of(item)] == [
        ("Call", ""),
        ("Visit", ""),
        ("", "https://mail.example/1"),
    ]


def test_a_line_that_says_what_moved_shows_the_evidence_of_the_step_before_that_of_later_news() -> None:
    step, later = evidence("", ago(3), "https://mail.example/1"), evidence("", ago(1), "https://mail.example/2")
    told = (
        event(Moved("They asked for a contract", "opportunity"), id=1, evidence=(step,)),
        event(Moved("They gave the numbers"), id=2, evidence=(later,)),
    )
    assert counted_evidence_of(agenda_item(agenda_facts(events=told))) == (step, later)
