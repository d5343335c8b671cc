"""Hand-worked cases of accounts that need an intervention, seen on day 77 after the review of day 70."""

from collections.abc import Callable
from dataclasses import replace

from agendas.facts.deals import Phase
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.group import BuyingRole, ContactAdded, ContactEdited, ContactProfile
from agendas.rules.reviews import place
from tests.agendas.rules.history.histories import History, day, named, nominated, shown
from tests.agendas.rules.measures.cases.accounts import deal, heard, moved
from tests.cases import cases

Case = tuple[str, Callable[[], History], str]


def blocked(on_day: float, tier: int = 1, needs: str | None = None) -> History:
    history = named(tier, "engaged")
    history.block(on_day, needs=needs)
    return history


def closing_in(days: int, *, met_on: float | None = None) -> History:
    """An opportunity whose deal closes so many days from now, with an economic buyer if met on a day."""
    history = named(1, "opportunity")
    history.deal(Phase.EARLY, 65, shown(65), opened_on=65, closes_on=day(77 + days).date())
    if met_on is not None:
        roles = (BuyingRole.ECONOMIC_BUYER,)
        history.add(ContactAdded(ContactProfile("Rita Sample", roles=roles, touched_on=day(met_on).date())), 66)
    return history


def left(role: BuyingRole) -> History:
    history = named(1, "engaged")
    known = ContactProfile("Rita Sample", roles=(role,))
    person = history.add(ContactAdded(known), 66)
    history.add(ContactEdited(person, replace(known, left_on=day(72).date())), 72)
    return history


def without_action(*soft: str, tier: int = 1) -> History:
    """An account without a next action, which is one soft reason; `claimed` makes it two: nothing shows its stage."""
    history = nominated()
    history.put("named", 1, tier)
    history.move("engaged", 65, *(() if "claimed" in soft else (shown(65),)))
    history.add(ContactAdded(ContactProfile("Rita Sample", touched_on=day(66).date())), 66)
    return history


def asked() -> History:
    history = named(1, "engaged")
    history.add(Decided(DecisionKind.INTERVENE, "Call their COO", ask_of="U2", due_on=day(90).date()), 71)
    return history


INTERVENTION: list[Case] = [
    # nothing is wrong
    ("nothing", lambda: named(1, "engaged"), ""),
    # went back a stage: hard
    ("regressed", lambda: moved("aware", 72, shown(72)), "regressed"),
    # a blocker may stay open for 14 days in tier 1 and 21 in tier 2
    ("a blocker of 14 days", lambda: blocked(63), ""),
    ("a blocker of 15 days", lambda: blocked(62), "blocker_old"),
    ("a blocker of 21 days in tier 2", lambda: blocked(56, 2), ""),
    ("a blocker of 22 days in tier 2", lambda: blocked(55, 2), "blocker_old"),
    # one that needs an executive does so at once
    ("a blocker for an executive", lambda: blocked(77, needs="executive"), "blocker_needs_executive"),
    # tier 3 is not worth one
    ("a blocker in tier 3", lambda: blocked(2, 3, "executive"), ""),
    ("the economic buyer left", lambda: left(BuyingRole.ECONOMIC_BUYER), "economic_buyer_left"),
    ("the champion left", lambda: left(BuyingRole.CHAMPION), "champion_left"),
    ("an evaluator left", lambda: left(BuyingRole.TECHNICAL_EVALUATOR), ""),
    # closes within 30 days without an engaged economic buyer
    ("closes in 30 days", lambda: closing_in(30), "closes_soon"),
    ("closes in 31 days", lambda: closing_in(31), ""),
    ("closes in 30 days, their buyer met", lambda: closing_in(30, met_on=70), ""),
    # somebody asked for it
    ("asked for", asked, "asked_for"),
    # silence of 43 days is more than twice the limit of 21
    ("silent for twice the limit", lambda: heard("engaged", 35, 35), ""),
    ("silent for more than that", lambda: heard("engaged", 34, 34), "far_over_quiet"),
    # one soft reason is none, two are
    ("one soft reason", without_action, ""),
    ("two soft reasons", lambda: without_action("claimed"), "no_next_action no_evidence"),
    ("two soft reasons in tier 3", lambda: without_action("claimed", tier=3), ""),
    # the only open deal lost
    ("the only deal lost", lambda: deal((Phase.EARLY, 66), (Phase.LOST, 72)), "only_deal_lost"),
]


@cases(("history", "codes"), [case[1:] for case in INTERVENTION], ids=[case[0] for case in INTERVENTION])
def test_needs_intervention_is_as_worked_out_by_hand(history: Callable[[], History], codes: str) -> None:
    placed = place(history().facts())
    needs = placed.bucket == "needs_intervention"
    assert needs is bool(codes)
    assert not needs or set(codes.split()) <= {code.value for code, _, _ in placed.reasons}
