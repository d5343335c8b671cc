"""Learning who the people of a workspace are."""

from bot.people_sync import learn_people
from storage import people
from storage.engine import Store
from tests.bot.office import Office


async def test_everybody_slack_names_is_stored_with_what_sets_them_apart(office: Office) -> None:
    sandbox, store = office.sandbox, office.store
    sandbox.add_user("guest", guest=True)
    sandbox.add_user("gone", deleted=True)
    for number in range(250):
        sandbox.add_user(f"colleague{number}")
    count = (await learn_people(store, sandbox.client, office.workspace_id, office.clock)).count
    found = {each.name: each for each in store.read_now(people.everybody, office.workspace_id)}
    assert count >= 254
    assert len(sandbox.calls("users.list")) > 1
    assert _flags(store, office, "guest") == (True, False)
    assert _flags(store, office, "gone") == (False, True)
    assert sum(name.lower().startswith("colleague") for name in found) == 250


async def test_learning_again_keeps_what_an_admin_gave(office: Office) -> None:
    store, ann = office.store, office.sandbox.person("ann")
    await learn_people(store, office.sandbox.client, office.workspace_id, office.clock)
    with store.writing() as session:
        person = people.find(session, office.workspace_id, ann.id)
        assert person is not None
        person.right = "admin"
    await learn_people(store, office.sandbox.client, office.workspace_id, office.clock)
    person = store.read_now(people.find, office.workspace_id, ann.id)
    assert person is not None
    assert person.right == "admin"


def _flags(store: Store, office: Office, name: str) -> tuple[bool, bool]:
    user = office.sandbox.workspace.user_named(name)
    assert user is not None
    person = store.read_now(people.find, office.workspace_id, user.id)
    assert person is not None
    return person.is_guest, person.is_deleted
