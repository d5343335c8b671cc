"""Replies that are not recorded as they are: asked about, mentioned, of accounts that are private or left the list."""

from sqlmodel import Session, select, update

from agendas.rendering.words import Words
from agendas.verbs.compose import compose
from storage import privacy
from storage.models.accounts import Account
from storage.models.delivery import Letter
from storage.models.types import table_of
from tests.builders import ANN, BOB, CHANNEL, NOW, WORKSPACE
from tests.handlers.local_bot import local_bot
from tests.handlers.threads.replying import AGENDA, everything, last_letter, recorded, reply
from tests.program import Program


async def test_in_doubt_nothing_is_recorded_and_the_writer_alone_is_asked(program: Program) -> None:
    cases = {
        "moved: to engagd they asked": "is not a stage",
        "next: call them by 3/4": "3/4",
        "done: called": "Which one is done?",
        "moved:": "To record it",
        "next: slipped to": "slipped",
        "blocked: resolve": "Which one is resolved?",
    }
    async with local_bot(program.store) as at:
        for number in range(2):
            await at.takes(reply(at, f"next: prepare number {number} by 9 Dec"))
            await at.takes(reply(at, f"blocked: reason number {number}"))
        for text, asked in cases.items():
            before = len(recorded(program.store))
            await at.takes(reply(at, text))
            letter = last_letter(program.store)
            said = str(letter.subject)
            assert (letter.kind, letter.user_id, letter.channel_id, letter.thread_ts) == (
                "whisper",
                ANN,
                CHANNEL,
                AGENDA,
            )
            assert asked in said, (text, said)
            words = [
                block["text"]["text"]
                for each in letter.subject["messages"]
                for block in each["blocks"]
                if "text" in block
            ]
            assert not any(f"/{word}" in line for word in ("move", "next", "blocker") for line in words), words
            assert len(recorded(program.store)) == before, text


async def test_a_mention_that_nothing_moved_is_recorded_and_one_with_news_gets_its_form(program: Program) -> None:
    async with local_bot(program.store) as at:
        mention = {"type": "app_mention", "channel_type": None}
        await at.takes(reply(at, "<@U0BOT0001> same as last week", user=BOB, **mention))
        assert (recorded(program.store)[-1].kind, recorded(program.store)[-1].actor) == ("nothing_moved", BOB)
        before = len(recorded(program.store))
        await at.takes(reply(at, "<@U0BOT0001> their CFO signed the pilot this morning", user=BOB, **mention))
        letter = last_letter(program.store)
        assert "told.move" in str(letter.subject)
        assert "U0BOT0001" not in str(letter.subject)
        assert "Acme Corp" in str(letter.subject)
        assert letter.thread_ts == AGENDA
        assert len(recorded(program.store)) == before
        await at.takes(reply(at, "moved: they signed <@U0BOT0001> today", user=BOB))
        assert recorded(program.store)[-1].change["text"] == "they signed today"
        told = reply(at, "next: send it to <@U0CLEO001> soon <@U0BOT0001>", user=BOB)
        for kind in ("message", "app_mention"):
            await at.takes(told | {"event_id": f"Ev{at.number()}", "event": told["event"] | {"type": kind}})
        assert [each.change["text"] for each in recorded(program.store)[before + 1 :]] == [
            "send it to <@U0CLEO001> soon"
        ]


async def test_of_a_private_account_only_who_may_see_it_records_and_is_told(
    program: Program,
) -> None:
    def hide(session: Session, channel_id: str) -> None:
        acme = table_of(Account).c.id == program.accounts["acme"]
        session.execute(update(Account).where(acme).values(private_channel=channel_id))
        privacy.set_members(session, WORKSPACE, "C0SECRET9", [ANN], read_at=NOW)

    async with local_bot(program.store) as at:
        program.store.write_now(hide, "C0SECRET9")
        try:
            await at.takes(reply(at, "the first reply in a thread is noted of the workspace"))
            before = everything(program.store)
            await at.takes(reply(at, "moved: they agreed", user=BOB))
            assert everything(program.store) == before
            await at.takes(reply(at, "moved: their secret was told to Ann"))
            assert recorded(program.store)[-1].change["text"] == "their secret was told to Ann"
            with program.store.reading() as session:
                letters = session.exec(select(Letter).where(Letter.created_at >= NOW)).all()
                shown = {
                    each.page: str(compose(session, each, words=Words(), now=NOW))
                    for each in letters
                    if each.page in ("thread_receipt", "recorded")
                }
            assert "secret" not in shown["thread_receipt"]
            assert "Acme" not in shown["thread_receipt"]
            assert "secret" in shown["recorded"]
        finally:
            program.store.write_now(hide, "")


async def test_an_account_that_left_the_list_takes_nothing_and_says_so_to_the_writer(program: Program) -> None:
    def remove(session: Session, status: str) -> None:
        acme = table_of(Account).c.id == program.accounts["acme"]
        session.execute(update(Account).where(acme).values(list_status=status))

    async with local_bot(program.store) as at:
        program.store.write_now(remove, "removed")
        try:
            before = len(recorded(program.store))
            await at.takes(reply(at, "moved: they agreed again"))
            assert "Acme Corp" in str(last_letter(program.store).subject)
            assert len(recorded(program.store)) == before
        finally:
            program.store.write_now(remove, "named")
