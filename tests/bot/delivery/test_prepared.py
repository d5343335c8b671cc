"""Prepared messages: their destination, and their words alone when Slack refuses the blocks."""

from agendas.rendering.blockkit import FALLBACK_CHARACTERS, Rendered
from bot.sending import PreparedMessage, text_only
from storage import outbox
from storage.database import Store
from storage.models.delivery import Letter
from tests.bot.sender import compose
from tests.storage.delivery.letters import NOON, letter


def queue(store: Store, *letters: Letter) -> list[Letter]:
    with store.writing() as session:
        return [outbox.queue(session, each) for each in letters]


def packed(store: Store, queued: Letter) -> PreparedMessage:
    return store.read_now(PreparedMessage.prepare, queued, compose)


def test_a_reply_to_a_reply_goes_into_the_thread_of_the_first_message(store: Store) -> None:
    [root] = queue(store, letter("root", state="sent", sent_ts="1.1", sent_channel="C1"))
    [reply] = queue(store, letter("reply", parent=root.id, state="sent", sent_ts="2.2", sent_channel="C1"))
    [second] = queue(store, letter("second", parent=reply.id))
    assert packed(store, second).thread_ts == "1.1"


def test_a_reply_goes_to_the_channel_its_root_was_sent_to(store: Store) -> None:
    [root] = queue(store, letter("root", channel_id="C-OLD", state="sent", sent_ts="1.1", sent_channel="C-NEW"))
    [reply] = queue(store, letter("reply", channel_id="C-OLD", parent=root.id))
    assert packed(store, reply).channel_id == "C-NEW"


def test_a_thread_given_by_its_ts_is_used(store: Store) -> None:
    [answer] = queue(store, letter("answer", thread_ts="1764000000.000100"))
    assert packed(store, answer).thread_ts == "1764000000.000100"


def test_the_id_of_a_form_is_no_thread(store: Store) -> None:
    [said] = queue(store, letter("said", kind="whisper", user_id="U1", thread_ts="V0VIEW"))
    assert packed(store, said).thread_ts == ""


def test_a_direct_message_goes_to_the_person_and_not_into_a_thread_elsewhere(store: Store) -> None:
    [said] = queue(store, letter("said", kind="direct", channel_id="C1", user_id="U1", thread_ts="1.1"))
    prepared = packed(store, said)
    assert (prepared.channel_id, prepared.user_id, prepared.thread_ts, prepared.place) == ("", "U1", "", "U1")


def test_a_direct_message_in_a_known_conversation_keeps_its_thread(store: Store) -> None:
    [said] = queue(store, letter("said", kind="direct", channel_id="D1", user_id="U1", thread_ts="1.1"))
    prepared = packed(store, said)
    assert (prepared.channel_id, prepared.thread_ts) == ("D1", "1.1")


def test_an_edit_names_the_message_it_changes(store: Store) -> None:
    [root] = queue(store, letter("root", state="sent", sent_ts="1.1", sent_channel="C1"))
    [edit] = queue(store, letter("edit", kind="edit", target=root.id, created_at=NOON))
    assert (packed(store, edit).channel_id, packed(store, edit).ts) == ("C1", "1.1")


def test_text_only_keeps_every_word_once_and_leaves_out_buttons() -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Initrode"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "Stage"}, {"type": "mrkdwn", "text": "engaged"}]},
        {"type": "section", "text": {"type": "mrkdwn", "text": "moved"}, "accessory": {"type": "button", "text": {}}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "since Monday"}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a cell"}]]},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Decide"}}]},
    ]
    alone = text_only(Rendered("Initrode", blocks))
    assert alone == Rendered("Initrode\nStage\nengaged\nmoved\nsince Monday\na cell", [])


def test_text_only_stays_below_what_an_edit_may_hold() -> None:
    alone = text_only(Rendered("x" * 5_000, []))
    assert len(alone.text) == FALLBACK_CHARACTERS
    assert alone.text.endswith("…")


def test_text_only_calls_nobody_whom_the_blocks_did_not_call() -> None:
    name = "<!channel> <@U0ANN1> & <https://evil.example|acme.example>"
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": name}},
        {"type": "table", "rows": [[{"type": "raw_text", "text": name}]]},
    ]
    alone = text_only(Rendered("A review", blocks))
    assert "<" not in alone.text
    assert "&lt;!channel&gt; &lt;@U0ANN1&gt; &amp; &lt;https://evil.example|acme.example&gt;" in alone.text


def test_text_only_is_never_cut_within_a_link_or_an_escaped_character() -> None:
    for end in range(30):
        alone = text_only(Rendered("x" * (3_970 + end) + "&amp;<https://a.example|a> " * 3, []))
        assert len(alone.text) <= FALLBACK_CHARACTERS
        assert alone.text.replace("&amp;", "").replace("<https://a.example|a>", "").strip("x …") == ""
