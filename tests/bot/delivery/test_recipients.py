"""Recipient check: nothing is posted or edited in a channel that another company reads, even if its event was lost."""

from datetime import timedelta

import pytest

from storage import people
from tests.bot.office import Office

MINUTE = timedelta(minutes=1)
SHARED = "is_ext_shared"


def share(office: Office, *, name: str = "abm-weekly") -> None:
    """Share the channel with another company, without the event that says so."""
    office.channel(name).is_shared = True


async def test_twenty_five_messages_in_a_row_cost_one_question(office: Office) -> None:
    office.sandbox.slack.limits = None
    for number in range(25):
        await office.queue(f"k{number}")
    await office.becomes("k24", "sent")
    assert len(office.sandbox.calls("conversations.info")) == 1


async def test_what_is_known_of_a_channel_is_asked_again_after_five_minutes(office: Office) -> None:
    await office.queue("a")
    await office.becomes("a", "sent")
    share(office)
    office.pass_time(5 * MINUTE)
    letter = await office.queue("b")
    await office.has_error("b", SHARED)
    channel = office.store.read_now(people.find_channel, office.workspace_id, letter.channel_id)
    assert channel is not None
    assert (channel.is_shared, channel.trouble) == (True, SHARED)
    assert len(office.messages()) == 1


async def test_an_edit_and_a_reply_are_not_shown_to_another_company_either(office: Office) -> None:
    root = await office.queue("root", subject={"texts": ["before"]})
    await office.becomes("root", "sent")
    share(office)
    office.pass_time(5 * MINUTE)
    with office.store.writing() as session:
        session.merge(office.letter("root")).subject = {"texts": ["after"]}
    edit = await office.edit(office.letter("root"))
    await office.has_error(edit.key, SHARED)
    await office.queue("reply", parent=root.id)
    office.pass_time(MINUTE)
    assert office.texts() == ["before"]
    assert office.sandbox.calls("chat.update") == []


async def test_after_trouble_in_a_channel_its_readers_are_asked_for_at_once(office: Office) -> None:
    await office.queue("a")
    await office.becomes("a", "sent")
    office.sandbox.faults.break_down("chat.postMessage")
    await office.queue("b")
    await office.has_error("b", "http_503")
    share(office)
    office.pass_time(timedelta(seconds=70))
    await office.has_error("b", SHARED)
    assert len(office.messages()) == 1


@pytest.mark.parametrize("error", ["missing_scope", "error_of_the_future"])
async def test_where_slack_does_not_say_who_reads_nothing_is_posted(office: Office, error: str) -> None:
    office.sandbox.faults.refuse("conversations.info", error)
    await office.queue("a")
    await office.has_error("a", error)
    assert office.messages() == []


async def test_messages_to_one_person_ask_nothing(office: Office) -> None:
    ann = office.sandbox.person("ann").id
    await office.queue("a", kind="direct", user_id=ann, subject={"texts": ["one", "two"]})
    await office.queue("b", kind="whisper", user_id=ann)
    await office.becomes("a/2", "sent")
    await office.becomes("b", "sent")
    assert office.sandbox.calls("conversations.info") == []
