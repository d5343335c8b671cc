"""The pieces of a question with what has been read of them, for the rules that tell the subject."""

from dataclasses import dataclass

from assistant.query import Form
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

ACTION_CUES = (Cue.DUE, Cue.OVERDUE, Cue.OWE)
"""Words that tell actions."""


@dataclass(frozen=True, slots=True)
class Case:
    """The pieces, with what has been read of them: things to have, tiers, names, and the form."""

    said: Said
    parts: Parts
    form: Form | None
