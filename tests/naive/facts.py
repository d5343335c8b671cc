"""The facts of a case as the program gets them for a review."""

from agendas.facts.reviews import AgendaFacts
from agendas.rules.fold import fold
from agendas.rules.history import judged_since, state_when_named
from tests.naive.cases import Case
from tests.naive.rules.counting import taken_back
from tests.naive.rules.stall import Stall, excused_before, stall_of


def before_of(case: Case) -> tuple:
    """The events that make the account at its last held review: recorded by then, and not corrected since."""
    gone = taken_back(case.known)
    return tuple(event for event in case.known if event.recorded_at <= case.since and event.id not in gone)


def stall_before(case: Case) -> Stall:
    """The account's stall at its last held review, without what was corrected since."""
    return stall_of(before_of(case), case.since, case.zone, excused_before(case.at(case.since)))


def facts_of(case: Case) -> AgendaFacts | None:
    """The facts of the account at this review; None where no nomination stands."""
    account = fold(case.known)
    if account is None:
        return None
    since = case.since
    before = fold(before_of(case)) if since else None
    if before is None:
        since = None
    named_at = None if before and before.list_status.is_on_list else account.named_at
    return AgendaFacts(
        account=account,
        before=before,
        since=since,
        now=case.now,
        zone=case.zone,
        excused_before=excused_before(case) if since else 0,
        left_out=case.left_out,
        events=tuple(event for event in case.known if since is None or event.recorded_at > since),
        aged_before=bool(since) and stall_before(case).is_stalled,
        judged=judged_since(case.known, since) if since else (),
        when_named=state_when_named(case.known, named_at, case.zone) if named_at else None,
    )
