"""Answers about actions, blockers, asks and decisions: the fact, its day, its author; the filters said back."""

from agendas.facts.account import ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.people import Function
from assistant.query import Field, Form, Per, Progress, Query
from storage.database import Store
from tests.assistant.asking import told
from tests.assistant.look_ups.queries import (
    ACTIONS,
    ASKS,
    BLOCKERS,
    COUNT,
    DECISIONS,
    INES,
    LIST,
    MARK,
    NORA,
    PAULA,
    TOMAS,
    WHEN,
    WHO,
    WHY,
    YES_NO,
    days,
    of,
)
from tests.assistant.world import PEOPLE
from tests.cases import cases

MARKETING = tuple(each.user_id for each in PEOPLE.values() if each.function is Function.MARKETING)

ANSWERS: list[tuple[str, Query, str]] = [
    ("mark", Query(ACTIONS, COUNT, per=Per.FUNCTION), "• sales: "),
    ("mark", Query(ACTIONS, COUNT, per=Per.TIER), "• Tier 1: "),
    (
        "mark",
        Query(ACTIONS, COUNT, is_overdue=True, statuses=(ListStatus.PAUSED,)),
        "Paused: no overdue action recorded.",
    ),
    ("mark", Query(ACTIONS, COUNT, per=Per.STATUS, whose=(MARK,)), "• named: 1"),
    ("lee", Query(BLOCKERS, LIST, by=Field.AGE, limit=1), "Oldest open blocker\n"),
    (
        "mark",
        Query(ACTIONS, COUNT, per=Per.OWNER, about="nothing like it"),
        'About "nothing like it": no open action recorded.',
    ),
    ("mark", Query(ACTIONS, Form.COMPARE, tiers=(1, 2)), "• Tier 2: "),
    ("mark", Query(ACTIONS, Form.COMPARE, of=of("halden", "corvane")), "• Corvane Logistics: 2"),
    ("mark", Query(ACTIONS, Form.COMPARE, whose=(NORA,)), "6 open actions at 3 accounts, @Nora Voss's"),
    ("mark", Query(ACTIONS, LIST, whose=MARKETING), "open actions, for marketing"),
    ("mark", Query(ACTIONS, LIST, whose=("product",)), "For product (nobody is in it): no open action recorded."),
    ("mark", Query(ASKS, COUNT, per=Per.OWNER), "• @Paula Stein: 2"),
    (
        "mark",
        Query(ASKS, LIST, progress=(Progress.DONE,)),
        "Approve the discount · answered 12 Nov: Ten percent for two years · asked of @Lee Park",
    ),
    ("lee", Query(BLOCKERS, WHY, of=of("halden")), "Halden Pumpworks: Budget is frozen until January"),
    # actions: by day, person, progress and words
    (
        "nora",
        Query(ACTIONS, WHEN, about="security review"),
        "Security review (Maple Insurance) is due Wed 2 Dec · @Nora Voss",
    ),
    (
        "nora",
        Query(ACTIONS, WHO, about="dpa", of=of("maple-insurance")),
        "@Inês Costa: Send the DPA (Maple Insurance) · due Fri 27 Nov",
    ),
    (
        "may",
        Query(ACTIONS, WHEN, about="reference call", of=of("maple-insurance")),
        "Reference call with Merrow (Maple Insurance) was done 18 Nov: Merrow told them of the audit · @Nora Voss",
    ),
    (
        "nora",
        Query(ACTIONS, COUNT, whose=(NORA,), period=days(None, (27, 11))),
        "2 open actions, due by Fri 27 Nov, yours",
    ),
    ("nora", Query(ACTIONS, COUNT, whose=(TOMAS,), is_overdue=True), "2 overdue actions, @Tomas Rehak's"),
    (
        "mark",
        Query(ACTIONS, LIST, of=of("halden"), progress=(Progress.DROPPED,)),
        "dropped 13 Nov: The plant is closed until January",
    ),
    (
        "mark",
        Query(ACTIONS, LIST, progress=(Progress.SLIPPED,)),
        "*Maple*: Workshop with their data team · due Thu 3 Dec, slipped once",
    ),
    ("may", Query(ACTIONS, YES_NO, of=of("early")), "No: no open action of Early recorded."),
    (
        "may",
        Query(ACTIONS, YES_NO, of=of("brightwater"), about="questionnaire", progress=(Progress.DONE,)),
        "No, it is open: *Brightwater Energy*: Send the security questionnaire · due Tue 24 Nov, 2 d late",
    ),
    (
        "mark",
        Query(ACTIONS, Form.COMPARE, whose=(NORA, INES), progress=(Progress.DONE,)),
        "• @Nora Voss: 2\n• @Inês Costa: 2",
    ),
    ("lee", Query(ACTIONS, WHO, is_overdue=True), "• @Tomas Rehak: 2"),
    ("will", Query(ACTIONS, LIST, tiers=(2,), about="PRICING"), "*Maple*: Pricing call · due today"),
    # blockers: by need, age, owner
    ("lee", Query(BLOCKERS, LIST, needs=(Function.FINANCE,)), "2 open blockers, waiting for finance"),
    (
        "lee",
        Query(BLOCKERS, LIST, by=Field.AGE, limit=1),
        "*Fennimore Bank*: Their auditors doubt our hosting · needs product · 59 d, since 28 Sep · @May Lindqvist",
    ),
    (
        "lee",
        Query(BLOCKERS, LIST, by=Field.AGE, is_lowest=True, limit=1),
        "*March Foods*: Their lawyers want the DPA reworked",
    ),
    (
        "tomas",
        Query(BLOCKERS, YES_NO, of=of("halden")),
        "Yes, 1 open blocker of Halden Pumpworks: Budget is frozen until January · needs finance · 37 d",
    ),
    (
        "tomas",
        Query(BLOCKERS, WHEN, of=of("brightwater")),
        "Brightwater Energy: blocked since 11 Nov, 15 days · No interface for meter data · @Mark Olsen",
    ),
    ("tomas", Query(BLOCKERS, LIST, of=of("lakeview")), "Lakeview Hospital Group: no open blocker recorded."),
    (
        "nora",
        Query(BLOCKERS, LIST, of=of("maple-insurance"), progress=(Progress.DONE,)),
        "resolved 12 Nov: They are back",
    ),
    ("priya", Query(BLOCKERS, LIST, period=days(None, (27, 10))), "2 open blockers, opened by 27 Oct"),
    ("paula", Query(BLOCKERS, COUNT, per=Per.FUNCTION), "• product: 2"),
    ("may", Query(BLOCKERS, LIST, of=of("vantora")), "Vantora Robotics: no open blocker recorded."),
    # asks
    (
        "paula",
        Query(ASKS, LIST, whose=(PAULA,), is_overdue=True),
        "*Corvane Logistics*: Call their COO · due Fri 20 Nov, 6 d late (@Priya Raman, 2 Nov)",
    ),
    ("lee", Query(ASKS, WHO, of=of("march")), "answered 12 Nov: Ten percent for two years"),
    (
        "paula",
        Query(ASKS, WHO, of=of("halden")),
        "@Paula Stein: Call their COO about the budget (Halden Pumpworks) · due 4 Dec · decided by @Priya Raman",
    ),
    # decisions of every kind
    (
        "may",
        Query(DECISIONS, LIST, of=of("corvane")),
        "• named, tier 1: Runs 31 depots on paper and renews its contract in spring · 7 Sep, @Priya Raman",
    ),
    (
        "may",
        Query(DECISIONS, WHY, of=of("tallow"), decisions=(DecisionKind.CHANGE_TIER,)),
        "Tallow & Finch, Tier 1 → 2: Their budget was halved · 16 Nov, @Priya Raman",
    ),
    (
        "may",
        Query(DECISIONS, WHO, of=of("sable"), decisions=(DecisionKind.PAUSE,)),
        "@Priya Raman, 16 Nov: Sable Rail, pause: Merger until spring",
    ),
    (
        "may",
        Query(DECISIONS, WHEN, of=of("kestrel"), decisions=(DecisionKind.CHANGE_TIER,)),
        "12 Nov: Kestrel Airways, Tier 2 → 1: Their COO asked for a plan",
    ),
    (
        "may",
        Query(DECISIONS, YES_NO, of=of("kestrel"), about="discount"),
        'No: no decision of Kestrel Airways recorded, about "discount".',
    ),
]


@cases(("asker", "query", "said"), ANSWERS, ids=lambda each: each if isinstance(each, str) else None)
def test_a_query_is_answered(world: Store, asker: str, query: Query, said: str) -> None:
    answer = told(world, asker, query)
    assert said in answer, answer
