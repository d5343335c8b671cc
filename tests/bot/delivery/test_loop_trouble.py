"""Delivery when Slack refuses: retries, letters given up, paused channels, and that the rest goes on."""

from datetime import timedelta

from storage import people, workspaces
from storage.people import SlackUser
from storage.tables import Letter
from storage.workspaces import Installation
from tests.bot.office import Office


async def test_blocks_that_slack_refuses_are_sent_as_text_once(office: Office) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "stage moved"}}, {"type": "unheard_of"}]
    await office.queue("a", subject={"texts": ["Agenda"], "blocks": blocks})
    await office.becomes("a", "sent")
    assert office.texts() == ["Agenda\nstage moved"]


async def test_one_letter_that_fails_holds_up_no_other_place(office: Office) -> None:
    office.sandbox.add_channel("other")
    await office.queue("bad", subject={"fails": True})
    await office.queue("good", channel_id=office.channel("other").id)
    await office.becomes("good", "sent")
    assert office.letter("bad").last_error.startswith("ZeroDivisionError ")


async def test_a_letter_that_cannot_be_composed_lets_the_next_ones_pass_and_is_given_up_after_an_hour(
    office: Office,
) -> None:
    await office.queue("bad", subject={"fails": True})
    await office.queue("next", subject={"texts": ["next"]})
    await office.becomes("next", "sent")
    office.pass_time(timedelta(minutes=50))
    await office.until(lambda: office.letter("bad").due_at > office.clock.now())
    office.pass_time(timedelta(minutes=11))
    refused = await office.becomes("bad", "refused")
    assert refused.last_error.startswith("given up: ZeroDivisionError")


async def test_a_letter_that_waited_for_hours_is_not_given_up_at_its_first_failure_to_be_composed(
    office: Office,
) -> None:
    hours_ago = office.clock.now() - timedelta(hours=2)
    await office.queue("late", subject={"fails": True}, created_at=hours_ago, due_at=hours_ago)
    await office.until(lambda: office.letter("late").last_error != "")
    assert office.state("late") == "waiting"
    with office.store.writing() as session:
        session.get_one(Letter, office.letter("late").row_id).subject = {}
    office.pass_time(timedelta(minutes=2))
    await office.becomes("late", "sent")
    assert office.letter("late").failing_since is None


async def test_after_days_of_an_outage_one_error_of_its_own_does_not_give_a_letter_up(office: Office) -> None:
    days_ago = office.clock.now() - timedelta(days=3)
    office.sandbox.faults.refuse("chat.postMessage", "internal_error")
    await office.queue("a", created_at=days_ago, due_at=days_ago, failures=500)
    await office.has_error("a", "internal_error")
    office.pass_time(timedelta(minutes=6))
    office.sandbox.faults.break_down("chat.postMessage")
    await office.has_error("a", "http_503")
    assert office.letter("a").failing_since is None


async def test_a_refusal_of_the_letter_alone_is_recorded_and_the_next_one_goes(office: Office) -> None:
    office.sandbox.faults.refuse("chat.postMessage", "user_is_restricted")
    await office.queue("a")
    await office.queue("b")
    assert (await office.becomes("a", "refused")).last_error == "user_is_restricted"
    await office.becomes("b", "sent")


async def test_a_public_channel_is_joined_when_the_bot_is_not_in_it(office: Office) -> None:
    office.sandbox.add_channel("open", with_bot=False)
    await office.queue("a", channel_id=office.channel("open").id)
    await office.becomes("a", "sent")
    bot = office.sandbox.workspace.bot.id
    assert office.texts("open") == [f"<@{bot}> has joined the channel", "Agenda of Initrode"]


async def test_an_archived_channel_is_paused_its_helpers_are_told_once_and_others_go_on(office: Office) -> None:
    ann = office.sandbox.person("ann")
    users = [SlackUser(ann.id, office.workspace_id, "Ann")]
    await office.store.write(people.save_users, office.workspace_id, users, office.clock.now())
    with office.store.writing() as session:
        person = people.find(session, office.workspace_id, ann.id)
        assert person is not None
        person.right = "admin"
    gone = office.sandbox.add_channel("gone", archived=True)
    await office.queue("a", channel_id=gone.id)
    await office.queue("b", channel_id=gone.id)
    im = office.sandbox.workspace.im(ann.id)
    assert await office.sandbox.changed.until(lambda: len(office.texts(im)) == 1, seconds=5)
    await office.queue("c")
    await office.becomes("c", "sent")
    channel = office.store.read_now(people.find_channel, office.workspace_id, gone.id)
    assert channel is not None
    assert channel.trouble == "is_archived"
    assert (office.letter("a").state, office.letter("b").state) == ("waiting", "waiting")
    assert len(office.texts(im)) == 1


async def test_a_revoked_token_stops_the_work_for_the_workspace(office: Office) -> None:
    installation = Installation(office.workspace_id, "Sample", "", "U1", "B1")
    await office.store.write(workspaces.save_installation, installation, time_zone="UTC", now=office.clock.now())
    office.sandbox.faults.refuse("chat.postMessage", "token_revoked")
    await office.queue("a")
    await office.has_error("a", "token_revoked")
    workspace = office.store.read_now(workspaces.get, office.workspace_id)
    assert workspace is not None
    assert not workspace.is_active


async def test_a_message_given_up_while_it_may_be_there_is_left_to_a_person(office: Office) -> None:
    for _ in range(20):
        office.sandbox.faults.refuse("chat.postMessage", "internal_error")
    await office.queue("a")
    await office.queue("next", subject={"texts": ["next"]})
    for tries in range(1, 21):
        await office.until(lambda tries=tries: office.letter("a").attempts >= tries and office.state("a") != "leased")
        office.pass_time(timedelta(minutes=6))
    assert (await office.becomes("a", "unsure")).last_error == "given up after 20 tries: internal_error"
    await office.becomes("next", "sent")
