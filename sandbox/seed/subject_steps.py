"""Steps of the sample about fit, contacts, signals, narratives, product input and plays."""

from dataclasses import dataclass

from agendas.facts.fit import Criterion
from agendas.facts.group import BuyingRole, ContactDepth, Support
from agendas.facts.narrative import Narrative
from agendas.facts.plays import PlayEnd
from agendas.facts.product import ProductField
from agendas.facts.signals import SignalKind, SignalStrength
from sandbox.seed.steps import Proof, Step


@dataclass(frozen=True, slots=True)
class Score(Step):
    """Score the criteria asked of the person's function, each with a line of reason."""

    scores: tuple[tuple[Criterion, int, str], ...]


@dataclass(frozen=True, slots=True)
class AddContact(Step):
    """Add a contact, known as `ref` from then on.

    The contact was in touch that day unless `is_heard_of`. Without roles, the title may suggest some.
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
class UpdateContact(Step):
    """Record that the contact `ref` was in touch; `support` and `depth` replace the earlier ones."""

    ref: str
    support: Support | None = None
    depth: ContactDepth | None = None


@dataclass(frozen=True, slots=True)
class ConfirmRoles(Step):
    """Confirm the roles suggested by the title of the contact `ref`."""

    ref: str


@dataclass(frozen=True, slots=True)
class ContactLeft(Step):
    """Record that the contact `ref` left that day."""

    ref: str


@dataclass(frozen=True, slots=True)
class AddSignal(Step):
    """Record a signal; sent by the website when `who` is empty. `person` is a contact's e-mail address."""

    signal: SignalKind
    strength: SignalStrength
    text: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class WriteNarrative(Step):
    """Write the narrative."""

    narrative: Narrative


@dataclass(frozen=True, slots=True)
class AddProductInput(Step):
    """Add product input. `reference` is a customer as proof, `place` the end of its address."""

    field: ProductField
    text: str
    reference: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class StartPlay(Step):
    """Start a play of the library, with a handle and a day per step; steps are known as "KEY NUMBER", from 1."""

    key: str
    steps: tuple[tuple[str, str], ...]
    by: str


@dataclass(frozen=True, slots=True)
class EndPlay(Step):
    """End the play: with its outcome, shown by `proof`, without one, or stopped."""

    key: str
    what: PlayEnd
    text: str
    proof: Proof | None = None
