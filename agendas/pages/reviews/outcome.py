"""Outcome of a review for each account: what moved, was decided, kept, slipped and promised, and what blocks it."""

from collections.abc import Iterable
from dataclasses import dataclass

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.events import ListChanged
from agendas.facts.reviews.review import AgendaItem, ReviewFacts
from agendas.pages.reviews.sections.actions import ActionLine, action_lines
from agendas.pages.reviews.summary.moved import Told, told_in_review
from agendas.rules.history.corrections import standing


@dataclass(frozen=True, slots=True)
class Outcome:
    """Outcome for one account since its last held review.

    `told` are the steps and the news, as the agenda tells them. `done`, `slipped`, `late` and `dropped` are promises of
    that review or later ones by what became of them, `new` the open ones made since. `list_changes` are those that no
    decision of the review made.
    """

    item: AgendaItem
    told: tuple[Told, ...]
    decisions: tuple[Decision, ...]
    done: tuple[NextAction, ...]
    slipped: tuple[NextAction, ...]
    late: tuple[NextAction, ...]
    dropped: tuple[NextAction, ...]
    new: tuple[NextAction, ...]
    opened: tuple[Blocker, ...]
    resolved: tuple[Blocker, ...]
    list_changes: tuple[ListChanged, ...]

    @property
    def is_any(self) -> bool:
        """True if anything came of it."""
        facts = (self.told, self.decisions, self.done, self.slipped, self.late, self.dropped, self.new)
        return any((*facts, self.opened, self.resolved, self.list_changes))


def outcomes(review: ReviewFacts) -> tuple[Outcome, ...]:
    """Return the outcome for each account of the review, in its order."""
    return tuple(_outcome(review, item) for item in review.items)


def _outcome(review: ReviewFacts, item: AgendaItem) -> Outcome:
    facts, account = item.facts, item.facts.account
    lines = [line for some in action_lines(facts) for line in some]
    since = facts.since
    changes = (event.change for event in standing(facts.events) if event.recorded_at > review.opened_at)
    return Outcome(
        item=item,
        told=told_in_review(item),
        decisions=tuple(last for account_id, last in review.decisions if account_id == account.account_id),
        done=_of(lines, "kept"),
        slipped=_of(lines, "slipped"),
        late=_of(lines, "overdue"),
        dropped=_of(lines, "dropped"),
        new=_of(lines, "new"),
        opened=tuple(each for each in account.open_blockers if since is None or each.opened_at > since),
        resolved=tuple(
            each for each in account.blockers if each.resolved_at and (since is None or each.resolved_at > since)
        ),
        list_changes=tuple(each for each in changes if isinstance(each, ListChanged) and each.decision_id is None),
    )


def _of(lines: Iterable[ActionLine], state: str) -> tuple[NextAction, ...]:
    return tuple(line.action for line in lines if line.state == state)
