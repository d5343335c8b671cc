"""What a request knows of its person, and what it refuses."""

import pytest

from agendas.facts.account import Right, Source
from agendas.rules.access.rights import Deed
from handlers.request import SOURCES, NotAllowed, Request
from tests.builders import NOW, WORKSPACE, person


def request(right: Right = Right.EDITOR, kind: str = "command") -> Request:
    return Request(
        kind=kind,
        word="/move",
        workspace_id=WORKSPACE,
        person=person(right=right),
        now=NOW,
        request_id="1a2b3c4d",
        key="command:1",
    )


@pytest.mark.parametrize(
    ("right", "allowed"),
    [
        (Right.ADMIN, set(Deed)),
        (Right.EDITOR, set(Deed) - {Deed.ADMINISTER, Deed.INSPECT}),
        (Right.VIEWER, {Deed.READ, Deed.NOMINATE}),
        (Right.OBSERVER, {Deed.READ}),
    ],
)
def test_each_right_covers_its_deeds_and_a_refusal_names_both(right: Right, allowed: set[Deed]) -> None:
    for deed in Deed:
        if deed in allowed:
            request(right).require(deed)
        else:
            with pytest.raises(NotAllowed) as refusal:
                request(right).require(deed)
            assert (refusal.value.deed, refusal.value.right) == (deed, right)


def test_the_author_is_the_person_now_with_the_source_of_the_request() -> None:
    for kind, source in SOURCES.items():
        author = request(kind=kind).author
        assert (author.user_id, author.at, author.source, author.zone) == ("U0ANN0001", NOW, source, "America/New_York")
    assert request().author.source is Source.COMMAND


def test_the_view_is_empty_for_anything_but_a_form() -> None:
    assert request().view == {}
