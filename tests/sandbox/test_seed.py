import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from textwrap import wrap

import pytest

from agendas.facts.account import ActionStatus, ListStatus, Movement
from agendas.facts.deals import OpportunityChanged
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.measures import PracticeLine, Row, TrendKind, Verdict
from agendas.facts.past_review import PastState
from agendas.facts.people import Function, Right
from agendas.facts.plays import PlayEnd
from agendas.facts.reviews import Bucket, ReviewFacts
from agendas.pages.agenda import agenda_page
from agendas.pages.recap import recap_page
from agendas.pages.reviews import review_header_page
from agendas.rendering.blockkit import messages
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Buttons, Line, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.rules.audit import audit
from agendas.verbs.closing import close_review
from agendas.verbs.loading import state_adapter
from agendas.verbs.measures import executive, load_program, month_asked, program_of_month
from agendas.verbs.past_reviews import opened_account, opened_review
from agendas.verbs.reads import list_people
from agendas.verbs.review_reads import channel_ledger, review_facts
from sandbox import seed
from storage import accounts, outbox, people
from storage import reviews as stored_reviews
from storage.database import Store, hiding
from tests.agendas.golden import check_golden, drawn
from tests.agendas.verbs.kept_months import keep_all
from tests.rebuilding import rebuild_review
from tests.sandbox.stored_sample import CHANNEL, CHANNELS, FEW_SECONDS, NOW, USERS, WORKSPACE, Sample, copied, seeded

MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
WORDS = Words()
HANDLES = {user_id: handle for handle, user_id in USERS.items()}
NAMES = {USERS[each.handle]: each.name for each in seed.members()}


@pytest.fixture(scope="module")
def opened(written: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sample, ReviewFacts]]:
    sample = copied(written, tmp_path_factory.mktemp("opened"))
    yield sample, sample.opens()
    sample.store.close()


@pytest.fixture(scope="module")
def kept(written: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """The sample a while after the demo's start: all months and reviews of the past are kept."""
    sample = copied(written, tmp_path_factory.mktemp("kept"))
    keep_all(sample.store, sample.opens_at)
    yield sample
    sample.store.close()


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        (datetime(2026, 11, 25, 12, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        (datetime(2026, 11, 30, 13, 59, 59, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        # in the minute of a review: the next week's
        (datetime(2026, 11, 30, 14, tzinfo=UTC), datetime(2026, 12, 7, 14, tzinfo=UTC)),
        # the clocks go forward before the review
        (datetime(2027, 3, 12, 23, tzinfo=UTC), datetime(2027, 3, 15, 13, tzinfo=UTC)),
        (datetime(2027, 5, 3, 3, tzinfo=UTC), datetime(2027, 5, 3, 13, tzinfo=UTC)),
        (datetime(2028, 3, 1, 0, tzinfo=UTC), datetime(2028, 3, 6, 14, tzinfo=UTC)),  # after a leap day
    ],
)
def test_the_coming_review_is_on_the_next_monday_at_nine_in_new_york(now: datetime, opens_at: datetime) -> None:
    assert seed.calendar_before(now).review_at(seed.HELD_REVIEWS + 1) == opens_at


@pytest.mark.proof
@pytest.mark.parametrize(
    "now", [datetime(2027, 3, 12, 23, tzinfo=UTC), datetime(2026, 11, 30, 14, 0, tzinfo=UTC)], ids=str
)
def test_the_coming_review_is_the_same_in_any_week(now, opened, migrated_sqlite, tmp_path):
    store = Store(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cadence.db')}")
    other = seeded(store, now)
    assert now < other.opens_at <= now + timedelta(days=7) + FEW_SECONDS
    assert placed(other.opens()) == placed(opened[1])
    store.close()


def placed(review: ReviewFacts) -> list[tuple[object, ...]]:
    return [(item.facts.account.name, item.placement.bucket, item.part, item.minutes) for item in review.items]


def test_it_holds_thirteen_named_accounts_one_of_them_private_and_others_that_are_not_on_the_list(written: Sample):
    with written.store.reading() as session:
        rows = accounts.get_many(session, WORKSPACE, written.program.accounts.values())
        tiers = Counter(row.tier for row in rows if row.list_status == ListStatus.NAMED)
        others = Counter(row.list_status for row in rows if row.list_status != ListStatus.NAMED)
        private = [row.name for row in rows if row.private_channel]
        channels = [people.find_channel(session, WORKSPACE, each) for each in (CHANNEL, CHANNELS["deal-corvane"])]
    assert tiers == {1: 4, 2: 5, 3: 4}
    assert private == ["Orrin Rail"]
    assert others == {"candidate": 1, "paused": 1, "rejected": 2, "removed": 10}
    assert [channel and channel.name for channel in channels] == ["abm-weekly", "deal-corvane"]
    found = written.store.read_now(list_people, WORKSPACE, now=NOW)
    assert {person.function for person in found} == set(Function)
    assert Counter(person.right for person in found) == {Right.ADMIN: 2, Right.EDITOR: 6, Right.VIEWER: 1}


def test_each_step_was_recorded_when_it_happened_and_deals_have_the_dates_of_the_crm(written: Sample) -> None:
    of_accounts = [step for step in seed.steps() if step.account and step.verb not in ("notes_signal", "visits")]
    imports = {written.calendar.instant(step.when) for step in seed.steps() if step.verb == "is_imported"}
    changed = {
        written.calendar.instant(entry[0]) for deal in seed.sample_data()["crm"]["deals"] for entry in deal["entries"]
    }
    deals = [event for event in written.events() if isinstance(event.change, OpportunityChanged)]
    others = [event for event in written.events() if not isinstance(event.change, OpportunityChanged)]
    assert {event.recorded_at for event in others} == {written.calendar.instant(step.when) for step in of_accounts}
    assert all(event.happened_at == event.recorded_at for event in others)
    assert {event.recorded_at for event in deals} == imports
    assert {event.happened_at for event in deals} == changed
    decided = [event for event in others if isinstance(event.change, Decided)]
    assert {event.change.decision for event in decided if isinstance(event.change, Decided)} == set(DecisionKind)
    assert all(event.review_id is not None for event in decided)


def test_every_name_is_marked_as_a_sample(written: Sample) -> None:
    urls = {piece.url for event in written.events() for piece in event.evidence if piece.url}
    assert urls
    assert all(url.split("/")[2].endswith(".example") for url in urls)
    assert all(account["domain"].endswith(".example") for account in seed.sample_data()["accounts"])
    met = [step.given for step in seed.steps() if step.verb == "adds_contact" and isinstance(step.given, dict)]
    assert all(said["name"].endswith(" Sample") for said in met)
    assert all(said["email"].endswith(".example") for said in met if "email" in said)


@pytest.mark.parametrize("one_in", [5, pytest.param(1, marks=pytest.mark.proof)])
def test_past_reviews_are_rebuilt_exactly_from_their_cutoffs_and_open_with_their_neighbours(written, opened, one_in):
    store = written.store
    with store.reading() as session:
        planned = stored_reviews.get_all(session, WORKSPACE)
    went = {review["week"]: review["went"] for review in seed.sample_data()["reviews"] if review["went"] != "coming"}
    assert [row.planned_at for row in planned] == [written.calendar.review_at(week) for week in went]
    ids = [row.row_id for row in planned if row.state == "closed"]
    for row, of_week in list(zip(planned, went.values(), strict=True))[::one_in]:
        if of_week == "missed":
            assert row.state == "missed"
            continue
        place = ids.index(row.row_id)
        past = store.read_now(opened_review, WORKSPACE, row.row_id, now=NOW)
        neighbours = (ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None)
        assert (past.previous_id, past.next_id) == neighbours
        was_held = row.row_id in written.program.reviews
        assert past.past.state is (PastState.HELD if was_held else PastState.NOT_HELD)
        for item in past.review.items:
            account = store.read_now(opened_account, WORKSPACE, item.review_item_id, now=NOW)
            assert account.item.facts.account == item.facts.account
        if not was_held:
            assert of_week == "not held"
            continue
        assert {USERS[handle] for handle in of_week.split()} <= set(row.attended)
        frozen = store.read_now(review_facts, WORKSPACE, row.row_id, now=NOW)
        rebuilt = store.read_now(rebuild_review, WORKSPACE, row.row_id)
        # a closed review knows what was corrected afterwards, and is what it was without that
        assert rebuilt == replace(frozen, corrected=())
        assert opened[0].store.read_now(rebuild_review, WORKSPACE, row.row_id).items == rebuilt.items
        before = store.read_now(rebuild_review, WORKSPACE, row.row_id, moment="opened")
        stored = store.read_now(stored_reviews.items, row.row_id)
        assert [(item.facts.account, item.placement.bucket.value, item.position) for item in before.items] == [
            (state_adapter.validate_python(each.opened_state), each.bucket, each.position) for each in stored
        ]


def test_nothing_of_the_past_is_sent(written: Sample) -> None:
    assert not written.store.read_now(outbox.is_any_claimable, written.opens_at)
    shown = written.store.read_now(channel_ledger, WORKSPACE, CHANNEL, now=NOW)
    assert {(line.what, line.state) for line in shown if line.due_at < NOW} == {("Review", "posted")}


def test_the_coming_review_is_seeded_to_the_letter_and_its_agendas_are_short(opened, tmp_path):
    sample, review = opened
    header = review_header_page(review, WORDS)
    agendas = {item.facts.account.name: agenda_page(item, WORDS, is_open=True) for item in review.items}
    changed = copied(sample, tmp_path)

    def close(session) -> ReviewFacts:
        row = stored_reviews.by_id(session, review.id, lock=True)
        close_review(session, row, now=sample.opens_at, closed_by=USERS["ines"])
        return review_facts(session, WORKSPACE, review.id, now=sample.opens_at)

    recap = recap_page(changed.store.write_now(close), WORDS)
    changed.store.close()
    pages = [drawn("header", header), *(drawn("agenda", page) for page in agendas.values()), drawn("recap", recap)]
    check_golden("sample", by_handle("\n".join(pages)))

    # the last line gives way to the receipt of an update
    counted = {name: agenda_lines(page) for name, page in agendas.items()}
    in_trouble = {one.facts.account.name for one in review.items if one.placement.bucket is Bucket.NEEDS_INTERVENTION}
    assert max(counted.values()) <= 16
    assert {name for name, lines in counted.items() if lines > 10} <= in_trouble, counted
    assert message_lines(header) <= 18
    [message] = messages(header)
    assert [str(message.blocks).count(escape(name)) for name in agendas] == [1] * len(agendas)
    shown = [str(message.blocks), *(str(part.blocks) for page in agendas.values() for part in messages(page))]
    assert [text.count("'style': 'primary'") for text in shown] == [1] + [0] * (len(shown) - 1)
    past = [sample.store.read_now(review_facts, WORKSPACE, each, now=NOW) for each in sample.program.reviews]
    recaps = [message_lines(page) for page in (*(recap_page(facts, WORDS) for facts in past), recap)]
    assert max(recaps) <= 28, recaps


def test_the_coming_review_shows_every_kind_of_movement_stall_action_and_play(opened: tuple[Sample, ReviewFacts]):
    items = {item.facts.account.name: item for item in opened[1].items}
    movements = {item.placement.movement.movement for item in items.values()}
    assert {Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED, Movement.REGRESSED} <= movements
    causes = {cause.kind for item in items.values() for cause in item.placement.stall.causes}
    assert causes == {"aged", "quiet"}
    actions = [action for item in items.values() for action in item.facts.account.actions]
    assert {action.status for action in actions} == set(ActionStatus)
    plays = [play for item in items.values() for play in item.facts.account.plays]
    assert {PlayEnd.OUTCOME, PlayEnd.NONE, None} <= {play.end for play in plays}
    assert {item.part for item in items.values()} == {"discussed", "left_out", "listed"}
    assert items["Merrow Insurance"].times_left_out == 1


def by_handle(text: str) -> str:
    return re.sub("|".join(HANDLES), lambda found: f"U0{HANDLES[found[0]].upper()}", text)


def agenda_lines(page: Page) -> int:
    """Lines at 1280 px, measured: 95 characters, 20 of them below a button; a row of buttons is one."""
    count = 0
    for item in page.items:
        match item:
            case Rows(lines):
                count += sum(wrapped(line, 95) for line in lines)
            case Line(mrkdwn):
                count += wrapped(mrkdwn, 75)
            case Note(mrkdwn):
                count += wrapped(mrkdwn, 95)
            case Buttons():
                count += 1
            case _:
                raise AssertionError(f"an agenda has no {item}")
    return count


def message_lines(page: Page) -> int:
    [message] = messages(page)
    texts = [block["text"]["text"] for block in message.blocks if "text" in block]
    lines = [line for text in texts for line in text.split("\n")]
    return sum(wrapped(line, 110) for line in lines) + len(message.blocks) - len(texts)


def wrapped(mrkdwn: str, characters: int) -> int:
    """Lines as read: a person by name, a link or time by its label, a mark as two characters."""
    seen = re.sub(r"<@(\w+)>", lambda found: NAMES.get(found[1], found[1]), mrkdwn)
    seen = re.sub(r"<[^|>]+\|([^>]*)>", r"\1", seen)
    return len(wrap(re.sub(r":[a-z_]+:", "##", seen).replace("*", "").replace("&amp;", "&"), characters))


@pytest.mark.proof
def test_each_month_has_a_mix_of_accounts_of_its_own(kept: Sample) -> None:
    found = {}
    for month in MONTHS:
        report = kept.store.read_now(executive, WORKSPACE, month, now=kept.opens_at)
        found[month] = {each.bucket: each.now for each in report.counts if each.now}
    assert found["2026-06"] == {Bucket.NEW: 9}
    assert found["2026-10"] == {
        Bucket.NEEDS_INTERVENTION: 3,
        Bucket.STALLED: 2,
        Bucket.EXPANDED: 1,
        Bucket.ADVANCED: 8,
        Bucket.STEADY: 4,
    }
    assert all(len(buckets) >= 3 for month, buckets in found.items() if month != "2026-06")
    assert len({tuple(sorted(buckets.items())) for buckets in found.values()}) == len(MONTHS)
    # of accounts that left the list since, too
    decisions = [each.decision for each in report.past if each.decision.ask_of]
    assert len(decisions) == 4
    assert all(decision.done_at for decision in decisions)


@pytest.mark.proof
def test_the_audit_changes_from_month_to_month_and_the_executive_page_misses_the_same_foundations(kept: Sample) -> None:
    verdicts: dict[Row, list[Verdict]] = {row: [] for row in Row}
    executives = []
    for month in MONTHS:
        found = audit(kept.store.read_now(program_of_month, WORKSPACE, month, now=kept.opens_at))
        for row in found.rows:
            verdicts[row.row].append(row.verdict)
        executives += [each.holds for each in found.practice if each.line is PracticeLine.EXECUTIVES]
        trends = kept.store.read_now(executive, WORKSPACE, month, now=kept.opens_at).trends
        assert trends is not None
        assert trends.foundations == tuple(each.foundation for each in found.foundations)
    weak, mixed, strong = Verdict.WEAK, Verdict.MIXED, Verdict.STRONG
    assert verdicts[Row.MARKETING] == [weak, weak, weak, mixed, mixed, mixed]
    assert verdicts[Row.SALES] == [weak, weak, weak, weak, weak, mixed]
    assert verdicts[Row.PRODUCT] == [weak, weak, weak, weak, mixed, strong]
    assert executives == [False, False, True, False, False, True]


@pytest.mark.proof
def test_charts_have_a_point_for_each_held_review_for_those_too_who_may_not_see_the_private_account(kept: Sample):
    def charted(*hidden: str) -> int:
        ids = [kept.program.accounts[name] for name in hidden]
        with kept.store.reading() as session, hiding(session, ids):
            running = month_asked(session, WORKSPACE, "", now=kept.opens_at)
            trend = load_program(session, WORKSPACE, running, now=kept.opens_at).trend
        return sum(point.kind is TrendKind.REVIEW for point in trend)

    assert charted() == charted("Orrin Rail") == len(kept.program.reviews) == 16
