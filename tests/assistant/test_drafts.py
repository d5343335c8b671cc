"""What the rules draft of news, clause by clause."""

from datetime import date

import pytest

from agendas.facts.account import Stage
from agendas.facts.evidence import EvidenceActor
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from agendas.rules.news import Asks, Draft, DraftKind
from assistant.clauses import clauses_in, joined
from assistant.drafts import drafts_of, left_out
from assistant.names import Asked
from assistant.signs import pattern_of, read_signs
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames

BUYER, US = EvidenceActor.BUYER, EvidenceActor.US
CORVANE, KESTREL, HALDEN = (ACCOUNTS[key].account_id for key in ("corvane", "kestrel", "halden"))
NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id


def told(text: str, *, who: str = "nora", thread: str = "", last: str = "") -> list[Draft]:
    asked = Asked(PEOPLE[who].user_id, ACCOUNTS[thread].account_id if thread else None)
    spoken_of = (ACCOUNTS[last].account_id,) if last else ()
    return list(drafts_of(text, WorldNames(who), asked, today=TODAY, spoken_of=spoken_of))


def test_each_line_of_signs_is_found_in_its_sentence_which_says_its_kind() -> None:
    wrong = []
    for heading, phrases, sentence in read_signs():
        clauses = clauses_in(sentence, WorldNames("nora"), Asked(NORA, CORVANE), TODAY)
        found = [each.said for each in (*clauses, *joined(clauses))]
        kinds = {each.kind for each in told(sentence, thread="corvane")}
        if sentence and not any(map(pattern_of(*phrases).search, found)):
            wrong.append((heading, sentence, found))
        elif sentence and heading in set(DraftKind) and heading not in kinds:
            wrong.append((heading, sentence, kinds))
    assert wrong == []


def test_several_clauses_are_several_drafts() -> None:
    text = (
        "Corvane's head of operations wants to start with two depots, purchasing misses our insurance papers, "
        "our engineer mails the load test on Tuesday"
    )
    assert told(text) == [
        Draft(
            DraftKind.MOVEMENT,
            "Corvane's head of operations wants to start with two depots",
            CORVANE,
            actor=BUYER,
        ),
        Draft(DraftKind.BLOCKER, "purchasing misses our insurance papers", CORVANE),
        Draft(DraftKind.NEXT_ACTION, "our engineer mails the load test on Tuesday", CORVANE, due_on=date(2026, 12, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the champion at Fennimore left", {"kind": DraftKind.LEFT, "role": BuyingRole.CHAMPION}),
        ("Hugo left Maple Insurance", {"kind": DraftKind.LEFT, "person": "Hugo"}),
        ("the champion at Fennimore left last Tuesday", {"kind": DraftKind.LEFT, "left_on": date(2026, 11, 24)}),
        ("Hugo left Maple Insurance in October", {"kind": DraftKind.LEFT, "left_on": date(2026, 10, 31)}),
        ("Hugo is leaving Maple Insurance in January", {"kind": DraftKind.UNCLEAR}),
        ("I finished the proposal for Halden", {"kind": DraftKind.DONE, "account": HALDEN}),
        ("nothing new at Halden", {"kind": DraftKind.NO_CHANGE, "account": HALDEN}),
        ("Corvane moved to customer", {"kind": DraftKind.MOVEMENT, "stage": Stage.CUSTOMER, "actor": None}),
        ("Tomas sends Halden the offer by 4 Dec", {"owner": TOMAS, "due_on": date(2026, 12, 4)}),
        ("our engineer mails Kestrel the load test on Monday", {"owner": "", "asks": Asks.OWNER}),
        ("I'll call Kestrel on Monday", {"owner": NORA, "due_on": date(2026, 11, 30)}),
        ("we need an executive for Kestrel", {"kind": DraftKind.BLOCKER, "needs": Function.EXECUTIVE}),
        ("told Halden that the connector is in beta", {"kind": DraftKind.MOVEMENT, "actor": US}),
        ("Kestrel downloaded the guide", {"kind": DraftKind.SIGNAL, "signal": SignalKind.CONTENT}),
        ("Kestrel is hiring planners", {"kind": DraftKind.SIGNAL, "signal": SignalKind.HIRING}),
        ("Dana Weber is now our champion at Maple Insurance", {"kind": DraftKind.JOINED, "person": "Dana Weber"}),
        (
            "Marta's replacement at Corvane is called Karl Sample, head of IT, starts in January",
            {"kind": DraftKind.JOINED, "person": "Karl Sample", "title": "head of IT"},
        ),
        ("Corvane: nothing new here honestly, still waiting on them", {"kind": DraftKind.NO_CHANGE}),
        ("Kestrel's plant manager said they might buy if we drop the price", {"actor": BUYER}),
        ("I just told you, I asked the crew leads at Corvane who decides", {"account": CORVANE, "actor": US}),
        ("Corvane wants to replace Tomas as their contact", {"kind": DraftKind.MOVEMENT, "actor": BUYER}),
        ("sent the deck to Corvane. Done", {"kind": DraftKind.MOVEMENT, "words": "sent the deck to Corvane. Done"}),
        ("Marta was replaced by Karl Sample at Corvane", {"kind": DraftKind.JOINED, "person": "Karl Sample"}),
        ("Tomas will replace the deck for Corvane by Friday", {"kind": DraftKind.NEXT_ACTION, "owner": TOMAS}),
        ("Kestrel looks nice from here", {"kind": DraftKind.UNCLEAR, "account": KESTREL}),
        ("Corvane's COO called yesterday and asked for a demo on Friday", {"happened_on": date(2026, 11, 25)}),
        ("Dinner with Corvane on 20 Nov, Rita brought her CFO", {"happened_on": date(2026, 11, 20), "actor": BUYER}),
        ("on Tuesday 17 November we met Corvane", {"happened_on": date(2026, 11, 17), "actor": US}),
        ("Corvane: on 10 December their COO called", {"kind": DraftKind.UNCLEAR, "happened_on": None}),
        ("Corvane's COO asked for a visit on 20 November", {"kind": DraftKind.MOVEMENT, "happened_on": None}),
        ("our webinar with Corvane on 20 November, two of theirs came, one asked for a price list", {"actor": BUYER}),
        ("24 Nov: their CFO at Corvane asked for a quote", {"happened_on": date(2026, 11, 24), "actor": BUYER}),
        ("Corvane moved to customer on 20 November", {"stage": Stage.CUSTOMER, "happened_on": date(2026, 11, 20)}),
        (
            "two from Corvane came to our webinar on 20 Nov",
            {"signal": SignalKind.EVENT, "happened_on": date(2026, 11, 20)},
        ),
        ("Corvane: since 1 December new head of IT Jan Keller", {"person": "Jan Keller", "title": "head of IT"}),
        ("Tomas was slow to answer Corvane last week", {"kind": DraftKind.UNCLEAR}),
        ("Corvane's claims team starts in January", {"kind": DraftKind.UNCLEAR}),
        ("Globex signed the letter of intent", {"account": 0, "kind": DraftKind.MOVEMENT}),
    ],
)
def test_a_clause_is_what_its_words_plainly_say(text: str, expected: dict[str, object]) -> None:
    [draft] = told(text)
    assert {name: getattr(draft, name) for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel deal closed lost",
        "Kestrel wants to cancel the contract signed last spring",
        "Kestrel almost signed the contract",
        "Kestrel is now almost a customer",
        "Kestrel contract closed without us",
        "Kestrel is now a customer of Globex",
        "Kestrel moved to customer success",
        "Kestrel signed the contract w Siemens",
        "Kestrel deal closed by 15 dec latest",
        "Kestrel: contract signed by us",
        "Kestrel is about to sign, the contract signed by legal is ready to go out",
    ],
)
def test_a_stage_that_was_lost_or_not_reached_is_not_drafted(text: str) -> None:
    assert {each.stage for each in told(text)} == {None}


MOVED, ASKED = DraftKind.MOVEMENT, DraftKind.UNCLEAR
NEXT, SLIPPED = DraftKind.NEXT_ACTION, DraftKind.SLIPPED


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("apparently the board of Corvane approved it", [ASKED]),
        ("someone said Corvanes CFO quits", [ASKED]),
        ("Marta may have left Corvane", []),
        ("Marta isnt against it", [ASKED]),
        ("nobody from Corvane came to the webinar", [ASKED]),
        ("Corvane hasnt downloaded the guide", [ASKED]),
        ("the proposal is almost done", [ASKED]),
        ("Corvane proposal needs to be done", [ASKED]),
        ("Corvane contract still isnt signed", [ASKED]),
        ("Corvane contract to be signed fri", [ASKED]),
        ("Erik is out until monday", [ASKED]),
        ("Marta is on holiday till friday", [ASKED]),
        ("walt is on holiday till friday", [ASKED]),
        ("he is back next week from leave", [ASKED]),
        ("Marta is on parental leave from january", [ASKED]),
        ("Marta left the meeting early", [MOVED]),
        ("Erik could be our champion", []),
        ("Tomas met Corvane on tuesday", [MOVED]),
        ("Corvane moved to a new office in march", [MOVED]),
        ("no worries", []),
        ("Mark will send the paper until thursday", [NEXT]),
        ("got the signed NDA from Corvane", [MOVED]),
        ("Erik is not our champion", [ASKED]),
        ("Corvane replaced their CFO", [ASKED]),
        ("Corvane legal has no objections", [ASKED]),
        ("their CFO Greta Lind wants a demo", [MOVED]),
        ("demo with Erik on tuesday", [NEXT]),
        ("Erik asked if we support sso, we do", [MOVED]),
        ("Notes of the call with Corvane", []),
        ("Corvane: security paper, tomorrow", [NEXT]),
        ("pediatrics wants 30 seats", []),
        ("their CFO doesnt answer", [DraftKind.BLOCKER]),
        ("Corvane needs 2 more weeks", [DraftKind.BLOCKER]),
        ("the demo was pushed again", [SLIPPED]),
        ("at the Corvane demo they asked for two depots", [MOVED]),
    ],
)
def test_what_is_denied_hoped_for_or_only_heard_is_no_news_of_its_words(text: str, kinds: list[DraftKind]) -> None:
    assert [each.kind for each in told(text, thread="corvane")] == kinds


@pytest.mark.parametrize(
    ("text", "kind", "due_on"),
    [
        ("push the signature page to next Wednesday", DraftKind.SLIPPED, date(2026, 12, 2)),
        ("the cap was accepted", DraftKind.RESOLVED, None),
        ("resolved: data residency", DraftKind.RESOLVED, None),
        ("Blocker - no budget owner named yet", DraftKind.BLOCKER, None),
        ("next step: send the paper by Friday", DraftKind.NEXT_ACTION, date(2026, 11, 27)),
        ("no change", DraftKind.NO_CHANGE, None),
    ],
)
def test_in_a_thread_the_account_is_the_threads(text: str, kind: DraftKind, due_on: date | None) -> None:
    [draft] = told(text, thread="corvane")
    assert (draft.account, draft.kind, draft.due_on) == (CORVANE, kind, due_on)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 24 November their COO read our report and forwarded it to two shift leads", [(BUYER, 24), (BUYER, 24)]),
        ("Tuesday we met their COO. She wants two depots", [(BUYER, 24), (BUYER, 24)]),
        (
            "Tuesday we met their COO. I sent the deck. Kestrel asked for a demo",
            [(BUYER, 24), (US, None), (BUYER, None)],
        ),
        ("their CFO read it, sent comments", [(BUYER, None), (BUYER, None)]),
        ("their CFO read it, sent them the price list, sent our deck", [(BUYER, None), (US, None)]),
        ("their CFO pushed back on a clause on Monday", [(None, 23)]),
        ("legal blocks the contract since 20 Nov", [(None, 20)]),
    ],
)
def test_a_part_has_its_day_and_its_subject_of_what_stands_before_it(text: str, expected: list[object]) -> None:
    drafts = told(text, thread="corvane")
    assert [(each.actor, each.happened_on and each.happened_on.day) for each in drafts] == expected


def test_numbers_of_a_list_are_signals_of_each_account() -> None:
    drafts = told("webinar: 3 from Kestrel, 2 from Lindqvist")
    assert [(each.kind, each.account, each.signal, each.count, each.typed) for each in drafts] == [
        (DraftKind.SIGNAL, KESTREL, SignalKind.EVENT, 3, ""),
        (DraftKind.SIGNAL, 0, SignalKind.EVENT, 2, "Lindqvist"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "How is Corvane doing?",
        "should I call Kestrel",
        "drop the load test",
        "cost per lead 41 EUR",
        "lol",
        "Next - who takes the notes",
        "blocked - not really",
    ],
)
def test_questions_orders_and_chatter_draft_nothing(text: str) -> None:
    assert told(text, thread="corvane") == []


def test_an_account_named_after_another_was_spoken_of_is_asked_where_it_is_not_clear() -> None:
    first, second = told("they asked for a demo. Kestrel signed the contract", last="corvane")
    assert (first.account, second.account) == (0, KESTREL)


def test_what_is_in_no_draft_is_returned_as_it_is_written() -> None:
    text = (
        "hi\nNotes of the call with Corvane\nthey liked it. they may want 40 seats\nthey: send us headcount per depot"
    )
    left = left_out(text, told(text), WorldNames("nora"), Asked(NORA, None), today=TODAY)
    assert left == ("they may want 40 seats", "send us headcount per depot")


def test_words_are_a_piece_of_the_text() -> None:
    text = "Weekly notes\n- Halden: plant board approved the budget, and I send the offer by 4 Dec\n- Kestrel no change"
    assert [each.words in text for each in told(text)] == [True, True, True]
