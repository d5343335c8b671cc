"""The context in which a question is answered."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.people import PersonFacts
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed, may
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class QuestionContext:
    """The asker, place and instant of a question, with the session to read from and the sentences to answer in."""

    session: Session
    asker: PersonFacts
    workspace_id: str
    place: str
    channel_id: str
    now: datetime
    words: Words

    @property
    def zone(self) -> str:
        """The asker's IANA zone, used to count days and to show dates."""
        return self.asker.time_zone

    @property
    def can_act(self) -> bool:
        """True where the asker alone reads the answer, and may record: its lines have their buttons."""
        return self.channel_id.startswith("D") and may(self.asker, Deed.RECORD)

    @property
    def today(self) -> date:
        """The current date in the asker's zone."""
        return local_date(self.now, self.zone)
