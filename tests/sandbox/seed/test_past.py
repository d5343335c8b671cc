"""The past of the sample program: its content, its dates, and the rebuilding of its reviews."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import ListStatus
from agendas.facts.deals import OpportunityChanged
from agendas.facts.events import Decided, DecisionKind, Moved
from agendas.facts.past_review import PastState
from agendas.facts.people import Function, Right
from agendas.verbs.loading.rows import state_adapter
from agendas.verbs.reads.past.reviews import opened_account, opened_review
from agendas.verbs.reads.people import list_people
from agendas.verbs.reads.reviews.facts import review_facts
from agendas.verbs.reads.reviews.ledger import channel_ledger
from sandbox.seed.program import STORIES, steps_of
from sandbox.seed.recording.planned_reviews import ATTENDANCE, MISSED, NOT_HELD, WEEKS
from sandbox.seed.subject_steps import AddContact, AddSignal
from sandbox.seed.subjects.deals import DEALS, IMPORTS
from storage import accounts, people, reviews
from storage.delivery import leases
from tests.rebuilding import rebuild_review
from tests.sandbox.seed.sample import CHANNEL, NOW, WORKSPACE, Sample


def test_it_holds_thirteen_named_accounts_one_of_them_private_and_others_that_are_not_on_the_list(
    sample: Sample,
) -> None:
    with sample.store.reading() as session:
        rows = accounts.get_many(session, WORKSPACE, sample.program.accounts.values())
        tiers = Counter(row.tier for row in rows if row.list_status == ListStatus.NAMED)
        others = Counter(row.list_status for row in rows if row.list_status != ListStatus.NAMED)
        private = [row.name for row in rows if row.private_channel]
    assert tiers == {1: 4, 2: 5, 3: 4}
    assert private == ["Orrin Rail"]
    assert others == {"candidate": 1, "paused": 1, "rejected": 2, "removed": 10}


def test_people_of_every_function_have_functions_and_rights(sample: Sample) -> None:
    found = sample.store.read_now(list_people, WORKSPACE, now=NOW)
    functions = Counter(person.function for person in found)
    assert functions == {
        Function.SALES: 3,
        Function.MARKETING: 2,
        Function.CUSTOMER_SUCCESS: 1,
        Function.PRODUCT: 1,
        Function.FINANCE: 1,
        Function.EXECUTIVE: 1,
    }
    assert Counter(person.right for person in found) == {Right.ADMIN: 2, Right.EDITOR: 6, Right.VIEWER: 1}


def test_reviews_came_every_two_weeks_then_each_week_and_closed_with_those_who_were_there(sample: Sample) -> None:
    with sample.store.reading() as session:
        planned = reviews.get_all(session, WORKSPACE)
    assert [row.planned_at for row in planned] == [sample.calendar.review_at(week) for week in WEEKS]
    by_week = dict(zip(WEEKS, planned, strict=True))
    assert (by_week.pop(MISSED).state, by_week[NOT_HELD].was_held) == ("missed", False)
    assert by_week.pop(NOT_HELD).state == "closed"
    assert [row.row_id for row in by_week.values()] == sample.program.reviews
    assert all(row.state == "closed" and row.was_held for row in by_week.values())
    assert all(row.closed_at and row.closed_at - row.opened_at < timedelta(hours=1) for row in by_week.values())
    for week, row in by_week.items():
        assert {f"U0{handle.upper()}" for handle in ATTENDANCE[week]} <= set(row.attended)


def test_every_past_review_is_rebuilt_exactly_from_its_cutoff(sample: Sample) -> None:
    store, rebuilt = sample.store, {}
    for review_id in sample.program.reviews:
        frozen = store.read_now(review_facts, WORKSPACE, review_id, now=NOW)
        rebuilt[review_id] = store.read_now(rebuild_review, WORKSPACE, review_id)
        # a closed review knows what was corrected afterwards, and is what it was without that
        assert rebuilt[review_id] == replace(frozen, corrected=())
        opened = store.read_now(rebuild_review, WORKSPACE, review_id, moment="opened")
        stored = store.read_now(reviews.items, review_id)
        assert [item.facts.account for item in opened.items] == [
            state_adapter.validate_python(row.opened_state) for row in stored
        ]
        assert [(item.placement.bucket.value, item.position) for item in opened.items] == [
            (row.bucket, row.position) for row in stored
        ]
    sample.opens()
    for review_id, before in rebuilt.items():
        assert store.read_now(rebuild_review, WORKSPACE, review_id).items == before.items


def test_nothing_of_the_past_is_sent(sample: Sample) -> None:
    assert not sample.store.read_now(leases.is_any_claimable, sample.opens_at)


def test_each_step_was_recorded_when_it_happened_and_deals_have_the_dates_of_the_crm(sample: Sample) -> None:
    steps = [step for story in STORIES for step in steps_of(story) if not isinstance(step, AddSignal)]
    told = {sample.calendar.instant(step.when) for step in steps}
    imported = {sample.calendar.instant(when) for when in IMPORTS}
    deals = [event for event in sample.events() if isinstance(event.change, OpportunityChanged)]
    others = [event for event in sample.events() if not isinstance(event.change, OpportunityChanged)]
    assert {event.recorded_at for event in others} == told
    assert all(event.happened_at == event.recorded_at for event in others)
    assert {event.recorded_at for event in deals} == imported
    assert {event.happened_at for event in deals} == {
        sample.calendar.instant(entry.when) for deal in DEALS for entry in deal.entries
    }


def test_every_name_is_marked_as_a_sample(sample: Sample) -> None:
    urls = {piece.url for event in sample.events() for piece in event.evidence if piece.url}
    assert urls
    assert all(url.split("/")[2].endswith(".example") for url in urls)
    assert all(story.domain.endswith(".example") for story in STORIES)
    met = [step for story in STORIES for step in steps_of(story) if isinstance(step, AddContact)]
    assert all(step.name.endswith(" Sample") for step in met)
    assert all(step.email.endswith(".example") for step in met if step.email)


def test_reviews_of_the_past_decided_everything_there_is_to_decide(sample: Sample) -> None:
    decided = [event for event in sample.events() if isinstance(event.change, Decided)]
    assert {event.change.decision for event in decided if isinstance(event.change, Decided)} == set(DecisionKind)
    changes = (event.change for event in decided if isinstance(event.change, Decided))
    tiers = [(each.from_tier, each.to_tier) for each in changes if each.decision is DecisionKind.CHANGE_TIER]
    assert sorted(tiers) == [(1, 2), (2, 3), (3, 2)]
    assert all(event.review_id is not None for event in decided)


def test_steps_up_have_evidence_but_for_those_that_are_claimed(sample: Sample) -> None:
    steps = [event for event in sample.events() if isinstance(event.change, Moved)]
    without = [event.change.text for event in steps if isinstance(event.change, Moved) and not event.evidence]
    assert sorted(without) == ["Personnel lead seemed ready for a trial", "Plant manager sounded keen at the fair"]


def test_the_channels_are_known_by_name(sample: Sample) -> None:
    with sample.store.reading() as session:
        found = [people.find_channel(session, WORKSPACE, each) for each in (CHANNEL, "C0DEAL001")]
    assert [channel and channel.name for channel in found] == ["abm-weekly", "deal-corvane"]


def test_the_ledger_says_of_each_past_review_that_it_was_posted_and_nothing_of_its_parts(sample: Sample) -> None:
    shown = sample.store.read_now(channel_ledger, WORKSPACE, CHANNEL, now=NOW)
    past = [line for line in shown if line.due_at < NOW]
    assert {(line.what, line.state) for line in past} == {("Review", "posted")}


def test_every_past_review_opens_with_its_neighbours_and_each_of_its_accounts(sample: Sample) -> None:
    with sample.store.reading() as session:
        ids = [row.row_id for row in reviews.get_all(session, WORKSPACE) if row.state == "closed"]
    for place, review_id in enumerate(ids):
        opened = sample.store.read_now(opened_review, WORKSPACE, review_id, now=NOW)
        neighbours = (ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None)
        assert (opened.previous_id, opened.next_id) == neighbours
        was_held = review_id in sample.program.reviews
        assert opened.past.state is (PastState.HELD if was_held else PastState.NOT_HELD)
        for item in opened.review.items:
            account = sample.store.read_now(opened_account, WORKSPACE, item.review_item_id, now=NOW)
            assert account.item.facts.account == item.facts.account
