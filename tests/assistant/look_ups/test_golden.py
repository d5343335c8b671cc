"""Answers about things of accounts as Slack gets them: with buttons in a direct message, without them elsewhere."""

from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.rendering.blockkit import messages
from assistant.query import Form, Per, Progress, Query, Subject, Way, Which
from storage.database import Store
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.assistant.asking import CHANNEL, DM, found_by
from tests.assistant.look_ups.queries import ACTIONS, ASKS, BLOCKERS, DECISIONS, LIST, NORA, PAULA, TOMAS, of

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
