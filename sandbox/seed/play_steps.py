"""What can happen to plays in a story of the sample, in the manner of the other steps."""

from dataclasses import dataclass

from agendas.facts.plays import PlayEnd
from sandbox.seed.steps import Proof, Step


@dataclass(frozen=True, slots=True)
class Play(Step):
    """A play of the library began: a handle and a day for each step, called by the play's key and its number from 1."""

    key: str
    steps: tuple[tuple[str, str], ...]
    by: str


@dataclass(frozen=True, slots=True)
class End(Step):
    """The play ended: with what the buyer did, which `proof` shows, with nothing by its date, or it was stopped."""

    key: str
    what: PlayEnd
    text: str
    proof: Proof | None = None
