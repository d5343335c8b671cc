"""Changes of an account: one small frozen class per kind of event, and their JSON form."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from agendas.facts.audience import PrivacySet
from agendas.facts.deals import OpportunityChanged, StageDeclined
from agendas.facts.evidence import Evidence, EvidenceAdded, EvidenceJudged, WaitingSet
from agendas.facts.fit import FitScored, FitShort
from agendas.facts.group import ContactAdded, ContactEdited
from agendas.facts.interventions import AskAnswered, AskTaken, ExecutiveMet
from agendas.facts.narrative import Justified, NarrativeWritten, ProductInputGiven
from agendas.facts.plays import Motion, PlayEnded, PlayStarted


class DecisionKind(StrEnum):
    KEEP = "keep"
    CHANGE_TIER = "change_tier"
    CHANGE_MOTION = "change_motion"
    INTERVENE = "intervene"
    PAUSE = "pause"
    REMOVE = "remove"


class ExpansionKind(StrEnum):
    """Kind of a customer's growth: more seats or usage, a higher plan, a second product or unit."""

    DEPTH = "depth"
    HEIGHT = "height"
    BREADTH = "breadth"


@dataclass(frozen=True, slots=True)
class Profile:
    """Profile of an account. People are user ids; `owner_name` keeps an imported owner who is not in the workspace."""

    name: str
    domain: str = ""
    aliases: tuple[str, ...] = ()
    segment: str = ""
    owner: str | None = None
    owner_name: str = ""
    marketing_partner: str | None = None
    our_executive: str | None = None
    value_cents: int | None = None
    currency: str = ""
    crm_system: str = ""
    crm_id: str = ""
    channel_id: str = ""
    posts_agenda: bool = False


IN_CHARGE = ("owner", "marketing_partner", "our_executive")
"""Fields of a profile that name a person of the workspace."""


@dataclass(frozen=True, slots=True)
class Nominated:
    """The account entered the list as a candidate. `because` is why this account."""

    profile: Profile
    because: str = ""
    why_now: str = ""
    motion: str = ""
    kind: Literal["nominated"] = "nominated"


@dataclass(frozen=True, slots=True)
class Edited:
    profile: Profile
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class ListChanged:
    """List status and tier are now these, for this reason; `from_status` and `from_tier` are what they were.

    `why_now` and `motion` come with a tier, where given; `short` is the fit where a tier was given that it does not
    reach; `decision_id` the event of the review's decision that led to it. Older entries and imports have less.
    """

    status: str
    tier: int | None
    because: str
    from_status: str = ""
    from_tier: int | None = None
    why_now: str = ""
    motion: str = ""
    short: FitShort | None = None
    decision_id: int | None = None
    kind: Literal["list_changed"] = "list_changed"


@dataclass(frozen=True, slots=True)
class Moved:
    """The account moved: to a stage, or with news that changes none. `since_known` is false for an import's guess.

    `from_deal` is the key of the CRM's deal that implied the stage, where somebody confirmed it; `is_reclassified`: its
    day was not after the account's last held review, so it never counts as an advance.
    """

    text: str = ""
    to_stage: str | None = None
    expansion: ExpansionKind | None = None
    since_known: bool = True
    from_deal: str = ""
    is_reclassified: bool = False
    kind: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True)
class NothingMoved:
    """Somebody recorded that nothing moved; `besides_news`: nothing beyond the news since the last review."""

    text: str = ""
    besides_news: bool = False
    kind: Literal["nothing_moved"] = "nothing_moved"


@dataclass(frozen=True, slots=True)
class Noted:
    """A note that counts for nothing: campaign figures reported as movement. It has no evidence."""

    text: str
    kind: Literal["noted"] = "noted"


@dataclass(frozen=True, slots=True)
class BlockerOpened:
    """A blocker, known from now on by this event's id."""

    text: str
    owner: str | None = None
    needs: str | None = None
    kind: Literal["blocker_opened"] = "blocker_opened"


@dataclass(frozen=True, slots=True)
class BlockerChanged:
    """A blocker was acknowledged, updated, answered or resolved.

    `text` replaces it (updated), is what somebody says about it (answered) or how it went away (resolved).
    """

    blocker_id: int
    what: Literal["acknowledged", "updated", "answered", "resolved"]
    text: str = ""
    kind: Literal["blocker_changed"] = "blocker_changed"


@dataclass(frozen=True, slots=True)
class ActionAdded:
    """A next action, known from now on by this event's id; `play_id` is the play that it is a step of.

    `decision_id` is the event of the intervention that asked for it.
    """

    text: str
    owner: str
    due_on: date
    outcome_expected: str = ""
    play_id: int | None = None
    decision_id: int | None = None
    kind: Literal["action_added"] = "action_added"


@dataclass(frozen=True, slots=True)
class ActionChanged:
    """A next action was done, dropped, or slipped to `due_on`; `text` is the outcome or the reason."""

    action_id: int
    what: Literal["done", "dropped", "slipped"]
    due_on: date | None = None
    text: str = ""
    kind: Literal["action_changed"] = "action_changed"


@dataclass(frozen=True, slots=True)
class ItemEdited:
    """An open next action, blocker or ask, by the event that began it, has this owner, text and day now.

    `from_owner`, `from_text` and `from_due_on` are what it had. A later day is a slip, which is an entry of its own. An
    action that an ask made is edited with its ask, under the id of the decision.
    """

    item_id: int
    what: Literal["action", "blocker", "ask"]
    owner: str
    text: str
    due_on: date | None = None
    from_owner: str = ""
    from_text: str = ""
    from_due_on: date | None = None
    kind: Literal["item_edited"] = "item_edited"


@dataclass(frozen=True, slots=True)
class Decided:
    """A review's decision. An intervention names what is asked, from whom (`ask_of`) and by when (`due_on`).

    A change of tier names both tiers, and one of motion both motions; `leaver` is the name of the account that left for
    it in a swap.
    """

    decision: DecisionKind
    text: str
    ask_of: str | None = None
    due_on: date | None = None
    from_tier: int | None = None
    to_tier: int | None = None
    leaver: str = ""
    from_motion: Motion | None = None
    to_motion: Motion | None = None
    kind: Literal["decided"] = "decided"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The event `event_id` does not count any more; it stays in the history."""

    event_id: int
    because: str = ""
    kind: Literal["corrected"] = "corrected"


Change = Annotated[
    Nominated
    | Edited
    | ListChanged
    | Justified
    | Moved
    | NothingMoved
    | Noted
    | EvidenceAdded
    | EvidenceJudged
    | WaitingSet
    | BlockerOpened
    | BlockerChanged
    | ActionAdded
    | ActionChanged
    | ItemEdited
    | Decided
    | AskAnswered
    | AskTaken
    | ExecutiveMet
    | FitScored
    | ContactAdded
    | ContactEdited
    | NarrativeWritten
    | ProductInputGiven
    | PlayStarted
    | PlayEnded
    | OpportunityChanged
    | StageDeclined
    | PrivacySet
    | Corrected,
    Field(discriminator="kind"),
]

changes: TypeAdapter[Change] = TypeAdapter(Change)
evidences: TypeAdapter[tuple[Evidence, ...]] = TypeAdapter(tuple[Evidence, ...])
