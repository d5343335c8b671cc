"""The sample of the demo: plays `seed.yaml` by the verbs that commands and forms call, each step at its own time.

`seed.yaml` explains its own form at its top.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import Session

from agendas.facts.account import Rhythm, Source, Stage
from agendas.facts.audience import PrivacySet
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import DecisionKind, ExpansionKind, Profile
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, WaitingSet
from agendas.facts.fit import Criterion, CriterionScore
from agendas.facts.group import BuyingRole, ContactDepth, ContactProfile, Support
from agendas.facts.narrative import Narrative, ProductField, ProductInputGiven
from agendas.facts.people import Author, Function, Right
from agendas.facts.plays import Motion, PlayEnd
from agendas.facts.program import SETTINGS
from agendas.facts.reviews import Away, CadenceWish, Plan, Preparation
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rules.executive import MeetingReport
from agendas.rules.import_deals import ImportedDeal, PlannedDeal
from agendas.rules.import_tables import ImportOptions, ImportPlan
from agendas.rules.schedule import local_instant, next_occurrence
from agendas.rules.update_words import SignalEntry
from agendas.text.dates import local_date
from agendas.verbs import (
    account_list,
    cadences,
    closing,
    fit,
    group,
    imports,
    loading,
    people,
    plays,
    reviews,
    settings,
    signals,
    updates,
)
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.corrections import correct
from agendas.verbs.import_runs import begin_import
from agendas.verbs.imports import COMMAND_LINE
from agendas.verbs.measures import note_list_reviewed, note_opened
from agendas.verbs.narrative import give_product_input, write_narrative
from agendas.verbs.people import say_away
from agendas.verbs.plays import PlayWish, StepWish
from agendas.verbs.record import record
from agendas.verbs.signals import take_signals
from agendas.verbs.updates import record_meeting, take_ask, wait_for
from bot.intake import ACTOR
from sandbox.messages import Message
from sandbox.readable import rich_text_of
from sandbox.server import Sandbox
from sandbox.workspace import LOADER
from storage import outbox, workspaces
from storage import people as stored_people
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.delivery import LetterState
from storage.people import SlackUser
from storage.workspaces import Installation

ZONE = "America/New_York"
REVIEW_TIME, SEGMENT_TIME = time(9, 0), time(15, 0)
HELD_REVIEWS = 10
"""Weekly reviews before the one that the demo opens with."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FACILITATOR, REVIEW_CHANNEL = "ines", "abm-weekly"
OPENED_AFTER, MISSED_AFTER, HELD_FOR = timedelta(seconds=3), timedelta(hours=3), timedelta(minutes=48)
BUYER_ACTS = {"message": BuyerAct.MAIL, "meeting": BuyerAct.MEETING, "link": BuyerAct.DOCUMENT}
"""What the buyer did, by the kind of evidence that shows it."""


@cache
def sample_data() -> dict[str, Any]:
    """The content of `seed.yaml`."""
    content: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506
    return content


@dataclass(frozen=True, slots=True)
class Member:
    handle: str
    name: str
    function: Function
    right: Right
    zone: str
    leads: bool = False


@cache
def members() -> tuple[Member, ...]:
    return tuple(
        Member(**each | {"function": Function(each["function"]), "right": Right(each["right"])})
        for each in sample_data()["people"]
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns "9 tue 14:20", of week 9, into an instant. `first_on` is the Monday of week 1, the first weekly review."""

    first_on: date

    def plan(self, rhythm: Rhythm) -> Plan:
        """The plan of the Monday review: weekly from week 1 on, every second week before."""
        first_on = self.first_on if rhythm is Rhythm.WEEKLY else self.day("-14 mon")
        return Plan(rhythm, first_on, REVIEW_TIME, ZONE)

    def day(self, written: str) -> date:
        week, day = written.split()[:2]
        return self.first_on + timedelta(weeks=int(week) - 1, days=DAYS.index(day))

    def instant(self, written: str) -> datetime:
        """Return the instant in UTC of "WEEK day HH:MM"."""
        return local_instant(self.day(written), time.fromisoformat(written.split()[2]), ZONE)[0]

    def review_at(self, week: int) -> datetime:
        return self.instant(f"{week} mon {REVIEW_TIME:%H:%M}")


def calendar_before(now: datetime) -> Calendar:
    """Return the calendar in which the next Monday after `now` has the first review not held yet."""
    # last week's Monday: it is past in every time zone
    monday = now.date() - timedelta(days=now.weekday() + 7)
    coming = next_occurrence(Plan(Rhythm.WEEKLY, monday, REVIEW_TIME, ZONE), now, ())
    if coming is None:
        raise ValueError(f"there is no Monday after {now}")
    return Calendar(coming.planned_on - timedelta(weeks=HELD_REVIEWS))


@dataclass(frozen=True, slots=True)
class SampleWorkspace:
    """The ids of the sample in Slack: the workspace, people by handle, channels by name."""

    workspace: Installation
    user_ids: dict[str, str]
    channel_ids: dict[str, str]


def fill_workspace(sandbox: Sandbox, calendar: Calendar, *, has_messages: bool = True) -> SampleWorkspace:
    """Add the sample's people and channels to the sandbox, and what they wrote; return their ids."""
    workspace, company = sandbox.workspace, sample_data()["company"]
    workspace.team = replace(workspace.team, name=company, domain="tarnbrook-sample")
    users = {}
    for each in members():
        user = sandbox.add_user(each.handle, real_name=each.name, display_name=each.name, tz=each.zone)
        users[each.handle] = user
        sandbox.notes[user.id] = f"{each.function.value.replace('_', ' ').capitalize()}, {each.right.value}"
    for outsider in sample_data()["outsiders"]:
        handle, name, zone, note, traits = (outsider[key] for key in ("handle", "name", "zone", "note", "traits"))
        users[handle] = sandbox.add_user(handle, real_name=name, display_name=name, tz=zone, **traits)
        sandbox.notes[users[handle].id] = note
    channels = {}
    for name, traits in sample_data()["channels"].items():
        inside = [users[handle] for handle in traits["members"]]
        channels[name] = sandbox.add_channel(name, **traits | {"members": inside})
    for written in sample_data()["messages"] if has_messages else ():
        ((heading, text),) = written.items()
        when, (handle, _, channel) = _parts(heading)
        message = Message(
            channel_id=channels[channel].id,
            ts=f"{calendar.instant(when).timestamp():.6f}",
            user_id=users[handle].id,
            text=text,
            blocks=[rich_text_of(text)],
            team_id=users[handle].team_id,
        )
        workspace.store(message)
    return SampleWorkspace(
        Installation(workspace.team.id, company, workspace.team.url, workspace.bot.id, workspace.bot_id),
        {each.handle: users[each.handle].id for each in members()},
        {name: channel.id for name, channel in channels.items()},
    )


def _parts(heading: str) -> tuple[str, list[str]]:
    """Split "9 tue 14:20 nora adds action" into its time, "9 tue 14:20", and the words after it."""
    week, day, clock, *words = heading.split()
    return f"{week} {day} {clock}", words


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody did, with an account of the sample or without one; `given` are the verb's arguments."""

    when: str
    who: str
    verb: str
    given: dict[str, Any] | str | None
    account: str = ""


def steps() -> Iterator[Step]:
    """All steps of the program and its accounts, in the order of `seed.yaml`.

    The visits of an account, written as one entry with several days, are steps of nobody, one each day at 10:50.
    """
    for written in sample_data()["program"]:
        yield _step(written)
    for account in sample_data()["accounts"]:
        for visit in account.get("visits", ()):
            for day in visit["days"].split(", "):
                visited = {key: given for key, given in visit.items() if key != "days"}
                yield Step(f"{day} 10:50", "", "visits", visited, account["name"])
        for written in account["story"]:
            yield _step(written, account["name"])


def _step(written: dict[str, Any], account: str = "") -> Step:
    """Return the step of an entry {heading: arguments}.

    "9 tue 14:20 nora adds action" is the verb ``adds_action`` of nora, at that time.
    """
    ((heading, given),) = written.items()
    when, (who, *verb) = _parts(heading)
    return Step(when, who, "_".join(verb), given, account)


def evidence(written: list[str] | None, at: datetime) -> tuple[Evidence, ...]:
    """The evidence of [kind, text, end of address, who did it (the buyer if missing)], dated `at`; none for None."""
    if written is None:
        return ()
    kind, text, place, *actors = written
    actor = EvidenceActor(*actors) if actors else EvidenceActor.BUYER
    act = BUYER_ACTS.get(kind) if actor is EvidenceActor.BUYER else None
    return (Evidence(text, at, f"https://{kind}.tarnbrook.example/{place}", kind, actor, act),)


@dataclass
class SeededProgram:
    """The ids of the written program: its cadence, accounts by name, held reviews in order."""

    cadence_id: int = 0
    accounts: dict[str, int] = field(default_factory=dict)
    reviews: list[int] = field(default_factory=list)


def store_program(store: Store, sample: SampleWorkspace, calendar: Calendar) -> SeededProgram:
    return store.write_now(write_program, sample, calendar)


def write_program(session: Session, sample: SampleWorkspace, calendar: Calendar) -> SeededProgram:
    """Write everything before the coming review. The messages of held reviews are not posted in the workspace."""
    player = Player(session, sample, calendar)
    player.install()
    for review in sample_data()["reviews"]:
        player.review(**review)
    player.schedule_segments(sample_data()["segment_review"])
    coming_at = calendar.review_at(HELD_REVIEWS + 1)
    player.play_until(coming_at)
    player.leave_unposted(coming_at)
    return player.program


class Player:
    """Plays the sample. The methods from `nominates` on are the verbs of `seed.yaml`, with its fields as arguments.

    `refs` are the ids of events by account and by the name that a later step calls them.
    """

    def __init__(self, session: Session, sample: SampleWorkspace, calendar: Calendar) -> None:
        self.session, self.sample, self.calendar = session, sample, calendar
        self.workspace_id, self.user_ids = sample.workspace.workspace_id, sample.user_ids
        self.review_channel_id = sample.channel_ids[REVIEW_CHANNEL]
        self.program = SeededProgram()
        self.not_held: list[int] = []
        self.accounts = {account["name"]: account for account in sample_data()["accounts"]}
        self.refs: dict[tuple[str, str], int] = {}
        self.narratives_at: dict[str, datetime] = {}
        self.steps = deque(sorted(steps(), key=lambda step: calendar.instant(step.when)))

    def play_until(self, until: datetime) -> None:
        """Play the steps before `until` that were not played yet: each calls the method of its verb."""
        while self.steps and (at := self.calendar.instant(self.steps[0].when)) < until:
            self.step, self.at = self.steps.popleft(), at
            act: Callable[..., None] = getattr(self, self.step.verb)
            match self.step.given:
                case dict(fields):
                    act(**fields)
                case None:
                    act()
                case argument:
                    act(argument)

    def by(self, source: Source) -> Author:
        """Whoever takes the current step, at its instant."""
        return Author(self.workspace_id, self.user_ids[self.step.who], source, self.at, ZONE)

    def facilitator(self, at: datetime, source: Source) -> Author:
        return Author(self.workspace_id, self.user_ids[FACILITATOR], source, at, ZONE)

    @property
    def account_id(self) -> int:
        return self.program.accounts[self.step.account]

    def ref(self, name: str) -> int:
        return self.refs[self.step.account, name]

    def learn(self, name: str, event_id: int) -> None:
        self.refs[self.step.account, name] = event_id

    # the workspace, and its reviews

    def install(self) -> None:
        """Store the workspace and everybody as the bot would from Slack; all but the viewers have met the bot."""
        now = self.calendar.instant(sample_data()["installed"])
        workspaces.save_installation(self.session, self.sample.workspace, time_zone=ZONE, now=now)
        users = [
            SlackUser(self.user_ids[each.handle], self.workspace_id, each.name, time_zone=each.zone)
            for each in members()
        ]
        stored_people.save_users(self.session, self.workspace_id, users, now)
        admins = [self.user_ids[each.handle] for each in members() if each.right is Right.ADMIN]
        people.first_admins(self.session, self.workspace_id, admins, now=now)
        giver = Author(self.workspace_id, self.user_ids[FACILITATOR], Source.COMMAND, now)
        for each in members():
            user_id, leads = self.user_ids[each.handle], (each.function,) if each.leads else None
            people.give(self.session, giver, user_id, function=each.function, right=each.right, leads=leads)
            if each.right is not Right.VIEWER:
                stored_people.meet(self.session, self.workspace_id, user_id, now)

    def review(self, week: int, went: str, scheduled: dict[str, Any] | None = None) -> None:
        """Let the week's review open, play its steps, and close it.

        ``went`` has the handles of those who were there, or says "missed", "not held" or "coming": a coming review is
        only scheduled, a missed one opens too late and is never closed. ``scheduled`` are arguments of `_schedule`.
        """
        planned_at = self.calendar.review_at(week)
        if went != "coming":
            self.play_until(planned_at + OPENED_AFTER)
        if scheduled:
            self._schedule(**scheduled)
        if went == "coming":
            return
        opened_at = planned_at + (MISSED_AFTER if went == "missed" else OPENED_AFTER)
        reviews.open_due(self.session, self.program.cadence_id, now=opened_at)
        review_id = stored_reviews.latest_in(self.session, self.workspace_id, self.review_channel_id, 1)[0].row_id
        was_held = went not in ("missed", "not held")
        (self.program.reviews if was_held else self.not_held).append(review_id)
        if went == "missed":
            return
        closed_at = opened_at + HELD_FOR
        self.play_until(closed_at)
        closer = self.facilitator(closed_at, Source.BUTTON)
        if was_held:
            attended = [self.user_ids[handle] for handle in (*went.split(), FACILITATOR)]
            closing.close_by_person(self.session, closer, review_id, attended=attended)
        else:
            closing.close_by_person(self.session, closer, review_id, was_held=False)

    def _schedule(self, at: str, rhythm: str, minutes: int, optional: str = "", observing: str = "") -> None:
        """Schedule the Monday review with this rhythm; ``optional`` and ``observing`` are handles of people."""
        preparation = Preparation(
            optional=tuple(self.user_ids[handle] for handle in optional.split()),
            observing=tuple(self.user_ids[handle] for handle in observing.split()),
        )
        wish = CadenceWish(
            self.calendar.plan(Rhythm(rhythm)),
            minutes=minutes,
            facilitator=self.user_ids[FACILITATOR],
            preparation=preparation if optional or observing else None,
        )
        author = self.facilitator(self.calendar.instant(at), Source.MODAL)
        self.program.cadence_id = cadences.schedule(self.session, author, self.review_channel_id, wish).id

    def schedule_segments(self, wanted: dict[str, Any]) -> None:
        """Schedule the second review: of the accounts of some segments, in a channel of its own."""
        plan = Plan(Rhythm.BIWEEKLY, self.calendar.day(wanted["first"]), SEGMENT_TIME, ZONE, holidays_of="US")
        wish = CadenceWish(plan, minutes=30, facilitator=self.user_ids[FACILITATOR], segments=tuple(wanted["segments"]))
        author = self.facilitator(self.calendar.instant(wanted["at"]), Source.MODAL)
        cadences.schedule(self.session, author, self.sample.channel_ids[wanted["channel"]], wish)

    def leave_unposted(self, until: datetime) -> None:
        """Mark headers of past reviews, and messages to people, as sent when due; delete the reviews' other letters."""
        of_past = outbox.of_reviews(self.session, [*self.program.reviews, *self.not_held])
        headers = [letter for letter in of_past if letter.page == "review_header" and letter.kind == "post"]
        for letter in headers:
            letter.state, letter.sent_at = LetterState.SENT, letter.due_at
        outbox.discard(self.session, [letter for letter in of_past if letter not in headers])
        claim = partial(
            outbox.claim_letters, self.session, now=until, tried_at=until, worker="sample", lease=timedelta(), batch=100
        )
        while letters := claim():
            for letter in letters:
                outbox.record_sent(self.session, letter, channel_id="", ts="", at=letter.due_at)
        for name in (REVIEW_CHANNEL, "deal-corvane", "abm-transport"):
            stored_people.get_or_add_channel(self.session, self.workspace_id, self.sample.channel_ids[name], name=name)
        self.session.flush()

    # the program

    def caps(self, **caps: int) -> None:
        """Change these settings, each from the default that is shown first."""
        wanted = {key: (SETTINGS[key].default, cap) for key, cap in caps.items()}
        settings.change_settings(self.session, self.by(Source.MODAL), wanted)

    def goes_through_the_list(self) -> None:
        note_list_reviewed(self.session, self.by(Source.BUTTON), local_date(self.at, ZONE))

    def opens_last_month(self) -> None:
        last_month = local_date(self.at, ZONE).replace(day=1) - timedelta(days=1)
        note_opened(self.session, self.by(Source.BUTTON), last_month)

    def says_away(self, first: str, last: str, stands_in: str) -> None:
        away = Away(
            self.user_ids[self.step.who], self.calendar.day(first), self.calendar.day(last), self.user_ids[stands_in]
        )
        say_away(self.session, self.by(Source.COMMAND), away)

    def is_imported(self) -> None:
        """Import the CRM's state at this instant, as by the command line: the deals, then their history."""
        crm = sample_data()["crm"]
        stages = tuple((name, Phase(phase)) for name, phase in crm["stages"].items())
        imports.learn_stages(
            self.session, self.workspace_id, crm["system"], ImportOptions(self.at, stages=stages, zone=ZONE)
        )
        options = ImportOptions(self.at, zone=ZONE)
        deals_so_far = []
        for deal in crm["deals"]:
            if entries := [entry for entry in deal["entries"] if self.calendar.instant(entry[0]) < self.at]:
                deals_so_far.append((deal, entries))
        # 2 is the first line below the heading of a file
        now = [self._deal(deal, entries, line=line) for line, (deal, entries) in enumerate(deals_so_far, 2)]
        self._import(imports.plan_deals(self.session, self.workspace_id, now, options), "opportunities")
        states = [(deal, entries[: number + 1]) for deal, entries in deals_so_far for number in range(len(entries))]
        history = [
            self._deal(deal, entries, line=line, is_history=True) for line, (deal, entries) in enumerate(states, 2)
        ]
        self._import(imports.plan_history(self.session, self.workspace_id, history, options), "history")

    def _deal(self, deal: dict[str, Any], entries: list[Any], *, line: int, is_history: bool = False) -> ImportedDeal:
        """Return the export's row for a deal with these entries, or the history's row for the last of them."""
        changed_at, stage, amount, closes = entries[-1]
        entered_at = next(entry[0] for entry in entries if entry[1] == stage)
        return ImportedDeal(
            line=line,
            key=f"{sample_data()['crm']['system']}:{deal['number']}",
            stage_name=stage,
            name=deal["name"],
            account_names=(deal["account"],),
            amount_cents=amount * 100,
            currency=deal["currency"],
            closes_on=self.calendar.day(closes),
            type=OpportunityType(deal.get("type", OpportunityType.NEW_BUSINESS)),
            next_step=deal.get("next_step", ""),
            entered_at=self.calendar.instant(changed_at if is_history else entered_at),
            opened_at=self.calendar.instant(entries[0][0]),
            changed_at=self.calendar.instant(changed_at),
        )

    def _import(self, plan: ImportPlan[PlannedDeal], what: str) -> None:
        """Write the planned deals as an import by the command line, unless they change nothing."""
        if plan.changes_nothing:
            return
        author = Author(self.workspace_id, COMMAND_LINE, Source.IMPORT, self.at)
        run = begin_import(self.session, plan, author, file_name=f"{what}-{self.at:%Y-%m-%d}.csv", what=what)
        for part in imports.parts_of_deals(plan):
            imports.write_deals(self.session, run.row_id, author, part)

    # the list

    def nominates(self, text: str) -> None:
        """Nominate the step's account for this reason; its marketing partner is the facilitator unless it names one."""
        account = self.accounts[self.step.account]
        profile = Profile(
            name=account["name"],
            domain=account["domain"],
            segment=account["segment"],
            owner=self.user_ids[account["owner"]],
            marketing_partner=self.user_ids[account.get("partner", FACILITATOR)],
            our_executive=self.user_ids[account["executive"]] if "executive" in account else None,
            value_cents=account["value"] * 100,
            currency=account["currency"],
            channel_id=self.sample.channel_ids[account["channel"]] if "channel" in account else "",
        )
        nominated = fit.nominate_and_ask(self.session, self.by(Source.MODAL), profile, because=text)
        self.program.accounts[account["name"]] = nominated.event.account_id

    def names(self, tier: int, text: str, why_now: str = "", motion: str = "") -> None:
        author = self.by(Source.COMMAND)
        account_list.put_on_list(
            self.session, author, self.account_id, tier=tier, because=text, why_now=why_now, motion=motion
        )

    def rejects(self, text: str) -> None:
        account_list.reject(self.session, self.by(Source.COMMAND), self.account_id, because=text)

    def makes_private(self, channel: str) -> None:
        private = PrivacySet(self.sample.channel_ids[channel])
        record(self.session, self.by(Source.MODAL), self.account_id, private)

    def scores(self, **scores: tuple[int, str]) -> None:
        function = next(member.function for member in members() if member.handle == self.step.who)
        given = [CriterionScore(Criterion(criterion), *each) for criterion, each in scores.items()]
        fit.score(self.session, self.by(Source.MODAL), self.account_id, function=function, scores=given)

    # movement, blockers, actions, decisions

    def moves(self, text: str, to: str = "", expansion: str = "", proof: list[str] | None = None) -> None:
        moved = updates.move(
            self.session,
            self.by(Source.COMMAND),
            self.account_id,
            text=text,
            to_stage=Stage(to) if to else None,
            expansion=ExpansionKind(expansion) if expansion else None,
            evidence=evidence(proof, self.at),
        )
        self.learn(text, moved.event.id)

    def corrects(self, words: str, text: str) -> None:
        correct(self.session, self.by(Source.MODAL), self.ref(words), text, is_editor=True)

    def waits(self, until: str, text: str, proof: list[str]) -> None:
        wanted = WaitingSet(self.calendar.day(until), text)
        wait_for(self.session, self.by(Source.COMMAND), self.account_id, wanted, evidence=evidence(proof, self.at))

    def sees_no_change(self) -> None:
        updates.say_nothing_moved(self.session, self.by(Source.BUTTON), self.account_id)

    def opens_blocker(self, ref: str, text: str, needs: str | None = None) -> None:
        opened = updates.open_blocker(self.session, self.by(Source.COMMAND), self.account_id, text=text, needs=needs)
        self.learn(ref, opened.event.id)

    def resolves_blocker(self, ref: str, text: str) -> None:
        updates.resolve_blocker(self.session, self.by(Source.COMMAND), self.account_id, self.ref(ref), text=text)

    def adds_action(self, ref: str, text: str, by: str, owner: str = "") -> None:
        author, due_on = self.by(Source.MODAL), self.calendar.day(by)
        owner_id = self.user_ids[owner or self.step.who]
        added = updates.add_action(self.session, author, self.account_id, text=text, due_on=due_on, owner=owner_id)
        self.learn(ref, added.event.id)

    def finishes_action(self, ref: str, text: str = "", *, done: bool = True) -> None:
        author = self.by(Source.MODAL)
        updates.close_action(self.session, author, self.account_id, self.ref(ref), done=done, text=text)

    def drops_action(self, ref: str, text: str) -> None:
        self.finishes_action(ref, text, done=False)

    def postpones_action(self, ref: str, by: str, text: str) -> None:
        author, due_on = self.by(Source.MODAL), self.calendar.day(by)
        updates.slip_action(self.session, author, self.account_id, self.ref(ref), due_on=due_on, text=text)

    def decides(
        self,
        decision: str,
        text: str,
        tier: int | None = None,
        motion: str = "",
        ask_of: str = "",
        by: str = "",
        ref: str = "",
    ) -> None:
        """Record a decision, known by its text; `ref` names the last event that it led to, such as an ask."""
        entered = EnteredDecision(
            DecisionKind(decision),
            text,
            tier,
            self.user_ids[ask_of] if ask_of else "",
            self.calendar.day(by) if by else None,
            Motion(motion) if motion else None,
        )
        recorded = decide(self.session, self.by(Source.MODAL), self.account_id, entered)
        self.learn(text, recorded[0].event.id)
        if ref:
            self.learn(ref, recorded[-1].event.id)

    def takes_ask(self, text: str) -> None:
        take_ask(self.session, self.by(Source.BUTTON), self.ref(text))

    def tells_of_meeting(self, ours: str, theirs: str, text: str) -> None:
        meeting = MeetingReport(theirs, text, self.user_ids[ours])
        record_meeting(self.session, self.by(Source.MODAL), self.account_id, meeting)

    # contacts, signals, narratives, product input, plays

    def adds_contact(
        self,
        ref: str,
        name: str,
        title: str,
        roles: list[str] = [],  # noqa: B006 - read only
        email: str = "",
        support: str = "unknown",
        depth: str = "unknown",
        is_heard_of: bool = False,
    ) -> None:
        profile = ContactProfile(
            name,
            title,
            email=email,
            roles=tuple(BuyingRole(role) for role in roles),
            support=Support(support),
            depth=ContactDepth(depth),
            touched_on=None if is_heard_of else self.calendar.day(self.step.when),
        )
        added = group.add_contact(self.session, self.by(Source.MODAL), self.account_id, profile)
        self.learn(ref, added.event.id)

    def meets_contact(self, ref: str, support: str = "", depth: str = "") -> None:
        """Record that the contact was met on this day; support and depth stay where they are not given."""
        author, contact_id = self.by(Source.MODAL), self.ref(ref)
        known = group.person_of(self.session, author, self.account_id, contact_id)[1].profile
        profile = replace(
            known,
            touched_on=self.calendar.day(self.step.when),
            support=Support(support) if support else known.support,
            depth=ContactDepth(depth) if depth else known.depth,
        )
        group.edit_contact(self.session, author, self.account_id, contact_id, profile=profile)

    def confirms_roles(self, ref: str) -> None:
        group.confirm_roles(self.session, self.by(Source.BUTTON), self.account_id, self.ref(ref))

    def loses_contact(self, ref: str) -> None:
        author, left_on = self.by(Source.MODAL), self.calendar.day(self.step.when)
        group.contact_left(self.session, author, self.account_id, self.ref(ref), left_on=left_on)

    def notes_signal(self, kind: str, strength: str, text: str) -> None:
        entry = SignalEntry(SignalKind(kind), SignalStrength(strength), text)
        signals.note_signal(self.session, self.by(Source.COMMAND), self.account_id, entry)

    def visits(self, text: str, strength: str = "medium", person: str = "") -> None:
        name, domain = self.step.account, self.accounts[self.step.account]["domain"]
        key, when = f"visit-{name}-{self.step.when}", self.at
        sent = SignalGiven(domain, SignalKind.WEB_VISIT, SignalStrength(strength), text, when, key, "", person)
        take_signals(self.session, Author(self.workspace_id, ACTOR, Source.WEBHOOK, self.at), [sent])

    def writes_narrative(self, roles: list[str], **parts: str) -> None:
        narrative = Narrative(**parts, roles=tuple(BuyingRole(role) for role in roles))
        last_at = self.narratives_at.get(self.step.account)
        write_narrative(self.session, self.by(Source.MODAL), self.account_id, narrative, after=last_at)
        self.narratives_at[self.step.account] = self.at

    def gives_product_input(self, field: str, text: str, reference: str = "", place: str = "") -> None:
        link = Evidence(text, self.at, f"https://product.tarnbrook.example/{place}") if place else None
        given = ProductInputGiven(ProductField(field), text, reference)
        give_product_input(self.session, self.by(Source.MODAL), self.account_id, given, link=link)

    def starts_play(self, play: str, by: str, actions: list[tuple[str, str]]) -> None:
        """Start a play of the library, due `by`; later steps call its actions "PLAY NUMBER", from 1, by id."""
        author = self.by(Source.MODAL)
        found = loading.play_of(self.session, self.workspace_id, play).play
        wishes = tuple(StepWish(self.user_ids[who], self.calendar.day(due)) for who, due in actions)
        wish = PlayWish(found.key, found.outcome, self.calendar.day(by), wishes)
        started = plays.start_play(self.session, author, self.account_id, wish).event.id
        self.learn(play, started)
        account = updates.open_account(self.session, author, self.account_id)
        added = sorted(action.id for action in account.actions if action.play_id == started)
        for number, action_id in enumerate(added, start=1):
            self.learn(f"{play} {number}", action_id)

    def ends_play(self, play: str, end: str, text: str, proof: list[str] | None = None) -> None:
        author, shown = self.by(Source.MODAL), evidence(proof, self.at)
        plays.end_play(
            self.session, author, self.account_id, self.ref(play), what=PlayEnd(end), text=text, evidence=shown
        )
