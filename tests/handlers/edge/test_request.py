import pytest

from agendas.facts.account import Source
from agendas.facts.people import Right
from agendas.rules.access import Permission
from handlers.edge.incoming import Incoming
from handlers.edge.request import SOURCES, NotAllowed, Request
from tests.builders import ANN, NOW, WORKSPACE, person
from tests.cases import cases


def request(right: Right = Right.EDITOR, kind: str = "command") -> Request:
    incoming = Incoming(kind=kind, word="/move", user_id=ANN, home_team_id="", key="command:1")
    return Request(incoming, WORKSPACE, person(right=right), NOW, "1a2b3c4d")


@cases(
    ("right", "allowed"),
    [
        (Right.ADMIN, set(Permission)),
        (Right.EDITOR, set(Permission) - {Permission.ADMINISTER, Permission.INSPECT}),
        (Right.VIEWER, {Permission.READ, Permission.NOMINATE}),
        (Right.OBSERVER, {Permission.READ}),
    ],
)
def test_each_right_includes_its_permissions_and_a_refusal_names_both(right: Right, allowed: set[Permission]) -> None:
    for permission in Permission:
        if permission in allowed:
            request(right).require(permission)
        else:
            with pytest.raises(NotAllowed) as refusal:
                request(right).require(permission)
            assert (refusal.value.permission, refusal.value.right) == (permission, right)


def test_the_author_is_the_person_now_with_the_source_of_the_request() -> None:
    for kind, source in SOURCES.items():
        author = request(kind=kind).author
        assert (author.user_id, author.at, author.source, author.zone) == ("U0ANN0001", NOW, source, "America/New_York")
    assert request().author.source is Source.COMMAND


def test_the_view_is_empty_for_anything_but_a_form() -> None:
    assert request().view == {}
