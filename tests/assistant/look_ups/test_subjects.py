"""Answers about movement, entries, the list, signals, people, deals, plays, reviews and members."""

from agendas.facts.account import ListStatus
from agendas.facts.group import BuyingRole
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Per, Progress, Query, Subject, Way, Which
from storage.database import Store
from tests.assistant.asking import told
from tests.assistant.look_ups.queries import COUNT, LIST, SINCE_MONDAY, THIS_WEEK, TOMAS, WHEN, WHO, YES_NO, days, of
from tests.cases import cases

LEFT = (Progress.LOST,)
SEPTEMBER = days((1, 9), (30, 9))

ANSWERS: list[tuple[str, Query, str]] = [
    ("nora", Query(Subject.MOVEMENT, LIST, of=of("halden")), "Halden Pumpworks: Nothing moved. (since the review of"),
    (
        "nora",
        Query(Subject.MOVEMENT, LIST, ways=(Way.CLAIMED,), of=of("halden")),
        "Halden Pumpworks: nothing is only claimed.",
    ),
    ("lee", Query(Subject.DEALS, Form.SUM, per=Per.SEGMENT), "• Transport: USD 420,000 and EUR 390,000 in 2 deals"),
    (
        "lee",
        Query(Subject.DEALS, Form.SUM, period=days((1, 8), (2, 8))),
        "Closing 1 Aug to 2 Aug: no open deal recorded.",
    ),
    ("lee", Query(Subject.DEALS, LIST, by=Field.AMOUNT), "\n\n• *Corvane Logistics*: 31 depots · USD 420,000"),
    ("lee", Query(Subject.DEALS, COUNT, per=Per.STATE), "4 open deals, per state"),
    ("lee", Query(Subject.DEALS, COUNT, per=Per.CURRENCY), "• USD: 2"),
    ("ines", Query(Subject.SIGNALS, COUNT, per=Per.STAGE), "• engaged: 2"),
    ("ines", Query(Subject.PLAYS, LIST, by=Field.DUE), "\n\n• *Kestrel Airways*: Executive meeting"),
    ("may", Query(Subject.REVIEWS, LIST, period=days((1, 11), (31, 12))), "5 reviews, 1 Nov to 31 Dec"),
    ("may", Query(Subject.REVIEWS, LIST, which=Which.OPEN), "No review is open."),
    ("may", Query(Subject.REVIEWS, YES_NO, period=days((16, 11), (16, 11))), "Yes: 16 Nov 10:00 CET: held by 4 people"),
    (
        "may",
        Query(Subject.REVIEWS, COUNT, which=Which.LAST, of=of("nordhavn")),
        "Nørdhavn Shipping: no held review recorded.",
    ),
    ("mark", Query(Subject.MEMBERS, LIST, about="nobody at all"), 'No member recorded, about "nobody at all".'),
    ("mark", Query(Subject.MEMBERS, COUNT), "11 members"),
    (
        "lee",
        Query(Subject.DEALS, YES_NO, of=of("fennimore"), about="suite deal", progress=(Progress.WON,)),
        "No, it is open: *Fennimore Bank*: Onboarding suite · EUR 230,000 · Proposal · closes 29 Jan 2027",
    ),
    # movement: since the last review, and by day
    (
        "nora",
        Query(Subject.MOVEMENT, YES_NO, of=of("maple"), period=SINCE_MONDAY),
        "No: nothing moved at Maple since Mon 23 Nov.",
    ),
    ("nora", Query(Subject.MOVEMENT, YES_NO, of=of("halden")), "No: *Halden Pumpworks*: Nothing moved."),
    (
        "nora",
        Query(Subject.MOVEMENT, LIST, of=of("maple-insurance"), period=THIS_WEEK),
        "engaged → opportunity, with evidence: They asked for an offer · Tue 24 Nov, @Nora Voss",
    ),
    (
        "paula",
        Query(Subject.MOVEMENT, WHEN, of=of("brightwater")),
        "Fri 20 Nov: Brightwater Energy, engaged → MQA, claimed, no evidence: They sound ready for a proposal",
    ),
    (
        "paula",
        Query(Subject.MOVEMENT, LIST, ways=(Way.CLAIMED,)),
        "1 account only claimed\n\n• *Brightwater Energy*: Engaged → MQA: claimed, no evidence.",
    ),
    (
        "paula",
        Query(Subject.MOVEMENT, COUNT, ways=(Way.REGRESSED,), period=days((1, 11), (30, 11))),
        "1 account regressed, 1 Nov to Mon 30 Nov",
    ),
    (
        "will",
        Query(Subject.MOVEMENT, LIST, ways=(Way.EXPANDED,), period=THIS_WEEK),
        "*Merrow Health*: expanded: They ordered 60 more seats · Wed 25 Nov, @Will Turner",
    ),
    # what was recorded, and what the buyer did
    ("may", Query(Subject.CHANGES, LIST, of=of("early")), "3 entries of Early"),
    (
        "mark",
        Query(Subject.CHANGES, LIST, of=of("merrow"), period=days((26, 11), (26, 11))),
        "Merrow Health, today: no entry recorded.",
    ),
    ("mark", Query(Subject.EVIDENCE, WHEN, of=of("kestrel")), "3 Nov: Kestrel Airways, Crew planners met us"),
    # the list
    (
        "lee",
        Query(Subject.LIST_CHANGES, WHO, of=of("juniper"), statuses=(ListStatus.REMOVED,)),
        "@Priya Raman, 2 Nov: Juniper Foods, removed: Bought by a competitor's customer",
    ),
    (
        "lee",
        Query(Subject.LIST_CHANGES, LIST, statuses=(ListStatus.NAMED,), period=days((1, 11), (30, 11))),
        "1 Nov to Mon 30 Nov, named on the list: no change of the list recorded.",
    ),
    (
        "lee",
        Query(Subject.LIST_CHANGES, YES_NO, tiers=(1,), period=days((1, 11), (30, 11))),
        "*Kestrel Airways*: Tier 2 → 1",
    ),
    # signals, people, deals, plays
    (
        "tomas",
        Query(Subject.SIGNALS, YES_NO, of=of("halden"), signals=(SignalKind.HIRING,)),
        "No: no hiring signal of Halden Pumpworks recorded.",
    ),
    (
        "ines",
        Query(Subject.SIGNALS, WHEN, of=of("corvane"), signals=(SignalKind.WEB_VISIT,)),
        "Fri 20 Nov: Corvane Logistics, web visit, medium: Six people on the pricing page",
    ),
    (
        "mark",
        Query(Subject.PEOPLE, WHO, about="dana weber"),
        "Dana Weber, Chief financial officer at Maple Insurance · economic buyer · last heard of Tue 24 Nov",
    ),
    (
        "mark",
        Query(Subject.PEOPLE, LIST, of=of("kestrel"), about="cfo"),
        "Olga Petrenko, Chief financial officer · suggested: economic buyer, not confirmed",
    ),
    (
        "mark",
        Query(Subject.PEOPLE, LIST, of=of("kestrel"), roles=(BuyingRole.ECONOMIC_BUYER,)),
        "Kestrel Airways: no economic buyer confirmed.",
    ),
    ("mark", Query(Subject.PEOPLE, YES_NO, of=of("kestrel"), roles=(BuyingRole.ECONOMIC_BUYER,)), "No: Olga Petrenko"),
    (
        "nora",
        Query(Subject.PEOPLE, LIST, of=of("maple-insurance"), without=(Having.ROLE,)),
        "Missing at Maple Insurance: technical evaluator, procurement, executive sponsor",
    ),
    (
        "nora",
        Query(Subject.PEOPLE, LIST, of=of("corvane"), roles=(BuyingRole.PROCUREMENT,)),
        "Corvane Logistics: no procurement recorded. Marta Oliva left 10 Nov.",
    ),
    (
        "nora",
        Query(Subject.PEOPLE, Form.WHO, of=of("corvane"), roles=(BuyingRole.PROCUREMENT,)),
        "Corvane Logistics: no procurement recorded. Marta Oliva left 10 Nov.",
    ),
    (
        "nora",
        Query(Subject.PEOPLE, LIST, progress=LEFT, period=days((1, 11), (30, 11))),
        "Marta Oliva, Buyer at Corvane Logistics · left 10 Nov · was procurement",
    ),
    ("nora", Query(Subject.PEOPLE, Form.YES_NO, of=of("merrow"), progress=LEFT), "No: nobody has left Merrow Health."),
    ("nora", Query(Subject.PEOPLE, Form.COUNT, of=of("corvane"), progress=LEFT), "1 person left Corvane Logistics"),
    (
        "nora",
        Query(Subject.PEOPLE, LIST, progress=LEFT, period=days((1, 9), (1, 10))),
        "Nobody has left, 1 Sep to 1 Oct.",
    ),
    (
        "nora",
        Query(Subject.PEOPLE, Form.YES_NO, of=of("halden"), roles=(BuyingRole.PROCUREMENT,), progress=LEFT),
        "No: no procurement has left Halden Pumpworks.",
    ),
    (
        "nora",
        Query(Subject.ACCOUNTS, LIST, having=(Having.ROLE,), roles=(BuyingRole.PROCUREMENT,), progress=LEFT),
        "1 account, with a procurement who left",
    ),
    (
        "nora",
        Query(Subject.ACCOUNTS, Form.YES_NO, of=of("corvane"), having=(Having.ROLE,), progress=LEFT),
        "Yes: Corvane Logistics: Marta Oliva, procurement, left 10 Nov",
    ),
    ("lee", Query(Subject.ACCOUNTS, LIST, having=(Having.NARRATIVE,), period=SEPTEMBER), "version 1, written on 8 Sep"),
    ("lee", Query(Subject.ACCOUNTS, LIST, having=(Having.FIT,), period=days((1, 10), (31, 10))), "No account"),
    (
        "lee",
        Query(Subject.ACCOUNTS, LIST, having=(Having.FIT,), period=SEPTEMBER),
        "3 accounts, with a fit score, 1 Sep to 30 Sep",
    ),
    ("lee", Query(Subject.DEALS, Form.COUNT, least_cents=30_000_000), "3 open deals, of at least 300,000"),
    ("lee", Query(Subject.ACCOUNTS, LIST, least_cents=38_000_000), "2 accounts, of at least 380,000"),
    ("lee", Query(Subject.ACCOUNTS, LIST, least_cents=38_000_000, currency="EUR"), "Kestrel Airways"),
    ("lee", Query(Subject.ACCOUNTS, Form.YES_NO, of=of("corvane"), least_cents=45_000_000), "No: Corvane Logistics: "),
    (
        "lee",
        Query(Subject.ACTIONS, LIST, most_cents=5_000_000),
        "On accounts of at most 50,000: no open action recorded.",
    ),
    ("lee", Query(Subject.DEALS, Form.SUM), "USD 730,000 and EUR 620,000 in 4 open deals."),
    ("lee", Query(Subject.DEALS, Form.SUM, per=Per.TIER), "• Tier 1: USD 730,000 and EUR 390,000 in 3 deals"),
    ("lee", Query(Subject.DEALS, LIST, period=days((1, 10), (31, 12))), "2 open deals, closing 1 Oct to 31 Dec"),
    (
        "lee",
        Query(Subject.DEALS, LIST, progress=(Progress.WON,)),
        "*Merrow Health*: Ward extension · USD 48,000 · won Wed 25 Nov",
    ),
    (
        "lee",
        Query(Subject.DEALS, WHEN, of=of("corvane")),
        "31 depots (Corvane Logistics): Contract · closes 25 Dec, pushed twice · USD 420,000",
    ),
    ("ines", Query(Subject.PLAYS, LIST), "2 running plays"),
    (
        "ines",
        Query(Subject.PLAYS, LIST, progress=(Progress.DROPPED,)),
        "Second thread · stopped 28 Oct: Their champion is on leave until spring",
    ),
    # reviews and members
    (
        "may",
        Query(Subject.REVIEWS, WHEN, of=of("march"), which=Which.NEXT),
        "March Foods, next review: Mon 30 Nov 10:00 CET",
    ),
    (
        "may",
        Query(Subject.REVIEWS, WHEN, which=Which.LAST),
        "Last held review: 16 Nov 10:00 CET: held by 4 people, sales and marketing",
    ),
    (
        "may",
        Query(Subject.REVIEWS, WHO, which=Which.LAST),
        "@Nora Voss (sales), @Tomas Rehak (sales), @Priya Raman (marketing), @Inês Costa (marketing)",
    ),
    ("may", Query(Subject.REVIEWS, YES_NO, which=Which.OPEN), "No: no review is open."),
    ("may", Query(Subject.REVIEWS, COUNT, period=days((1, 11), (30, 11))), "3 reviews, 1 Nov to Mon 30 Nov"),
    ("may", Query(Subject.REVIEWS, Form.CARD, which=Which.LAST), "The review of Mon 16 Nov"),
    ("mark", Query(Subject.MEMBERS, Form.CARD, whose=(TOMAS,)), "@Tomas Rehak · sales · editor\nOwns 6: "),
    ("mark", Query(Subject.MEMBERS, LIST, about="customer success"), "• @Will Turner · customer success · editor"),
    ("mark", Query(Subject.MEMBERS, COUNT, about="sales"), '4 members, about "sales"'),
]


@cases(("asker", "query", "said"), ANSWERS, ids=lambda each: each if isinstance(each, str) else None)
def test_a_query_is_answered(world: Store, asker: str, query: Query, said: str) -> None:
    answer = told(world, asker, query)
    assert said in answer, answer
