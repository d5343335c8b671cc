"""Things of many accounts that answers show: each with its account, and the filters they are looked for by."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agendas.facts.account import AccountState, Blocker, Decision, EventFacts, ListStatus, NextAction, Stage
from agendas.facts.deals import Opportunity
from agendas.facts.events import ActionAdded
from agendas.facts.evidence import Evidence
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.people import Function, PersonFacts
from agendas.facts.plays import PlayRun
from agendas.facts.reviews import AgendaItem, Bucket, Placement
from agendas.facts.signals import NotedSignal

# Frozen facts of answers about things of several accounts: an action, a blocker, an entry, each with its account.


@dataclass(frozen=True, slots=True)
class OfAccount:
    """The properties of an account that lines and numbers need; a line without a `name` stands on its own card."""

    account_id: int
    name: str
    tier: int | None = None
    stage: Stage = Stage.TARGET
    status: ListStatus = ListStatus.NAMED
    segment: str = ""
    owner: str | None = None
    marketing_partner: str | None = None
    our_executive: str | None = None
    currency: str = ""

    @classmethod
    def of(cls, account: AccountState) -> "OfAccount":
        profile, state = account.profile, (account.tier, account.stage, account.list_status)
        people = (profile.owner, profile.marketing_partner, profile.our_executive)
        return cls(account.account_id, account.name, *state, profile.segment, *people, profile.currency)


class Moving(StrEnum):
    ADVANCED = "advanced"
    CLAIMED = "claimed"
    SHOWN = "shown"
    """A stage that was only claimed is shown now."""
    REGRESSED = "regressed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True)
class StageMove:
    """A step of an account, and the entry that recorded it; the stages are None where the stage stayed."""

    way: Moving
    event: EventFacts
    from_stage: Stage | None = None
    to_stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A piece of evidence that the buyer, or a third party, left, and the entry that recorded it."""

    piece: Evidence
    event: EventFacts


@dataclass(frozen=True, slots=True)
class MissingRoles:
    roles: tuple[BuyingRole, ...]


Thing = (
    NextAction
    | Blocker
    | Decision
    | EventFacts
    | StageMove
    | AgendaItem
    | Act
    | Opportunity
    | PlayRun
    | NotedSignal
    | Contact
    | MissingRoles
    | OfAccount
)


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A thing with its account.

    Attributes:
        id: number of the event or row that made it.
        source: the event that made it, where lines show it.
        subject: text of the item that a later event is about.
        asked: user id of the lead who is asked where a function's help is needed, if it is a lead.
        helper: user id of whoever is asked for help with a blocker, '' for nobody.
        answer: what an ask was answered with.
    """

    account: OfAccount
    thing: Thing
    id: int
    source: EventFacts | None = None
    subject: str = ""
    asked: str | None = None
    helper: str = ""
    answer: str = ""

    @property
    def text(self) -> str:
        """The words of an action, blocker or decision, '' of anything else."""
        return self.thing.text if isinstance(self.thing, NextAction | Blocker | Decision) else ""

    @property
    def person(self) -> str | None:
        """Who is answerable: the owner of an action or blocker, who is asked; of anything else the account's owner."""
        match self.thing:
            case NextAction(owner=person) | Blocker(owner=person) | Decision(ask_of=person):
                return person
        return self.account.owner

    @property
    def due_on(self) -> date | None:
        """The day on which an action or an answer is due."""
        return self.thing.due_on if isinstance(self.thing, NextAction | Decision) else None

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today

    @property
    def ask_id(self) -> int | None:
        """The decision that asks or that asked for the action; None without one, or if the source is not loaded."""
        if isinstance(self.thing, Decision):
            return self.id
        change = self.source.change if self.source is not None else None
        return change.decision_id if isinstance(change, ActionAdded) else None


# Filters of accounts: the tiers, stages, states, statuses, segments and owners that are wanted.

NOBODY = ""
"""Stands for no owner among the owners of a filter."""


class AccountStanding(StrEnum):
    """State of a named account in a word: its bucket, or claimed where nothing shows its stage."""

    NEEDS_INTERVENTION = Bucket.NEEDS_INTERVENTION
    STALLED = Bucket.STALLED
    EXPANDED = Bucket.EXPANDED
    ADVANCED = Bucket.ADVANCED
    CLAIMED = "claimed"
    NEW = Bucket.NEW
    STEADY = Bucket.STEADY

    @classmethod
    def of(cls, placement: Placement) -> "AccountStanding":
        return cls.CLAIMED if placement.is_claimed else cls(placement.bucket.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilter:
    """Accounts wanted: of one of the tiers, and in one of the states, and so on; a part that is empty asks nothing.

    `owners` are user ids of owners and marketing partners, NOBODY for accounts without an owner. States are those of
    named accounts, stages those of accounts on the list; `segments` are written as they are stored.
    """

    tiers: tuple[int, ...] = ()
    stages: tuple[Stage, ...] = ()
    states: tuple[AccountStanding, ...] = ()
    statuses: tuple[ListStatus, ...] = ()
    segments: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if every account is wanted."""
        return not (self.tiers or self.stages or self.states or self.statuses or self.segments or self.owners)


EVERYTHING = AccountFilter()


@dataclass(frozen=True, slots=True)
class ScoreboardFilter:
    """Accounts of the scoreboard that are wanted: of the list's filter, and running one of the plays.

    `plays` are keys of the library. With `without_narrative` only those whose narrative is missing or too old.
    """

    accounts: AccountFilter = EVERYTHING
    plays: tuple[str, ...] = ()
    without_narrative: bool = False

    @property
    def is_empty(self) -> bool:
        return self.accounts.is_empty and not self.plays and not self.without_narrative


# Our own people as answers show them: facts and numbers, no judgement.


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member with their accounts by name and the numbers of their open and late next actions."""

    person: PersonFacts
    leads: tuple[Function, ...] = ()
    owned: tuple[str, ...] = ()
    partnered: tuple[str, ...] = ()
    executive_of: tuple[str, ...] = ()
    open_actions: int = 0
    late_actions: int = 0
