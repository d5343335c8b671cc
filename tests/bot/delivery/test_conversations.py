"""Direct conversations: opened once, kept, opened anew when they are gone; what is of no use any more is not sent."""

from datetime import timedelta

from agendas.rules.access import NOT_IN_TIME
from storage import outbox, people
from storage.people import SlackUser
from tests.bot.sender import Sender


async def knows(sender: Sender, user_id: str) -> None:
    """Slack told of the person; their conversation is not known."""
    user = SlackUser(user_id, sender.workspace_id, "Ann")
    await sender.store.write(people.save_users, sender.workspace_id, [user], sender.clock.now())


def kept_of(sender: Sender, user_id: str) -> str:
    """Return the id of the conversation that is kept of the person."""
    person = sender.store.read_now(people.find, sender.workspace_id, user_id)
    return person.direct_channel if person else ""


async def is_sent(sender: Sender, key: str, user_id: str) -> None:
    """Queue a direct message and wait until it is sent."""
    await sender.queue(key, kind="direct", user_id=user_id)
    await sender.becomes(key, "sent")


async def test_a_conversation_is_opened_for_the_first_message_alone(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await knows(sender, ann)
    for key in ("a", "b", "c"):
        await is_sent(sender, key, ann)
    assert len(sender.sandbox.calls("conversations.open")) == 1
    assert kept_of(sender, ann) == sender.sandbox.workspace.im(ann).id
    assert len(sender.texts(sender.sandbox.workspace.im(ann))) == 3


async def test_a_conversation_that_is_gone_is_opened_anew_and_forgotten(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await knows(sender, ann)
    await sender.store.write(outbox.keep_direct_channel, sender.workspace_id, ann, "D0GONE001")
    await is_sent(sender, "a", ann)
    assert kept_of(sender, ann) == sender.sandbox.workspace.im(ann).id
    assert len(sender.sandbox.calls("conversations.open")) == 1


async def test_a_message_that_may_be_there_is_looked_for_in_the_conversation_as_slack_opens_it(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await knows(sender, ann)
    await sender.store.write(outbox.keep_direct_channel, sender.workspace_id, ann, "D0GONE001")
    sender.sandbox.faults.cut("chat.postMessage", "after", times=2)
    await sender.queue("a", kind="direct", user_id=ann)
    await sender.all_is_sent()
    assert sender.state("a") == "sent"
    assert len(sender.texts(sender.sandbox.workspace.im(ann))) == 1


async def test_what_could_not_be_sent_while_it_was_of_use_is_dropped(sender: Sender) -> None:
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    ann, now = sender.sandbox.person("ann").id, sender.clock.now()
    await sender.queue("a", kind="direct", user_id=ann, not_after=now + timedelta(seconds=10))
    await sender.queue("b", kind="direct", user_id=ann, not_after=now + timedelta(minutes=10))
    await sender.has_error("a", "ratelimited")
    sender.pass_time(timedelta(seconds=31))
    assert (await sender.becomes("a", "dropped")).last_error == NOT_IN_TIME
    await sender.becomes("b", "sent")
    assert len(sender.texts(sender.sandbox.workspace.im(ann))) == 1
