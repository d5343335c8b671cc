"""The sample program, written by the verbs that commands and forms call."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.program.setting import Value
from agendas.facts.program.settings import SETTINGS
from agendas.facts.reviews.cadence import CadenceWish
from agendas.facts.reviews.preparing import Away
from agendas.text.days import local_date
from agendas.verbs.measures.opened import note_list_reviewed, note_opened
from agendas.verbs.people.days_away import say_away
from agendas.verbs.reviews import cadence
from agendas.verbs.settings import change
from sandbox.seed.accounts.first_list import FIRST_LIST
from sandbox.seed.accounts.off_list import OFF_LIST
from sandbox.seed.accounts.private import PRIVATE
from sandbox.seed.accounts.tier_1 import TIER_1
from sandbox.seed.accounts.tier_2 import TIER_2
from sandbox.seed.accounts.tier_3 import TIER_3
from sandbox.seed.calendar import HELD_REVIEWS, ZONE, Calendar
from sandbox.seed.people import AWAY, EXECUTIVE, FACILITATOR, STANDS_IN, learn_members
from sandbox.seed.recording.crm_imports import import_crm
from sandbox.seed.recording.planned_reviews import WEEKS, PlannedReviews
from sandbox.seed.recording.recorder import Recorder
from sandbox.seed.recording.subjects import record_step
from sandbox.seed.steps import Step, StepsByAccount, Story
from sandbox.seed.subjects.contacts import PEOPLE
from sandbox.seed.subjects.deals import IMPORTS
from sandbox.seed.subjects.fit import FIT
from sandbox.seed.subjects.plays import PLAYS
from sandbox.seed.subjects.product import PRODUCT
from sandbox.seed.subjects.signals import SIGNALS
from sandbox.seed.subjects.touches import TOUCHES
from storage import people, workspaces
from storage.database.engine import Store
from storage.delivery import leases, outbox
from storage.tables import LetterState
from storage.workspaces import Installation

STORIES = (*FIRST_LIST, *TIER_1, *TIER_2, *TIER_3, *PRIVATE, *OFF_LIST)
SUBJECTS: tuple[StepsByAccount, ...] = (FIT, PEOPLE, SIGNALS, PRODUCT, PLAYS, TOUCHES)
SEGMENTS_SET, SEGMENTS_REVIEWED = "10 tue 11:00", ("Logistics", "Transport")
INSTALLED = "-16 mon 10:00"
CAPPED = "0 thu 17:00"
CAPS: Mapping[str, Value] = {"tier.1.cap": 5, "tier.2.cap": 5}
"""Capacities of the tiers: tier 1 has one place left, tier 2 none."""

READ = ("2 thu 16:00", "7 tue 16:00")
"""When the executive opened the page of the month that had just ended."""
AWAY_SAID, AWAY_FROM, AWAY_UNTIL = "10 fri 15:00", "11 fri", "12 tue"
"""When somebody said that they are away, and from when until when."""
GONE_THROUGH = "7 mon 09:44"
"""When the whole list was gone through."""


@dataclass(frozen=True, slots=True)
class SampleWorkspace:
    """The ids of the sample in Slack: the workspace, people by handle, and its four channels."""

    workspace: Installation
    user_ids: dict[str, str]
    review_channel_id: str
    account_channel_id: str
    segment_channel_id: str
    private_channel_id: str = "C0PRIVATE"


@dataclass
class SeededProgram:
    """The ids of the written program: accounts by name, held reviews in order, and the cadence."""

    cadence_id: int = 0
    accounts: dict[str, int] = field(default_factory=dict)
    reviews: list[int] = field(default_factory=list)


def write_program(session: Session, sample: SampleWorkspace, calendar: Calendar) -> SeededProgram:
    """Write everything before the coming review, each step at its own time.

    The messages of held reviews are not posted in the workspace.
    """
    _install(session, sample, calendar)
    recorder = Recorder(session, sample.workspace.workspace_id, sample.user_ids, sample.account_channel_id, calendar)
    recorder.private_channel_id = sample.private_channel_id
    planned = PlannedReviews(recorder, sample.review_channel_id)
    steps = deque(sorted(_dated(calendar), key=lambda dated: dated[0]))
    for week in WEEKS:
        planned.hold(week, partial(_record_until, recorder, steps))
    planned.schedule_coming()
    _schedule_segments(session, sample, calendar)
    coming_at = calendar.review_at(HELD_REVIEWS + 1)
    _record_until(recorder, steps, coming_at)
    _leave_unposted(session, sample, planned, until=coming_at)
    return SeededProgram(planned.cadence_id, recorder.account_ids, planned.held)


def store_program(store: Store, sample: SampleWorkspace, calendar: Calendar) -> SeededProgram:
    """Write the program in one transaction."""
    return store.write_now(write_program, sample, calendar)


Dated = tuple[datetime, Callable[[Recorder], None]]
"""A time and the step to record at it."""


def steps_of(story: Story) -> tuple[Step, ...]:
    """Return all steps of an account: its story, then each subject."""
    return (*story.steps, *(step for subject in SUBJECTS for step in subject.get(story.name, ())))


def _dated(calendar: Calendar) -> Iterator[Dated]:
    yield calendar.instant(CAPPED), _cap
    yield calendar.instant(GONE_THROUGH), _go_through
    yield calendar.instant(AWAY_SAID), _be_away
    yield from ((calendar.instant(when), _read) for when in READ)
    for story in STORIES:
        for step in steps_of(story):
            yield calendar.instant(step.when), partial(record_step, step, story)
    for when in IMPORTS:
        yield calendar.instant(when), import_crm


def _record_until(recorder: Recorder, dated: deque[Dated], until: datetime) -> None:
    """Record the steps before `until` and take them out of the others."""
    while dated and dated[0][0] < until:
        recorder.at, act = dated.popleft()
        act(recorder)


def _cap(recorder: Recorder) -> None:
    author = Author(recorder.workspace_id, recorder.user_ids[FACILITATOR], Source.MODAL, recorder.at, ZONE)
    wanted = {key: (SETTINGS[key].default, cap) for key, cap in CAPS.items()}
    change.change_settings(recorder.session, author, wanted)


def _read(recorder: Recorder) -> None:
    author = Author(recorder.workspace_id, recorder.user_ids[EXECUTIVE], Source.BUTTON, recorder.at, ZONE)
    last_month = local_date(recorder.at, ZONE).replace(day=1) - timedelta(days=1)
    note_opened(recorder.session, author, last_month)


def _go_through(recorder: Recorder) -> None:
    author = Author(recorder.workspace_id, recorder.user_ids[FACILITATOR], Source.BUTTON, recorder.at, ZONE)
    note_list_reviewed(recorder.session, author, local_date(recorder.at, ZONE))


def _be_away(recorder: Recorder) -> None:
    away, stand_in = (recorder.user_ids[handle] for handle in (AWAY, STANDS_IN))
    author = Author(recorder.workspace_id, away, Source.COMMAND, recorder.at, ZONE)
    days = Away(away, recorder.calendar.day(AWAY_FROM), recorder.calendar.day(AWAY_UNTIL), stand_in)
    say_away(recorder.session, author, days)


def _install(session: Session, sample: SampleWorkspace, calendar: Calendar) -> None:
    installed_at = calendar.instant(INSTALLED)
    workspaces.save_installation(session, sample.workspace, time_zone=ZONE, now=installed_at)
    learn_members(session, sample.workspace.workspace_id, sample.user_ids, now=installed_at)


def _schedule_segments(session: Session, sample: SampleWorkspace, calendar: Calendar) -> None:
    """Schedule the second review: every two weeks, of the accounts of two segments, in a channel of its own."""
    facilitator = sample.user_ids[FACILITATOR]
    author = Author(sample.workspace.workspace_id, facilitator, Source.MODAL, calendar.instant(SEGMENTS_SET), ZONE)
    wish = CadenceWish(calendar.segment_plan, minutes=30, facilitator=facilitator, segments=SEGMENTS_REVIEWED)
    cadence.schedule(session, author, sample.segment_channel_id, wish)


def _leave_unposted(session: Session, sample: SampleWorkspace, planned: PlannedReviews, *, until: datetime) -> None:
    """Headers of the past, and what people were asked or told, count as sent when due; there is no other letter."""
    of_past = outbox.of_reviews(session, [*planned.held, *planned.others])
    headers = [letter for letter in of_past if letter.page == "review_header" and letter.kind == "post"]
    for letter in headers:
        letter.state, letter.sent_at = LetterState.SENT, letter.due_at
    outbox.discard(session, [letter for letter in of_past if letter not in headers])
    claim = partial(leases.claim, session, now=until, tried_at=until, worker="sample", lease=timedelta(), batch=100)
    while letters := claim():
        for letter in letters:
            leases.record_sent(session, letter, channel_id="", ts="", at=letter.due_at)
    names = {
        sample.review_channel_id: "abm-weekly",
        sample.account_channel_id: "deal-corvane",
        sample.segment_channel_id: "abm-transport",
    }
    for channel_id, name in names.items():
        people.get_or_add_channel(session, sample.workspace.workspace_id, channel_id, name=name)
    session.flush()
