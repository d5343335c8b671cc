"""What can happen in a story of the sample: small frozen classes that read like a diary.

`when` is "WEEK day HH:MM" in the review's zone: week 1 begins with the first review, "11 mon" is the one the demo opens
with, "0" and "-1" lie before the first. `who` and `owner` are handles, `by` a day such as "9 fri".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind, ExpansionKind
from agendas.facts.fit import Criterion
from agendas.facts.group import BuyingRole, ContactDepth, Support
from agendas.facts.narrative import Narrative
from agendas.facts.product import ProductField
from agendas.facts.signals import SignalKind, SignalStrength


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence, dated like the step that it shows; `place` is the end of its invented address."""

    kind: str
    text: str
    place: str

    @property
    def url(self) -> str:
        """Where it is kept: no such address can exist."""
        return f"https://{self.kind}.tarnbrook.example/{self.place}"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody recorded."""

    when: str
    who: str


@dataclass(frozen=True, slots=True)
class Nominate(Step):
    """The account became a candidate."""

    because: str


@dataclass(frozen=True, slots=True)
class Name(Step):
    """The account was named in a tier, or moved to it."""

    tier: int
    because: str


@dataclass(frozen=True, slots=True)
class Reject(Step):
    """The candidate was refused."""

    because: str


@dataclass(frozen=True, slots=True)
class Score(Step):
    """Scores of the criteria that are asked of the person's function, each with a line of reason."""

    scores: tuple[tuple[Criterion, int, str], ...]


@dataclass(frozen=True, slots=True)
class Move(Step):
    """Movement: to a stage, an expansion, or news that changes none."""

    text: str
    to: Stage | None = None
    proof: Proof | None = None
    expansion: ExpansionKind | None = None


@dataclass(frozen=True, slots=True)
class Nothing(Step):
    """Nothing moved, said plainly."""


@dataclass(frozen=True, slots=True)
class Block(Step):
    """A blocker, called `ref` from then on."""

    ref: str
    text: str
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Unblock(Step):
    """The blocker called `ref` was resolved."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Promise(Step):
    """A next action, called `ref` from then on; the owner is whoever promised it unless another is named."""

    ref: str
    text: str
    by: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Keep(Step):
    """The next action called `ref` was done."""

    ref: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Slip(Step):
    """The next action called `ref` got a later date."""

    ref: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Drop(Step):
    """The next action called `ref` was given up."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Decide(Step):
    """What a review decided. An intervention asks somebody for something `by` a day, and is theirs as `ref`."""

    decision: DecisionKind
    text: str
    tier: int | None = None
    ask_of: str = ""
    by: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Meet(Step):
    """Somebody at the account became known; called `ref` from then on.

    Unless `is_heard_of` they did something towards us that day. Without roles, the title may suggest some.
    """

    ref: str
    name: str
    title: str
    roles: tuple[BuyingRole, ...] = ()
    email: str = ""
    support: Support = Support.UNKNOWN
    depth: ContactDepth = ContactDepth.UNKNOWN
    is_heard_of: bool = False


@dataclass(frozen=True, slots=True)
class Hear(Step):
    """The person called `ref` did something towards us again; what is said of them replaces what was known."""

    ref: str
    support: Support | None = None
    depth: ContactDepth | None = None


@dataclass(frozen=True, slots=True)
class Confirm(Step):
    """The roles that the title of the person called `ref` suggested are theirs."""

    ref: str


@dataclass(frozen=True, slots=True)
class Leave(Step):
    """The person called `ref` left that day."""

    ref: str


@dataclass(frozen=True, slots=True)
class See(Step):
    """A signal; of the website's program when `who` is nobody. `person` is an e-mail address that the program knows."""

    signal: SignalKind
    strength: SignalStrength
    text: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Write(Step):
    """The narrative is now this one."""

    narrative: Narrative


@dataclass(frozen=True, slots=True)
class Add(Step):
    """Product's input. `reference` is the customer who proves it, `place` the end of the address to read it at."""

    field: ProductField
    text: str
    reference: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """An account and what happened to it. People are handles, `value` is in whole units of the currency a year."""

    name: str
    domain: str
    segment: str
    owner: str
    value: int
    currency: str
    steps: tuple[Step, ...]
    partner: str = "ines"
    executive: str = ""
    has_own_channel: bool = False


Diary = Mapping[str, tuple[Step, ...]]
"""Steps of one subject by the account's name; each file with `diary` in its name has one."""
