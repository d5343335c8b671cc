from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.rendering.page import sentence_page
from handlers.edge import incoming
from handlers.edge.incoming import MaybePosted, chosen, code_of, done_for_certain, may_be_done, message_view, patiently
from tests.cases import cases
from tests.handlers import payloads


# The parts of a request are found in every payload that Slack sends.
def test_a_command_is_read_with_its_text_trimmed() -> None:
    parts = incoming.read_command(payloads.command())
    assert (parts.kind, parts.word, parts.text) == ("command", "/move", "initech  to engaged")
    assert (parts.user_id, parts.home_team_id, parts.channel_id) == ("U0ANN0001", "", "C0WEEKLY1")
    assert parts.key == "command:13345224609.738474920.8088930838d88f008e0"


@cases(
    ("value", "read"),
    [("U0ANN0001", "U0ANN0001"), ("U" * 32, "U" * 32), ("U" * 33, ""), ("U0 ANN", ""), ("Ü0ANN", ""), (7, "")],
)
def test_an_id_is_at_most_32_letters_and_digits(value: object, read: str) -> None:
    assert incoming.slack_id(value) == read


@cases("text", [None, "", "   "])
def test_a_command_without_words_has_an_empty_text(text: str | None) -> None:
    assert incoming.read_command(payloads.command(text=text)).text == ""


def test_a_command_without_a_trigger_cannot_be_told_from_another() -> None:
    assert incoming.read_command(payloads.command(trigger_id="")).key == ""


def test_a_click_in_the_channel_stands_in_no_thread() -> None:
    parts = incoming.read_button(payloads.click())
    assert (parts.word, parts.value, parts.channel_id, parts.place) == ("agenda.move", "7", "C0WEEKLY1", "")
    assert parts.response_url == "https://hooks.example/actions/1"
    assert not parts.in_modal


def test_a_click_on_a_reply_stands_in_its_thread() -> None:
    message = {"type": "message", "ts": "1795532400.000100", "thread_ts": "1795532000.000100"}
    assert incoming.read_button(payloads.click(message=message)).place == "1795532000.000100"


def test_a_click_on_the_message_that_began_a_thread_stands_in_no_thread() -> None:
    message = {"type": "message", "ts": "1795532400.000100", "thread_ts": "1795532400.000100", "reply_count": 2}
    assert incoming.read_button(payloads.click(message=message)).place == ""


def test_a_click_on_what_only_one_person_sees_is_read_without_the_message() -> None:
    parts = incoming.read_button(payloads.click_alone())
    assert (parts.channel_id, parts.place, parts.value) == ("C0WEEKLY1", "", "7")
    assert parts.key == "click:U0ANN0001:1795532400.000100:agenda.move:1795532401.000200"


def test_two_clicks_of_one_person_are_told_apart_and_a_repeat_is_not() -> None:
    first = incoming.read_button(payloads.click())
    again = incoming.read_button(payloads.click())
    action = payloads.click()["actions"][0] | {"action_ts": "1795532409.000200"}
    assert first.key == again.key
    assert incoming.read_button(payloads.click(action)).key != first.key
    assert incoming.read_button(payloads.click(user=payloads.USER | {"id": "U0BOB0001"})).key != first.key


def test_a_key_press_in_a_modal_knows_the_modal_and_no_channel() -> None:
    action = {"type": "plain_text_input", "action_id": "draft/text", "block_id": "text", "value": "The CFO"}
    parts = incoming.read_button(payloads.click_in_view(action))
    assert (parts.view_id, parts.in_modal, parts.channel_id, parts.response_url) == ("V0SAMPLE1", True, "", "")
    assert parts.value == "The CFO"


def test_a_click_on_home_is_in_no_modal() -> None:
    payload = payloads.click_in_view(payloads.click()["actions"][0], view=payloads.view(type="home"))
    parts = incoming.read_button(payload)
    assert (parts.on_home, parts.in_modal, parts.on_page) == (True, False, False)


def test_a_click_on_a_page_shown_in_a_modal_is_told_from_one_in_a_form() -> None:
    action = payloads.click()["actions"][0]
    page = incoming.read_button(
        payloads.click_in_view(action, view=message_view(sentence_page("Hello")) | {"id": "V1"})
    )
    form = incoming.read_button(payloads.click_in_view(action))
    assert [(parts.on_home, parts.in_modal, parts.on_page) for parts in (page, form)] == [
        (False, True, True),
        (False, True, False),
    ]


@cases(
    ("action", "value"),
    [
        ({"type": "button", "value": ""}, ""),
        ({"type": "button"}, ""),
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "static_select", "selected_option": {"text": {}, "value": "engaged"}}, "engaged"),
        ({"type": "static_select", "selected_option": None}, ""),
        ({"type": "external_select", "selected_option": {"text": {}, "value": "7"}}, "7"),
        ({"type": "multi_static_select", "selected_options": [{"value": "1"}, {"value": "3"}]}, "1,3"),
        ({"type": "multi_static_select", "selected_options": []}, ""),
        ({"type": "users_select", "selected_user": "U0BOB0001"}, "U0BOB0001"),
        ({"type": "users_select", "selected_user": None}, ""),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, "U1,U2"),
        ({"type": "datepicker", "selected_date": "2026-12-04"}, "2026-12-04"),
        ({"type": "datepicker", "selected_date": None}, ""),
        ({"type": "timepicker", "selected_time": "09:30"}, "09:30"),
        ({"type": "channels_select", "selected_channel": "C1"}, "C1"),
        ({"type": "overflow", "selected_option": {"text": {}, "value": "edit"}}, "edit"),
    ],
)
def test_what_any_control_was_set_to_is_read(action: dict[str, Any], value: str) -> None:
    assert chosen(action) == value


def test_an_entry_of_a_menu_of_buttons_is_the_click_on_that_button() -> None:
    chosen_in_menu = {"text": {"type": "plain_text", "text": "Blocker"}, "value": "agenda.blocker 7"}
    action = {"type": "overflow", "action_id": "overflow", "block_id": "b", "selected_option": chosen_in_menu}
    parts = incoming.read_button(payloads.click(action=action))
    assert (parts.word, parts.value, parts.is_press) == ("agenda.blocker", "7", True)


def test_a_form_counts_once_and_its_closing_not_at_all() -> None:
    view = payloads.view()
    key = incoming.read_form(payloads.submission(view=view)).key
    assert key.startswith("form:V0SAMPLE1:")
    assert incoming.read_form(payloads.submission(view=view | {"hash": "1.b"})).key == key
    assert incoming.read_form(payloads.submission(view=view | {"private_metadata": '{"item_id": 7}'})).key != key
    assert incoming.read_form(payloads.submission(type="view_closed")).key == ""


def test_a_person_of_another_company_in_a_shared_channel_is_known_by_the_team() -> None:
    other = {"id": "U0ELI0001", "username": "eli", "name": "eli", "team_id": "T0OTHER01"}
    assert incoming.read_form(payloads.submission(user=other)).home_team_id == "T0OTHER01"
    assert incoming.read_button(payloads.click(user=other)).home_team_id == "T0OTHER01"


def test_a_shortcut_on_a_message_knows_its_text_and_ts_even_without_the_persons_team() -> None:
    parts = incoming.read_shortcut(payloads.message_shortcut())
    assert (parts.word, parts.text, parts.place) == ("log_to_account", "The CFO said yes", "1795532300.000100")
    assert (parts.home_team_id, parts.channel_id) == ("", "C0WEEKLY1")


def test_a_global_shortcut_has_neither_channel_nor_message() -> None:
    payload = payloads.message_shortcut(type="shortcut", callback_id="account_update")
    for name in ("channel", "message", "message_ts", "response_url"):
        del payload[name]
    parts = incoming.read_shortcut(payload)
    assert (parts.text, parts.place, parts.channel_id, parts.response_url) == ("", "", "", "")


def test_a_message_of_files_alone_has_an_empty_text() -> None:
    payload = payloads.message_shortcut()
    payload["message"]["text"] = None
    assert incoming.read_shortcut(payload).text == ""


def test_of_an_apps_message_without_text_the_words_of_its_attachments_and_blocks_count() -> None:
    payload = payloads.message_shortcut()
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Legal &amp; IT agreed"}}
    attachments = [
        {"fallback": "Won: Acme", "title": "Won: Acme", "text": "by Bob"},
        {"fallback": "[no preview available]", "blocks": [section, {"type": "divider"}]},
        {"fallback": "Seen by Ann"},
        None,
    ]
    payload["message"] |= {
        "text": "",
        "blocks": [{"type": "header", "text": {"text": "Deal"}}],
        "attachments": attachments,
    }
    said = "Deal\nWon: Acme\nby Bob\nLegal &amp; IT agreed\nSeen by Ann"
    assert incoming.read_shortcut(payload).text == said
    payload["message"]["text"] = "A deal was won"
    assert incoming.read_shortcut(payload).text == "A deal was won"


def test_what_is_typed_into_a_select_is_read() -> None:
    payload = payloads.submission(type="block_suggestion", action_id="accounts.like", block_id="account", value="ini")
    parts = incoming.read_options(payload)
    assert (parts.word, parts.text, parts.key) == ("accounts.like", "ini", "")


@cases(
    ("inner", "user_id", "home_team_id", "channel_id", "place"),
    [
        (
            {"type": "message", "channel_type": "im", "user": "U1", "team": "T1", "channel": "D1", "ts": "1.1"},
            *("U1", "T1", "D1", "1.1"),
        ),
        (
            {"type": "app_mention", "user": "U1", "user_team": "T2", "source_team": "T2", "team": "T1"}
            | {"channel": "C1", "ts": "2.1", "thread_ts": "1.1"},
            *("U1", "T2", "C1", "1.1"),
        ),
        ({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}, "U1", "", "D1", ""),
        ({"type": "user_change", "user": {"id": "U1", "team_id": "T1"}}, "U1", "", "", ""),
        ({"type": "channel_rename", "channel": {"id": "C1", "name": "new"}}, "", "", "C1", ""),
        ({"type": "channel_archive", "channel": "C1", "user": "U1"}, "U1", "", "C1", ""),
        ({"type": "message", "subtype": "message_deleted", "channel": "C1", "ts": "2.1"}, "", "", "C1", "2.1"),
    ],
)
def test_events_of_every_shape_are_read(inner, user_id, home_team_id, channel_id, place):
    parts = incoming.read_event(payloads.event(inner))
    assert (parts.user_id, parts.home_team_id, parts.channel_id, parts.place) == (
        user_id,
        home_team_id,
        channel_id,
        place,
    )
    assert parts.key == "event:Ev0SAMPLE1"


@cases(
    ("inner", "is_person"),
    [
        ({"user": "U1"}, True),
        ({"user": "U1", "subtype": "file_share"}, True),
        ({"user": "U1", "subtype": "thread_broadcast", "root": {}}, True),
        ({"user": "U1", "bot_id": "B1"}, False),
        ({"subtype": "bot_message", "bot_id": "B1"}, False),
        ({"subtype": "message_changed", "message": {}}, False),
        ({"subtype": "message_deleted"}, False),
        ({"user": "U1", "subtype": "channel_join"}, False),
    ],
)
def test_only_what_a_person_writes_is_taken_for_a_question(inner: dict[str, Any], is_person: bool) -> None:
    assert incoming.is_from_person(inner) is is_person


# Failed calls are certainly not done or possibly done, and some calls are made twice.
def slack_said(error: str, status: int = 200, **headers: str) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("", answer)


@cases(
    ("error", "expected"),
    [
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientOSError(104, "reset"), True),
        (aiohttp.ServerTimeoutError(), True),
        (TimeoutError(), True),
        (SlackApiError("no JSON", SimpleNamespace(status=502)), True),
        (slack_said("internal_error"), True),
        (slack_said("fatal_error"), True),
        (slack_said("request_timeout"), True),
        (slack_said("service_unavailable", 503), True),
        (aiohttp.ConnectionTimeoutError(), False),
        (slack_said("expired_trigger_id"), False),
        (slack_said("ratelimited", 429), False),
        (slack_said("invalid_arguments"), False),
    ],
)
def test_it_may_be_done_unless_slack_was_not_reached_or_says_no(error: Exception, expected: bool) -> None:
    assert may_be_done(error) is expected


async def test_where_nobody_listens_nothing_was_done() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            await session.post("http://127.0.0.1:1/")
    assert not may_be_done(caught.value)


def test_what_went_wrong_has_a_word() -> None:
    assert code_of(slack_said("view_not_found")) == "view_not_found"
    assert code_of(SlackApiError("no JSON", SimpleNamespace(status=502))) == "SlackApiError"
    assert code_of(TimeoutError()) == "TimeoutError"


def answering(*answers: Exception | None) -> tuple[Callable[[], Awaitable[Any]], list[int]]:
    """A call with these answers, one after the other, and a list that grows with each time that it is made."""
    made: list[int] = []

    async def call() -> None:
        made.append(len(made))
        answer = answers[len(made) - 1]
        if answer is not None:
            raise answer

    return call, made


@cases(
    ("answers", "raised"),
    [
        ((None,), None),
        ((slack_said("not_found"),), SlackApiError),
        ((TimeoutError(), None), None),
        ((TimeoutError(), slack_said("exchanged_trigger_id")), None),
        ((TimeoutError(), slack_said("expired_trigger_id")), MaybePosted),
        ((TimeoutError(), aiohttp.ServerDisconnectedError()), MaybePosted),
    ],
)
async def test_a_call_is_made_again_once_where_nobody_knows(answers, raised):
    call, made = answering(*answers)
    found: type[Exception] | None = None
    try:
        await done_for_certain(call)
    except (SlackApiError, MaybePosted) as error:
        found = type(error)
    assert (found, len(made)) == (raised, len(answers))


def waits(seconds: str) -> SlackApiError:
    return slack_said("ratelimited", 429, **{"Retry-After": seconds})


@cases(
    ("answers", "raised", "calls"),
    [
        ((None,), None, 1),
        ((waits("0"), waits("0"), None), None, 3),
        ((waits("61"),), SlackApiError, 1),
        ((*(waits("0") for _ in range(60)), waits("1")), SlackApiError, 61),
        ((waits("0"), slack_said("not_found")), SlackApiError, 2),
        ((TimeoutError(),), TimeoutError, 1),
    ],
)
async def test_a_call_is_made_again_each_time_that_slack_asks_to_wait_for_a_minute_at_most(answers, raised, calls):
    call, made = answering(*answers)
    found: type[Exception] | None = None
    try:
        await patiently(call)
    except (SlackApiError, TimeoutError) as error:
        found = type(error)
    assert (found, len(made)) == (raised, calls)


async def test_a_view_that_changed_meanwhile_shows_already_what_changed_it() -> None:
    calls = 0

    async def updates() -> None:
        nonlocal calls
        calls += 1
        raise slack_said("hash_conflict") if calls % 2 else TimeoutError

    await done_for_certain(updates)
    assert calls == 1
    await done_for_certain(updates)
    assert calls == 3
