"""In whatever order deals and their history are imported: amounts, close dates, stages and pushes are as they were."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from agendas.facts.account import AccountState, EventFacts, Source
from agendas.facts.deals import Opportunity, OpportunityType, Phase
from agendas.facts.events import Nominated, Profile
from agendas.rules.entries import steps_of
from agendas.rules.fold import after_change, asks_for_all, fold
from agendas.rules.import_deals import ImportedDeal, KnownDeal, KnownDeals, plan_of_deals, plan_of_history
from agendas.rules.import_tables import ImportOptions, Verdict
from tests.agendas.rules.history.histories import START, day
from tests.agendas.rules.imports.accounts.test_plan import known_states

KEY = "salesforce:1"
PHASES = {"first talks": Phase.EARLY, "trial": Phase.MIDDLE, "contract": Phase.LATE}
FIRST_CLOSE = date(2026, 6, 1)


@dataclass(frozen=True)
class Was:
    """A deal as the CRM had it from an instant on."""

    at: datetime
    stage: str
    amount_cents: int
    closes_on: date


@dataclass
class Crm:
    """A deal's true past, one step a day, and which dates its exports have."""

    past: Sequence[Was]
    has_stage_date: bool = True
    has_changed_date: bool = True

    def row(self, until: int) -> ImportedDeal:
        """The row of the file of deals, exported after so many steps."""
        was = self.past[until - 1]
        return ImportedDeal(
            2,
            KEY,
            was.stage,
            "Pilot",
            account_names=("Acme",),
            amount_cents=was.amount_cents,
            currency="USD",
            closes_on=was.closes_on,
            type=OpportunityType.NEW_BUSINESS,
            opened_at=self.past[0].at,
            entered_at=self.entered_at(until) if self.has_stage_date else None,
            changed_at=was.at if self.has_changed_date else None,
        )

    def history(self, until: int) -> list[ImportedDeal]:
        """The rows of its history, exported after so many steps."""
        return [
            ImportedDeal(
                number,
                KEY,
                w.stage,
                amount_cents=w.amount_cents,
                currency="USD",
                closes_on=w.closes_on,
                entered_at=w.at,
            )
            for number, w in enumerate(self.past[:until], start=2)
        ]

    def entered_at(self, until: int) -> datetime:
        """When it came into the stage that it has after so many steps."""
        earlier = [w.at for w, before in zip(self.past[1:until], self.past, strict=False) if w.stage != before.stage]
        return earlier[-1] if earlier else self.past[0].at

    def pushes(self) -> int:
        """How often its close date became later."""
        return sum(now.closes_on > before.closes_on for before, now in zip(self.past, self.past[1:], strict=False))


@dataclass
class Cadence:
    """The events recorded of the account, and its current state."""

    events: list[EventFacts] = field(default_factory=list)
    state: AccountState = field(default_factory=lambda: AccountState(7, Profile("Acme")))

    def imports(self, rows: Sequence[ImportedDeal], at: datetime, *, is_history: bool) -> set[Verdict]:
        """Plans and records the rows, as an import does; what became of each."""
        if not self.events:
            nominated = Nominated(self.state.profile)
            self.events = [EventFacts(1, 7, nominated, START, START, "U1", Source.COMMAND)]
            self.state = self.folded()
        plan_of = plan_of_history if is_history else plan_of_deals
        steps, told_at = steps_of(self.events)
        deals = {deal.key: KnownDeal(7, deal, told_at[deal.key]) for deal in self.state.opportunities}
        known = KnownDeals(known_states({7: self.state}), deals, steps, {"salesforce": PHASES})
        plan = plan_of(rows, known, ImportOptions(at))
        for row in plan.rows:
            if row.change is not None and row.verdict in (Verdict.CREATE, Verdict.UPDATE):
                happened_at = row.happened_at or at
                event = EventFacts(len(self.events) + 1, 7, row.change, happened_at, at, "U1", Source.IMPORT)
                self.events.append(event)
                if asks_for_all(self.state.last_event_at, event):
                    self.state = self.folded()
                else:
                    self.state = replace(after_change(row.change, self.state, event), last_event_at=event.happened_at)
                assert self.state == self.folded()
        return {row.verdict for row in plan.rows}

    def folded(self) -> AccountState:
        state = fold(self.events)
        assert state is not None
        return state

    @property
    def deal(self) -> Opportunity:
        [found] = self.state.opportunities
        return found


def past_of(*steps: tuple[int, int]) -> list[Was]:
    """A deal's past: for each day its stage, by number, and in how many months it should close."""
    return [
        Was(day(number), list(PHASES)[stage], 1_000 * (number + 1), FIRST_CLOSE + timedelta(days=30 * months))
        for number, (stage, months) in enumerate(steps)
    ]


PUSHED_ONCE = past_of((0, 0), (1, 0), (1, 1))


def check(cadence: Cadence, crm: Crm, until: int) -> None:
    """The deal stands as the CRM had it after so many steps."""
    profile, was = cadence.deal.profile, crm.past[until - 1]
    assert (profile.stage_name, profile.amount_cents, profile.closes_on) == (was.stage, was.amount_cents, was.closes_on)


def check_past(cadence: Cadence, crm: Crm) -> None:
    """Its whole past counts as it was."""
    deal, until = cadence.deal, len(crm.past)
    check(cadence, crm, until)
    assert (deal.pushes, deal.stage_since, deal.opened_at, deal.stage_since_known) == (
        crm.pushes(),
        crm.entered_at(until),
        crm.past[0].at,
        True,
    )


@given(
    past=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=7).map(
        lambda steps: past_of(*steps)
    ),
    has_dates=st.tuples(st.booleans(), st.booleans()),
    chosen=st.lists(st.tuples(st.integers(1, 7), st.booleans(), st.integers(0, 3)), min_size=1, max_size=5),
)
@example(past=PUSHED_ONCE, has_dates=(True, False), chosen=[(3, False, 0)])
def test_whatever_the_order_of_imports_the_deal_is_as_it_was(
    past: list[Was], has_dates: tuple[bool, bool], chosen: list[tuple[int, bool, int]]
) -> None:
    crm, cadence, newest = Crm(past, *has_dates), Cadence(), 0
    for number, (steps, is_history, behind) in enumerate(sorted(chosen, key=lambda each: each[0])):
        until = min(steps, len(past))
        at = day(until - 1) + timedelta(hours=number + 1)
        if not is_history or number == 0:
            cadence.imports([crm.row(until)], at, is_history=False)
            newest = until
        elif until > behind:
            cadence.imports(crm.history(until - behind), at, is_history=True)
            newest = max(newest, until - behind)
        check(cadence, crm, newest)
    end = day(len(past))
    cadence.imports(crm.history(len(past)), end, is_history=True)
    check_past(cadence, crm)
    assert cadence.imports(crm.history(len(past)), end, is_history=True) == {Verdict.UNCHANGED}
    assert cadence.imports([crm.row(len(past))], end, is_history=False) == {Verdict.UNCHANGED}
    check_past(cadence, crm)
