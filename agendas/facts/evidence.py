"""Evidence of what happened at an account: who acted, how, and which step it shows; and dates that it confirms."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class EvidenceActor(StrEnum):
    """The actor that a piece of evidence shows. Only the buyer's, and a third party's proof of it, count."""

    BUYER = "buyer"
    US = "us"
    THIRD_PARTY = "third_party"
    IN_DOUBT = "in_doubt"


class BuyerAct(StrEnum):
    MAIL = "mail"
    CALL = "call"
    MEETING = "meeting"
    FORM = "form"
    VISIT = "visit"
    MESSAGE = "message"
    DOCUMENT = "document"
    DEAL = "deal"


THEIR_WORDS = "their words"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence that something happened. `kind` is link, message, meeting, crm or note; `url` may be empty.

    `actor` is None where nobody acted, as in a CRM's record: it counts for nothing. `step` is the stage that it is
    evidence of, '' for none; `contact_ids` are the people of the buying group who acted, where that is known.
    """

    text: str
    dated_at: datetime
    url: str = ""
    kind: str = "link"
    actor: EvidenceActor | None = None
    act: BuyerAct | None = None
    step: str = ""
    contact_ids: tuple[int, ...] = ()

    @property
    def is_of_its_words(self) -> bool:
        """True where the entry's own words are the evidence, and the text here only says how the buyer told them."""
        return self.kind == "note" and self.text in (THEIR_WORDS, *BuyerAct)


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    """Evidence of a step that was claimed: the account is at `to_stage` already. The evidence is the event's own."""

    to_stage: str
    text: str = ""
    kind: Literal["evidence_added"] = "evidence_added"


@dataclass(frozen=True, slots=True)
class EvidenceJudged:
    """Somebody said whose act the evidence of event `event_id` is, and which step it shows; '' leaves that as it is.

    `contact_ids` are the people of the buying group who acted, None where nothing was said of them; `by` their names.
    """

    event_id: int
    actor: EvidenceActor
    act: BuyerAct | None = None
    step: str = ""
    contact_ids: tuple[int, ...] | None = None
    by: str = ""
    kind: Literal["evidence_judged"] = "evidence_judged"


@dataclass(frozen=True, slots=True)
class WaitingSet:
    """The account waits until the day `until`, which the buyer confirmed: the evidence is the event's own.

    It replaces the date set before, and ends by itself after its day.
    """

    until: date
    text: str
    kind: Literal["waiting_set"] = "waiting_set"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A date that an account waits for, when it was recorded; `confirmed_by` the buyer or a third party."""

    until: date
    text: str
    set_at: datetime
    confirmed_by: EvidenceActor = EvidenceActor.BUYER
