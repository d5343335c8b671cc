"""The audit of a month is sent once it ended, to whom the settings name."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.rendering.words import Words
from agendas.verbs.compose import compose
from agendas.verbs.settings import change_settings
from storage.database import hiding
from storage.models.delivery import Letter, LetterKind
from tests.agendas.verbs.measures.kept import keep_all
from tests.builders import CHANNEL, DAN, EVE, NOW
from tests.program import Program

MONTH_END = datetime(2026, 12, 1, tzinfo=UTC)
SOON = MONTH_END + timedelta(hours=2)


def letters(session: Session) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.page == "month_audit").order_by(col(Letter.id))))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("nobody", []),
        ("executives", [(LetterKind.DIRECT, "", DAN, {"month": "2026-11"})]),
        ("review_channels", [(LetterKind.POST, CHANNEL, "", {"month": "2026-11"})]),
    ],
)
def test_the_audit_of_the_month_that_ended_is_sent_to_whom_the_settings_name(
    stored: Program, wanted: str, expected: list[object]
) -> None:
    if wanted != "nobody":
        stored.did(change_settings, EVE, NOW, {"audit.sent": ("nobody", wanted)})
    keep_all(stored.store, SOON)
    found = stored.store.read_now(letters)
    assert [(each.kind, each.channel_id, each.user_id, each.subject) for each in found] == expected
    for letter in found:
        with stored.store.reading() as session:
            [message] = compose(session, letter, words=Words(), now=SOON)
            assert message.text.startswith("Audit, November 2026:")
            assert "menu.audit" in str(message.blocks)


def test_what_is_hidden_from_a_channel_is_not_counted_there(stored: Program) -> None:
    stored.did(change_settings, EVE, NOW, {"audit.sent": ("nobody", "review_channels")})
    keep_all(stored.store, SOON)
    [letter] = stored.store.read_now(letters)
    with stored.store.reading() as session, hiding(session, [stored.accounts["globex"]]):
        assert "Globex" not in str(compose(session, letter, words=Words(), now=SOON))
