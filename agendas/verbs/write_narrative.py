"""The narrative of an account: writing it, and writing it anew."""

from sqlmodel import Session

from agendas.author import Author
from agendas.errors import FieldProblems, Refused
from agendas.gather import settings_of
from agendas.rules.narrative_age import narrative_gap
from agendas.rules.narrative_check import refuse_wrong
from agendas.subjects.narrative import Narrative, NarrativeWritten
from agendas.verbs.record import Recorded
from agendas.verbs.take_updates import open_account, tell


def write_narrative(
    session: Session, author: Author, account_id: int, narrative: Narrative, *, after_version: int
) -> Recorded:
    """Records that the account's narrative is now this one. `after_version` is the one it was written upon, 0 for none.

    An old one may be written again as it is: somebody read it and found it still true. Raises FieldProblems for a field
    that cannot stay so, and when somebody wrote another version meanwhile; Refused when nothing differs.
    """
    state = open_account(session, author, account_id)
    standing = state.narrative
    if standing is not None and standing.version != after_version:
        raise FieldProblems(
            {
                "pressure": f"Version {standing.version} was written while this form was open, so nothing was saved. "
                f"Close the form, read it with /account {state.name} narrative, and press Rewrite: "
                "what you typed stands in that form."
            }
        )
    gap = narrative_gap(state, settings_of(session, author.workspace_id), now=author.at, zone=author.zone)
    if standing is not None and standing.narrative == narrative and gap is None:
        raise Refused(f"Nothing is different about the narrative of {state.name}, so nothing was recorded.")
    refuse_wrong(narrative, state)
    return tell(session, author, account_id, NarrativeWritten(narrative))
