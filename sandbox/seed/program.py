"""Writes the sample program through the same verbs that people's commands and forms end in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.facts.settings import SETTINGS, Value
from agendas.verbs.reviews import cadence as plan
from agendas.verbs.reviews import close, start
from agendas.verbs.settings import change
from sandbox.seed.accounts.off_list import OFF_LIST
from sandbox.seed.accounts.tier_1 import TIER_1
from sandbox.seed.accounts.tier_2 import TIER_2
from sandbox.seed.accounts.tier_3 import TIER_3
from sandbox.seed.calendar import HELD_REVIEWS, ZONE, Calendar
from sandbox.seed.people import FACILITATOR, learn_members
from sandbox.seed.recording.crm_imports import import_crm
from sandbox.seed.recording.recorder import Telling
from sandbox.seed.recording.subjects import tell
from sandbox.seed.steps import Diary, Step, Story
from sandbox.seed.subjects.contacts import PEOPLE
from sandbox.seed.subjects.deals import IMPORTS
from sandbox.seed.subjects.fit import FIT
from sandbox.seed.subjects.plays import PLAYS
from sandbox.seed.subjects.product import PRODUCT
from sandbox.seed.subjects.signals import SIGNALS
from storage import people, reviews, workspaces
from storage.database.engine import Store
from storage.delivery import leases, outbox
from storage.tables import LetterKind, LetterState
from storage.workspaces import Installation

STORIES = (*TIER_1, *TIER_2, *TIER_3, *OFF_LIST)
DIARIES: tuple[Diary, ...] = (FIT, PEOPLE, SIGNALS, PRODUCT, PLAYS)
SLOT_MINUTES = 40
OPENED_AFTER = timedelta(seconds=3)
HELD_FOR = timedelta(minutes=48)
INSTALLED = "-5 mon 10:00"
CAPPED = "0 thu 17:00"
CAPS: Mapping[str, Value] = {"tier.1.cap": 5, "tier.2.cap": 5}
"""How many accounts the tiers may hold here: tier 1 has one place left, tier 2 none."""

SCHEDULED = "0 wed 16:00"

ATTENDANCE: Mapping[int, tuple[str, ...]] = {
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
"""Who was in the room, by the review's week."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the program lives: the workspace, people's ids by handle, and its two channels."""

    workspace: Installation
    user_ids: dict[str, str]
    review_channel_id: str
    account_channel_id: str


@dataclass
class Written:
    """What was written: account ids by name, the ids of the held reviews in order, and the cadence's id."""

    cadence_id: int = 0
    accounts: dict[str, int] = field(default_factory=dict)
    reviews: list[int] = field(default_factory=list)


def write_program(session: Session, place: Place, calendar: Calendar) -> Written:
    """Everything that happened until the coming review, each step recorded at the time it happened.

    Nothing of the past is posted: the messages of the held reviews are not in the workspace.
    """
    _install(session, place, calendar)
    telling = Telling(session, place.workspace.workspace_id, place.user_ids, place.account_channel_id, calendar)
    written = Written()
    steps = sorted(_dated(calendar), key=lambda dated: dated[0])
    for week in range(1, HELD_REVIEWS + 1):
        opens_at = calendar.review_at(week) + OPENED_AFTER
        steps = _tell_until(telling, steps, opens_at)
        if week == 1:
            written.cadence_id = _schedule(session, place, calendar)
        steps = _hold(telling, steps, written, week=week, opens_at=opens_at)
    coming_at = calendar.review_at(HELD_REVIEWS + 1)
    _tell_until(telling, steps, coming_at)
    written.accounts = telling.account_ids
    _leave_unposted(session, place, written, until=coming_at)
    return written


def store_program(store: Store, place: Place, calendar: Calendar) -> Written:
    """The same, in one transaction on this database."""
    return store.write_now(write_program, place, calendar)


Dated = tuple[datetime, Callable[[Telling], None]]
"""Something to record, and when."""


def steps_of(story: Story) -> tuple[Step, ...]:
    """Everything that is told of an account, by subject."""
    return (*story.steps, *(step for diary in DIARIES for step in diary.get(story.name, ())))


def _dated(calendar: Calendar) -> Iterator[Dated]:
    yield calendar.instant(CAPPED), _cap
    for story in STORIES:
        for step in steps_of(story):
            yield calendar.instant(step.when), partial(tell, step, story)
    for when in IMPORTS:
        yield calendar.instant(when), import_crm


def _tell_until(telling: Telling, dated: list[Dated], until: datetime) -> list[Dated]:
    """Records what happened before `until`; what is left."""
    for at, act in dated:
        if at < until:
            telling.at = at
            act(telling)
    return [(at, act) for at, act in dated if at >= until]


def _cap(telling: Telling) -> None:
    author = Author(telling.workspace_id, telling.user_ids[FACILITATOR], Source.MODAL, telling.at, ZONE)
    wanted = {key: (SETTINGS[key].default, cap) for key, cap in CAPS.items()}
    change.change_settings(telling.session, author, wanted)


def _install(session: Session, place: Place, calendar: Calendar) -> None:
    installed_at = calendar.instant(INSTALLED)
    workspaces.save_installation(session, place.workspace, time_zone=ZONE, now=installed_at)
    learn_members(session, place.workspace.workspace_id, place.user_ids, now=installed_at)


def _schedule(session: Session, place: Place, calendar: Calendar) -> int:
    facilitator = place.user_ids[FACILITATOR]
    author = Author(place.workspace.workspace_id, facilitator, Source.MODAL, calendar.instant(SCHEDULED), ZONE)
    wish = plan.CadenceWish(calendar.plan, minutes=SLOT_MINUTES, facilitator=facilitator)
    return plan.schedule(session, author, place.review_channel_id, wish).id


def _hold(telling: Telling, steps: list[Dated], written: Written, *, week: int, opens_at: datetime) -> list[Dated]:
    """One review: opened by the schedule, filled, and closed by its facilitator; the steps that are left."""
    session, workspace_id = telling.session, telling.workspace_id
    start.open_due(session, written.cadence_id, now=opens_at)
    review = reviews.latest_in(session, workspace_id, _channel_of(session, written), 1)[0]
    left = _tell_until(telling, steps, opens_at + HELD_FOR)
    author = Author(workspace_id, telling.user_ids[FACILITATOR], Source.BUTTON, opens_at + HELD_FOR, ZONE)
    attended = [telling.user_ids[handle] for handle in ATTENDANCE[week]]
    close.close_by_person(session, author, review.row_id, attended=attended)
    written.reviews.append(review.row_id)
    return left


def _channel_of(session: Session, written: Written) -> str:
    cadence = reviews.cadence(session, written.cadence_id)
    return cadence.channel_id if cadence else ""


def _leave_unposted(session: Session, place: Place, written: Written, *, until: datetime) -> None:
    """Headers of the past and questions about fit count as sent when they were due; there is no other letter."""
    of_past = outbox.of_reviews(session, written.reviews)
    headers = [letter for letter in of_past if letter.page == "review_header" and letter.kind == LetterKind.POST]
    for letter in headers:
        letter.state, letter.sent_at = LetterState.SENT, letter.due_at
    outbox.discard(session, [letter for letter in of_past if letter not in headers])
    claim = partial(leases.claim, session, now=until, tried_at=until, worker="sample", lease=timedelta(), batch=100)
    while letters := claim():
        for letter in letters:
            leases.record_sent(session, letter, channel_id="", ts="", at=letter.due_at)
    for channel_id, name in ((place.review_channel_id, "abm-weekly"), (place.account_channel_id, "deal-corvane")):
        people.get_or_add_channel(session, place.workspace.workspace_id, channel_id, name=name)
    session.flush()
