"""Short ways to write an account's history in tests. The accounts and people are invented samples."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from agendas.facts.account import AccountState, EventFacts, Movement, Source
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import ActionAdded, BlockerOpened, Change, Corrected, ListChanged, Moved, Nominated, Profile
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.reviews import AgendaFacts, MovementAnswer
from agendas.rules.fold import fold
from agendas.rules.history import corrected_since, judged_since, state_in_hindsight, state_when_named
from agendas.rules.movement import movement

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
REVIEW_DAY = 70
NOW_DAY = 77


def day(number: float) -> datetime:
    """The instant so many days after the sample history begins."""
    return START + timedelta(days=number)


def shown(on_day: float, text: str = "They wrote back", *, step: str = "") -> Evidence:
    """The buyer's act of that day, and the step that it is evidence of."""
    return Evidence(text, day(on_day), "https://example.com/mail", actor=EvidenceActor.BUYER, step=step)


@dataclass
class History:
    """A growing list of events; ids count up from 1, and an event is recorded when it happens unless told."""

    events: list[EventFacts] = field(default_factory=list)

    def add(
        self,
        change: Change,
        on_day: float,
        *evidence: Evidence,
        recorded_on: float | None = None,
        source: Source = Source.COMMAND,
        actor: str = "U1",
    ) -> int:
        event = EventFacts(
            id=len(self.events) + 1,
            account_id=7,
            change=change,
            happened_at=day(on_day),
            recorded_at=day(on_day if recorded_on is None else recorded_on),
            actor=actor,
            source=source,
            evidence=evidence,
        )
        self.events.append(event)
        return event.id

    def move(self, stage: str | None, on_day: float, *evidence: Evidence, recorded_on: float | None = None) -> int:
        of_step = (replace(each, step=each.step or stage or "") for each in evidence)
        return self.add(Moved(to_stage=stage), on_day, *of_step, recorded_on=recorded_on)

    def find(self, stage: str, on_day: float) -> int:
        """An import that finds the account in a stage, without a date."""
        return self.add(Moved(to_stage=stage, since_known=False), on_day, source=Source.IMPORT)

    def correct(self, event_id: int, on_day: float) -> int:
        return self.add(Corrected(event_id), on_day)

    def block(self, on_day: float, needs: str | None = None) -> int:
        return self.add(BlockerOpened("Security questionnaire", needs=needs), on_day)

    def deal(
        self,
        phase: Phase,
        on_day: float,
        *evidence: Evidence,
        key: str = "x:1",
        recorded_on: float | None = None,
        since_known: bool = True,
        opened_on: float | None = None,
        is_history: bool = False,
        **values: Any,
    ) -> int:
        """A deal that is in this phase, and in a stage of its own, since that day, as a CRM told it."""
        profile = OpportunityProfile(
            **{"key": key, "name": "Pilot", "stage_name": f"Sample stage {phase}", "phase": phase} | values
        )
        opened_at = None if opened_on is None else day(opened_on)
        change = OpportunityChanged(profile, since_known, opened_at, is_history=is_history)
        return self.add(change, on_day, *evidence, recorded_on=recorded_on, source=Source.IMPORT)

    def promise(self, on_day: float, due_in_days: int = 7, owner: str = "U1") -> int:
        return self.add(ActionAdded("Send the draft", owner, (day(on_day + due_in_days)).date()), on_day)

    def put(self, status: str, on_day: float, tier: int | None = 1) -> int:
        return self.add(ListChanged(status, tier, "Sample reason"), on_day)

    @property
    def state(self) -> AccountState:
        return self.state_at(10_000)

    def state_at(self, on_day: float) -> AccountState:
        state = fold(event for event in self.events if event.recorded_at <= day(on_day))
        assert state is not None
        return state

    def facts(self, *, reviewed: bool = True, now: float = NOW_DAY, aged_before: bool = False) -> AgendaFacts:
        """The facts for a review; with `reviewed` the last held one was on REVIEW_DAY."""
        since = day(REVIEW_DAY) if reviewed else None
        before = state_in_hindsight(self.events, day(REVIEW_DAY)) if reviewed else None
        named_at = None if before and before.list_status.is_on_list else self.state.named_at
        return AgendaFacts(
            account=self.state,
            before=before,
            since=since,
            now=day(now),
            zone="UTC",
            events=tuple(e for e in self.events if since is None or e.recorded_at > since),
            aged_before=aged_before,
            corrected=corrected_since(self.events, day(REVIEW_DAY)) if reviewed else (),
            judged=judged_since(self.events, day(REVIEW_DAY)) if reviewed else (),
            when_named=state_when_named(self.events, named_at, "UTC") if named_at else None,
        )


def nominated(name: str = "Sample Acme", on_day: float = 0) -> History:
    history = History()
    history.add(Nominated(Profile(name)), on_day)
    return history


def named(tier: int | None = 1, stage: str = "target", *, name: str = "Sample Acme", since: float = 65) -> History:
    """An account named on day 1 that took its stage, with evidence, and promised something on day `since`."""
    history = nominated(name)
    history.put("named", 1, tier)
    history.move(stage, since, shown(since))
    history.promise(since, due_in_days=30)
    return history


MORE = OpportunityType.EXISTING_BUSINESS


def row(on_day: float) -> Evidence:
    return Evidence("Pilot in the CRM", day(on_day), kind="crm")


def judged(history: History) -> MovementAnswer:
    return movement(history.facts())


def said(history: History) -> tuple[Movement, str, frozenset[str]]:
    answer = judged(history)
    return answer.movement, answer.reason, answer.flags


def flags(*names: str) -> frozenset[str]:
    return frozenset(names)


def with_deal(phase: Phase = Phase.EARLY, *, stage: str = "opportunity", **values: Any) -> History:
    history = named(stage=stage, since=50)
    history.deal(phase, 60, row(60), **values)
    return history
