"""One account for another in a full tier, both in one step."""

from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import FieldProblems, NoAccount, Outdated
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.people import Author
from agendas.facts.program.settings import TIERS
from agendas.rules.list.capacity import NoRoom
from agendas.text.days import day_said, local_date
from agendas.verbs.list.change import pause, put_on_list, remove
from agendas.verbs.record.record import Recorded, current_state
from storage import accounts, workspaces


@dataclass(frozen=True, slots=True)
class Swap:
    """Account that comes to a tier and the one that leaves, with reasons; `becomes` is paused, removed or next_tier.

    `why_now` and `motion` are parts of the justification of the one that comes, where somebody gave them.
    """

    account_id: int
    tier: int
    because: str
    leaver_id: int
    becomes: str
    leaver_because: str
    why_now: str = ""
    motion: str = ""


def swap(
    session: Session, author: Author, wanted: Swap, *, decision_id: int | None = None
) -> tuple[Recorded, Recorded]:
    """Let one account leave and name the other. Of two editors who send the same account away only one does.

    `decision_id` is the event of the review's decision to name the other, if there is one.

    Raises Outdated when the leaver is not in the tier any more, FieldProblems when the tier below is full too, and
    what naming an account raises; then nothing is changed.
    """
    leaver = lock_both(session, author, wanted)[wanted.leaver_id]
    if leaver.list_status is not ListStatus.NAMED or leaver.tier != wanted.tier:
        where = f"in tier {leaver.tier}" if leaver.list_status is ListStatus.NAMED else leaver.list_status.value
        since = day_said(local_date(leaver.list_changed_at, author.zone)) if leaver.list_changed_at else "a while"
        raise Outdated(
            f"{leaver.name} is {where} since {since}: somebody was quicker, so nothing was "
            f"swapped. Name the account again to see who could leave tier {wanted.tier} now."
        )
    return _send_away(session, author, wanted), put_on_list(
        session,
        author,
        wanted.account_id,
        tier=wanted.tier,
        because=wanted.because,
        why_now=wanted.why_now,
        motion=wanted.motion,
        decision_id=decision_id,
    )


def lock_both(session: Session, author: Author, wanted: Swap) -> dict[int, AccountState]:
    """Return both accounts, locked after the workspace and by id, as opening a review locks them.

    Raises Outdated when one of them does not exist any more.
    """
    workspaces.lock(session, author.workspace_id)
    ids = {wanted.account_id, wanted.leaver_id}
    rows = accounts.get_many(session, author.workspace_id, ids, lock=True)
    if len(rows) < len(ids) or len(ids) == 1:
        raise NoAccount
    return {row.row_id: current_state(session, row) for row in rows}


def _send_away(session: Session, author: Author, wanted: Swap) -> Recorded:
    if wanted.becomes == "paused":
        return pause(session, author, wanted.leaver_id, because=wanted.leaver_because)
    if wanted.becomes == "removed" or wanted.tier >= TIERS[-1]:
        return remove(session, author, wanted.leaver_id, because=wanted.leaver_because)
    below = wanted.tier + 1
    try:
        # the one who comes may leave just that tier
        return put_on_list(
            session,
            author,
            wanted.leaver_id,
            tier=below,
            because=wanted.leaver_because,
            making_room=wanted.account_id,
        )
    except NoRoom as none:
        full = none.full
        raise FieldProblems(
            {"becomes": f"Tier {below} is full too, with {full.cap} accounts. Pause or remove it instead."}
        ) from None
