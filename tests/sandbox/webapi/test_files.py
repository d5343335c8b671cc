"""Files: announced, uploaded, shared, looked up and downloaded."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.block_kit import field, modal, plain
from tests.sandbox.refusals import error_of

CSV = b"account,stage\nAcme,Evaluation\n"


async def export(sandbox: Sandbox, **more: Any) -> dict[str, Any]:
    """Upload a file with the library's single call and return it."""
    answer = await sandbox.client.files_upload_v2(content=CSV, filename="accounts.csv", title="Accounts", **more)
    file: dict[str, Any] = answer["file"]
    return file


async def announced(sandbox: Sandbox, size: int) -> tuple[str, str]:
    answer = await sandbox.client.files_getUploadURLExternal(filename="a b.csv", length=size)
    return str(answer["file_id"]), str(answer["upload_url"])


async def test_an_uploaded_file_appears_in_the_channel_with_its_comment(sandbox: Sandbox) -> None:
    room = sandbox.channel("abm")
    file = await export(sandbox, channel=room.state.id, initial_comment="Here it is")
    assert [line.words for line in room.messages] == ["Here it is\nAccounts (30 bytes)"]
    history = await sandbox.client.conversations_history(channel=room.state.id)
    shown = history["messages"][0]
    assert (shown["files"][0]["id"], shown["text"], shown["subtype"]) == (file["id"], "Here it is", "file_share")
    info = (await sandbox.client.files_info(file=file["id"]))["file"]
    assert (info["name"], info["size"], info["mimetype"], info["channels"]) == (
        "accounts.csv",
        len(CSV),
        "text/csv",
        [room.state.id],
    )


async def test_only_the_bot_fetches_a_files_bytes(sandbox: Sandbox) -> None:
    address = (await export(sandbox, channel=sandbox.channel("abm").state.id))["url_private_download"]
    async with aiohttp.ClientSession() as http:
        async with http.get(address, headers={"Authorization": f"Bearer {sandbox.bot_token}"}) as answer:
            assert (await answer.read(), answer.content_type) == (CSV, "text/csv")
        async with http.get(address, allow_redirects=False) as answer:
            assert answer.status == 302


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"length": 5}, "invalid_arguments"),
        ({"filename": "a.csv", "length": 0}, "invalid_arguments"),
        ({"filename": "a.csv", "length": "many"}, "invalid_arguments"),
        ({"filename": "a.csv", "length": 1_000_000_001}, "file_upload_size_restricted"),
    ],
)
async def test_an_announced_upload_has_limits(sandbox: Sandbox, arguments: dict[str, Any], error: str) -> None:
    assert await error_of(sandbox, "files.getUploadURLExternal", **arguments) == error


async def test_exactly_the_announced_bytes_are_uploaded_once(sandbox: Sandbox) -> None:
    file_id, address = await announced(sandbox, 5)
    async with aiohttp.ClientSession() as http:
        assert [(await http.post(address, data=data)).status for data in (b"four", b"five!", b"five!")] == [
            400,
            200,
            400,
        ]
    answer = await sandbox.client.files_completeUploadExternal(files=[{"id": file_id, "title": "Five"}])
    assert (answer["files"][0]["title"], answer["files"][0]["channels"]) == ("Five", [])


async def test_a_file_that_was_not_uploaded_is_not_shared(sandbox: Sandbox) -> None:
    file_id, _ = await announced(sandbox, 5)
    files = f'[{{"id": "{file_id}"}}]'
    room = sandbox.channel("abm").state
    complete = "files.completeUploadExternal"
    assert await error_of(sandbox, complete, files=files, channel_id=room.id) == "file_not_found"
    assert await error_of(sandbox, complete, files="[]") == "invalid_arguments"
    assert room.messages == []


async def test_a_file_is_not_shared_where_the_bot_is_not(sandbox: Sandbox) -> None:
    elsewhere, old = sandbox.add_channel("elsewhere", with_bot=False), sandbox.add_channel("old", archived=True)
    for place, error in [
        (elsewhere.id, "not_in_channel"),
        (old.id, "is_archived"),
        (sandbox.person("ann").id, "channel_not_found"),
    ]:
        with pytest.raises(SlackApiError, match=error):
            await export(sandbox, channel=place)


async def form_for(sandbox: Sandbox, **element: Any) -> None:
    """Open a form with a file input in front of Ann."""
    trigger = sandbox.workspace.triggers.new(sandbox.person("ann").id)
    upload = {"type": "file_input", "action_id": "file", **element}
    await sandbox.client.views_open(trigger_id=trigger, view=modal(field(upload, block_id="csv", label=plain("File"))))


async def test_a_field_takes_files_of_its_kinds_and_no_more_than_it_says(sandbox: Sandbox) -> None:
    await form_for(sandbox, filetypes=["csv"], max_files=1)
    ann = sandbox.person("ann")
    assert "It takes csv." in str((await ann.attaches("accounts.xlsx", CSV, to="File")).error)
    assert (await ann.submits()).error == "csv: Please complete this required field."
    assert (await ann.attaches("accounts.CSV", CSV, to="File")).ok
    assert (await ann.attaches("more.csv", CSV, to="File")).error == "At most 1 file can be added here."
    assert ann.form.values == {"File": ["accounts.CSV"]}
    assert "not typed" in str(
        (await sandbox.actions.set_input(ann.id, ann.form.view.id, block_id="csv", action_id="file", value="F1")).error
    )


async def test_the_app_sees_a_persons_file_once_the_form_is_submitted(sandbox: Sandbox) -> None:
    await form_for(sandbox)
    ann = sandbox.person("ann")
    await ann.attaches("accounts.csv", CSV, to="File")
    [file] = ann.form.view.state["csv"]["file"]["files"]
    assert (file["name"], file["user"], file["size"]) == ("accounts.csv", ann.id, len(CSV))
    assert await error_of(sandbox, "files.info", file=file["id"]) == "file_not_found"
    await ann.submits()
    info = (await sandbox.client.files_info(file=file["id"]))["file"]
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession() as http:
        async with http.get(info["url_private_download"], headers=token) as answer:
            assert await answer.read() == CSV
        async with http.get(info["url_private_download"], allow_redirects=False) as answer:
            assert answer.status == 302
