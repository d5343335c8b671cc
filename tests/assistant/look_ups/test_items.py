import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from agendas.facts.answered_items import AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.query import Form, Per, Progress, Query, Subject, Way, Which
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Line
from agendas.verbs.find.run import run
from storage.database import Store
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.assistant.asking import CHANNEL, DM, asking, found_by, told
from tests.assistant.labels import read_label
from tests.assistant.look_ups.queries import ACTIONS, ASKS, BLOCKERS, DECISIONS, LIST, NORA, PAULA, TOMAS, of
from tests.cases import cases
from tests.plain import plain


# Answers about things of accounts as a whole: rights, buttons, long lists, and how much is read.
def test_only_who_is_in_its_channel_finds_a_private_account(world: Store) -> None:
    query = Query(BLOCKERS, LIST, states=(AccountStanding.NEEDS_INTERVENTION,))
    assert "Orrin Rail" in told(world, "paula", query)
    assert "Orrin Rail" not in told(world, "nora", query)
    assert "Orrin Rail" not in told(world, "nora", Query(Subject.DEALS, LIST))
    assert told(world, "nora", Query(BLOCKERS, LIST, of=of("orrin"))) == "No open blocker recorded."


def test_open_work_has_its_buttons_where_the_asker_alone_reads_and_may_record(world: Store) -> None:
    query = Query(ACTIONS, LIST, whose=(NORA,))
    items = found_by(world, "nora", query, DM).page.items
    labels = [[each.button.label, *(other.label for other in each.others)] for each in items if isinstance(each, Line)]
    assert labels[0] == ["Done", "Move to", "Edit", "Drop"]
    assert not [each for each in found_by(world, "nora", query).page.items if isinstance(each, Line)]
    # Paula is a viewer
    assert not [each for each in found_by(world, "paula", query, DM).page.items if isinstance(each, Line)]
    asks = found_by(world, "priya", Query(ASKS, LIST, whose=(PAULA,)), DM).page.items
    assert [each.button.label for each in asks if isinstance(each, Line)] == ["Answer", "Answer"]


def test_deals_are_overdue_when_they_are_open_past_their_close_date(world: Store) -> None:
    query = Query(Subject.DEALS, LIST, is_overdue=True)
    assert told(world, "nora", query) == "No overdue deal recorded."
    with asking(world, "nora") as context:
        page = run(replace(context, now=datetime(2026, 12, 22, 9, tzinfo=UTC)), query).page
    assert plain(page).startswith("1 overdue deal\n\n• *Maple Insurance*: Claims platform")


def test_somebodys_deals_are_those_of_the_accounts_that_they_own(world: Store) -> None:
    of_nora = told(world, "priya", Query(Subject.DEALS, LIST, whose=(NORA,)))
    assert of_nora == told(world, "priya", Query(Subject.DEALS, LIST, owners=(NORA,)))
    assert of_nora != told(world, "priya", Query(Subject.DEALS, LIST))


def test_a_long_list_says_how_many_there_are_and_how_many_it_shows(world: Store) -> None:
    answer = told(world, "priya", Query(Subject.CHANGES, LIST))
    assert "15 of " in answer
    assert answer.count("\n• ") == 15 - answer.startswith("• ")


def test_the_answer_tells_its_accounts_and_its_events_for_what_is_asked_next(world: Store) -> None:
    found = found_by(world, "nora", Query(BLOCKERS, LIST, needs=(Function.FINANCE,)))
    assert found.listed == of("halden", "kestrel")
    assert len(found.items) == 2
    assert found_by(world, "nora", Query(Subject.DEALS, LIST)).items == ()


# Answers about everything but accounts: the fact, its day, its author; the filters said back.

LINE = re.compile(r"^([\w-]+): (.+?) -> (.+)$", re.MULTILINE)
ANSWERS = LINE.findall(Path("tests/assistant/look_ups/answers.txt").read_text(encoding="utf-8"))


@cases(("asker", "label", "words"), ANSWERS)
def test_a_query_is_answered(world: Store, asker: str, label: str, words: str) -> None:
    query = read_label(label)
    assert isinstance(query, Query)
    answer = told(world, asker, query)
    assert words.replace("|", "\n") in answer, answer


# Answers about things of accounts as Slack gets them: with buttons in a direct message, without them elsewhere.

PAGES: dict[str, tuple[str, Query, str]] = {
    "my actions": ("nora", Query(ACTIONS, LIST, whose=(NORA,)), DM),
    "actions of an account": ("nora", Query(ACTIONS, LIST, of=of("corvane")), DM),
    "actions by somebody who only reads": ("paula", Query(ACTIONS, LIST, is_overdue=True), DM),
    "actions by person": ("mark", Query(ACTIONS, Form.COUNT, per=Per.OWNER), CHANNEL),
    "not done": ("may", Query(ACTIONS, Form.YES_NO, about="questionnaire", progress=(Progress.DONE,)), CHANNEL),
    "blocked": ("tomas", Query(BLOCKERS, Form.YES_NO, of=of("halden")), DM),
    "blocked, in a channel": ("tomas", Query(BLOCKERS, Form.YES_NO, of=of("halden")), CHANNEL),
    "asks": ("priya", Query(ASKS, LIST, whose=(PAULA,)), DM),
    "decisions": ("may", Query(DECISIONS, LIST, decisions=(DecisionKind.INTERVENE, DecisionKind.PAUSE)), DM),
    "claims": ("paula", Query(Subject.MOVEMENT, LIST, ways=(Way.CLAIMED,)), DM),
    "changes": ("mark", Query(Subject.CHANGES, LIST, of=of("merrow")), DM),
    "people": ("nora", Query(Subject.PEOPLE, LIST, of=of("maple-insurance")), DM),
    "suggested alone": ("mark", Query(Subject.PEOPLE, LIST, roles=(BuyingRole.TECHNICAL_EVALUATOR,)), DM),
    "deals": ("lee", Query(Subject.DEALS, LIST), DM),
    "sums": ("lee", Query(Subject.DEALS, Form.SUM, per=Per.TIER), DM),
    "reviews": ("may", Query(Subject.REVIEWS, LIST, which=Which.NEXT), DM),
    "a member": ("mark", Query(Subject.MEMBERS, Form.CARD, whose=(TOMAS,)), DM),
}


def test_answers_look_as_in_their_golden_file(world: Store) -> None:
    pages = {name: found_by(world, asker, query, place).page for name, (asker, query, place) in PAGES.items()}
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/asked_items", "\n".join(drawn(name, page) for name, page in pages.items()))
