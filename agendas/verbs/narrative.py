"""The narrative of an account, and input of product."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import FieldProblems, Refused
from agendas.facts.evidence import Evidence
from agendas.facts.narrative import Narrative, NarrativeVersion, NarrativeWritten, ProductInputGiven
from agendas.facts.people import Author
from agendas.rules import fit
from agendas.rules import narrative as narrative_rules
from agendas.rules.narrative import narrative_gap
from agendas.verbs.loading import settings_of
from agendas.verbs.record import Recorded, record_and_show
from agendas.verbs.updates import open_account
from storage import workspaces

# The narrative of an account: writing and rewriting it.


def write_narrative(
    session: Session, author: Author, account_id: int, narrative: Narrative, *, after: datetime | None
) -> Recorded:
    """Record the account's new narrative; `after` is when the version that the writer saw was written.

    An old one may be written again as it is: somebody read it and found it still true.

    Raises:
        FieldProblems: a field cannot stay so, or the version that was shown is not the current one.
        Refused: nothing differs.
    """
    state = open_account(session, author, account_id)
    current = state.narrative
    if (current.written_at if current else None) != after:
        # by the instant: a version taken back and another in its place have the same number
        raise FieldProblems({"pressure": _written_meanwhile(current, state.name, after)})
    gap = narrative_gap(state, settings_of(session, author.workspace_id), now=author.at, zone=author.zone)
    if current is not None and current.narrative == narrative and gap is None:
        raise Refused(f"Nothing is different about the narrative of {state.name}, so nothing was recorded.")
    workspace = workspaces.get(session, author.workspace_id)
    narrative_rules.refuse_wrong(narrative, state, us=workspace.name if workspace else "")
    return record_and_show(session, author, account_id, NarrativeWritten(narrative))


def _written_meanwhile(current: NarrativeVersion | None, name: str, after: datetime | None) -> str:
    """Return the sentence that says how the narrative changed since the version from `after`, and what to do."""
    if current is None:
        change_text, button = "The narrative was taken back", "Write"
    elif after is not None and current.written_at < after:
        change_text, button = f"The narrative was taken back to version {current.version}", "Rewrite"
    else:
        change_text, button = f"Version {current.version} was written", "Rewrite"
    return (
        f"{change_text} while this form was open, so nothing was saved. Close the form, read what stands with "
        f"/account {name} narrative, and press {button}: what you typed stands in that form."
    )


# Add product's input to an account: a use case, proof, a note on implementation fit, feedback.


def give_product_input(
    session: Session, author: Author, account_id: int, given: ProductInputGiven, *, link: Evidence | None = None
) -> Recorded:
    """Record the input, with the link to where it can be read as its evidence.

    Raises FieldProblems for what is missing or too long, Refused when the same is recorded already.
    """
    state = open_account(session, author, account_id)
    fit.refuse_wrong(given, state, url=link.url if link else "")
    return record_and_show(session, author, account_id, given, evidence=(link,) if link else ())
