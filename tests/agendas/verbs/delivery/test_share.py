"""A card is shared once for clicks that are close together."""

from datetime import timedelta

from agendas.verbs.delivery.share import SHARED_AGAIN_AFTER, claim_share
from storage.database.engine import Store
from storage.delivery import inbox
from tests.builders import ANN, BOB, CHANNEL, NOW, WORKSPACE
from tests.program import Program, learn_people


def test_a_card_is_shared_once_a_minute_by_each_person_and_again_where_slack_did_not_take_it(store: Store) -> None:
    learn_people(store)
    program = Program(store)

    def claim(user_id: str, seconds: int = 0) -> str:
        return program.did(claim_share, user_id, NOW + timedelta(seconds=seconds), CHANNEL, "1.2", what="7")

    first = claim(ANN)
    assert first
    assert not claim(ANN, 59)
    assert claim(BOB)
    store.write_now(inbox.give_back, WORKSPACE, first)
    assert claim(ANN, 59) == first
    assert claim(ANN, 59 + int(SHARED_AGAIN_AFTER.total_seconds())) == first
