"""Steps of the sample: an account's history as small frozen values, recorded by the verbs.

`when` is "WEEK day HH:MM" in the review's zone: week 1 begins with the first weekly review, "11 mon" is the one the
demo opens with, "0" and "-1" lie before the first. `who` and `owner` are handles, `by` a day such as "9 fri".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind, ExpansionKind
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.motion import Motion

ACTS = {"message": BuyerAct.MAIL, "meeting": BuyerAct.MEETING, "link": BuyerAct.DOCUMENT}
"""Kind of the buyer's act by the kind of the evidence."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence, dated like the step that it shows; `place` is the end of its invented address.

    It shows an act of the buyer unless `actor` says otherwise.
    """

    kind: str
    text: str
    place: str
    actor: EvidenceActor = EvidenceActor.BUYER

    @property
    def url(self) -> str:
        """Its address, on a domain that cannot exist."""
        return f"https://{self.kind}.tarnbrook.example/{self.place}"

    def dated(self, at: datetime) -> Evidence:
        """Return the piece as evidence of that instant."""
        act = ACTS.get(self.kind) if self.actor is EvidenceActor.BUYER else None
        return Evidence(self.text, at, self.url, self.kind, self.actor, act)


@dataclass(frozen=True, slots=True)
class Step:
    """Something a person recorded."""

    when: str
    who: str


@dataclass(frozen=True, slots=True)
class Nominate(Step):
    """Nominate the account as a candidate."""

    because: str


@dataclass(frozen=True, slots=True)
class PutOnList(Step):
    """Put the account on the list, or move it to another tier; with the parts of the reason that are known."""

    tier: int
    because: str
    why_now: str = ""
    motion: str = ""


@dataclass(frozen=True, slots=True)
class Reject(Step):
    """Reject the candidate."""

    because: str


@dataclass(frozen=True, slots=True)
class Move(Step):
    """Record movement: to a stage, an expansion, or news that changes neither."""

    text: str
    to: Stage | None = None
    proof: Proof | None = None
    expansion: ExpansionKind | None = None


@dataclass(frozen=True, slots=True)
class Correct(Step):
    """Correct the movement that was told in the words `text`."""

    text: str
    because: str


@dataclass(frozen=True, slots=True)
class Wait(Step):
    """Record a date that the buyer confirmed, until which the account waits."""

    until: str
    text: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class NoChange(Step):
    """Record that nothing moved."""


@dataclass(frozen=True, slots=True)
class OpenBlocker(Step):
    """Open a blocker, known as `ref` from then on."""

    ref: str
    text: str
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class ResolveBlocker(Step):
    """Resolve the blocker `ref`."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class AddAction(Step):
    """Add a next action, known as `ref` from then on; its owner is the author unless `owner` is given."""

    ref: str
    text: str
    by: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class FinishAction(Step):
    """Mark the next action `ref` as done."""

    ref: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PostponeAction(Step):
    """Move the next action `ref` to a later date."""

    ref: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class DropAction(Step):
    """Drop the next action `ref`."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Decide(Step):
    """Record a decision; an intervention also adds an action `ref` for `ask_of`, due `by` a day."""

    decision: DecisionKind
    text: str
    tier: int | None = None
    ask_of: str = ""
    by: str = ""
    ref: str = ""
    motion: Motion | None = None


@dataclass(frozen=True, slots=True)
class TakeAsk(Step):
    """Take what the intervention in the words `text` asked for."""

    text: str


@dataclass(frozen=True, slots=True)
class Meet(Step):
    """Record that `ours` met `theirs` that day; `text` is what came of it."""

    ours: str
    theirs: str
    text: str


@dataclass(frozen=True, slots=True)
class MakePrivate(Step):
    """Make the account private to the sample's channel for that."""


@dataclass(frozen=True, slots=True)
class Story:
    """An account and its history. People are handles, `value` is in whole units of the currency a year."""

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


StepsByAccount = Mapping[str, tuple[Step, ...]]
"""Steps of one subject, by account name; each module in `subjects` has one."""
