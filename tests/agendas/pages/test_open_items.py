from dataclasses import replace
from datetime import UTC, date, datetime

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.answered_items import OfAccount
from agendas.facts.events import DecisionKind
from agendas.pages.open_items import open_line
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Line
from agendas.rendering.words import Words
from agendas.rules.nudging import item_of
from tests.cases import cases

WORDS = Words()
TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CORVANE = OfAccount(7, "Corvane")


def shown(line: Line) -> tuple[str, list[str]]:
    return read(line.mrkdwn), [button.label for button in (line.button, *line.others)]


@cases(
    ("due_on", "said"),
    [
        (date(2026, 11, 26), "4 d late"),
        (date(2026, 11, 30), "today"),
        (date(2026, 12, 4), "Fri 4 Dec"),
        (date(2026, 12, 25), "25 Dec"),
        (date(2027, 1, 8), "8 Jan 2027"),
    ],
)
def test_an_action_says_its_account_and_when_it_is_due_and_can_be_settled_there(due_on: date, said: str) -> None:
    action = item_of(CORVANE, NextAction(3, "Call their COO", "U0ANN1", due_on, NOW))
    assert shown(open_line(action, WORDS, today=TODAY)) == (
        f"Corvane: Call their COO · {said}",
        ["Done", "Move to", "Edit", "Drop"],
    )


def test_a_blocker_is_acknowledged_once() -> None:
    blocker = Blocker(3, "Liability cap", "U0ANN1", "executive", datetime(2026, 11, 6, 9, 0, tzinfo=UTC))
    found = item_of(CORVANE, blocker)
    said = "Corvane: Liability cap · needs an executive · open 24 d"
    assert shown(open_line(found, WORDS, today=TODAY, is_asked=True)) == (said, ["Acknowledge", "Answer", "Resolve"])
    known = replace(found, thing=replace(blocker, acknowledged_at=NOW))
    assert shown(open_line(known, WORDS, today=TODAY, is_asked=True))[1] == ["Answer", "Resolve"]


def test_a_blocker_says_who_is_asked_and_who_owns_it_and_addresses_its_reader() -> None:
    blocker = Blocker(3, "No budget", "U0PRIYA", "sales", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    found = replace(item_of(CORVANE, blocker), asked="U0NORA")
    for reader, said in (
        ("", "(<@U0NORA>) · owner <@U0PRIYA> · open 6 d"),
        ("U0NORA", "(you) · owner <@U0PRIYA> · open 6 d"),
        ("U0PRIYA", "(<@U0NORA>) · owner you · open 6 d"),
    ):
        line = open_line(found, WORDS, today=TODAY, with_person=True, reader=reader)
        assert line.mrkdwn == f"*Corvane*: No budget · needs sales {said}"


def test_an_ask_can_be_answered_there() -> None:
    ask = Decision(5, DecisionKind.INTERVENE, "Call the COO", NOW, "U0INES", ask_of="U0PAULA", due_on=date(2026, 12, 4))
    line = open_line(item_of(OfAccount(7, "Halden"), ask), WORDS, today=TODAY)
    assert shown(line) == ("Halden: Call the COO · Fri 4 Dec", ["Answer"])
