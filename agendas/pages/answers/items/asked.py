"""A question about things of accounts as its answer says it back."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.people import Leads, PersonFacts
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.text.days import days_between

NOTHING = Mrkdwn("")


class ItemKind(StrEnum):
    """Kinds of things, by the lines that show them."""

    ACTIONS = "actions"
    BLOCKERS = "blockers"
    ASKS = "asks"
    DECISIONS = "decisions"
    MOVEMENT = "movement"
    CLAIMS = "claims"
    """Accounts whose stage is only claimed."""
    EVIDENCE = "evidence"
    CHANGES = "changes"
    LIST_CHANGES = "list_changes"
    SIGNALS = "signals"
    PEOPLE = "people"
    MISSING = "missing"
    """Accounts where a role is missing."""
    LEFT = "left"
    """People who left."""
    DEALS = "deals"
    PLAYS = "plays"


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """A question in words, and who reads its answer.

    Attributes:
        kind: the kind of things.
        now, zone: the instant of asking, and the reader's IANA zone.
        state: word before the noun: open, overdue, running; '' where the filters say it.
        order: word for those that come first in the order asked for, where a number of them was: oldest, biggest.
        said: the other filters and the period, in words.
        beyond: those of them that a single line does not show by itself.
        names: names of the accounts asked about.
        accounts: number of different accounts of the things.
        is_named: each line names its account.
        is_one_person: the things are of one person, so lines do not say whose.
        is_capped: there may be more things than were read.
        can_act: the reader alone sees the answer and may record.
        goes_on: all of them are the reader's own, so that their list can go on page by page.
        reader: who alone sees the answer, None where others do.
        leads: the lead of each function who can be asked, where blockers are asked for.
    """

    kind: ItemKind
    now: datetime
    zone: str
    today: date
    state: str = ""
    order: str = ""
    said: Mrkdwn = NOTHING
    beyond: Mrkdwn = NOTHING
    names: tuple[str, ...] = ()
    accounts: int = 0
    is_named: bool = True
    is_one_person: bool = False
    is_capped: bool = False
    can_act: bool = False
    goes_on: bool = False
    reader: PersonFacts | None = None
    leads: Leads = field(default_factory=Leads)

    def days_since(self, instant: datetime) -> int:
        """Return the days on the reader's calendar since an instant."""
        return days_between(instant, self.now, self.zone)
