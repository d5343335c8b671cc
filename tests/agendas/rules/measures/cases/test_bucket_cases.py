"""Hand-worked cases of the buckets that an account can be in at the end of a period, each for one account.

The period is (day 70, day 77]: it begins with the review of day 70 and ends now. `named` puts the account on the list
on day 1, where it takes its stage on day `since`, shown by a mail of that day, with an action due 30 days later.
"""

from collections.abc import Callable

from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import ExpansionKind, Moved
from agendas.facts.evidence import EvidenceActor, WaitingSet
from agendas.facts.reviews import AgendaFacts
from agendas.rules.reviews import place
from tests.agendas.rules.history.histories import History, day, named, shown
from tests.agendas.rules.measures.cases.accounts import by, deal, heard, moved
from tests.cases import cases

Case = tuple[str, Callable[[], History], object]
MORE = {"type": OpportunityType.EXISTING_BUSINESS, "currency": "EUR"}


def with_second(amount_cents: int | None, currency: str = "EUR") -> History:
    """An opportunity of EUR 1,000 to which a second deal came in the period."""
    history = deal((Phase.EARLY, 66), amount_cents=100_000, currency="EUR")
    history.deal(Phase.EARLY, 72, shown(72), key="x:2", opened_on=72, amount_cents=amount_cents, currency=currency)
    return history


def expanding(*, on_day: float, stage: str = "customer") -> History:
    history = named(1, stage)
    history.add(Moved(expansion=ExpansionKind.BREADTH), on_day)
    return history


def more(*phases: tuple[Phase, float], **values: object) -> History:
    """A customer with a deal for more."""
    return deal(*phases, stage="customer", **{"amount_cents": 60_000, **MORE, **values})


ADVANCED: list[Case] = [
    # a step with a mail of the same day
    ("a step that is shown", lambda: moved("mqa", 72, shown(72)), "advanced"),
    # nothing shows it: never counted as advanced
    ("a step that nothing shows", lambda: moved("mqa", 72), "steady"),
    # our own mail is our activity
    ("a step with our own mail", lambda: moved("mqa", 72, by(EvidenceActor.US)), "steady"),
    # a third party's proof counts as the buyer's act does
    ("a step with a third party's proof", lambda: moved("mqa", 72, by(EvidenceActor.THIRD_PARTY)), "advanced"),
    # the buyer's act is evidence of the step that it shows, and of no other
    ("a step with evidence of another", lambda: moved("mqa", 72, by(EvidenceActor.BUYER, step="engaged")), "steady"),
    # nobody has said yet whose act it is
    ("a step with evidence in doubt", lambda: moved("mqa", 72, by(EvidenceActor.IN_DOUBT)), "steady"),
    # 30 days before the period began is day 40
    ("evidence of the first day that counts", lambda: moved("mqa", 72, shown(40)), "advanced"),
    ("evidence of the day before", lambda: moved("mqa", 72, shown(39)), "steady"),
    # dated at the very end of the period
    ("evidence of now", lambda: moved("mqa", 72, shown(77)), "advanced"),
    # dated after it: it has not happened yet
    ("evidence of tomorrow", lambda: moved("mqa", 72, shown(78)), "steady"),
    # the period begins after its first instant, and holds its last
    ("a step at the beginning", lambda: moved("mqa", 70, shown(70)), "steady"),
    ("a step at the end", lambda: moved("mqa", 77, shown(77)), "advanced"),
    # a stage left out counts once
    ("two stages at once", lambda: moved("opportunity", 72, shown(72)), "advanced"),
    # the stage stands, the furthest deal went on; in tier 3, where a middle phase without people asks for nobody
    ("a deal's phase", lambda: deal((Phase.EARLY, 66), (Phase.MIDDLE, 72), tier=3), "advanced"),
    # an import that finds it in a stage is no movement
    ("found by an import", lambda: _found("mqa"), "steady"),
]


def _found(stage: str) -> History:
    history = named(1, "engaged")
    history.find(stage, 72)
    return history


# (stage, in it since day, heard of last on day, tier, exceeded limits); days are counted to day 77
STALLED: list[tuple[str, float, float, int, str]] = [
    # tier 1 engaged: 30 days in the stage, 21 of silence; exactly at both limits
    ("engaged", 47, 56, 1, ""),
    # 31 days in the stage
    ("engaged", 46, 56, 1, "aged"),
    # 22 days of silence
    ("engaged", 47, 55, 1, "quiet"),
    # both, reported both
    ("engaged", 46, 55, 1, "aged quiet"),
    # tier 2 has 45 and 30 days
    ("engaged", 32, 47, 2, ""),
    ("engaged", 31, 46, 2, "aged quiet"),
    # tier 3 has 90 and 60
    ("engaged", 2, 17, 3, ""),
    ("engaged", 2, 16, 3, "quiet"),
    # MQA: 14 and 14 days in tier 1
    ("mqa", 63, 63, 1, ""),
    ("mqa", 62, 63, 1, "aged"),
    # an opportunity without a deal goes by the early phase: 30 and 14 days
    ("opportunity", 47, 63, 1, ""),
    ("opportunity", 46, 62, 1, "aged quiet"),
    # tier 3 is only watched in aware, whatever the days
    ("aware", 2, 2, 3, ""),
    # a customer to whom nothing more is open cannot stall
    ("customer", 2, 2, 1, ""),
]

EXPANDED: list[Case] = [
    # people said that a customer expands
    ("told of a customer", lambda: expanding(on_day=72), "expanded"),
    # before the period
    ("told before", lambda: expanding(on_day=69), "steady"),
    # of others expansion is no word
    ("told of no customer", lambda: expanding(on_day=72, stage="engaged"), "steady"),
    # existing business won: booked
    ("won", lambda: more((Phase.LATE, 66), (Phase.WON, 72)), "expanded booked 60000"),
    # its amount is not known: counted, and no sum
    (
        "won without an amount",
        lambda: more((Phase.LATE, 66), (Phase.WON, 72), amount_cents=None),
        "expanded booked None",
    ),
    # won at the first instant, which the period does not hold
    ("won at the beginning", lambda: more((Phase.LATE, 66), (Phase.WON, 70)), "steady"),
    ("won at the end", lambda: more((Phase.LATE, 66), (Phase.WON, 77)), "expanded booked 60000"),
    # a renewal books nothing more than there was, though its deal went further
    ("a renewal won", lambda: more((Phase.LATE, 66), (Phase.WON, 72), adds_value=False), "advanced"),
    # a deal for more that opened: pipeline
    ("opened", lambda: more((Phase.EARLY, 72)), "expanded pipeline 60000"),
    ("opened before", lambda: more((Phase.EARLY, 69)), "steady"),
    # no customer: EUR 1,000 open, 20 percent more are EUR 200
    ("a fifth more", lambda: with_second(20_000), "expanded pipeline 20000"),
    ("a cent less than a fifth", lambda: with_second(19_999), "steady"),
    # amounts of two currencies are never added up
    ("in another currency", lambda: with_second(900_000, "USD"), "steady"),
    # an unknown amount raises nothing
    ("of an unknown amount", lambda: with_second(None), "steady"),
    # a first deal is no expansion, but a step
    ("a first deal", lambda: deal((Phase.EARLY, 72), amount_cents=90_000, currency="EUR"), "advanced"),
]


@cases(("history", "bucket"), [case[1:] for case in ADVANCED], ids=[case[0] for case in ADVANCED])
def test_advanced_is_as_worked_out_by_hand(history: Callable[[], History], bucket: str) -> None:
    assert place(history().facts()).bucket == bucket


@cases(("stage", "since", "heard_on", "tier", "causes"), STALLED)
def test_stalled_is_as_worked_out_by_hand(stage: str, since: float, heard_on: float, tier: int, causes: str) -> None:
    placed = place(heard(stage, since, heard_on, tier).facts())
    assert " ".join(cause.kind for cause in placed.stall.causes) == causes
    assert placed.bucket == ("stalled" if causes else "steady")


def test_a_date_that_the_buyer_confirmed_excuses_age_and_silence_up_to_twice_its_limit() -> None:
    def waiting(heard_on: float) -> AgendaFacts:
        history = heard("engaged", 30, heard_on)
        history.add(WaitingSet(day(90).date(), "their board decides"), 76, by(EvidenceActor.THIRD_PARTY, heard_on))
        return history.facts()

    # silent for 42 days, which is twice 21, and 47 in the stage: both excused
    assert place(waiting(35)).bucket == "steady"
    # silent for 43 days: not excused
    assert [cause.kind for cause in place(waiting(34)).stall.causes] == ["quiet"]


@cases(("history", "expected"), [case[1:] for case in EXPANDED], ids=[case[0] for case in EXPANDED])
def test_expanded_is_as_worked_out_by_hand(history: Callable[[], History], expected: str) -> None:
    placed = place(history().facts())
    deltas = [f"{each.kind} {each.delta_cents}" for each in placed.movement.expansions]
    assert " ".join([placed.bucket, *deltas]) == expected
