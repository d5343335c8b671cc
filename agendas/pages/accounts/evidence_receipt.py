"""The outcome of an update's evidence, for its receipt, with the buttons that settle what is open."""

from enum import StrEnum

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import Moved
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button
from agendas.rendering.words import Words
from agendas.rules.history.evidence import COUNTING


class Outcome(StrEnum):
    """Outcome of an update's evidence: a step shown, a silence ended, or neither.

    `SHOWN` is a stage shown that no review counts any more, `REPORTED` what a third party tells of the buyer.
    `FROM_CRM` and `OPEN_DEAL` are stages confirmed from a deal, the first without movement, the second claimed.
    """

    PROVED = "proved"
    SHOWN = "shown"
    FROM_CRM = "from_crm"
    HEARD = "heard"
    REPORTED = "reported"
    OURS = "ours"
    OPEN_DEAL = "open_deal"
    IN_DOUBT = "in_doubt"
    CLAIMED = "claimed"
    NONE = "none"


def outcome_of(event: EventFacts, before: AccountState, after: AccountState) -> Outcome:
    """Return the outcome of the event's evidence, or of the evidence that it judges."""
    change = event.change
    actors = {change.actor} if isinstance(change, EvidenceJudged) else {piece.actor for piece in event.evidence}
    is_up = isinstance(change, Moved) and after.stage.rank > before.stage.rank
    if actors & {*COUNTING}:
        if after.stage_has_evidence and (is_up or not before.stage_has_evidence):
            return _shown(event, before, after)
        return Outcome.HEARD if EvidenceActor.BUYER in actors else Outcome.REPORTED
    if EvidenceActor.IN_DOUBT in actors:
        return Outcome.IN_DOUBT
    if EvidenceActor.US in actors:
        return Outcome.OPEN_DEAL if isinstance(change, Moved) and change.from_deal else Outcome.OURS
    return Outcome.CLAIMED if is_up and not after.stage_has_evidence else Outcome.NONE


def _shown(event: EventFacts, before: AccountState, after: AccountState) -> Outcome:
    change = event.change
    if isinstance(change, Moved) and change.from_deal and (change.is_reclassified or not change.since_known):
        return Outcome.FROM_CRM
    is_new = (before.claimed_from or before.stage).rank < after.stage.rank
    return Outcome.PROVED if is_new else Outcome.SHOWN


def settling_buttons(
    event: EventFacts, after: AccountState, outcome: Outcome, words: Words, *, of: int = 1
) -> tuple[Button, ...]:
    """Return the buttons of an outcome: whose act it was, the step that it shows, or more evidence.

    `of` is the number of updates of which their message tells. A button for a step carries its stage.
    """
    is_claimed, value = after.claimed_from is not None, f"{event.id} {of}"
    if outcome is Outcome.IN_DOUBT and not isinstance(event.change, EvidenceJudged):
        return (labelled(words, "evidence.theirs", value), labelled(words, "evidence.ours", value))
    if outcome in (Outcome.HEARD, Outcome.REPORTED) and is_claimed:
        target = event.change.event_id if isinstance(event.change, EvidenceJudged) else event.id
        return (labelled(words, "evidence.shows", f"{target} {of} {after.stage}"),)
    if is_claimed and outcome in (Outcome.OURS, Outcome.OPEN_DEAL, Outcome.CLAIMED):
        return (labelled(words, "evidence.add", str(after.account_id)),)
    return ()
