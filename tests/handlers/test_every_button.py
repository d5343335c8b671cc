"""Everything that can be pressed is pressed, and found by walking: a new button is pressed without a new test.

Each answers, whatever kinds of entries an account has; and each that carries an id refuses one that is not there.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

import handlers
from agendas.facts.events import ActionAdded, BlockerOpened, Edited
from agendas.facts.evidence import EvidenceActor
from agendas.verbs import letters, record
from handlers.reviews import WORDS as REVIEW_WORDS
from tests.agendas.pages.test_updates import CHANGES
from tests.builders import ANN, BOB, CHANNEL, CLEO, EVE, NOW, evidence
from tests.handlers.acts import FORM_OF, Acts, every_route
from tests.handlers.local_bot import local_bot
from tests.handlers.walking import Press, Walk, presses_in
from tests.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="module")

ACCOUNTS = {"acme": EvidenceActor.IN_DOUBT, "globex": None, "initrode": EvidenceActor.US, "umber": EvidenceActor.BUYER}
"""Accounts that get an entry of every kind, and whose act its evidence is: None where nobody was asked yet."""

NAMING = (
    ActionAdded(f"Call <@{BOB}> with {CLEO}", ANN, NOW.date()),
    BlockerOpened(f"<@{BOB}|bob> waits for <#{CHANNEL}|abm-weekly>"),
)
"""Entries whose words have people and a channel as Slack writes them."""

TYPED = (
    "/account",
    *(f"/account acme {word}".strip() for word in ("", *handlers.EVERYTHING.account_pages)),
    *(f"/account {name}" for name in ACCOUNTS),
    *(f"/review {word}" for word in REVIEW_WORDS),
    *(f"/abm {word}" for word in handlers.EVERYTHING.abm_words),
    *("/account acne", "/move acne they called", "/move acme", "/next acme done", "/blocker acme resolve"),
)


def entries_of_every_kind(program: Program) -> None:
    """On each of the accounts an entry of every kind, with its receipt; none gets another's name."""
    for name, actor in ACCOUNTS.items():
        for number, change in enumerate((*NAMING, *(each for each in CHANGES if not isinstance(each, Edited)))):
            shown = (replace(evidence(url=f"https://notes.example/{name}/{number}"), actor=actor),)
            at = NOW - timedelta(seconds=200 - number)
            event = program.did(record.record, ANN, at, program.accounts[name], change, evidence=shown).event
            program.did(letters.confirm_events, ANN, at, [event.id], channel_id=CHANNEL, place="")


@pytest_asyncio.fixture(
    scope="module",
    loop_scope="module",
    params=[pytest.param(2, id="two of each"), pytest.param(None, id="all", marks=pytest.mark.proof)],
)
async def walk(program: Program, acts: Acts, request: pytest.FixtureRequest) -> AsyncIterator[Walk]:
    """The bot of a workspace where an account has everything, and all that was pressed there."""
    entries_of_every_kind(program)
    async with local_bot(program.store) as at:
        with Walk(at, acts) as walk:
            await walk.walk(await shown_first(walk), most_of_a_kind=request.param)
            yield walk


async def shown_first(walk: Walk) -> list[Press]:
    """What commands, pages and messages show to an editor, and to an admin what is more; and one of each kind."""
    found: list[Press] = []
    for actor in (ANN, EVE):
        acts = replace(walk.acts, actor=actor)
        for typed in TYPED:
            command, _, text = typed.partition(" ")
            payload = replace(acts, number=walk.at.number()).of(("command", command)) | {"text": text}
            found += presses_in(await walk.takes(payload), actor)
        for route in (("event", "app_home_opened"), ("shortcut", "account_update"), ("shortcut", "log_to_account")):
            found += presses_in(await walk.takes(replace(acts, number=walk.at.number()).of(route)), actor)
    for letter in walk.letters():
        found += presses_in(letter, letter["to"] or ANN)
    for kind, word in every_route():
        if kind == "form":
            found.append(Press(EVE, word, None, walk.acts.views[word]))
        elif kind == "button" and word not in FORM_OF:
            [action] = walk.acts.of((kind, word))["actions"]
            found.append(Press(EVE, word, action | {"value": walk.acts.values.get(word, "")}))
    return found


async def test_no_label_choice_cell_title_or_notification_shows_an_id_in_the_place_of_a_name(walk: Walk) -> None:
    assert walk.raw_ids == []


async def test_every_button_that_is_shown_answers_whatever_the_account_has(walk: Walk) -> None:
    assert walk.failed == []
    assert {each.word for each in walk.found.values()} >= {word for kind, word in every_route() if kind == "form"}


UNKNOWN = "987654321"
NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")
PLACES = ("more", "mine", "audit.behind", "past.older")
"""Ends of the actions whose number is a place in a list, which may have become shorter: nothing stands there."""

ANSWERED = {
    "deal.confirm_all": "Nothing was left to confirm.",
    "prepare.start": "Nothing is left to say for these reviews.",
    "reminder.update": "This reminder is over",
    "told.nominate": "Nominate an account",
}
"""Words that answer the question themselves, of which a number that is not there is only an aside."""


async def test_a_button_with_an_id_of_something_that_is_not_there_is_refused_with_a_sentence(walk: Walk) -> None:
    pressed = [each for each in walk.found.values() if each.action and each.action["type"] in ("button", "overflow")]
    numbered = {press.word: press for press in pressed if NUMBER.search(press.value)}
    ignored = []
    for press in numbered.values():
        shown, outcome = await walk.press(press.carrying(NUMBER.sub(UNKNOWN, press.value)))
        is_answered = press.word.endswith(PLACES) or ANSWERED.get(press.word, UNKNOWN) in json.dumps(shown)
        if outcome != "refused" and not (outcome == "done" and is_answered):
            ignored.append((press.word, press.value))
    assert ignored == []
    assert walk.failed == []


def forged_forms(press: Press) -> Iterator[tuple[str, Press]]:
    """The form with one id in it that is not there: of what it is about, in the name of a field, among its choices."""
    assert press.view is not None
    view, blocks = press.view, press.view["blocks"]
    kept = json.loads(view.get("private_metadata") or "{}")
    for name in ("account_id", "item_id", "subject"):
        if NUMBER.fullmatch(str(kept.get(name, ""))):
            forged = kept | {name: type(kept[name])(UNKNOWN)}
            yield name, replace(press, view=view | {"private_metadata": json.dumps(forged)})
    for place, block in enumerate(blocks):
        element = block.get("element", {})
        if element.get("type") != "static_select":
            continue
        around = (blocks[:place], blocks[place + 1 :])
        name, _, number = block["block_id"].rpartition("/")
        if number.isdecimal():
            told = element | {"initial_option": element["options"][-1]}
            other = block | {"block_id": f"{name}/{UNKNOWN}", "element": told}
            yield f"{name}/", replace(press, view=view | {"blocks": [*around[0], other, *around[1]]})
            yield f"{name}/ beside", replace(press, entered=[*around[0], other, *around[1]])
        option = {"text": element["options"][0]["text"], "value": UNKNOWN}
        other = block | {"element": element | {"initial_option": option}}
        yield f"{name or number} chosen", replace(press, entered=[*around[0], other, *around[1]])


async def test_a_form_with_an_id_of_something_that_is_not_there_is_refused_and_records_nothing(walk: Walk) -> None:
    forms = [press for press in walk.found.values() if press.action is None]
    forged = {(each.word, what): each for press in forms for what, each in forged_forms(press)}
    assert len(forged) > 90
    for (word, what), press in forged.items():
        shown, outcome = await walk.press(press)
        # a page of the update form tells of what was closed meanwhile, and keeps the rest
        assert outcome == "refused" or (outcome == "done" and "It is closed already" in str(shown[0])), (
            word,
            what,
            shown[0],
        )
    assert walk.failed == []
