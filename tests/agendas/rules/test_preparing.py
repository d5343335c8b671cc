from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agendas.errors import NotUnderstood
from agendas.facts import reviews
from agendas.facts.account import AccountState, Rhythm, Source, Stage
from agendas.facts.events import ActionChanged, Corrected, ListChanged, Moved, NothingMoved
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.reviews import (
    AS_USUAL,
    Away,
    ChangeSinceReview,
    ItemPart,
    OnRoster,
    Participation,
    ParticipationFacts,
    Plan,
    Preparation,
    Question,
)
from agendas.rules import preparing
from agendas.rules.history import is_updated
from agendas.rules.notices import WorkingHours, reminder_at
from agendas.rules.preparing import AwayWord, AwayWords, Presence, WaitedFor, asks_at, longest, roster, waiting_for
from agendas.rules.reviews import fit, order, place
from tests.agendas.rules.histories import named, shown
from tests.builders import ANN, BOB, CLEO, DAN, NOW, account, agenda_facts, event, profile
from tests.cases import cases, texts

# People are asked to prepare a review on a working day, in time for a reminder in their own hours.

BERLIN = "Europe/Berlin"
LEAD = timedelta(hours=24)
PLAN = Plan(Rhythm.WEEKLY, date(2026, 11, 30), time(9), BERLIN)
FRIDAY_OFF = Plan(Rhythm.WEEKLY, date(2026, 11, 30), time(9), BERLIN, days_off=frozenset({date(2026, 11, 27)}))
CHRISTMAS = Plan(Rhythm.WEEKLY, date(2026, 12, 28), time(9), BERLIN, holidays_of="DE")
NOBODY_WORKS = replace(CHRISTMAS, holidays_of="", nobody_works_in="GB-ENG")
ALL_AWAY = Plan(
    Rhythm.WEEKLY, date(2026, 11, 30), time(9), BERLIN, everyone_away=(Away("", date(2026, 10, 1), date(2026, 11, 29)),)
)


def berlin(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


@cases(
    ("plan", "meets_at", "hours", "expected"),
    [
        (PLAN, berlin(30), 24, berlin(27)),
        (PLAN, berlin(30), 48, berlin(27)),
        (PLAN, berlin(30), 72, berlin(27)),
        (PLAN, berlin(26), 24, berlin(25)),
        (PLAN, berlin(1, month=12), 48, berlin(27)),
        (FRIDAY_OFF, berlin(30), 24, berlin(26)),
        (CHRISTMAS, berlin(28, month=12), 24, berlin(24, month=12)),
        (NOBODY_WORKS, berlin(29, month=12), 24, berlin(24, month=12)),
        (ALL_AWAY, berlin(30), 24, berlin(29)),
        (PLAN, berlin(26, month=10), 24, berlin(23, month=10)),
    ],
    ids=[
        "a Monday review is asked about on Friday at the same wall time",
        "however long before",
        "a lead that ends on a Friday",
        "in the week by the hour",
        "a Tuesday review two days before",
        "a day off of the plan",
        "public holidays",
        "public holidays on which nobody works, though reviews are held",
        "none in two weeks: by the hour",
        "over the end of summer time",
    ],
)
def test_people_are_asked_on_the_last_working_day_before_the_lead(plan, meets_at, hours, expected):
    assert asks_at(plan, meets_at, timedelta(hours=hours)) == expected


@cases("zone", [BERLIN, "America/Los_Angeles", "America/New_York", "Asia/Tokyo", "Asia/Kolkata"])
def test_everybody_has_a_working_hour_for_the_reminder_of_a_monday_review(zone: str) -> None:
    at = reminder_at(WorkingHours(zone), asked_at=asks_at(PLAN, berlin(30), LEAD), cutoff=berlin(30, 7))
    assert at is not None
    assert at.astimezone(ZoneInfo(zone)).weekday() in (0, 4)


def test_reviews_of_two_days_and_of_the_next_working_day_are_prepared_together() -> None:
    assert preparing.together_until(PLAN, berlin(27)) == berlin(1, 0, month=12), "all of Monday"
    assert preparing.together_until(PLAN, berlin(26, 15)) == berlin(28, 15)
    assert preparing.together_until(PLAN, berlin(25)) == berlin(27)


# People who take part in a planned review, and what each is asked.

NORA = "U0NORA"
INES = "U0INES"
PAULA = "U0PAULA"
TOMAS = "U0TOMAS"
LEADER = "U0LEAD"
SCORER = "U0SCORER"
EVERYBODY = frozenset({NORA, INES, PAULA, TOMAS, LEADER, SCORER})
ASKING = ParticipationFacts(EVERYBODY)
OURS = account(tier=2, profile=profile(owner=NORA, marketing_partner=INES, our_executive=PAULA))
SCORED = (FitScore(Criterion.ACV, 4, "", "product", SCORER, NOW),)
ON = date(2026, 11, 30)


def _away(user_id: str, stand_in: str = "") -> dict[str, Away]:
    return {user_id: Away(user_id, ON, ON, stand_in)}


def _asked(
    asked: AccountState = OURS, preparation: Preparation = AS_USUAL, asking: ParticipationFacts = ASKING
) -> dict[str, tuple[Participation, list[Question]]]:
    found = roster((asked,), preparation, asking)
    return {each.user_id: (each.part, list(each.questions.values())) for each in found if each.is_asked}


def test_owner_partner_and_executive_are_mandatory_each_with_their_question() -> None:
    assert _asked() == {
        NORA: (Participation.MANDATORY, [Question.MOVED]),
        INES: (Participation.MANDATORY, [Question.BUYER]),
        PAULA: (Participation.MANDATORY, [Question.MOVED]),
    }


@cases(
    ("account", "asked", "question"),
    [
        (replace(OURS, tier=1), LEADER, Question.FIT),
        (replace(OURS, tier=1, fit=SCORED), SCORER, Question.FIT),
        (replace(OURS, tier=1, stage=Stage.AWARE), None, None),
        (OURS, None, None),
        (replace(OURS, stage=Stage.CUSTOMER), LEADER, Question.SUCCESS),
        (replace(OURS, stage=Stage.CUSTOMER, tier=3), None, None),
    ],
)
def test_product_and_customer_success_are_asked_as_tier_and_stage_say_and_not_waited_for(account, asked, question):
    found = _asked(account, asking=replace(ASKING, leads={"product": LEADER, "customer_success": LEADER}))
    others = {user: each for user, each in found.items() if user not in (NORA, INES, PAULA)}
    assert others == ({asked: (Participation.OPTIONAL, [question])} if asked else {})


def test_who_has_two_roles_is_asked_once_the_first_question() -> None:
    both = replace(OURS, profile=profile(owner=NORA, marketing_partner=NORA, our_executive=NORA))
    assert _asked(both) == {NORA: (Participation.MANDATORY, [Question.MOVED])}


def test_optional_people_are_asked_of_theirs_or_of_all_and_observing_ones_never() -> None:
    found = roster((OURS,), Preparation(optional=(NORA, TOMAS), observing=(INES, LEADER)), ASKING)
    assert {each.user_id: (each.part, each.is_asked) for each in found} == {
        NORA: (Participation.OPTIONAL, True),
        TOMAS: (Participation.OPTIONAL, True),
        PAULA: (Participation.MANDATORY, True),
        INES: (Participation.OBSERVING, False),
        LEADER: (Participation.OBSERVING, False),
    }


def test_nobody_is_asked_who_may_not_answer_or_not_see_the_account() -> None:
    assert NORA not in _asked(asking=ParticipationFacts(EVERYBODY - {NORA}))
    private = replace(OURS, private_channel="C0SECRET")
    assert _asked(private, Preparation(optional=(TOMAS,))) == {}
    assert set(_asked(private, asking=replace(ASKING, members={"C0SECRET": frozenset({INES})}))) == {INES}


def test_who_is_away_is_on_the_roster_unasked_and_their_stand_in_is_asked_in_their_place() -> None:
    found = roster((OURS,), AS_USUAL, replace(ASKING, away=_away(NORA, TOMAS)))
    nora, tomas = (next(each for each in found if each.user_id == who) for who in (NORA, TOMAS))
    assert nora.away is not None
    assert not nora.is_asked
    assert (tomas.for_user_id, tomas.part, tomas.is_asked) == (NORA, Participation.MANDATORY, True)
    assert tomas.questions == {1: Question.MOVED}


@cases(
    ("preparation", "asking"),
    [
        (AS_USUAL, replace(ASKING, away=_away(NORA, TOMAS) | _away(TOMAS))),
        (AS_USUAL, replace(ASKING, away=_away(NORA))),
        (AS_USUAL, replace(ASKING, away=_away(NORA, TOMAS), may_answer=EVERYBODY - {TOMAS})),
        (Preparation(observing=(TOMAS,)), replace(ASKING, away=_away(NORA, TOMAS))),
    ],
    ids=["away too", "none named", "may not answer", "only observes"],
)
def test_a_stand_in_who_cannot_be_asked_is_not(preparation: Preparation, asking: ParticipationFacts) -> None:
    assert set(_asked(OURS, preparation, asking)) == {INES, PAULA}


def test_a_stand_in_with_a_part_of_their_own_keeps_it() -> None:
    found = roster((OURS,), AS_USUAL, replace(ASKING, away=_away(NORA, INES)))
    assert [(each.for_user_id, each.questions) for each in found if each.user_id == INES] == [
        ("", {1: Question.BUYER}),
        (NORA, {1: Question.MOVED}),
    ]


# The range that counts on a day, and the person asked instead of one who is away.

SHORT = Away("U0ANN", date(2026, 12, 1), date(2026, 12, 2), "U0BOB")
LONG = Away("U0ANN", date(2026, 11, 25), date(2026, 12, 4), "U0CLEO")
LATER = Away("U0ANN", date(2026, 11, 26), date(2026, 12, 5))
WINTER_BREAK = Away("", date(2026, 11, 25), date(2026, 12, 4), name="Winter break")


def test_of_ranges_that_cover_a_day_the_longest_counts_then_the_later_then_the_persons_own() -> None:
    assert longest(()) is None
    assert longest((SHORT, LONG)) == LONG
    assert longest((LATER, LONG)) == LATER
    assert longest((WINTER_BREAK, LONG)) == LONG
    assert longest((WINTER_BREAK, SHORT)) == WINTER_BREAK


@cases(
    ("away", "expected"),
    [
        ({}, ""),
        ({"U0ANN": LATER}, ""),
        ({"U0ANN": LONG}, "U0CLEO"),
        ({"U0ANN": LONG, "U0CLEO": WINTER_BREAK}, ""),
        ({"U0ANN": Away("U0ANN", LONG.from_on, LONG.until_on, "U0ANN")}, ""),
        ({"U0BOB": LONG}, ""),
    ],
)
def test_a_stand_in_is_asked_who_was_named_and_is_there(away: Mapping[str, Away], expected: str) -> None:
    assert preparing.stand_in_of("U0ANN", away) == expected


# Answers to what a person was asked before a review.

NEWS, NOTHING = event(Moved("They signed"), actor=CLEO), event(NothingMoved(), actor=CLEO)


@cases(
    ("question", "told", "is_answered"),
    [
        (Question.MOVED, event(NothingMoved(), actor=ANN), True),
        (Question.MOVED, event(ActionChanged(3, "done"), actor=ANN), True),
        (Question.MOVED, NEWS, True),
        (Question.MOVED, NOTHING, False),
        (Question.MOVED, event(NothingMoved(), actor=BOB), True),
        (Question.MOVED, event(Moved("They signed"), source=Source.IMPORT, actor=ANN), False),
        (Question.MOVED, event(Moved("They signed"), source=Source.WEBHOOK, actor=CLEO), False),
        (Question.BUYER, NEWS, False),
        (Question.BUYER, event(NothingMoved(), actor=BOB), False),
        (Question.BUYER, event(NothingMoved(), actor=ANN), True),
        (Question.FIT, event(Corrected(7), actor=ANN), False),
        (Question.MOVED, event(ListChanged("named", 1, "Renews"), actor=ANN), False),
    ],
)
def test_ones_own_word_answers_anything_and_anybodys_news_answers_what_moved(question, told, is_answered):
    assert (preparing.answer_of(question, [told], by={ANN}, movers={ANN, BOB}) is not None) is is_answered


def test_what_was_taken_back_answers_nothing() -> None:
    told = event(Moved("They signed"), id=4, actor=ANN)
    taken_back = event(Corrected(4), id=5, actor=ANN)
    assert preparing.answer_of(Question.MOVED, [told, taken_back], by={ANN}, movers={ANN}) is None


def test_a_promise_kept_does_not_say_what_moved() -> None:
    assert preparing.says_what_moved(NEWS)
    assert not preparing.says_what_moved(event(ActionChanged(3, "done")))


# People whose word is waited for in an open review, and those who are away.

UNTIL = date(2026, 12, 4)
SILENT = agenda_facts(
    account=account(profile=profile(marketing_partner=BOB, our_executive=DAN)), missing_updates_from=(ANN,)
)
BOTH = (OnRoster(ANN, Participation.MANDATORY), OnRoster(BOB, Participation.MANDATORY))


def test_without_a_roster_the_owner_is_waited_for_unless_away() -> None:
    assert waiting_for(SILENT, Presence((), {})) == WaitedFor((ANN,))
    assert waiting_for(SILENT, Presence((), {ANN: UNTIL})) == WaitedFor((), ((ANN, UNTIL),))


@cases(
    ("there", "waiting"),
    [
        (Presence(BOTH, {}), WaitedFor((ANN, BOB))),
        (Presence((OnRoster(ANN, Participation.OPTIONAL), BOTH[1]), {}), WaitedFor((BOB,))),
        (Presence(BOTH, {}, deactivated={BOB}), WaitedFor((ANN,))),
        (Presence(BOTH, {ANN: UNTIL}), WaitedFor((BOB,), ((ANN, UNTIL),))),
        (
            Presence((*BOTH, OnRoster(CLEO, Participation.MANDATORY, ANN)), {ANN: UNTIL}),
            WaitedFor((CLEO, BOB), ((ANN, UNTIL),)),
        ),
        (
            Presence((*BOTH, OnRoster(CLEO, Participation.MANDATORY, ANN)), {ANN: UNTIL, CLEO: UNTIL}),
            WaitedFor((BOB,), ((ANN, UNTIL),)),
        ),
    ],
    ids=["both", "optional", "gone", "away", "stand-in", "stand-in away too"],
)
def test_mandatory_people_are_waited_for_and_those_away_never(there: Presence, waiting: WaitedFor) -> None:
    assert waiting_for(SILENT, there) == waiting


def test_who_said_something_is_not_waited_for_nor_named_as_away() -> None:
    heard = replace(SILENT, events=(event(NothingMoved(), actor=ANN),))
    assert waiting_for(heard, Presence(BOTH, {ANN: UNTIL})) == WaitedFor((BOB,))


# Changes, promises and decisions that a brief names.
def items(**values: int) -> tuple[reviews.AgendaItem, ...]:
    stuck = named(1, "engaged", name="Stuck", since=50)
    blocked = named(2, "engaged", name="Blocked")
    blocked.block(75, needs="executive")
    moved = named(3, "engaged", name="Moved")
    moved.move("mqa", 72, shown(72))
    steady = named(1, "engaged", name="Steady")
    placed = [
        reviews.AgendaItem(0, facts, place(facts), times_left_out=values.get(facts.account.name.lower(), 0))
        for facts in (each.facts() for each in (stuck, blocked, moved, steady))
    ]
    numbered = [
        replace(each, facts=replace(each.facts, account=replace(each.facts.account, account_id=number)))
        for number, each in enumerate(placed, start=1)
    ]
    return fit(order(numbered), 45)


def test_each_account_that_changed_is_named_once_under_its_kind() -> None:
    found = preparing.changes_since_review(items())
    assert found[ChangeSinceReview.ADVANCED] == ("Moved",)
    assert found[ChangeSinceReview.STALLED] == ("Stuck",)
    assert [name for names in found.values() for name in names if name == "Steady"] == []


def test_three_at_most_are_named_for_their_decision_those_in_need_first_and_steady_ones_never() -> None:
    found = [item.facts.account.name for item, _ in preparing.matter_most(items())]
    assert found[0] == "Blocked"
    assert "Steady" not in found
    assert len(found) <= 3
    again = [item.facts.account.name for item, _ in preparing.matter_most(items(moved=2))]
    assert again.index("Moved") < again.index("Stuck"), "what was left out before comes first among those of less need"


def test_a_promise_is_told_from_the_day_after_it_was_due_the_latest_first() -> None:
    told = items()
    dues = sorted(action.due_on for each in told for action in each.facts.account.open_actions)
    assert preparing.promised(told, min(dues, default=None) or told[0].facts.now.date() - timedelta(days=400)) == ()


def test_owners_of_accounts_without_a_word_since_the_last_review_are_silent_where_they_are_discussed() -> None:
    told = items()
    counted = dict(preparing.silent_owners(told))
    discussed = [each for each in told if each.part is ItemPart.DISCUSSED]
    assert sum(counted.values()) <= len(discussed)
    assert preparing.silent_owners([replace(each, part=ItemPart.LISTED) for each in told]) == []


def test_that_an_account_was_named_is_no_update_of_it_and_what_was_recorded_since_is_one() -> None:
    new = named(1, "engaged", name="New")
    facts = replace(new.facts(), before=None, since=None, events=tuple(new.events))
    assert facts.account.named_at is not None
    later = [event for event in facts.events if event.recorded_at > facts.account.named_at]
    assert is_updated(facts) is bool(later)
    assert not is_updated(replace(facts, events=tuple(each for each in facts.events if each not in later)))
    moved = named(1, "engaged", name="New")
    moved.move("mqa", 72, shown(72))
    assert is_updated(replace(moved.facts(), before=None, since=None, events=tuple(moved.events)))


# The words after /abm away.

TODAY = date(2026, 11, 27)  # a Friday


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


@cases(
    ("typed", "expected"),
    [
        ("", AwayWords(AwayWord.SHOW)),
        ("back", AwayWords(AwayWord.BACK)),
        ("I'm back.", AwayWords(AwayWord.BACK)),
        ("mon", AwayWords(AwayWord.AWAY, on(11, 30), on(11, 30))),
        ("tomorrow", AwayWords(AwayWord.AWAY, on(11, 28), on(11, 28))),
        ("4 dec to 11 dec", AwayWords(AwayWord.AWAY, on(12, 4), on(12, 11))),
        ("from 21 dec until 3 jan", AwayWords(AwayWord.AWAY, on(12, 21), on(1, 3, 2027))),
        ("2026-12-04 - 2026-12-11", AwayWords(AwayWord.AWAY, on(12, 4), on(12, 11))),
        ("next wed to tue", AwayWords(AwayWord.AWAY, on(12, 2), on(12, 8))),
        ("until wed", AwayWords(AwayWord.AWAY, TODAY, on(12, 2))),
        ("11 dec to 4 dec", AwayWords(AwayWord.AWAY, on(12, 11), on(12, 4))),
        ("2026-01-04 to 2026-01-05", AwayWords(AwayWord.AWAY, on(1, 4), on(1, 5))),
        ("mon to wed <@U0BOB0001>", AwayWords(AwayWord.AWAY, on(11, 30), on(12, 2), "U0BOB0001")),
        ("mon, stand-in <@U0BOB0001|bob>", AwayWords(AwayWord.AWAY, on(11, 30), on(11, 30), "U0BOB0001")),
        ("mon @bobb", AwayWords(AwayWord.AWAY, on(11, 30), on(11, 30), unknown="bobb")),
        ("everyone 24 dec to 1 jan", AwayWords(AwayWord.EVERYONE, on(12, 24), on(1, 1, 2027))),
        (
            "Everybody 24 dec to 1 jan Winter break",
            AwayWords(AwayWord.EVERYONE, on(12, 24), on(1, 1, 2027), name="Winter break"),
        ),
        ("everyone fri Offsite", AwayWords(AwayWord.EVERYONE, on(12, 4), on(12, 4), name="Offsite")),
        ("holidays germany", AwayWords(AwayWord.HOLIDAYS, name="germany")),
        ("public holidays of Germany Bayern", AwayWords(AwayWord.HOLIDAYS, name="Germany Bayern")),
    ],
)
def test_words_are_read_into_days_and_people(typed: str, expected: AwayWords) -> None:
    assert preparing.read_away(typed, TODAY) == expected


@texts("typed", "sentence")
def test_what_cannot_be_read_is_said_in_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        preparing.read_away(typed, TODAY)
    assert sentence in str(refused.value)


# Days away that cannot be kept, each with its sentence beside the field.
@cases(
    ("first", "last", "expected"),
    [
        (TODAY, TODAY, {}),
        (date(2026, 11, 20), TODAY, {}),
        (date(2026, 12, 1), date(2027, 11, 30), {}),
        (date(2026, 12, 2), date(2026, 12, 1), {"until_on": "1 Dec is before 2 Dec. Give a last day after the first."}),
        (
            date(2026, 11, 20),
            date(2026, 11, 26),
            {"until_on": "26 Nov has passed. Give today, 27 Nov, or a later day."},
        ),
        (date(2026, 12, 1), date(2027, 12, 1), {"until_on": "That is longer than a year. Give at most a year."}),
        (date(2028, 1, 1), date(2028, 1, 2), {"from_on": "1 Jan 2028 is more than a year from today. Check the year."}),
    ],
)
def test_days_over_reversed_too_long_or_too_far_are_refused(first: date, last: date, expected: Mapping[str, str]):
    assert preparing.away_problems(first, last, TODAY) == expected
