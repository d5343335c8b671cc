"""Questions that an account's owner, asks, actions, plays, stage and place on the list give."""

from agendas.facts.events import NothingMoved
from agendas.facts.justification import Part
from agendas.facts.plays import PlayEnd
from agendas.facts.reviews.agenda import ReasonCode
from agendas.rules.history.news import by_people
from agendas.rules.list.fit_proposals import pending
from agendas.rules.list.justification import missing_parts
from agendas.rules.plays.running import running
from agendas.rules.reviews.question.case import Case, Found
from agendas.text.days import days_between

OFTEN_SLIPPED = 2
"""Slips of a promise that make it one to be asked about: it was given three times. Our own default."""


def ask_overdue(case: Case) -> Found | None:
    """The ask due first, once its day has passed: the days since."""
    asks = case.facts.account.open_asks
    late_days = (case.today - asks[0].due_on).days if asks and asks[0].due_on else 0
    return Found(late_days, about=asks[0].text) if late_days > 0 else None


def ask_open(case: Case) -> Found | None:
    """The ask due first: the days since it was decided."""
    asks, facts = case.facts.account.open_asks, case.facts
    return Found(days_between(asks[0].decided_at, facts.now, facts.zone), about=asks[0].text) if asks else None


def no_owner(case: Case) -> Found | None:
    """An account that belongs to nobody."""
    profile = case.facts.account.profile
    return None if profile.owner or profile.owner_name else Found()


def owner_gone(case: Case) -> Found | None:
    """An owner whom Slack deactivated."""
    return Found() if case.facts.owner_is_deactivated and case.facts.account.profile.owner else None


def play_without_outcome(case: Case) -> Found | None:
    """The play that ended last since the last held review, without its outcome, where no other runs."""
    facts = case.facts
    ended = [(each.ended_at, each) for each in facts.account.plays if each.end is PlayEnd.NONE and each.ended_at]
    since = [pair for pair in ended if facts.since is None or pair[0] > facts.since]
    if not since or running(facts.account, case.today):
        return None
    at, run = max(since, key=lambda pair: (pair[0], pair[1].id))
    return Found(days_between(at, facts.now, facts.zone), about=run.name)


def play_overdue(case: Case) -> Found | None:
    """The running play whose outcome is due first, once its day has passed."""
    late = [each for each in running(case.facts.account, case.today) if each.days_overdue]
    return Found(late[0].days_overdue, about=late[0].run.name) if late else None


def stalled_untried(case: Case) -> Found | None:
    """An account stalled at the last review and still, of which nobody recorded more since than that nothing moved."""
    is_tried = any(not isinstance(event.change, NothingMoved) for event in by_people(case.facts.events))
    return None if is_tried else case.reasons.get(ReasonCode.STALLED_TWICE)


def slipped_often(case: Case) -> Found | None:
    """The open action that slipped most: the times that it was promised."""
    slips, action = max(
        ((each.slips, each) for each in case.facts.account.open_actions), key=lambda pair: pair[0], default=(0, None)
    )
    return Found(slips + 1, about=action.text) if action is not None and slips >= OFTEN_SLIPPED else None


def action_overdue(case: Case) -> Found | None:
    """The open action due first, where it is overdue for longer than it may be."""
    found, actions = case.reasons.get(ReasonCode.ACTION_OVERDUE), case.facts.account.open_actions
    return Found(found.number, found.limit, actions[0].text) if found and actions else None


def no_next_action(case: Case) -> Found | None:
    """An account without an open action, in any tier."""
    return None if case.facts.account.open_actions else Found()


def claimed(case: Case) -> Found | None:
    """A stage above what something shows."""
    return Found() if case.facts.account.claimed_from is not None else None


def new_without_motion(case: Case) -> Found | None:
    """An account that is new on the list and whose motion nobody gave, where its tier asks for one."""
    is_new = case.placement.movement.is_new
    return Found() if is_new and Part.MOTION in missing_parts(case.facts.account) else None


def tier_unfit(case: Case) -> Found | None:
    """A proposal by fit: the tier proposed, 0 where the account is to leave."""
    proposal = pending(case.facts)
    return Found(proposal.tier or 0) if proposal is not None else None
