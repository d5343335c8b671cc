"""Things of accounts and their days: narratives written, actions due, deals closed, reviews held, moves."""

from datetime import date

from assistant.query import Form, Having, Period, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

LABELS = [
    ("which actions are due in more than two weeks", "actions list period=2026-12-11.."),
    ("anything of mine that should have been wrapped up by now", "actions list whose=nora is_overdue"),
    ("my completed actions in october", "actions list whose=nora progress=done period=2026-10-01..2026-10-31"),
    ("the three most overdue actions", "actions list is_overdue by=due is_lowest limit=3"),
    ("my five next deadlines", "actions list whose=nora by=due is_lowest limit=5"),
    ("what's the next deal to land", "deals list by=close_date is_lowest limit=1"),
    ("which deal closes last", "deals list by=close_date limit=1"),
    ("the largest deal we lost this year", "deals list progress=lost period=2026-01-01..2026-12-31 by=amount limit=1"),
    ("what did we close in november", "deals list progress=won period=2026-11-01..2026-11-30"),
    ("what are we going to win before christmas", "deals list period=..2026-12-24"),
    ("list every opportunity above 50k", "deals list least_cents=50000"),
    ("deals worth at least 250000 euro", "deals list least_cents=250000 currency=EUR"),
    ("pipeline in EUR by owner", "deals sum currency=EUR per=owner"),
    ("how many deals has each rep won", "deals count progress=won per=owner"),
    ("opps with the close date in the past", "deals list is_overdue"),
    ("upsell opps at umber", "deals list of=umber about=upsell"),
    ("no. of open deals tier 2", "deals count tiers=2"),
    ("deals lost in the third quarter", "deals list progress=lost period=2026-07-01..2026-09-30"),
    ("closing date of the fennimore opp", "deals when of=fennimore"),
    ("what was discussed in the last review", "reviews card which=last"),
    ("how did the last review go", "reviews card which=last"),
    ("recap of monday's review", "reviews card period=2026-11-23..2026-11-23"),
    ("what reviews took place last month", "reviews list period=2026-10-01..2026-10-31"),
    ("which accounts went from engaged to mqa", "movement list stages=mqa"),
    ("advances without evidence this month", "movement list ways=claimed period=2026-11-01..2026-11-30"),
    ("progress across the board since monday", "movement list period=2026-11-23.."),
    ("who got demoted since the summer", "list_changes list period=2026-06-01.."),
    ("what is nora working on", "actions list whose=nora"),
    ("whats ines doing for tallow", "actions list of=tallow whose=ines"),
    ("how does my week look", "actions list whose=nora period=2026-11-23..2026-11-29"),
    ("whats on for today", "actions list period=2026-11-26..2026-11-26"),
    ("what's pending at merrow", "actions list of=merrow"),
    ("open actions as of today", "actions list"),
    ("what did i not finish last week", "actions list whose=nora period=2026-11-16..2026-11-22"),
    ("stuff i promised to do by monday", "actions list whose=nora period=..2026-11-30"),
    ("have we sent fennimore the contract", "actions yes_no of=fennimore progress=done about=contract"),
    ("was the workshop at fennimore booked", "actions yes_no of=fennimore progress=done about=workshop"),
    ("is the proposal for fennimore finished", "actions yes_no of=fennimore progress=done about=proposal"),
    ("who has more overdue tasks, me or tomas", "actions compare whose=nora,tomas is_overdue"),
    ("are vantor and vantora in the same stage", "accounts compare of=vantor,vantora fields=stage"),
    ("did tier 1 move more than tier 2", "movement compare tiers=1,2"),
    ("owner, partner, exec for kestrel", "accounts field of=kestrel fields=owner,partner,executive"),
    ("halden last touched", "accounts field of=halden fields=last_touch"),
    ("what stage did brightwater get to", "accounts field of=brightwater fields=stage"),
    ("everything that was logged on friday", "changes list period=2026-11-20..2026-11-20"),
    ("who was added and who was removed this quarter", "list_changes list period=2026-10-01..2026-12-31"),
    ("due 2day", "actions list period=2026-11-26..2026-11-26"),
    (
        "where are we with the security questionnaire at corvane",
        "actions list of=corvane about='security questionnaire'",
    ),
    ("which deadlines were missed in october", "actions list is_overdue period=2026-10-01..2026-10-31"),
    ("actions due in the second half of december", "actions list period=2026-12-16..2026-12-31"),
    ("closed won since july, total", "deals sum progress=won period=2026-07-01.."),
    ("deals whose close date moved", "deals list progress=slipped"),
    ("anything past its close date", "deals list is_overdue"),
    ("do i have a deal closing this month", "deals list owners=nora period=2026-11-01..2026-11-30"),
    ("amount of the renewal at umber", "deals list of=umber about=renewal"),
    ("which owner won most this year", "deals count progress=won per=owner period=2026-01-01..2026-12-31"),
    ("what was decided at the last kestrel review", "reviews card of=kestrel which=last"),
    ("what did the review on 12 november decide", "reviews card period=2026-11-12..2026-11-12"),
    ("who's leading the next review", "reviews who which=next"),
    ("which accounts are on the agenda on friday", "reviews list period=2026-11-27..2026-11-27"),
    ("list past reviews", "reviews list"),
    ("accounts that climbed to mqa or higher", "movement list stages=mqa,opportunity,customer ways=advanced"),
    ("which accounts fell from mqa to engaged", "movement list stages=engaged ways=regressed"),
    ("new customers this year", "movement list stages=customer period=2026-01-01..2026-12-31"),
    ("which tier had the most movement", "movement count per=tier"),
    ("what was logged against tier 1 since friday", "changes list tiers=1 period=2026-11-20.."),
    ("newcomers in november", "list_changes list statuses=named period=2026-11-01..2026-11-30"),
]


@cases(("text", "label"), LABELS)
def test_what_is_asked_of_a_thing_is_told_by_its_verb_its_noun_and_its_day(text: str, label: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query == read_label(label)
    assert reading.unread == ()


@cases(
    ("text", "left"),
    [
        ("tasks due this week, excluding mine", "excluding mine"),
        ("open actions except nora's", "except nora's"),
        ("tasks not mine", "not mine"),
    ],
)
def test_work_of_everybody_but_somebody_is_not_answered_with_the_work_of_that_person(text: str, left: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is None or not reading.query.whose
    assert reading.unread == (left,)


@cases(
    ("text", "form", "thing", "period"),
    [
        ("narratives older than 90 days", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("narrative written before October", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 9, 30))),
        ("accounts with a narrative older than 90 days", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("how many narratives are older than 90 days", Form.COUNT, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("fit scored before november", Form.LIST, Having.FIT, Period(last=date(2026, 10, 31))),
        ("fit scores older than 60 days", Form.LIST, Having.FIT, Period(last=date(2026, 9, 27))),
    ],
)
def test_the_day_of_a_thing_asks_for_the_accounts_that_have_it_from_then(
    text: str, form: Form, thing: Having, period: Period
) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query == Query(Subject.ACCOUNTS, form, having=(thing,), period=period)
    assert reading.is_sure
