"""Every route there is, for somebody outside and somebody inside the channel of a private account."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, delete, select, update

import handlers
from agendas.facts.audience import Audience
from agendas.facts.people import Right
from agendas.rendering.words import Words
from agendas.rules.commands import OWN_WORDS
from agendas.verbs.compose import PAGES, compose
from agendas.verbs.exports import contents
from agendas.verbs.privacy import as_seen_by
from handlers.reviews import WORDS as REVIEW_WORDS
from storage.models.delivery import Letter, LetterKind
from storage.models.events import Event
from storage.models.following import PrepRequest
from storage.models.reviews import ReviewItem
from storage.models.subjects import SignalRow
from storage.models.workspaces import Person
from tests.builders import ANN, CHANNEL, EVE, NOW, WORKSPACE
from tests.handlers.acts import Route, every_route
from tests.handlers.local_bot import LocalBot, answers_after, last_letter, local_bot
from tests.handlers.worlds import World, two_worlds

QUESTIONS = Path("tests/handlers/asked_questions.txt").read_text(encoding="utf-8").splitlines()[2:]

SECRETS = (
    *("Acme Corp", "CFO agreed to a pilot", "Draft the pilot plan", "No budget code yet", "Rita Sample"),
    *("Their lease ends", "They came to dinner", "Sample plant", "No plant manager", "notes.example/minutes"),
)
"""Words of the private account: its name, people, texts."""

TYPED = (
    *(f"/account {word}" for word in ("acme", "Acme Corp", "acme.example", "this")),
    *(f"/account acme {word}" for word in (*handlers.EVERYTHING.account_pages, *handlers.EVERYTHING.account_words)),
    *(f"/account {word} acme" for word in (*handlers.EVERYTHING.account_pages, *OWN_WORDS)),
    *(f"/review {word}" for word in (*REVIEW_WORDS, "now acme", "now globex, acme")),
    *(f"/abm {word}" for word in handlers.EVERYTHING.abm_words),
    *(f"/abm ask {question}" for question in QUESTIONS),
    *("/abm list acme", "/abm list tier 1 without a next action", "/abm list accounts with a blocker"),
    *("/move acme nothing", "/next acme done", "/blocker acme resolve", "/signal acme hiring they look for people"),
    *("/account nominate Corvus corvus.example because they grew", "/account tier initrode 1 because they grew"),
)
"""Every word of every command, of the private account where one is named."""

ASKED_BY = "prepare:1:2026-11-30"

CHANGING = re.compile(
    r"`[\w-]{43}`|answered in \d+ ms|\d+ waiting|\d+ late|since [^;.]*?(?=;| in the)|health-\d|\d+ rows"
)
"""What no two bots say alike, and numbers of messages, which tell of no account."""


@pytest.fixture
def worlds(migrated_sqlite: Path, tmp_path: Path) -> Iterator[tuple[World, World]]:
    both = two_worlds(migrated_sqlite, tmp_path)
    yield both
    for each in both:
        each.program.store.close()


async def shown(at: LocalBot, world: World, act: Route | str, *, actor: str, number: int) -> str:
    """All that is shown to anybody after the act, or what was typed, by whoever does it."""
    before = last_letter(world.program.store)
    acts = replace(world.acts, actor=actor, number=f"{number:06}")
    if isinstance(act, str):
        command, _, text = act.partition(" ")
        payload = acts.of(("command", command)) | {"text": text}
    else:
        payload = acts.of(act)
    answer = await at.takes(payload)
    said = f"{answer.status} {answer.body} {at.slack.told()} {answers_after(world.program.store, before)}"
    return CHANGING.sub("", said)


@pytest.mark.parametrize("one_in", [10, pytest.param(1, marks=pytest.mark.proof)])
async def test_outside_every_route_and_word_says_what_it_says_where_the_account_never_was(worlds, one_in):
    private, twin = worlds
    acts = [*TYPED, *every_route()]
    async with local_bot(private.program.store) as here, local_bot(twin.program.store) as there:
        for number, act in enumerate(act for act in acts if act in SHOWN or acts.index(act) % one_in == 0):
            said = await shown(here, private, act, actor=EVE, number=number)
            assert said == await shown(there, twin, act, actor=EVE, number=number), act


SHOWN = {
    *("/account acme", "/account acme history", "/account acme group", "/account acme deals", "/abm list"),
    *(f"/abm ask {question}" for question in ("how is acme", "what blocks acme", "accounts in tier 1", "and acme?")),
    *("/account acme signals", "/account acme fit", "/account acme narrative", "/account acme plays"),
    *(("button", f"account.{word}") for word in ("open", "details", "history", "list", "update", "private")),
    *(("button", word) for word in ("agenda.details", "group.add", "ask.pick", "ask.read", "fit.score", "plays.end")),
    *(("event", "app_home_opened"), ("event", "message"), ("options", "accounts.like")),
}
"""Acts of which the person inside is shown the account."""


async def test_inside_the_account_is_shown(worlds: tuple[World, World]) -> None:
    private, _ = worlds
    _make_admin(private, ANN)
    async with local_bot(private.program.store) as here:
        for number, act in enumerate(act for act in (*TYPED, *every_route()) if act in SHOWN):
            said = await shown(here, private, act, actor=ANN, number=number)
            assert any(secret in said for secret in SECRETS), act


def test_no_letter_of_any_page_tells_of_it_outside(worlds: tuple[World, World]) -> None:
    private, _ = worlds
    store, acme = private.program.store, private.program.accounts["acme"]
    with store.writing() as session:
        session.exec(delete(PrepRequest))
        session.add_all([_asked(user_id) for user_id in (EVE, ANN)])
    with store.reading() as session:
        subject, made = _subject(session, acme), []
        for page in sorted(PAGES):
            made.append(_letter(page, LetterKind.DIRECT, subject, user_id=EVE))
            made += [_letter(page, kind, subject, channel_id=CHANNEL) for kind in (LetterKind.POST, LetterKind.EDIT)]
        queued = session.exec(select(Letter).where(Letter.workspace_id == WORKSPACE, Letter.user_id != ANN))
        for letter in (*made, *(each for each in queued if each.page in PAGES)):
            said = str(compose(session, letter, words=Words(), now=NOW))
            assert not [secret for secret in SECRETS if secret in said], (letter.page, letter.kind, said)
        inside = _letter("wanted", LetterKind.DIRECT, subject, user_id=ANN)
        assert "Acme Corp" in str(compose(session, inside, words=Words(), now=NOW))


def test_an_export_has_what_it_has_where_the_account_never_was(worlds: tuple[World, World]) -> None:
    outside = [as_seen_by(Audience(WORKSPACE, user_id), NOW, contents) for user_id in (EVE, None)]
    private, twin = worlds
    told = [private.program.store.read_now(each, WORKSPACE) for each in outside]
    assert told == [twin.program.store.read_now(contents, WORKSPACE)] * 2
    assert private.program.store.read_now(contents, WORKSPACE) != told[0]


def _letter(page: str, kind: LetterKind, subject: dict[str, Any], *, channel_id: str = "", user_id: str = "") -> Letter:
    return Letter(
        workspace_id=WORKSPACE,
        key=f"{page}:{kind}",
        kind=kind,
        page=page,
        subject=subject,
        channel_id=channel_id,
        user_id=user_id,
        created_at=NOW,
        due_at=NOW,
    )


def _subject(session: Session, account_id: int) -> dict[str, Any]:
    """Everything that a letter can be about, each of the private account."""
    event = session.exec(select(Event).where(Event.account_id == account_id).order_by(col(Event.id).desc())).first()
    item = session.exec(select(ReviewItem).where(ReviewItem.account_id == account_id)).all()[-1]
    signal = session.exec(select(SignalRow).where(SignalRow.account_id == account_id)).first()
    assert event
    assert signal
    return {
        "review_id": item.review_id,
        "item_id": item.row_id,
        "event_id": event.row_id,
        "event_ids": [event.row_id],
        "signal_id": signal.row_id,
        "signal_ids": [signal.row_id],
        "account_id": account_id,
        "user_id": ANN,
        "is_late": False,
        "by": EVE,
        "word": "x",
        "channel_id": CHANNEL,
        "error": "is_archived",
        "permission": "im:write",
        "told": 1,
        "reference": "1",
        "what": "paused",
        "zone": "UTC",
        "is_reminder": False,
        "review_on": "",
        "month": "2026-10",
        "cadence_id": 1,
        "letter_key": ASKED_BY,
        "at": NOW.isoformat(),
        "of_user_id": ANN,
        "has_it": ANN,
        "to_admins": True,
        "in_a_row": 2,
        "planned_on": "2026-11-30",
        "asked_ids": list(session.exec(select(PrepRequest.id))),
    }


def _asked(user_id: str) -> PrepRequest:
    return PrepRequest(
        workspace_id=WORKSPACE,
        cadence_id=1,
        planned_on=date(2026, 11, 30),
        user_id=user_id,
        asked_at=NOW,
        letter_key=ASKED_BY,
    )


def _make_admin(world: World, user_id: str) -> None:
    def give(session: Session) -> None:
        session.exec(update(Person).where(col(Person.user_id) == user_id).values(right=Right.ADMIN.value))

    world.program.store.write_now(give)
