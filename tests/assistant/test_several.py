"""Two or three questions in one message."""

from assistant.answer import Asking, answer
from storage.database import Store, hiding
from tests.assistant.asking import DM, NAMES, WORDS
from tests.assistant.stored_world import WORKSPACE
from tests.assistant.world import ACCOUNTS, NOW, PEOPLE
from tests.cases import cases
from tests.plain import plain


def _said(world: Store, text: str) -> str:
    hidden = [row.account_id for row in ACCOUNTS.values() if row.is_private]
    with world.reading() as session, hiding(session, hidden):
        found = answer(session, Asking(PEOPLE["nora"], text, WORKSPACE, DM, "", NOW, WORDS))
    return plain(found.page, NAMES)


def test_each_question_of_a_message_is_answered_about_the_account_that_was_named(world: Store) -> None:
    said = _said(world, "How's Fennimore? Any open blockers? Who owns it?")
    alone = [_said(world, f"{each} fennimore") for each in ("how is", "who owns")]
    assert said.startswith(alone[0].splitlines()[0])
    assert "Their auditors doubt our hosting" in said
    assert said.rstrip().endswith(alone[1].rstrip())


@cases(
    ("text", "first"),
    [
        ("How is Corvane? Zzyx?", 'No account is called "Zzyx".'),
        ("Who? What? When? Where?", "I did not understand that."),
        ("How is Corvane? Thanks.", ":red_circle: *Corvane Logistics* needs intervention"),
    ],
)
def test_a_message_with_a_part_that_is_no_clear_question_is_read_as_one(text: str, first: str, world: Store) -> None:
    assert _said(world, text).startswith(first)
