import aiohttp

from sandbox.workspace import View
from tests.sandbox.page.fake_source import FakePageSource, get_state, mrkdwn, perform


async def test_a_member_is_shown_only_his_own_conversations(source: FakePageSource, http: aiohttp.ClientSession):
    source.workspace.im(source.ann.id)
    source.bot_says("Acme")
    source.says(source.ann, "later, in another channel", channel=source.private)
    of_ann = await get_state(http, **{"as": source.ann.id})
    of_bo = await get_state(http, **{"as": source.bo.id})
    assert {channel["name"] for channel in of_ann["channels"]} == {"abm-weekly", "list-owners", "directmessage"}
    assert {channel["name"] for channel in of_bo["channels"]} == {"abm-weekly"}
    # the page opens where the bot spoke last
    assert of_ann["channel"]["name"] == "abm-weekly"
    assert [each["badge"] for each in of_ann["people"] if each["id"] == source.guest.id] == ["guest"]


async def test_a_conversation_of_others_is_not_opened_by_its_id(source: FakePageSource, http: aiohttp.ClientSession):
    secret = source.says(source.ann, "The secret list", channel=source.private)
    shown = await get_state(http, **{"as": source.bo.id}, channel=source.private.id, thread=secret.ts)
    assert shown["channel"]["id"] == source.weekly.id
    assert shown["thread"] is None
    assert "secret" not in str(shown)


async def test_an_ephemeral_is_shown_to_its_addressee_alone(source: FakePageSource, http: aiohttp.ClientSession):
    source.bot_says("Only for Ann", ephemeral_to=source.ann.id)
    assert [m["text"] for m in (await get_state(http, **{"as": source.ann.id}))["channel"]["messages"]] == [
        "Only for Ann"
    ]
    assert (await get_state(http, **{"as": source.bo.id}))["channel"]["messages"] == []


async def test_replies_stand_in_the_thread_and_are_counted_at_its_root(source, http):
    root = source.bot_says("Acme")
    source.says(source.ann, "They asked for a price", thread_ts=root.ts)
    source.says(source.bo, "deleted reply", thread_ts=root.ts, deleted=True)
    shown = await get_state(http, **{"as": source.bo.id}, channel=source.weekly.id, thread=root.ts)
    assert [(m["text"], m["reply_count"]) for m in shown["channel"]["messages"]] == [("Acme", 1)]
    assert [m["text"] for m in shown["thread"]["messages"]] == ["Acme", "They asked for a price"]


async def test_forms_and_home_are_those_of_the_member(source: FakePageSource, http: aiohttp.ClientSession) -> None:
    form = source.opens(source.ann, {"type": "section", "block_id": "s", "text": mrkdwn("Hello")})
    form.errors = {"s": "Too short."}
    home = View(id="VH", user_id=source.ann.id, given={"type": "home", "blocks": []}, hash="1", root_view_id="VH")
    source.workspace.views.homes[source.ann.id] = home
    of_ann = await get_state(http, **{"as": source.ann.id})
    of_bo = await get_state(http, **{"as": source.bo.id})
    assert [(view["title"], view["submit"], view["errors"]) for view in of_ann["views"]] == [
        ("Movement", "Record", {"s": "Too short."})
    ]
    assert of_ann["home"]["id"] == "VH"
    assert (of_bo["views"], of_bo["home"]) == ([], None)


async def test_messages_of_others_are_unread_until_the_member_has_read_that_far(source, http):
    root, _mine = source.bot_says("Acme"), source.says(source.ann, "mine")
    source.bot_says("reply", thread_ts=root.ts)
    latest = source.bot_says("recap", thread_ts=root.ts, reply_broadcast=True)
    ann = {"as": source.ann.id}
    assert [channel["unread"] for channel in (await get_state(http, **ann))["channels"]] == [2, 0]
    read = {"action": "mark_read", "channel_id": source.weekly.id, **ann}
    for ts in (latest.ts, root.ts):
        assert (await perform(http, read | {"ts": ts}))[1]["ok"] is True
    assert [channel["unread"] for channel in (await get_state(http, **ann))["channels"]] == [0, 0]
    assert (await get_state(http, **{"as": source.bo.id}))["channel"]["unread"] == 3
    assert source.actions.done == []


async def test_a_message_to_lead_to_brings_its_thread_or_the_reason_why_not(source, http):
    root = source.bot_says("Acme")
    reply = source.bot_says("reply", thread_ts=root.ts)
    broadcast = source.bot_says("recap", thread_ts=root.ts, reply_broadcast=True)
    secret = source.bot_says("secret", channel=source.private)
    bo = {"as": source.bo.id, "channel": source.weekly.id}
    shown = [await get_state(http, **bo, message=each.ts) for each in (root, reply, broadcast)]
    assert [bool(state["thread"]) for state in shown] == [False, True, False]
    assert {state["not_found"] for state in shown} == {""}
    assert "not there any more" in (await get_state(http, **bo, message="1.000001"))["not_found"]
    lost = await get_state(http, **bo | {"channel": source.private.id}, message=secret.ts)
    assert "a conversation that Bo Okafor is not in" in lost["not_found"]
