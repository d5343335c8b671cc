"""Random histories of one account: events of all kinds, told late and out of order, corrected and judged."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from agendas.facts.account import EventFacts, Source, Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import ActionAdded, Change, Corrected, ListChanged, Moved, Nominated, Profile
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged, WaitingSet
from tests.naive.cases import DAYS, Case, day
from tests.naive.changes import plain_change
from tests.naive.rules.state import state_of

STAGES = tuple(stage.value for stage in Stage)
NAMES_OF_PHASES = {phase: f"sample {phase}" for phase in Phase}


class Writer:
    """Writes one random history, day by day in the order in which people record."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.events: list[EventFacts] = []
        self.today = 0.0
        self.reviews: list[float] = []
        self.opened: dict[str, datetime] = {}
        self.closed: set[str] = set()

    def write(self) -> Case:
        random = self.random
        self.reviews = sorted(random.uniform(20, DAYS) for _ in range(random.randint(0, 4)))
        self.add(Nominated(Profile("Sample Acme", owner="U1")))
        if random.random() < 0.95:
            self.today = random.choice([0, 1, 30])
            self.add(ListChanged("named", random.choice([1, 1, 1, 2, 2, 3]), "Sample reason"))
        days = sorted(random.uniform(self.today, DAYS) for _ in range(random.randint(0, 38)))
        for self.today in days:
            self.add_anything()
        zone = random.choice(["UTC", "America/New_York", "Asia/Tokyo"])
        return Case(
            tuple(self.events),
            tuple(map(day, self.reviews)),
            day(DAYS + random.uniform(0, 10)),
            zone,
            random.randint(0, 3),
        )

    def add_anything(self) -> None:
        kinds = (self.move, self.move, self.deal, self.deal, self.news, self.prove, self.judge, self.correct)
        kinds = (*kinds, self.put, self.wait, self.confirm)
        self.random.choice((*kinds, *(self.anything_else,) * 6))()

    def add(self, change: Change, *evidence: Evidence, happened_at: datetime | None = None, by_import=False) -> None:
        at = day(self.today)
        source = Source.IMPORT if by_import else Source.COMMAND
        event = EventFacts(len(self.events) + 1, 7, change, happened_at or at, at, "U1", source, evidence)
        self.events.append(event)

    def earlier(self) -> datetime:
        """Today, or sometimes a few days or weeks before."""
        back = self.random.choice([0, 0, 0, self.random.uniform(0, 5), self.random.uniform(0, 40)])
        return day(max(0.0, self.today - back))

    def pieces(self, step: str = "") -> tuple[Evidence, ...]:
        """None to two pieces of evidence, mostly the buyer's and mostly of this step."""
        random = self.random
        return tuple(
            self.piece(random.choice([step, step, step, "", random.choice(STAGES)]))
            for _ in range(random.choice([0, 1, 1, 2]))
        )

    def piece(self, step: str) -> Evidence:
        random = self.random
        actor = random.choice([None, None, *(EvidenceActor.BUYER,) * 3, *EvidenceActor])
        dated_at = self.earlier()
        if actor is None:
            return Evidence("Sample entry", dated_at)
        kind = random.choice(["link", "meeting", "message", "note"])
        people = [event.id for event in self.events if event.change.kind == "contact_added"]
        contact_ids = random.choice([(), *((each,) for each in people), tuple(people)])
        if actor is EvidenceActor.THIRD_PARTY and random.random() < 0.9:
            contact_ids = ()
        return Evidence("Sample entry", dated_at, "", kind, actor, random.choice([None, *BuyerAct]), step, contact_ids)

    def move(self) -> None:
        """Move to a stage, mostly by a person; sometimes an import finds it there."""
        random = self.random
        stage = self.next_stage()
        if random.random() < 0.15:
            known = random.random() < 0.4
            self.add(
                Moved(to_stage=stage, since_known=known), happened_at=self.earlier() if known else None, by_import=True
            )
            return
        # evidence told with a step is recorded as evidence of that step
        pieces = [piece if piece.actor is None else replace(piece, step=stage) for piece in self.pieces(stage)]
        self.add(Moved("Sample news", stage), *pieces, happened_at=self.earlier())

    def next_stage(self) -> str:
        """Mostly the same stage or a higher one than that recorded last."""
        last = [one.change.to_stage for one in self.events if one.change.kind == "moved" and one.change.to_stage]
        if not last or self.random.random() < 0.3:
            return self.random.choice(STAGES)
        return self.random.choice(STAGES[STAGES.index(last[-1]) :])

    def news(self) -> None:
        """Record news that changes no stage, sometimes an expansion."""
        expansion = self.random.choice([None, None, None, "depth"])
        self.add(Moved("Sample news", None, expansion), *self.pieces(), happened_at=self.earlier())

    def prove(self) -> None:
        """Add evidence of the stage that the account is at, or of one below it: no other can be told."""
        state = state_of(self.events)
        at_hand = state.stage if state else STAGES[0]
        stage = self.random.choice(STAGES[: STAGES.index(at_hand) + 1])
        pieces = [replace(piece, step=stage) for piece in self.pieces(stage) if piece.actor is not None]
        if pieces:
            self.add(EvidenceAdded(stage), *pieces)

    def judge(self) -> None:
        with_evidence = [event.id for event in self.events if event.evidence]
        if with_evidence:
            event_id = self.random.choice(with_evidence)
            at_hand = getattr(self.events[event_id - 1].change, "to_stage", None) or self.random.choice(STAGES)
            step = self.random.choice(["", at_hand])
            people = [event.id for event in self.events if event.change.kind == "contact_added"]
            named = self.random.choice([None, None, (), tuple(people)])
            self.add(EvidenceJudged(event_id, self.random.choice(list(EvidenceActor)), step=step, contact_ids=named))

    def wait(self) -> None:
        """Set a date that the account waits for, mostly confirmed by the buyer."""
        until = day(self.today + self.random.uniform(0, 30)).date()
        actors = [EvidenceActor.BUYER, EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY]
        self.add(
            WaitingSet(until, "Board meeting"),
            replace(self.piece(""), actor=self.random.choice(actors), contact_ids=()),
        )

    def confirm(self) -> None:
        """Take over the stage that a deal implies, on the deal's day."""
        rows = [event for event in self.events if event.change.kind == "opportunity_changed"]
        moved_at = max((event.happened_at for event in self.events if event.change.kind == "moved"), default=day(0))
        rows = [event for event in rows if event.change.opportunity.phase is not Phase.LOST]
        rows = [event for event in rows if event.happened_at > moved_at]  # else the account moved on meanwhile
        if not rows:
            return
        random = self.random
        row = random.choice(rows)
        is_won = row.change.opportunity.phase is Phase.WON
        stage = "customer" if is_won else "opportunity"
        held = max((review for review in self.reviews if review < self.today), default=None)
        is_reclassified = held is not None and row.happened_at <= day(held)
        change = Moved(to_stage=stage, from_deal=row.change.opportunity.key, is_reclassified=is_reclassified)
        if random.random() < 0.2:  # the CRM tells no day
            change = replace(change, since_known=False, is_reclassified=False)
        act = Evidence("Won", row.happened_at, "", "crm", EvidenceActor.BUYER, BuyerAct.DEAL, stage)
        self.add(change, *([act] if is_won else []), happened_at=row.happened_at if change.since_known else None)

    def correct(self) -> None:
        first = 0 if self.random.random() < 0.05 else 1
        events = [event.id for event in self.events[first:]]
        if events:
            self.add(Corrected(self.random.choice(events), "Sample reason"))

    def put(self) -> None:
        random = self.random
        status = random.choice(["named", "named", "named", "named", "paused", "removed", "candidate", "rejected"])
        tier = random.choice([1, 2, 3]) if status == "named" else random.choice([1, 2, 3, None])
        self.add(ListChanged(status, tier, "Sample reason"))

    @property
    def keys(self) -> list[str]:
        """Two deals, and one more for each that was closed."""
        return [f"sample:{number}" for number in range(len(self.closed) + 2)]

    def deal(self) -> None:
        random = self.random
        phase = random.choice([Phase.EARLY, Phase.EARLY, Phase.MIDDLE, Phase.LATE, Phase.WON, Phase.LOST])
        name = NAMES_OF_PHASES[phase]
        if phase.is_open and random.random() < 0.1:
            name = NAMES_OF_PHASES[random.choice([Phase.EARLY, Phase.MIDDLE, Phase.LATE])]
        kind = random.choice(list(OpportunityType))
        amount = random.choice([None, 10_000, 11_000, 12_000, 30_000])
        closes_on = random.choice([None, day(self.today + random.uniform(-20, 60)).date()])
        key = random.choice([key for key in self.keys if key not in self.closed or random.random() < 0.05])
        if not phase.is_open:
            self.closed.add(key)
        adds = random.random() < 0.8
        currency = "" if amount is None else random.choice(["USD", "USD", "EUR"])
        profile = OpportunityProfile(key, "Pilot", name, phase, kind, amount, currency, closes_on, adds_value=adds)
        since_known = random.random() < 0.85
        happened_at = self.earlier() if since_known else day(self.today)
        opened_at = self.opened.get(key, happened_at - timedelta(days=random.choice([0, random.uniform(0, 50)])))
        self.opened[key] = opened_at
        happened_at = max(happened_at, opened_at)
        evidence = (Evidence("Pilot in the CRM", happened_at, kind="crm"),) if random.random() < 0.8 else ()
        self.add(
            OpportunityChanged(profile, since_known, opened_at), *evidence, happened_at=happened_at, by_import=True
        )

    def anything_else(self) -> None:
        """A blocker, an action, a decision, a play, a contact or a plain word about one of them."""
        change, may_have_evidence = plain_change(self.random, self.events, day(self.today).date())
        evidence = self.pieces() if may_have_evidence else ()
        named = (
            getattr(change, "blocker_id", None)
            or getattr(change, "action_id", None)
            or getattr(change, "play_id", None)
        )
        named = named or getattr(change, "contact_id", None)
        earliest = day(0) if named is None else self.events[named - 1].happened_at
        happened_at = max(earliest, self.earlier())
        self.add(change, *evidence, happened_at=happened_at)
        if change.kind == "decided" and change.decision == "intervene" and self.random.random() < 0.8:
            self.add(ActionAdded(change.text, change.ask_of, change.due_on), happened_at=happened_at)


def random_case(seed: int) -> Case:
    return Writer(seed).write()
