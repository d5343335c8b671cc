import pytest
from sqlmodel import Session

from handlers.edge.deps import Repeated
from handlers.edge.incoming import Incoming
from handlers.edge.request import Request
from storage.database import Store
from tests.builders import ANN, NOW, WORKSPACE, person
from tests.some_deps import some_deps


def request(key: str) -> Request:
    return Request(
        Incoming(kind="command", word="/abm", user_id=ANN, home_team_id="", key=key),
        WORKSPACE,
        person(),
        NOW,
        "1a2b3c4d",
    )


async def test_what_is_kept_is_kept_once_for_each_request_and_wakes_no_delivery(store: Store) -> None:
    kept, woken = list[str](), list[bool]()
    store.after_write = lambda: woken.append(True)
    deps = some_deps(store)

    def keep(_session: Session, what: str) -> None:
        kept.append(what)

    first = request("command:1")
    await deps.keep(first, keep, "first")
    assert first.written.yes
    with pytest.raises(Repeated):
        await deps.keep(request("command:1"), keep, "again")
    await deps.keep(request("command:2"), keep, "second")
    assert kept == ["first", "second"]
    assert not woken
    await deps.write(request("command:3"), keep, "third")
    assert woken
