"""Hand-worked cases of progression: rate, net, claims, and the accounts that can be compared.

The period is (day 70, day 77]: it begins with the review of day 70 and ends now.
"""

from collections.abc import Callable

from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import BlockerChanged
from agendas.rules.pipeline import Share, TierProgression, progression, progression_of
from tests.agendas.rules.history.histories import History, named, nominated, shown
from tests.agendas.rules.measures.programs import of
from tests.cases import cases

EXPANSION = {"type": OpportunityType.EXISTING_BUSINESS, "currency": "EUR", "amount_cents": 100}


def stepped(stage: str, on_day: float, *, told: bool = True, evidence_on: float | None = None) -> History:
    """An engaged account that took a step, shown on its day unless told otherwise."""
    history = named(1, "engaged")
    proof = (shown(on_day if evidence_on is None else evidence_on),) if told else ()
    history.move(stage, on_day, *proof)
    return history


def bounced() -> History:
    history = stepped("mqa", 72)
    history.move("engaged", 74, shown(74))
    return history


def customer(*deals: tuple[Phase, float], **values: object) -> History:
    """A customer since day 65 with a deal for more that went through these phases on these days."""
    history = named(1, "customer")
    for phase, on_day in deals:
        history.deal(phase, on_day, opened_on=deals[0][1], **{**EXPANSION, **values})
    return history


def bought() -> History:
    history = named(1, "opportunity")
    history.move("customer", 72, shown(72))
    return history


def put(status: str, on_day: float) -> History:
    history = stepped("mqa", 71)
    history.put(status, on_day)
    return history


def named_on(on_day: float) -> History:
    history = nominated()
    history.put("named", on_day)
    return history


# (how the accounts came about, comparable, customers left out, advanced, regressed, claimed)
CASES: list[tuple[str, list[Callable[[], History]], tuple[int, int, int, int, int]]] = [
    # nothing is on the list, so there is nothing to compare
    ("nobody", [], (0, 0, 0, 0, 0)),
    # engaged → MQA on day 72, with a mail of day 72: one of one advanced
    ("shown step", [lambda: stepped("mqa", 72)], (1, 0, 1, 0, 0)),
    # the same step without any evidence is a claim: it is comparable and in no numerator
    ("claim", [lambda: stepped("mqa", 72, told=False)], (1, 0, 0, 0, 1)),
    # engaged → aware: regressed, whatever shows it
    ("step down", [lambda: stepped("aware", 72)], (1, 0, 0, 1, 0)),
    # engaged → MQA → engaged within the period: unchanged, counted neither way
    ("up and back", [bounced], (1, 0, 0, 0, 0)),
    # day 70 is the beginning, which the period does not hold: the step was there at its start
    ("step on the first boundary", [lambda: stepped("mqa", 70)], (1, 0, 0, 0, 0)),
    # a quarter of an hour later it is within
    ("step just after the beginning", [lambda: stepped("mqa", 70.01)], (1, 0, 1, 0, 0)),
    # the period holds its end
    ("step at the very end", [lambda: stepped("mqa", 77)], (1, 0, 1, 0, 0)),
    # evidence counts from 30 days before the beginning: day 40 is the first such day
    ("evidence of the first day that counts", [lambda: stepped("mqa", 72, evidence_on=40)], (1, 0, 1, 0, 0)),
    # a day before that it shows nothing any more: the step is claimed
    ("evidence that is a day too old", [lambda: stepped("mqa", 72, evidence_on=39)], (1, 0, 0, 0, 1)),
    # named at the very beginning: on the list at both ends
    ("named on the first boundary", [lambda: named_on(70)], (1, 0, 0, 0, 0)),
    # named after it: new, and not comparable
    ("named just after the beginning", [lambda: named_on(70.01)], (0, 0, 0, 0, 0)),
    # advanced on day 71 and paused on day 73: paused accounts leave every rate, with their step
    ("paused at the end", [lambda: put("paused", 73)], (0, 0, 0, 0, 0)),
    # removed: it is on the list at one end only
    ("removed", [lambda: put("removed", 73)], (0, 0, 0, 0, 0)),
    # a customer to whom nothing more is open has nothing to reach: left out of the rate
    ("customer", [customer], (0, 1, 0, 0, 0)),
    # an expansion opened on day 68 and still open: it could move, and did not
    ("customer with an open expansion", [lambda: customer((Phase.EARLY, 68))], (1, 0, 0, 0, 0)),
    # the expansion opened in the period: its deal stands further than none did
    ("customer whose expansion opened", [lambda: customer((Phase.EARLY, 72))], (1, 0, 0, 0, 1)),
    # won on day 73: nothing is open any more, yet something was, so that it stays in the rate
    ("customer whose expansion was won", [lambda: customer((Phase.LATE, 68), (Phase.WON, 73))], (1, 0, 0, 0, 1)),
    # lost on day 73: comparable too, and it stands lower than before
    ("customer whose expansion was lost", [lambda: customer((Phase.LATE, 68), (Phase.LOST, 73))], (1, 0, 0, 1, 0)),
    # won on day 69, before the period: nothing is open in it
    ("customer whose expansion was won before", [lambda: customer((Phase.LATE, 66), (Phase.WON, 69))], (0, 1, 0, 0, 0)),
    # a renewal adds nothing, so it opens nothing to reach
    ("customer with a renewal", [lambda: customer((Phase.EARLY, 68), adds_value=False)], (0, 1, 0, 0, 0)),
    # it became a customer within the period: that is its step, and it had something to reach
    ("bought", [bought], (1, 0, 1, 0, 0)),
    # two up, one down, one claim, one customer: of four 2 advanced, net 1
    (
        "several",
        [
            lambda: stepped("mqa", 72),
            lambda: stepped("opportunity", 73),
            lambda: stepped("aware", 72),
            lambda: stepped("mqa", 72, told=False),
            customer,
        ],
        (4, 1, 2, 1, 1),
    ),
]


@cases(("histories", "counts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_progression_counts_as_worked_out_by_hand(
    histories: list[Callable[[], History]], counts: tuple[int, int, int, int, int]
) -> None:
    found = progression_of(of(*(history() for history in histories)))
    members = (found.comparable, found.customers, found.advanced, found.regressed, found.claimed)
    assert tuple(map(len, members)) == counts
    comparable, _, advanced, regressed, _ = counts
    assert found.rate == Share(advanced, comparable)
    assert found.net == Share(advanced - regressed, comparable)
    assert (found.kept.comparable, found.kept.advanced) == (comparable, advanced)


@cases(
    ("share", "percent"),
    [
        # below ten one account is more than ten points: counts instead
        (Share(0, 0), None),
        (Share(9, 9), None),
        (Share(-1, 9), None),
        # from ten on a percentage
        (Share(0, 10), 0),
        (Share(3, 10), 30),
        (Share(10, 10), 100),
        # more went back than forward
        (Share(-2, 10), -20),
        # 1/11 is 9.09, 2/11 is 18.18, 10/11 is 90.9
        (Share(1, 11), 9),
        (Share(2, 11), 18),
        (Share(10, 11), 91),
        (Share(1, 12), 8),
        (Share(1, 1000), 0),
        (Share(999, 1000), 100),
    ],
)
def test_a_share_of_fewer_than_ten_is_no_percentage(share: Share, percent: int | None) -> None:
    assert share.percent == percent
    assert share.is_percent is (percent is not None)


def test_progression_is_told_of_each_tier_with_accounts() -> None:
    first, second = stepped("mqa", 72), named(2, "engaged")
    tiers = progression(of(first, second))
    assert tiers == (
        TierProgression(1, comparable=(1,), advanced=(1,)),
        TierProgression(2, comparable=(2,)),
    )


def test_up_and_back_and_momentum_are_told_beside_the_rate() -> None:
    unblocked = named(1, "engaged")
    blocker = unblocked.block(60)
    unblocked.add(BlockerChanged(blocker, "resolved"), 73)
    found = progression_of(of(bounced(), unblocked))
    assert (found.bounced, found.momentum, found.met) == ((1,), (2,), ())
