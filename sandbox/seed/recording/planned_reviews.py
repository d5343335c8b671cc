"""The planned reviews of the sample: their schedules, and how each of them went."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.reviews.cadence import CadenceWish
from agendas.facts.reviews.preparing import Preparation
from agendas.verbs.reviews import cadence, close, start
from sandbox.seed.calendar import HELD_REVIEWS, ZONE, Calendar
from sandbox.seed.people import FACILITATOR
from sandbox.seed.recording.recorder import Recorder
from storage import reviews

FIRST_REVIEW = -14
WEEKS = (*range(FIRST_REVIEW, 1, 2), *range(1, HELD_REVIEWS + 1))
"""The weeks with a planned review: every second one at first, then each."""

SCHEDULES = {FIRST_REVIEW: ("-15 fri 16:00", 45), 1: ("0 wed 16:00", 40), 10: ("9 fri 10:00", 20)}
"""When the cadence was set, and its minutes, by the week from which on they hold.

The tenth weekly review is a short one: it leaves an account out, which comes back in the eleventh.
"""
SET_LAST = ("10 mon 10:30", 40)
"""The schedule of the coming review."""
OBSERVES, OPTIONAL = "jonas", "dev"
"""Whoever is told of the weekly reviews and never asked, and whoever is asked and not waited for."""

MISSED, NOT_HELD = -6, -4
"""The weeks of the review that nobody posted, and of the one that was posted but not held."""

OPENED_AFTER = timedelta(seconds=3)
MISSED_AFTER = timedelta(hours=3)
HELD_FOR = timedelta(minutes=48)

ATTENDANCE: Mapping[int, tuple[str, ...]] = {
    -14: ("nora", "tomas", "priya"),
    -12: ("nora", "tomas", "priya", "ines"),
    -10: ("tomas", "priya", "ines"),
    -8: ("nora", "tomas", "malik"),
    -2: ("nora", "tomas", "priya", "ines", "malik"),
    0: ("nora", "tomas", "ines", "malik", "helen"),
    1: ("nora", "tomas", "priya", "ines", "malik", "helen", "paula"),
    2: ("nora", "tomas", "priya", "ines", "malik"),
    3: ("nora", "tomas", "ines", "malik", "helen"),
    4: ("nora", "priya", "ines", "dev"),
    5: ("nora", "tomas", "priya", "ines", "malik", "paula"),
    6: ("tomas", "priya", "ines", "helen"),
    7: ("nora", "tomas", "priya", "ines", "malik", "dev"),
    8: ("nora", "tomas", "priya", "ines", "helen"),
    9: ("nora", "priya", "ines", "malik"),
    10: ("nora", "tomas", "priya", "ines", "malik", "helen"),
}
"""Attendance by the week of each review that was held."""

RecordUntil = Callable[[datetime], None]


@dataclass
class PlannedReviews:
    """The reviews of the sample's channel: `held` and `others` are their ids, in order."""

    recorder: Recorder
    channel_id: str
    cadence_id: int = 0
    held: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    def hold(self, week: int, record_until: RecordUntil) -> None:
        """Let the week's review open, record its steps, and close it by its facilitator; or let it be missed."""
        planned_at = self.recorder.calendar.review_at(week)
        record_until(planned_at + OPENED_AFTER)
        if week in SCHEDULES:
            self._schedule(*SCHEDULES[week], is_weekly=week > 0)
        opened_at = planned_at + (MISSED_AFTER if week == MISSED else OPENED_AFTER)
        start.open_due(self.recorder.session, self.cadence_id, now=opened_at)
        review = reviews.latest_in(self.recorder.session, self.recorder.workspace_id, self.channel_id, 1)[0]
        (self.held if week in ATTENDANCE else self.others).append(review.row_id)
        if week != MISSED:
            record_until(opened_at + HELD_FOR)
            self._close(review.row_id, week, opened_at + HELD_FOR)

    def schedule_coming(self) -> None:
        """Set the schedule of the coming review."""
        user_ids = self.recorder.user_ids
        asking = Preparation(optional=(user_ids[OPTIONAL],), observing=(user_ids[OBSERVES],))
        self._schedule(*SET_LAST, is_weekly=True, preparation=asking)

    def _schedule(self, when: str, minutes: int, *, is_weekly: bool, preparation: Preparation | None = None) -> None:
        calendar: Calendar = self.recorder.calendar
        plan = calendar.plan if is_weekly else calendar.first_plan
        facilitator = self.recorder.user_ids[FACILITATOR]
        wish = CadenceWish(plan, minutes=minutes, facilitator=facilitator, preparation=preparation)
        author = self._facilitator(calendar.instant(when), Source.MODAL)
        self.cadence_id = cadence.schedule(self.recorder.session, author, self.channel_id, wish).id

    def _close(self, review_id: int, week: int, at: datetime) -> None:
        close_it = partial(
            close.close_by_person, self.recorder.session, self._facilitator(at, Source.BUTTON), review_id
        )
        if week == NOT_HELD:
            close_it(was_held=False)
            return
        close_it(attended=[self.recorder.user_ids[handle] for handle in (*ATTENDANCE[week], FACILITATOR)])

    def _facilitator(self, at: datetime, source: Source) -> Author:
        return Author(self.recorder.workspace_id, self.recorder.user_ids[FACILITATOR], source, at, ZONE)
