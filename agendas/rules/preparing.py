"""Preparing a review: who takes part, and who stands in for those who are away."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.facts.account import AccountState, EventFacts, Movement, Stage
from agendas.facts.events import ActionChanged, BlockerChanged, NothingMoved
from agendas.facts.people import Function
from agendas.facts.program import TIERS
from agendas.facts.reviews import (
    AgendaFacts,
    AgendaItem,
    Away,
    Bucket,
    ChangeSinceReview,
    ItemPart,
    MovementFlag,
    OnRoster,
    Participant,
    Participation,
    ParticipationFacts,
    Plan,
    Preparation,
    Promise,
    Question,
    QuestionCode,
    QuestionToDecide,
)
from agendas.rules.account_list import missing_parts
from agendas.rules.deals import furthest_deal
from agendas.rules.entries import uncorrected
from agendas.rules.fold import UPDATES
from agendas.rules.history import SAYS_SOMETHING, by_people, is_updated
from agendas.rules.movement import WORKING_DAYS
from agendas.rules.narrative import OWN_NARRATIVE_TIERS
from agendas.rules.plays import tier_worked
from agendas.rules.question_to_decide import question_of
from agendas.rules.schedule import day_off, holiday_on, local_instant
from agendas.text.dates import day_text, read_date, read_future_date
from agendas.text.evidence import MENTION
from agendas.text.limits import shown

# Answers to the question that a person was asked about an account.


def answer_of(
    question: Question, events: Iterable[EventFacts], *, by: Collection[str], movers: Collection[str]
) -> EventFacts | None:
    """Return the latest event that answers the question, or None while it is open.

    Any update of a person answers whatever they were asked; so does one of the person whom they stand in for, or who
    stands in for them: `by` are all of these. What moved is answered by anybody who records movement, and by those who
    may know that nothing moved: `movers` are the owner, our executive and their stand-ins. `events` are
    those since the account's last held review.
    """
    answers = [each for each in by_people(events) if _answers(each, question, by, movers)]
    return max(answers, key=lambda each: each.recorded_at, default=None)


def confirmed_blockers(events: Iterable[EventFacts]) -> frozenset[int]:
    """Return the ids of blockers that these events confirm as still there."""
    changes = [event.change for event in uncorrected(events)]
    return frozenset(each.blocker_id for each in changes if isinstance(each, BlockerChanged) and each.what == "updated")


def says_what_moved(event: EventFacts) -> bool:
    """Return true for an event that says more than that an action or blocker changed."""
    return not isinstance(event.change, ActionChanged | BlockerChanged)


def _answers(event: EventFacts, question: Question, by: Collection[str], movers: Collection[str]) -> bool:
    """True if the event answers it: of people in `by` any, of others only movement, of `movers` also that none was."""
    if event.change.kind not in SAYS_SOMETHING:
        return False
    if event.actor in by:
        return True
    if question is not Question.MOVED or event.change.kind not in UPDATES:
        return False
    return event.actor in movers or not isinstance(event.change, NothingMoved)


# The words after /abm away: a range with a stand-in, being back, everybody's days, and public holidays.

USAGE = "/abm away DATE to DATE [@who]"
EVERYBODY = re.compile(r"(?:everyone|everybody|all)\b\s*", re.IGNORECASE)
HOLIDAYS = re.compile(r"(?:public )?holidays?\b\s*(?:of|in)?\b\s*", re.IGNORECASE)
BACK = frozenset({"back", "i'm back", "im back", "i am back", "here"})
TO = re.compile(r"(?:^|\s+)(?:to|until|till|through|-|\u2013)\s+", re.IGNORECASE)
FROM = re.compile(r"(?:from|on|on the|starting)\s+", re.IGNORECASE)
INSTEAD = re.compile(r"(?:,|\b(?:stand[- ]?in|with|ask|instead|is))+\s*$", re.IGNORECASE)
HAS_DIGIT = re.compile(r"\d")
LONGEST_DATE_WORDS = 4


class AwayWord(StrEnum):
    SHOW = "show"
    AWAY = "away"
    BACK = "back"
    EVERYONE = "everyone"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class AwayWords:
    """Words as read. `stand_in` is a user id, `unknown` an @name that Slack did not recognise; '' for none.

    `name` is that of everybody's days; for public holidays it is the place as typed.
    """

    word: AwayWord
    first: date | None = None
    last: date | None = None
    stand_in: str = ""
    unknown: str = ""
    name: str = ""


def read_away(rest: str, today: date) -> AwayWords:
    """Read the words on the person's local date `today`. Dates may be reversed or over: that is for the caller.

    Raises NotUnderstood, AmbiguousDate: for a date that cannot be read, two stand-ins, or a place that is missing.
    """
    typed = " ".join(rest.split())
    if not typed:
        return AwayWords(AwayWord.SHOW)
    if typed.casefold().rstrip(".") in BACK:
        return AwayWords(AwayWord.BACK)
    if match := HOLIDAYS.match(typed):
        place = typed[match.end() :]
        if not place:
            raise NotUnderstood("Name the country: /abm away holidays Germany, or none.")
        return AwayWords(AwayWord.HOLIDAYS, name=place)
    if match := EVERYBODY.match(typed):
        first, last, name = _read_range(typed[match.end() :], today, takes_name=True)
        return AwayWords(AwayWord.EVERYONE, first, last, name=name)
    dates, stand_in, unknown = _without_person(typed)
    first, last, _ = _read_range(dates, today)
    return AwayWords(AwayWord.AWAY, first, last, stand_in, unknown)


def _without_person(typed: str) -> tuple[str, str, str]:
    """Return the words without the stand-in, their user id, and an @name that is nobody's; '' where there is none.

    `3 May to 9 May with <@U0BOB>` gives `3 May to 9 May` and `U0BOB`. Raises NotUnderstood for two stand-ins.
    """
    mentioned = MENTION.findall(typed)
    if len(mentioned) > 1:
        raise NotUnderstood(f"Name one stand-in: {USAGE}.")
    without_mention = MENTION.sub("", typed)
    dates, at_sign, unknown = without_mention.partition("@")
    dates = INSTEAD.sub("", dates.strip()).strip()
    return dates, mentioned[0] if mentioned else "", unknown.strip() if at_sign else ""


def _read_range(typed: str, today: date, *, takes_name: bool = False) -> tuple[date, date, str]:
    """Return the first and the last day, and the name after them: '' unless it `takes_name`.

    As in `3 May to 9 May Company holidays`. One date is both days, and `until friday` begins today.
    """
    if not typed:
        raise NotUnderstood(f"Give the days: {'/abm away everyone DATE to DATE [NAME]' if takes_name else USAGE}.")
    first_text, *others = TO.split(FROM.sub("", typed, count=1) if FROM.match(typed) else typed, maxsplit=1)
    if not others:
        first, name = _date_and_name(first_text, today) if takes_name else (_read_day(first_text, today), "")
        return first, first, name
    first = _read_day(first_text, today) if first_text else today
    last_text = others[0]
    last, name = _date_and_name(last_text, today) if takes_name else (_read_day(last_text, today), "")
    if last < first and not HAS_DIGIT.search(last_text):
        # `mon to fri` means the Friday of that week
        last, name = _date_and_name(last_text, first) if takes_name else (read_date(last_text, first), "")
    return first, last, name


def _date_and_name(typed: str, today: date) -> tuple[date, str]:
    """Return the longest date at the start, and the words after it. Raises AmbiguousDate or NotUnderstood."""
    words = typed.split()
    for count in range(min(len(words), LONGEST_DATE_WORDS), 0, -1):
        try:
            return _read_day(" ".join(words[:count]), today), " ".join(words[count:])
        except AmbiguousDate:
            raise
        except NotUnderstood:
            continue
    raise NotUnderstood(f"{shown(typed)} does not begin with a date; write /abm away everyone DATE to DATE [NAME].")


def _read_day(typed: str, today: date) -> date:
    """Return the date, of two the one to come; it may be past. Raises AmbiguousDate if both are to come, or none."""
    try:
        return read_future_date(typed, today)
    except AmbiguousDate:
        raise
    except NotUnderstood:
        return read_date(typed, today)


# Rules of a facilitator's brief: what changed, what was promised and not done, and where a decision matters most.

MOST_THAT_MATTER = 3
"""Accounts named for their decision."""

MOVED = {
    Movement.REGRESSED: ChangeSinceReview.REGRESSED,
    Movement.ADVANCED: ChangeSinceReview.ADVANCED,
    Movement.ADVANCED_UNVERIFIED: ChangeSinceReview.CLAIMED,
    Movement.NEW: ChangeSinceReview.NEW,
}


def changes_since_review(items: Iterable[AgendaItem]) -> Mapping[ChangeSinceReview, tuple[str, ...]]:
    """Return the names of the accounts that changed since their last held review, by kind; each once.

    An account that stalls counts as a change where it did not at that review.
    """
    names_of: dict[ChangeSinceReview, list[str]] = defaultdict(list)
    for item in items:
        kind = _change_of(item)
        if kind is not None:
            names_of[kind].append(item.facts.account.name)
    return {kind: tuple(names_of[kind]) for kind in ChangeSinceReview if kind in names_of}


def promised(items: Iterable[AgendaItem], today: date) -> tuple[Promise, ...]:
    """Return the open actions and asks whose day has passed, those overdue for longest first."""
    promises = []
    for item in items:
        account = item.facts.account
        # an ask has an action of its own where somebody took it: then only the action counts
        action_texts = {each.text for each in account.open_actions}
        due: list[tuple[str, str | None, date | None]] = [
            (each.text, each.owner, each.due_on) for each in account.open_actions
        ]
        due += [(each.text, each.ask_of, each.due_on) for each in account.open_asks if each.text not in action_texts]
        promises += [
            Promise(account.name, text, who or "", (today - on).days) for text, who, on in due if on and on < today
        ]
    return tuple(sorted(promises, key=lambda each: (-each.days_late, each.account_name.casefold(), each.text)))


def silent_owners(items: Iterable[AgendaItem]) -> Sequence[tuple[str, int]]:
    """Return the active owners of accounts to discuss that nobody updated since their last review, with how many."""
    counts = Counter(
        item.facts.account.profile.owner
        for item in items
        if item.part is ItemPart.DISCUSSED and not item.facts.owner_is_deactivated and not is_updated(item.facts)
    )
    return [(owner, count) for owner, count in counts.most_common() if owner]


def matter_most(items: Iterable[AgendaItem]) -> tuple[tuple[AgendaItem, QuestionToDecide], ...]:
    """Return the accounts where a decision matters most, at most three, each with its one question.

    Those in need of intervention come first, then those with an ask overdue, for longest first, then those left out
    most often, then by tier and the order of need. Steady accounts and those without a question need none.
    """
    candidates = [
        (item, question)
        for item in items
        if item.part is not ItemPart.LISTED and (question := question_of(item.facts, item.placement)) is not None
    ]
    return tuple(sorted(candidates, key=_urgency)[:MOST_THAT_MATTER])


def _change_of(item: AgendaItem) -> ChangeSinceReview | None:
    """The one kind by which the account counts as changed, None where nothing did."""
    moved = item.placement.movement
    if moved.movement is Movement.REGRESSED:
        return ChangeSinceReview.REGRESSED
    if item.placement.stall.is_stalled and not item.facts.aged_before:
        return ChangeSinceReview.STALLED
    if MovementFlag.EXPANDED in moved.flags:
        return ChangeSinceReview.EXPANDED
    return MOVED.get(moved.movement)


def _urgency(pair: tuple[AgendaItem, QuestionToDecide]) -> tuple[bool, int, int, int, int]:
    """The sort key of `matter_most`: the lowest comes first; an account without a tier goes by the last one."""
    item, question = pair
    late_days = question.number if question.code is QuestionCode.ASK_OVERDUE else 0
    needs = item.placement.bucket is Bucket.NEEDS_INTERVENTION
    return not needs, -late_days, -item.times_left_out, item.facts.account.tier or TIERS[-1], item.position


# Accounts that somebody took into a planned review, or left out of it, before it opens.

PARTS = (ItemPart.DISCUSSED, ItemPart.LEFT_OUT)
"""Parts that somebody can choose for an account."""


class Chosen(NamedTuple):
    """The part of an account in a planned review, and the person who chose it."""

    part: ItemPart
    by: str


def chosen_of(stored: Mapping[str, Any] | None, planned_on: date | None) -> Mapping[int, Chosen]:
    """The parts chosen for the review planned on that day, by account id; those stored for another day are left out."""
    if not stored or planned_on is None or stored["on"] != planned_on.isoformat():
        return {}
    return {int(key): Chosen(part, by) for part in PARTS for key, by in stored.get(part.value, {}).items()}


def to_store(chosen: Mapping[int, Chosen], planned_on: date) -> dict[str, object]:
    """Return the choices for the review planned on that day as they are stored, by part, account id and user id.

    As in `{"on": "2026-11-24", "discussed": {"7": "U0ANN"}}`; a part without accounts is left out.
    """
    of_parts = {part: {str(id_): each.by for id_, each in chosen.items() if each.part is part} for part in PARTS}
    return {"on": planned_on.isoformat()} | {part.value: of_part for part, of_part in of_parts.items() if of_part}


# Checks of days away that somebody wishes to keep.

LONGEST = timedelta(days=365)
"""Longest time away, and the longest time until it begins. Ours: longer is a matter of who owns what."""
NAME_CHARACTERS = 80
MOST_RANGES = 20
"""Ranges that are not over, of one person or of everybody."""
TOO_MANY = f"There are {MOST_RANGES} ranges already. Take one back first: /abm away."


def away_problems(first: date, last: date, today: date) -> Mapping[str, str]:
    """Return what is wrong with days from `first` to `last` on the person's local `today`, by field; nothing if well.

    Days may have begun already, but not be over.
    """
    last_text = day_text(last, today)
    if last < first:
        return {"until_on": f"{last_text} is before {day_text(first, today)}. Give a last day after the first."}
    if last < today:
        return {"until_on": f"{last_text} has passed. Give today, {day_text(today, today)}, or a later day."}
    if last - first >= LONGEST:
        return {"until_on": "That is longer than a year. Give at most a year."}
    if first - today > LONGEST:
        return {"from_on": f"{day_text(first, today)} is more than a year from today. Check the year."}
    return {}


def conflicting_days(wish: Away, kept: Iterable[Away]) -> Away | None:
    """Return the first of the person's `kept` ranges that shares a day with the wish and names another stand-in.

    A range without a stand-in conflicts with none: on each day the longest range counts.
    """
    overlapping = (each for each in kept if each.from_on <= wish.until_on and each.until_on >= wish.from_on)
    return next((each for each in overlapping if wish.stand_in and each.stand_in not in ("", wish.stand_in)), None)


# Gaps in the facts about an account that keep it from being discussed well.


class Gap(StrEnum):
    NO_NEXT_ACTION = "no_next_action"
    NO_EVIDENCE = "no_evidence"
    NO_OWNER = "no_owner"
    NO_WHY_ACCOUNT = "no_why_account"
    NO_WHY_NOW = "no_why_now"
    NO_MOTION = "no_motion"
    NO_TIER = "no_tier"
    NO_PLAY = "no_play"


def gaps_of(account: AccountState) -> Iterator[Gap]:
    """Yield what the account lacks for a good discussion."""
    if not account.open_actions:
        yield Gap.NO_NEXT_ACTION
    if account.stage is not Stage.TARGET and not account.stage_has_evidence:
        yield Gap.NO_EVIDENCE
    if not (account.profile.owner or account.profile.owner_name):
        yield Gap.NO_OWNER
    yield from (Gap(f"no_{part}") for part in missing_parts(account))
    if account.tier is None:
        yield Gap.NO_TIER
    # a play is missed in a tier that has plays of the account or its segment; at a customer only for an open deal
    is_pure_customer = account.stage is Stage.CUSTOMER and furthest_deal(account) is None
    is_running = any(run.end is None for run in account.plays)
    if tier_worked(account) in OWN_NARRATIVE_TIERS and not is_running and not is_pure_customer:
        yield Gap.NO_PLAY


# Absence on a day, and stand-ins who are asked instead.


def longest(ranges: Iterable[Away]) -> Away | None:
    """Return the longest range, or None if there are none.

    Ties go to the range that ends last, then to the person's own over one for everybody.
    """
    return max(ranges, key=lambda each: (each.until_on - each.from_on, each.until_on, each.user_id != ""), default=None)


def stand_in_of(user_id: str, away: Mapping[str, Away]) -> str:
    """Return the stand-in for a person who is away, or ''.

    Nobody stands in for a person who is not away, who named nobody, or whose stand-in is away too. Those who may not
    record are left out of `away` before: `away_on` names none as stand-in who is deactivated or may not record.
    """
    entry = away.get(user_id)
    if entry is None or entry.stand_in in away or entry.stand_in == user_id:
        return ""
    return entry.stand_in


# People who take part in a planned review, and the question that each is asked about an account.

PRODUCT_TIER = 1
"""Tier whose accounts need a say of product before they buy: use case and proof. Ours, after the audit's checks."""
PRODUCT_STAGES = frozenset({Stage.ENGAGED, Stage.MQA, Stage.OPPORTUNITY})
SUCCESS_TIERS = frozenset({1, 2})
"""Tiers whose customers are asked about one by one. Ours: the customers of the last tier are served as one."""
OF_FUNCTION = frozenset({Question.SUCCESS, Question.FIT})


def roster(
    accounts: Sequence[AccountState], preparation: Preparation, asking: ParticipationFacts
) -> tuple[Participant, ...]:
    """Return everybody who takes part, by user id, and after each person who is away whoever stands in for them.

    Owners, marketing partners and our executives are mandatory. Customer success and product are asked where stage or
    tier calls for it, and not waited for. Observing people are never asked, whatever they own, and neither is anybody
    who may not answer or may not see the account.
    """
    questions = _questions_by_person(accounts, preparation, asking)
    observing = asking.may_answer.intersection(preparation.observing)
    participants: list[Participant] = []
    for user_id in sorted({*questions, *observing}):
        person = _participant(user_id, questions.get(user_id, {}), preparation, asking)
        if person.part is Participation.OBSERVING or person.questions:
            participants += [person, *_stand_ins(person, accounts, preparation, asking)]
    return tuple(participants)


def asked_about(account: AccountState, asking: ParticipationFacts) -> Iterator[tuple[str, Question]]:
    """Yield the people who are asked about the account with their question, whether they may answer or not."""
    people = account.profile
    for mover in (people.owner, people.our_executive):
        if mover:
            yield mover, Question.MOVED
    if people.marketing_partner:
        yield people.marketing_partner, Question.BUYER
    for function, question in _functions_asked(account):
        # whoever scored the account knows it; otherwise the function's lead is asked, if it has one
        scored = (each for each in account.fit if each.function == function)
        last = max(scored, key=lambda each: each.scored_at, default=None)
        user_id = last.scored_by if last else asking.leads.get(function)
        if user_id:
            yield user_id, question


def _functions_asked(account: AccountState) -> Iterator[tuple[Function, Question]]:
    """The functions that are asked at the account's stage and tier, each with its question."""
    if account.stage is Stage.CUSTOMER and account.tier in SUCCESS_TIERS:
        yield Function.CUSTOMER_SUCCESS, Question.SUCCESS
    if account.stage in PRODUCT_STAGES and account.tier == PRODUCT_TIER:
        yield Function.PRODUCT, Question.FIT


def _questions_by_person(
    accounts: Iterable[AccountState], preparation: Preparation, asking: ParticipationFacts
) -> dict[str, dict[int, Question]]:
    """The question about each account by user id, of several the first, for those who may answer it."""
    questions: dict[str, dict[int, Question]] = {}
    for account in accounts:
        for user_id, question in asked_about(account, asking):
            if _may_answer(user_id, account, asking):
                questions.setdefault(user_id, {}).setdefault(account.account_id, question)
    for user_id in preparation.optional:
        # an optional person without an account of their own is asked about all of them
        if user_id not in questions:
            visible = [each for each in accounts if _may_answer(user_id, each, asking)]
            questions[user_id] = {each.account_id: Question.MOVED for each in visible}
    return questions


def _may_answer(user_id: str, account: AccountState, asking: ParticipationFacts) -> bool:
    """True if the person may record something and may see the account."""
    is_visible = not account.private_channel or user_id in asking.members.get(account.private_channel, ())
    return is_visible and user_id in asking.may_answer


def _participant(
    user_id: str, questions: dict[int, Question], preparation: Preparation, asking: ParticipationFacts
) -> Participant:
    """The person with their part; optional are those named so, and those asked only for their function."""
    if user_id in preparation.observing:
        return Participant(user_id, Participation.OBSERVING)
    is_optional = user_id in preparation.optional or OF_FUNCTION.issuperset(questions.values())
    part = Participation.OPTIONAL if is_optional else Participation.MANDATORY
    return Participant(user_id, part, questions, away=asking.away.get(user_id))


def _stand_ins(
    person: Participant, accounts: Iterable[AccountState], preparation: Preparation, asking: ParticipationFacts
) -> Iterator[Participant]:
    """The stand-in of somebody away, with the questions that they may answer; none who only observes."""
    if person.away is None:
        return
    user_id = stand_in_of(person.user_id, asking.away)
    if not user_id or user_id in preparation.observing:
        return
    questions = {
        each.account_id: person.questions[each.account_id]
        for each in accounts
        if each.account_id in person.questions and _may_answer(user_id, each, asking)
    }
    if questions:
        yield Participant(user_id, person.part, questions, for_user_id=person.user_id)


# People whose word is still waited for in a review that is open, and those who are away.


@dataclass(frozen=True, slots=True)
class Presence:
    """Everybody on the roster of a review, with those who are away now until a day, and those who left Slack."""

    roster: Sequence[OnRoster]
    away: Mapping[str, date]
    deactivated: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """The people waited for at one account, and those of its people who are away, each until a day."""

    people: tuple[str, ...] = ()
    away: tuple[tuple[str, date], ...] = ()


def waiting_for(facts: AgendaFacts, presence: Presence) -> WaitedFor:
    """Return the mandatory people of the roster who have not answered about the account.

    Without a roster nobody was asked, and the account's owner is waited for. Somebody away is not waited for, but
    their stand-in is. Nobody waits for optional people.
    """
    if not presence.roster:
        silent = facts.missing_updates_from
        return WaitedFor(
            tuple(each for each in silent if each not in presence.away),
            tuple((each, presence.away[each]) for each in silent if each in presence.away),
        )
    owner, partner = facts.account.profile.owner, facts.account.profile.marketing_partner
    # whoever owns the account and is its partner too is asked once, about what moved
    roles = {owner: Question.MOVED, facts.account.profile.our_executive: Question.MOVED}
    roles |= {partner: Question.BUYER} if partner not in roles else {}
    question_by_user = {each: asked for each, asked in roles.items() if each and each not in presence.deactivated}
    people, away = dict[str, None](), dict[str, date]()
    owners = [user for user, question in question_by_user.items() if question is Question.MOVED]
    movers = {each for user in owners for each in _can_answer_for(user, presence)}
    mandatory = {each.user_id for each in _without_stand_ins(presence) if each.part is Participation.MANDATORY}
    for user, question in question_by_user.items():
        if answer_of(question, facts.events, by=_can_answer_for(user, presence), movers=movers) is not None:
            continue
        if (until := _away_until(user, presence)) is not None:
            away[user] = until
            people |= dict.fromkeys(
                each.user_id for each in _waiting_stand_ins(user, presence) if each.part is Participation.MANDATORY
            )
        elif user in mandatory:
            people[user] = None
    return WaitedFor(tuple(each for each in people if each not in presence.deactivated), tuple(away.items()))


def _without_stand_ins(presence: Presence) -> list[OnRoster]:
    """Return the people on the roster in their own right: a stand-in has a second entry, for the absent person."""
    return [each for each in presence.roster if not each.for_user_id]


def _waiting_stand_ins(user_id: str, presence: Presence) -> list[OnRoster]:
    """The person's stand-ins on the roster who are not away themselves."""
    stand_ins = (each for each in presence.roster if each.for_user_id == user_id)
    return [each for each in stand_ins if each.user_id not in presence.away]


def _can_answer_for(user_id: str, presence: Presence) -> set[str]:
    """Return the people who can answer for the person: themselves and their stand-in."""
    return {user_id, *(each.user_id for each in presence.roster if each.for_user_id == user_id)}


def _away_until(user_id: str, presence: Presence) -> date | None:
    """The person's last day away: as of now, else as of the review's opening if somebody stands in for them since."""
    if user_id in presence.away:
        return presence.away[user_id]
    at_opening = next((each.away_until for each in _without_stand_ins(presence) if each.user_id == user_id), None)
    return at_opening if any(each.for_user_id == user_id for each in presence.roster) else None


# When people are asked to prepare a review, and which reviews they prepare together.

MOST_DAYS_OFF = 14
"""Days without work in a row that are passed over. Ours: what is asked longer before a review is forgotten."""
TOGETHER = timedelta(hours=48)
"""Reviews that begin so soon are prepared by one message."""
A_DAY = timedelta(days=1)


def asks_at(plan: Plan, meets_at: datetime, lead: timedelta) -> datetime:
    """Return the instant `lead` before the review by wall time, on the last working day up to then.

    Without a working day within MOST_DAYS_OFF before it, on that day itself. Days are those of the plan's zone; its
    days off and holidays, those of the workspace and days on which everybody is away count as no work.
    """
    # in wall time, so that people are asked at the same time of day when clocks change in between
    wall = meets_at.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None) - lead
    days = (wall.date() - back * A_DAY for back in range(MOST_DAYS_OFF + 1))
    on = next((on for on in days if _is_working_day(plan, on)), wall.date())
    return local_instant(on, wall.time(), plan.zone)[0].astimezone(UTC)


def together_until(plan: Plan, now: datetime) -> datetime:
    """Return until when reviews begin that are prepared by one message: 48 hours, or all of the next working day.

    The later of the two counts. Without a working day within MOST_DAYS_OFF it is 48 hours.
    """
    today = now.astimezone(ZoneInfo(plan.zone)).date()
    days = (today + number * A_DAY for number in range(1, MOST_DAYS_OFF + 1))
    on = next((on for on in days if _is_working_day(plan, on)), today)
    return max(now + TOGETHER, local_instant(on + A_DAY, time(), plan.zone)[0].astimezone(UTC))


def _is_working_day(plan: Plan, on: date) -> bool:
    """True for Monday to Friday, unless it is a day off of the plan or a holiday where people work."""
    is_off = day_off(plan, on) is not None or holiday_on(plan.nobody_works_in, on)
    return on.weekday() in WORKING_DAYS and not is_off
