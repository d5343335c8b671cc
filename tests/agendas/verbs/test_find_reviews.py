from datetime import timedelta

from sqlmodel import Session, col, update

from agendas.facts.past_review import PastState
from agendas.verbs.find import reviews
from storage.database import Store, hiding
from storage.find import DateSpan
from storage.models.reviews import Cadence, Review, ReviewState
from tests.assistant.look_ups.looking import asking
from tests.builders import CHANNEL, NOW, WORKSPACE, ZONE
from tests.program import stored_program


def missed(session: Session, cadence_id: int) -> None:
    session.exec(update(Cadence).where(col(Cadence.id) == cadence_id).values(is_private=True))
    at = NOW - timedelta(days=2)
    session.add(
        Review(
            workspace_id=WORKSPACE,
            cadence_id=cadence_id,
            channel_id=CHANNEL,
            slot="missed",
            planned_on=at.date(),
            planned_at=at,
            opened_at=at,
            state=ReviewState.MISSED,
            zone=ZONE,
        )
    )


def test_a_missed_review_of_a_private_cadence_is_told_to_those_alone_who_see_its_accounts(store: Store) -> None:
    program = stored_program(store)
    store.write_now(missed, program.cadence_id)
    with asking(store) as context:
        found = reviews.over(context)
        assert [each.past.state for each in found if each.past] == [PastState.MISSED, PastState.HELD, PastState.HELD]
        with hiding(context.session, program.accounts.values()):
            assert reviews.over(context) == []
            assert reviews.running(context) == []
            assert reviews.planned(context) == []


def test_meetings_are_planned_up_to_the_end_of_the_span_and_one_alone_without_an_end(store: Store) -> None:
    stored_program(store)
    until = NOW + timedelta(days=22)
    with asking(store) as context:
        span = DateSpan(NOW.date(), until.date(), NOW, until)
        found = reviews.planned(context, span=span)
        assert [(each.planned_at - NOW).days for each in found if each.planned_at] == [6, 13, 20]
        assert len(reviews.planned(context)) == 1
