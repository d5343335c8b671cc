"""The recap as a table: a row for each account of the review, with a column for each thing told of it."""

from collections.abc import Iterable, Mapping
from datetime import date

from agendas.facts.motion import motion_of
from agendas.facts.reviews.review import ReviewFacts
from agendas.pages.reviews.outcome import Outcome, outcomes
from agendas.rules.history.evidence import counts

Names = Mapping[str, str]


def recap_table(review: ReviewFacts, names: Names) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the header and the rows, raw; `names` are those of people by user id."""
    rows = [{"held": "yes" if review.was_held else "no", **_cells(each, names)} for each in outcomes(review)]
    header = tuple(rows[0]) if rows else ("held",)
    return header, tuple(tuple(row.values()) for row in rows)


def _cells(each: Outcome, names: Names) -> dict[str, str]:
    item, account = each.item, each.item.facts.account
    motion = motion_of(account.tier, account.motion_decided)
    before = item.placement.movement.from_stage
    shown = [piece for one in each.told for piece in one.event.evidence if counts(piece)]
    return {
        "review_on": _day(item.review_on),
        "account": account.name,
        "domain": account.profile.domain,
        "tier": str(account.tier or ""),
        "motion": motion.value if motion else "",
        "owner": _person(names, account.profile.owner),
        "list_status": account.list_status.value,
        "part": item.part.value,
        "state": item.placement.bucket.value,
        "stage_before": before.value if before else "",
        "stage": item.placement.movement.to_stage.value,
        "movement": item.placement.movement.movement.value,
        "new": "yes" if item.placement.movement.is_new else "",
        "told": _joined(getattr(one.event.change, "text", "") for one in each.told),
        "evidence": _joined(piece.text for piece in shown),
        "evidence_links": _joined(piece.url for piece in shown),
        **_decided(each, names),
        **_promised(each, names),
        "blockers_opened": _joined(blocker.text for blocker in each.opened),
        "blockers_resolved": _joined(blocker.text for blocker in each.resolved),
        "blockers_open": str(len(account.open_blockers)),
    }


def _decided(each: Outcome, names: Names) -> dict[str, str]:
    return {
        "decisions": _joined(last.decision.value for last in each.decisions),
        "decision_reasons": _joined(last.text for last in each.decisions),
        "decided_by": _joined(_person(names, last.decided_by) for last in each.decisions),
        "asked_of": _joined(_person(names, last.ask_of) for last in each.decisions),
        "asked_until": _joined(_day(last.due_on) for last in each.decisions),
        "list_changes": _joined(change.because for change in each.list_changes),
    }


def _promised(each: Outcome, names: Names) -> dict[str, str]:
    action = next(iter(each.item.facts.account.open_actions), None)
    return {
        "actions_done": str(len(each.done)),
        "actions_slipped": str(len(each.slipped)),
        "actions_late": str(len(each.late)),
        "actions_dropped": str(len(each.dropped)),
        "actions_new": str(len(each.new)),
        "next_action": action.text if action else "",
        "next_action_owner": _person(names, action.owner) if action else "",
        "next_action_due": _day(action.due_on) if action else "",
    }


def _person(names: Names, user_id: str | None) -> str:
    return names.get(user_id, user_id) if user_id else ""


def _joined(texts: Iterable[str | None]) -> str:
    return "; ".join(each for each in texts if each)


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
