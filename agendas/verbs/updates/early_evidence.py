"""Evidence that is too early to show a step: of before the account was named, or long before its last review."""

from collections.abc import Sequence

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import AccountState
from agendas.facts.evidence import Evidence
from agendas.facts.people import Author
from agendas.rules.reviews.evidence_window import EVIDENCE_WINDOW, within_window
from agendas.text.days import local_date
from storage.past_reviews import held_reviews


def refuse_too_early(session: Session, author: Author, state: AccountState, evidence: Sequence[Evidence]) -> None:
    """Raise Refused for a piece that no review from now on could count as evidence of a step."""
    held_at = held_reviews.last_held_at(session, state.account_id)
    for piece in evidence:
        on, named_on = local_date(piece.dated_at, author.zone), None
        if state.named_at is not None:
            named_on = local_date(state.named_at, author.zone)
        if named_on is not None and on < named_on:
            raise Refused(
                f"{state.name} was named on {named_on:%-d %b}: evidence of {on:%-d %b} is from before and shows no "
                "step since. Give a later day, or record it as news without the stage."
            )
        if held_at is not None and piece not in within_window([piece], held_at, author.at):
            raise Refused(
                f"Evidence of {on:%-d %b} is from more than {EVIDENCE_WINDOW.days} days before the review that closed "
                f"on {local_date(held_at, author.zone):%-d %b} and shows no step since. "
                "Give a later day, or record it as news without the stage."
            )
