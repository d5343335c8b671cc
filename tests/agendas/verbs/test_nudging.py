import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from time import tzset
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlmodel import Session, col, select, update

from agendas.errors import Outdated, Refused
from agendas.facts.account import Rhythm
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.people import Function, NoticeChoice, NoticeKind, Preferences, Right
from agendas.facts.reviews import Away, CadenceWish, Plan
from agendas.rendering.calendar import feed
from agendas.rendering.words import Words
from agendas.rules.nudging import item_of
from agendas.verbs import account_list, closing, reviews, updates
from agendas.verbs import people as people_verbs
from agendas.verbs.cadences import schedule
from agendas.verbs.calendar import hash_of, meetings_of, renew
from agendas.verbs.card import full_card
from agendas.verbs.compose import compose
from agendas.verbs.home import blockers_for
from agendas.verbs.loading import person_facts
from agendas.verbs.notices import change_preferences
from agendas.verbs.nudging import look_after, look_at_morning
from agendas.verbs.people import say_away
from agendas.verbs.settings import change_settings
from agendas.verbs.updates import answer_ask
from storage import backups, nudging, people, privacy
from storage.database import Store
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.following import FollowUp
from storage.models.reviews import Cadence, Review
from storage.people import SlackUser
from tests.agendas.golden import said_by
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, WORKSPACE, ZONE, author, profile
from tests.program import Program, people_alone

WORDS = Words()
FAR = datetime(2100, 1, 1, tzinfo=UTC)
TUESDAY = date(2026, 10, 6)
WEDNESDAY = date(2026, 10, 7)


@dataclass(frozen=True, slots=True)
class Got:
    """A direct message that somebody got, with the instant and its words."""

    user_id: str
    page: str
    at: datetime
    words: str

    def day(self, zone: str) -> str:
        return f"{self.at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"


@dataclass
class Simulation:
    """A program and its clock; `crashes` is called between the read and the write of each look."""

    program: Program
    now: datetime
    got: list[Got] = field(default_factory=list)
    crashes: Callable[[], bool] = lambda: False

    def runs_until(self, until: datetime) -> None:
        while (due_at := self._next_at()) <= until:
            self.now = max(self.now, due_at)
            self.looks()
            self._deliver()
        self.now = until

    def runs(self, **after: float) -> None:
        self.runs_until(self.now + timedelta(**after))

    def to(self, user_id: str, page: str = "") -> list[Got]:
        return [each for each in self.got if each.user_id == user_id and page in ("", each.page)]

    def letters(self, page: str) -> list[Letter]:
        query = select(Letter).where(Letter.page == page).order_by(col(Letter.id))
        return self.program.store.read_now(lambda session: list(session.exec(query)))

    def _next_at(self) -> datetime:
        def read(session: Session) -> datetime:
            letters = select(Letter.due_at).where(*_waiting()).order_by(col(Letter.due_at)).limit(1)
            found = (
                nudging.next_morning_at(session),
                nudging.next_follow_up_at(session),
                session.exec(letters).first(),
            )
            return min((each for each in found if each is not None), default=FAR)

        return self.program.store.read_now(read)

    def looks(self) -> None:
        store = self.program.store
        write = store.read_now(look_after, store.read_now(nudging.due_follow_ups, self.now, 200), self.now)
        if not self.crashes():
            store.write_now(write)
        for number in store.read_now(nudging.due_mornings, self.now, 200):
            write = store.read_now(look_at_morning, number, self.now)
            if not self.crashes():
                store.write_now(write)

    def _deliver(self) -> None:
        def send(session: Session) -> None:
            for letter in session.exec(select(Letter).where(*_waiting(), col(Letter.due_at) <= self.now)):
                sent = compose(session, letter, words=WORDS, now=self.now)
                letter.state, letter.sent_at = LetterState.SENT if sent else LetterState.DROPPED, self.now
                session.add(letter)
                if sent:
                    self.got.append(Got(letter.user_id, letter.page, self.now, said_by(sent)))

        self.program.store.write_now(send)


def _waiting() -> tuple[object, ...]:
    return (Letter.state == LetterState.WAITING, Letter.kind == LetterKind.DIRECT)


def opens(simulation: Simulation, by: str = ANN, **values: str) -> int:
    wanted = {"text": "Liability cap", "needs": "executive"} | values
    acme = simulation.program.accounts["acme"]
    return simulation.program.did(updates.open_blocker, by, simulation.now, acme, **wanted).event.id


def did(simulation: Simulation, verb: Callable[..., object], who: str, blocker_id: int, **values: str) -> None:
    simulation.program.did(verb, who, simulation.now, simulation.program.accounts["acme"], blocker_id, **values)


def days(simulation: Simulation, user_id: str, page: str = "digest") -> list[date]:
    return [each.at.astimezone(ZoneInfo(ZONE)).date() for each in simulation.to(user_id, page)]


MONDAY = datetime(2026, 10, 5, 14, tzinfo=UTC)
"""10:00 in New York, before the clocks change in London and there."""


@pytest.fixture
def simulation(store: Store) -> Simulation:
    """An account of Ann's in tier 1 whose executive is Dan, who may record; Cleo leads the executives."""
    program = people_alone(store)
    with store.writing() as session:
        people_verbs.give(session, author(EVE, MONDAY), DAN, function=Function.EXECUTIVE, right=Right.EDITOR)
        leads = (Function.EXECUTIVE,)
        people_verbs.give(session, author(EVE, MONDAY), CLEO, function=None, right=Right.EDITOR, leads=leads)
    named = program.did(account_list.nominate, EVE, MONDAY, profile("Acme Corp", our_executive=DAN), because="It fits")
    program.accounts["acme"] = number = named.event.account_id
    program.did(account_list.put_on_list, EVE, MONDAY, number, tier=1, because="Agreed")
    return Simulation(program, MONDAY)


# A blocker's follow-up from its opening to its end, whatever happens to it and to the people around it.

DAY = timedelta(days=1)


def follow_ups(simulation: Simulation) -> list[FollowUp]:
    read = simulation.program.store.read_now
    return read(lambda session: list(session.exec(select(FollowUp).order_by(col(FollowUp.id)))))


def test_who_acknowledges_is_nudged_no_more_and_it_is_escalated_all_the_same(simulation: Simulation) -> None:
    blocker_id = opens(simulation)
    simulation.runs(days=2)
    did(simulation, updates.acknowledge_blocker, DAN, blocker_id)
    simulation.runs(days=18)
    assert days(simulation, DAN) == [TUESDAY, WEDNESDAY]
    assert days(simulation, CLEO, "escalated") == [date(2026, 10, 19)]


def test_an_answer_is_told_to_who_waits_and_counts_as_seen(simulation: Simulation) -> None:
    blocker_id = opens(simulation)
    simulation.runs(days=1)
    did(simulation, updates.answer_blocker, DAN, blocker_id, text="Their board meets on Friday")
    simulation.runs(days=3)
    assert days(simulation, DAN) == [TUESDAY]
    [told] = simulation.to(ANN, "told")
    assert "*Acme Corp*: blocker answered (Liability cap): Their board meets on Friday" in told.words


def test_a_resolved_one_tells_opener_owner_and_whose_help_it_needed_how(simulation: Simulation) -> None:
    blocker_id = opens(simulation, owner=BOB)
    simulation.runs(days=1)
    with pytest.raises(Refused, match="Say how it was resolved"):
        did(simulation, updates.resolve_blocker, DAN, blocker_id)
    did(simulation, updates.resolve_blocker, EVE, blocker_id, text="Two yearly fees")
    simulation.runs(days=18)
    for who in (ANN, BOB, DAN):
        assert "blocker resolved (Liability cap): Two yearly fees" in simulation.to(who, "told")[-1].words
    assert not follow_ups(simulation)
    assert not [each for each in simulation.got if each.page == "escalated"]


@pytest.mark.parametrize("is_away_too", [False, True])
def test_a_stand_in_gets_it_while_somebody_is_away_and_it_waits_where_that_one_is_away_too(simulation, is_away_too):
    simulation.program.did(say_away, DAN, MONDAY, Away(DAN, TUESDAY, WEDNESDAY, stand_in=CLEO))
    if is_away_too:
        simulation.program.did(say_away, CLEO, MONDAY, Away(CLEO, TUESDAY, WEDNESDAY))
    opens(simulation)
    simulation.runs(days=4)
    assert days(simulation, CLEO) == ([] if is_away_too else [TUESDAY, WEDNESDAY])
    assert days(simulation, DAN) == [date(2026, 10, 8), date(2026, 10, 9)]
    if not is_away_too:
        assert "You stand in for <@U0DAN0001>, away until Wed 7 Oct." in simulation.to(CLEO)[0].words


def test_a_paused_account_waits_and_one_that_left_the_list_ends_it(simulation: Simulation) -> None:
    program, acme = simulation.program, simulation.program.accounts["acme"]
    opens(simulation)
    simulation.runs(days=1)
    program.did(account_list.pause, EVE, simulation.now, acme, because="Merger")
    simulation.runs(days=27)
    assert days(simulation, DAN) == [TUESDAY]
    program.did(account_list.restore, EVE, simulation.now, acme, because="Merged")
    simulation.runs(days=2)
    assert days(simulation, CLEO, "escalated") == [date(2026, 11, 2)]
    program.did(account_list.remove, EVE, simulation.now, acme, because="Sold")
    assert not follow_ups(simulation)


def test_one_that_may_have_been_escalated_before_a_restore_is_looked_for_in_slack(simulation: Simulation) -> None:
    opens(simulation)
    simulation.runs(days=13)
    with simulation.program.store.writing() as session:
        backups.settle(session)
    simulation.now += 2 * DAY
    simulation.looks()
    letter = simulation.letters("escalated")[0]
    assert (letter.first_tried_at, letter.tried_until) == (MONDAY + 14 * DAY, simulation.now)


# Whatever happens and wherever the process dies: one digest a working day, one escalation, an ask once a week.

ZONES = ("America/New_York", "Europe/London", "Asia/Tokyo", "Pacific/Auckland")


def begins(simulation: Simulation) -> tuple[int, int]:
    """The ids of a blocker that needs an executive and of an ask of Cleo; Bob owes an action."""
    did, acme = simulation.program.did, simulation.program.accounts["acme"]
    blocker = did(updates.open_blocker, ANN, simulation.now, acme, text="Liability cap", needs="executive")
    did(updates.add_action, EVE, simulation.now, acme, text="Call them", owner=BOB, due_on=date(2026, 10, 7))
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=CLEO, due_on=date(2026, 10, 8))
    return blocker.event.id, did(updates.decide, EVE, simulation.now, acme, decided).event.id


def happens(simulation: Simulation, random: Random) -> None:
    """Something at random that changes who is nudged, and when."""
    program, now, who = simulation.program, simulation.now, random.choice((ANN, BOB, CLEO, DAN))
    acme, today = program.accounts["acme"], simulation.now.date()
    match random.randrange(5):
        case 0:
            program.did(account_list.pause, EVE, now, acme, because="Merger")
            simulation.runs(days=random.randrange(3))
            program.did(account_list.restore, EVE, simulation.now, acme, because="Merged")
        case 1:
            program.did(say_away, who, now, Away(who, today, today + timedelta(days=2), stand_in=EVE))
        case 2:
            with program.store.writing() as session:
                moved = SlackUser(who, WORKSPACE, who, time_zone=random.choice(ZONES))
                people.save_users(session, WORKSPACE, [moved], now)
        case 3:
            with program.store.writing() as session:
                backups.settle(session)
        case 4:
            action = program.did(updates.add_action, EVE, now, acme, text="More", owner=who, due_on=today)
            assert action.event.id


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.proof) for seed in (2, 3))])
def test_nobody_gets_more_than_one_digest_a_working_day_and_each_blocker_goes_up_once(simulation: Simulation, seed):
    random = Random(seed)
    simulation.crashes = lambda: random.random() < 0.3
    begins(simulation)
    for _ in range(3):
        simulation.runs(hours=random.randrange(1, 60))
        happens(simulation, random)
    simulation.runs(days=10)
    # a digest begins with its local day
    digests = Counter((each.user_id, each.words.splitlines()[0]) for each in simulation.got if each.page == "digest")
    assert digests
    assert max(digests.values()) == 1
    assert not [said for _, said in digests if "· Sat" in said or "· Sun" in said]
    assert len({(each.user_id, each.words) for each in simulation.got if each.page == "escalated"}) <= 1
    shown = [each.at for each in simulation.got if each.page == "digest" and "Call their COO" in each.words]
    assert all(later - earlier > timedelta(days=6) for earlier, later in pairwise(shown))


def test_an_answered_ask_is_told_to_who_decided_and_the_owner_and_shown_no_more(simulation: Simulation) -> None:
    _, ask = begins(simulation)
    simulation.runs(days=4)
    simulation.program.did(answer_ask, CLEO, simulation.now, ask, answer="She calls on Friday")
    simulation.runs(days=9)
    for who in (ANN, EVE):
        assert (
            "what was asked is answered: Call their COO · She calls on Friday" in simulation.to(who, "told")[-1].words
        )
    assert len(simulation.to(CLEO, "digest")) == 1
    with pytest.raises((Outdated, Refused)):
        simulation.program.did(answer_ask, CLEO, simulation.now, ask)


# Weeks in which nobody answers: exactly what each person gets.

END = MONDAY + timedelta(weeks=3)


def mornings(first: date, last: date, *, every_days: int = 1) -> list[date]:
    days = (first + timedelta(days=number) for number in range(0, (last - first).days + 1, every_days))
    return [day for day in days if day.weekday() < 5]


def local_days(got: list[Got], zone: str) -> list[date]:
    """The local days of the messages, which all came at half past eight."""
    local = [each.at.astimezone(ZoneInfo(zone)) for each in got]
    assert {f"{each:%H:%M}" for each in local} == {"08:30"}
    return [each.date() for each in local]


def test_each_person_gets_exactly_what_the_rules_say_and_nothing_more(simulation: Simulation) -> None:
    program, acme = simulation.program, simulation.program.accounts["acme"]
    program.did(updates.open_blocker, ANN, MONDAY, acme, text="Liability cap", needs="executive")
    program.did(updates.add_action, EVE, MONDAY, acme, text="Call them", owner=BOB, due_on=date(2026, 10, 7))
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=CLEO, due_on=date(2026, 10, 14))
    program.did(updates.decide, EVE, MONDAY, acme, decided)
    simulation.runs_until(END)
    # all are told on the day itself; whoever opened the blocker or was asked nothing is told of the decision alone
    assert sorted(each.user_id for each in simulation.got if each.page == "told") == [ANN, BOB, CLEO, DAN]
    # the blocker's person each working day until the limit of 14 days
    assert local_days(simulation.to(DAN, "digest"), ZONE) == mornings(date(2026, 10, 6), date(2026, 10, 19))
    # then once the lead, who is not the person that has it
    [escalated] = [each for each in simulation.got if each.page == "escalated"]
    assert (escalated.user_id, escalated.at) == (CLEO, MONDAY + timedelta(days=14))
    assert "a blocker past its limit of 14 d. <@U0DAN0001> was asked and nudged on 10 mornings." in escalated.words
    # the ask on the day it is due, then weekly
    asked = mornings(date(2026, 10, 14), END.date(), every_days=7)
    assert local_days(simulation.to(CLEO, "digest"), ZONE) == asked
    # the overdue action on each working morning from the day after its date, in the owner's own zone
    overdue = mornings(date(2026, 10, 8), END.date())
    assert local_days(simulation.to(BOB, "digest"), "Europe/London") == overdue
    assert {each.page for each in simulation.to(ANN)} == {"told"}
    assert not simulation.to(EVE)
    assert len(simulation.got) == 4 + 10 + 1 + len(asked) + len(overdue)


# An overdue action is shown to a person once on a morning, whichever messages come then.


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant of a wall time in New York."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def review(simulation: Simulation) -> Review:
    """A review of Ann's account, open; she owes a call until Tuesday, and a visit later in the month."""
    acme = simulation.program.accounts["acme"]
    asked = {"asked_by": "command:1", "today": MONDAY.date()}
    found: Review = simulation.program.did(reviews.open_now, EVE, MONDAY, CHANNEL, **asked)
    at = MONDAY + timedelta(minutes=1)
    for text, due_on in (("Call them", TUESDAY), ("Visit them", date(2026, 10, 28))):
        simulation.program.did(updates.add_action, EVE, at, acme, text=text, owner=ANN, due_on=due_on)
    return found


def closes(simulation: Simulation, review: Review, at: datetime) -> None:
    simulation.runs_until(at)
    simulation.program.did(closing.close_by_person, EVE, at, review.row_id, attended=(ANN, BOB))


def shown(simulation: Simulation, text: str) -> list[str]:
    return [
        f"{each.page} {each.day(ZONE)}" for each in simulation.to(ANN) if text in each.words and each.page != "told"
    ]


def test_what_was_shown_after_a_review_the_digest_of_that_morning_leaves_out(simulation: Simulation, review: Review):
    closes(simulation, review, local(WEDNESDAY, 8))
    simulation.runs_until(local(date(2026, 10, 8), 12))
    assert shown(simulation, "Call them") == ["your_actions Wed 07 Oct 08:00", "digest Thu 08 Oct 08:30"]
    assert shown(simulation, "Visit them") == ["your_actions Wed 07 Oct 08:00"]


def test_what_the_digest_showed_the_message_after_a_review_of_that_morning_leaves_out(simulation, review):
    closes(simulation, review, local(WEDNESDAY, 9))
    simulation.runs_until(local(WEDNESDAY, 12))
    assert shown(simulation, "Call them") == ["digest Wed 07 Oct 08:30"]
    assert shown(simulation, "Visit them") == ["your_actions Wed 07 Oct 09:00"]


def test_two_parts_of_one_digest_do_not_show_it_twice(simulation: Simulation, review: Review) -> None:
    wish = Preferences(((NoticeKind.ACTIONS, NoticeChoice.DIGEST),))
    simulation.program.did(change_preferences, ANN, MONDAY, wish)
    closes(simulation, review, local(TUESDAY, 18))
    simulation.runs_until(local(WEDNESDAY, 12))
    [digest] = [each for each in simulation.to(ANN, "digest") if "Call them" in each.words]
    assert digest.words.count("Call them") == 1


# Nudges about a blocker end by one word: that of the person whose help it needs, or of their stand-in.
def test_of_a_private_account_those_are_asked_who_may_see_it(simulation: Simulation) -> None:
    acme, secret = simulation.program.accounts["acme"], "C0SECRET1"
    with simulation.program.store.writing() as session:
        session.exec(update(Account).where(col(Account.id) == acme).values(private_channel=secret))
        privacy.set_members(session, WORKSPACE, secret, [ANN, CLEO], read_at=MONDAY)
    opens(simulation)
    simulation.looks()
    query = select(FollowUp.user_id)
    assert simulation.program.store.read_now(lambda session: list(session.exec(query))) == [CLEO]


def test_a_blocker_of_a_private_account_is_escalated_to_no_admin_who_may_not_see_it(simulation: Simulation) -> None:
    acme, secret = simulation.program.accounts["acme"], "C0SECRET1"
    with simulation.program.store.writing() as session:
        session.exec(update(Account).where(col(Account.id) == acme).values(private_channel=secret))
        privacy.set_members(session, WORKSPACE, secret, [ANN], read_at=MONDAY + timedelta(days=30))
    opens(simulation)
    simulation.runs(days=21)
    letters, escalated = select(Letter.user_id).where(col(Letter.page) == "escalated"), select(FollowUp.escalated_at)
    assert simulation.program.store.read_now(lambda session: list(session.exec(letters))) == []
    assert simulation.program.store.read_now(lambda session: list(session.exec(escalated))) == [None]


def test_who_is_asked_instead_of_our_executive_who_left_acknowledges_in_home_and_card_as_in_the_digest(simulation):
    program, acme = simulation.program, simulation.program.accounts["acme"]
    opens(simulation)
    with program.store.writing() as session:
        people.deactivate(session, WORKSPACE, DAN, MONDAY)
    simulation.runs(days=1)
    assert days(simulation, CLEO) == [TUESDAY]

    def shown(session: Session) -> list[FoundItem]:
        cleo = people.get_many(session, WORKSPACE, [CLEO])[0]
        facts = full_card(session, WORKSPACE, acme, now=simulation.now, zone="UTC").item.facts
        colleague = replace(person_facts(cleo), user_id="U0OTHER01")
        assert blockers_for(session, WORKSPACE, colleague) == ()
        return [
            *blockers_for(session, WORKSPACE, person_facts(cleo)),
            item_of(OfAccount.of(facts.account), facts.account.open_blockers[0], facts.leads),
        ]

    assert [each.helper for each in program.store.read_now(shown)] == [CLEO, CLEO]


# Nudges and escalations on the public holidays of a workspace: there are none.

HOLIDAY = date(2026, 10, 12)
"""Columbus Day, a Monday."""


def test_nobody_is_nudged_or_gets_an_escalation_on_a_public_holiday(simulation: Simulation) -> None:
    simulation.program.did(
        change_settings, EVE, simulation.now, {"work.holidays": ("", "US"), "tier.1.blocker": (14, 7)}
    )
    opens(simulation)
    simulation.runs(days=9)
    assert HOLIDAY not in days(simulation, DAN)
    assert date(2026, 10, 9) in days(simulation, DAN)
    assert days(simulation, CLEO, "escalated") == [date(2026, 10, 13)]


# Instants, dates and words follow from the zones of people and reviews, whatever zone the computer is in.
@pytest.fixture(params=["America/Los_Angeles", "Pacific/Kiritimati"])
def zone_of_the_computer(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the computer into this zone until the test ends."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    tzset()
    yield
    del os.environ["TZ"]
    os.environ |= {"TZ": before} if before is not None else {}
    tzset()


@pytest.mark.usefixtures("zone_of_the_computer")
def test_digests_reviews_and_calendars_come_when_they_would_in_any_other_zone(simulation: Simulation) -> None:
    program = simulation.program
    late = Plan(Rhythm.WEEKLY, date(2026, 10, 26), time(22), ZONE)
    program.did(schedule, EVE, MONDAY, CHANNEL, CadenceWish(late, minutes=45, facilitator=EVE))
    cadence = program.store.read_now(lambda session: session.exec(select(Cadence)).one())
    assert (cadence.next_on, cadence.next_at) == (late.anchor_on, datetime(2026, 10, 27, 2, tzinfo=UTC))
    assert cadence.prepare_at == datetime(2026, 10, 24, 2, tzinfo=UTC)
    # the clocks go back on 1 November
    assert calendar_begins(program, MONDAY)[:2] == [cadence.next_at, datetime(2026, 11, 3, 3, tzinfo=UTC)]
    opens(simulation)
    simulation.runs(days=1)
    [digest] = simulation.to(DAN, "digest")
    assert digest.at == datetime(2026, 10, 6, 12, 30, tzinfo=UTC)
    assert digest.words.startswith("*Your digest* · Tue 6 Oct\n")


def calendar_begins(program: Program, now: datetime) -> list[datetime]:
    """The instants of the channel's reviews, in the file that other programs read."""

    def served(session: Session) -> bytes:
        renew(session, author(EVE, now), "token", channel_id=CHANNEL)
        return feed(meetings_of(session, hash_of("token"), now=now) or (), WORDS)

    return [each["dtstart"].dt for each in Calendar.from_ical(program.store.write_now(served)).walk("VEVENT")]
