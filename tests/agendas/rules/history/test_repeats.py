"""Repeats: one thing told again."""

from dataclasses import replace

from agendas.facts.events import ActionAdded, BlockerOpened, Change, Moved, Noted, NothingMoved
from agendas.facts.evidence import Evidence, EvidenceAdded
from agendas.rules.history import is_asked_about, is_closed, says_the_same
from tests.agendas.pages.accounts.test_accounts import TODAY, event
from tests.agendas.pages.reviews.sections.examples import ACCOUNT
from tests.cases import cases

SAID = event(Moved("Legal has the contract"), 1)
LINK = (Evidence("", SAID.happened_at, "https://mail.example/1"),)


@cases(
    ("change", "is_same"),
    [
        (Moved(" legal  has the Contract"), True),
        (Moved("Legal has the contract", to_stage="mqa"), True),
        (EvidenceAdded("mqa", "Legal has the contract"), True),
        (Noted("Legal has the contract"), True),
        (Moved("Legal has the contracts"), False),
        (Moved(), False),
        (BlockerOpened("Legal has the contract"), False),
        (ActionAdded("Legal has the contract", "U0ANN1", TODAY), False),
    ],
)
def test_the_same_words_of_one_kind_are_the_same_thing(change: Change, *, is_same: bool) -> None:
    assert says_the_same(SAID, event(change, 2)) is is_same


def test_another_link_shows_another_thing_and_without_words_the_stage_tells() -> None:
    assert not says_the_same(SAID, replace(SAID, evidence=LINK))
    assert says_the_same(replace(SAID, evidence=LINK), replace(SAID, evidence=LINK))
    assert says_the_same(event(Moved(to_stage="mqa"), 1), event(Moved(to_stage="mqa"), 2))
    assert not says_the_same(event(Moved(to_stage="mqa"), 1), event(Moved(to_stage="sql"), 2))
    dated = event(ActionAdded("Call them", "U0ANN1", TODAY), 1)
    assert says_the_same(dated, replace(dated, change=ActionAdded("Call them", "U0BOB1", TODAY)))


def test_an_action_or_blocker_that_was_closed_is_no_more_the_same_one() -> None:
    action, blocker = ACCOUNT.open_actions[0], ACCOUNT.open_blockers[0]
    for opened in (event(ActionAdded("Call them", "U0ANN1", TODAY), action.id), event(BlockerOpened("x"), blocker.id)):
        assert not is_closed(opened, ACCOUNT)
        assert is_closed(replace(opened, id=99), ACCOUNT)
    assert not is_closed(SAID, ACCOUNT)


def test_that_nothing_moved_is_true_as_often_as_it_is_said() -> None:
    assert not is_asked_about(NothingMoved("Still quiet"))
    assert is_asked_about(SAID.change)
