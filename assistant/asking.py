"""One question with all that is needed to answer it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.account import PersonFacts
from agendas.rendering.words import Words
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class Asking:
    """A question's asker, place and instant, and the session to look things up in."""

    session: Session
    asker: PersonFacts
    workspace_id: str
    place: str
    channel_id: str
    now: datetime
    words: Words

    @property
    def zone(self) -> str:
        """The asker's zone, in which days are counted and dates are shown."""
        return self.asker.time_zone

    @property
    def today(self) -> date:
        """The date where the asker is."""
        return local_date(self.now, self.zone)
