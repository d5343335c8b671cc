"""Questions that a language model reads, on a server that plays it: in a direct message, by mention, by command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlmodel import select

from agendas.facts.audience import Audience
from agendas.facts.program import MODEL, MODEL_BRIEFS, MODEL_NEWS, MODEL_PERSON
from agendas.verbs.questions import queue_question, take_up
from agendas.verbs.settings import change_settings
from bot.clock import ShiftedClock
from sandbox.delivery import SHORT_RETRY_WAITS
from sandbox.server import Sandbox
from sandbox.testing import Person
from sandbox.workspace import Session
from storage.models.questions import PendingQuestion
from tests.fakes.openai_server import Answer, Call, FakeOpenAI, Script, openai_server, reads, says, status
from tests.stories.answers.asking import answer_of
from tests.stories.beginning import Beginning
from tests.stories.conftest import MANIFEST, people_and_places
from tests.stories.team import CHANNEL, Team, team_at_work
from tests.stories.threads.test_replies import says as says_below

ODD = "whats fromping the zibbel"
TOOK_PART = "A language model read the question"


def blockers(_call: Call) -> Answer:
    return reads({"subject": "blockers", "form": "list"})


@asynccontextmanager
async def team_of(sandbox: Sandbox, clock: ShiftedClock, url: str, model: FakeOpenAI) -> AsyncIterator[Team]:
    settings = {"openai_api_key": "any", "openai_model": "small", "openai_base_url": model.base_url}
    async with team_at_work(sandbox, clock, setting="sqlite socket", database_url=url, **settings) as team:
        yield team


@pytest.fixture
async def model() -> AsyncIterator[FakeOpenAI]:
    async with openai_server(blockers) as server:
        yield server


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock(Beginning())


@pytest.fixture
async def workspace(clock: ShiftedClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST, now=clock.now, retry_waits=SHORT_RETRY_WAITS) as sandbox:
        people_and_places(sandbox)
        yield sandbox


@pytest.fixture
async def asking(
    workspace: Sandbox, clock: ShiftedClock, story_database_url: str, model: FakeOpenAI
) -> AsyncIterator[Team]:
    async with team_of(workspace, clock, story_database_url, model) as team:
        await team.knows("Initech")
        await team.knows("Globex", owner="bob", tier=2)
        await team.bob.types("/blocker globex Legal is slow", in_=CHANNEL)
        await team.quiet()
        yield team


def waiting(team: Team) -> list[str]:
    return team.store.read_now(lambda session: list(session.exec(select(PendingQuestion.text))))


async def asks(team: Team, person: Person, question: str) -> str:
    before = len(team.direct_words(person))
    await person.says(question, to="cadence")
    await team.quiet()
    await team.until(lambda: not waiting(team))
    await team.quiet()
    [answer] = team.direct_words(person)[before:]
    return answer


async def commands(team: Team, person: Person, question: str) -> str:
    before = len(team.private_words(person))
    await person.types(f"/abm ask {question}", in_=CHANNEL)
    assert await team.sandbox.changed.until(lambda: len(team.private_words(person)) > before)
    return team.private_words(person)[-1]


async def test_what_the_rules_do_not_read_is_read_by_the_model_and_said_so(asking: Team, model: FakeOpenAI) -> None:
    answer = await asks(asking, asking.ann, ODD)
    assert "Legal is slow" in answer
    assert TOOK_PART in answer
    [call] = model.calls
    assert call.told["question"] == ODD
    assert "Legal is slow" not in str(call.body)
    answer = await asks(asking, asking.ann, "what blocks globex")
    assert TOOK_PART not in answer
    assert len(model.calls) == 1

    line = await asking.ann.says(f"@Cadence {ODD}", in_=CHANNEL)
    await asking.quiet()
    await asking.until(lambda: not waiting(asking))
    await asking.quiet()
    [reply] = line.thread
    assert "Legal is slow" in reply.words
    assert TOOK_PART in reply.words
    assert model.calls[0].told["question"] == ODD

    answer = await commands(asking, asking.ann, ODD)
    assert "Legal is slow" in answer
    assert TOOK_PART in answer
    assert "Share" not in answer


async def test_stop_drops_what_the_model_still_reads_and_nothing_is_posted_after_it(
    asking: Team, model: FakeOpenAI
) -> None:
    team, before = asking, asking.direct_words(asking.ann)
    sessions = team.sandbox.workspace.sessions
    statuses: list[str] = []

    def slow(call: Call) -> Answer:
        statuses.extend(each.status for each in sessions.values())
        team.sandbox.workspace.changes.happened()
        return replace(blockers(call), wait_seconds=60.0)

    model.script = slow
    team.sandbox.faults.delay("agents.sessions.setStatus", seconds=0.3)
    question = await team.ann.says(ODD, to="cadence")
    place = (question.message.channel_id, question.message.ts)
    assert await team.sandbox.changed.until(lambda: bool(model.calls) and place in sessions)
    assert sessions[place] == Session(ODD, "processing")
    assert statuses == ["processing"]
    assert not (await team.sandbox.actions.stop(team.bob.id, *place)).ok
    assert (await team.sandbox.actions.stop(team.ann.id, *place)).ok
    assert await team.sandbox.changed.until(lambda: sessions[place].status == "active")
    await team.quiet()
    assert waiting(team) == []
    assert team.direct_words(team.ann) == before
    model.script = blockers
    assert "Legal is slow" in await asks(team, team.ann, ODD)


async def test_where_rules_answered_the_other_reading_of_the_model_is_a_button(asking: Team, model: FakeOpenAI) -> None:
    team = asking
    model.script = lambda call: reads({"subject": "blockers", "form": "list", "of": [*call.told["accounts"]][:1]})
    assert "otherwise" not in await asks(team, team.ann, "blockers at initech")
    answer = await asks(team, team.ann, "actions at globex")
    assert "no open action recorded" in answer
    assert "A language model reads your question otherwise:\nBlockers of Globex" in answer
    assert len(model.calls) == 2
    await team.ann.clicks("Blockers of Globex", on=await answer_of(team, team.ann))
    await team.is_told(team.ann, "Legal is slow")


async def test_an_outage_is_told_once_and_its_questions_are_answered_by_rules(asking: Team, model: FakeOpenAI) -> None:
    model.script = status(500)
    answers = [await asks(asking, asking.ann, ODD), await asks(asking, asking.bob, ODD)]
    assert ["so this was read by rules alone" in answer for answer in answers] == [True, False]
    for answer in answers:
        assert "zibbel" in answer
        assert TOOK_PART not in answer


@pytest.mark.proof
async def test_an_admin_turns_it_off_and_limits_it(asking: Team, model: FakeOpenAI) -> None:
    await asking.did(change_settings, {MODEL_PERSON: (100, 1)})
    answers = [await commands(asking, asking.ann, ODD)]
    answers += [await asks(asking, asking.ann, ODD) for _ in range(2)]
    assert [TOOK_PART in answer for answer in answers] == [True, False, False]
    assert ["as many questions of yours as a day allows" in answer for answer in answers] == [False, True, False]
    await asking.did(change_settings, {MODEL: ("on", "off")})
    answer = await asks(asking, asking.bob, ODD)
    assert TOOK_PART not in answer
    assert len(model.calls) == 1


async def test_what_a_process_left_is_answered_once_after_a_restart(workspace, clock, story_database_url, model):
    async with team_of(workspace, clock, story_database_url, model) as team:
        await team.knows("Globex", owner="bob", tier=2)
        await team.bob.types("/blocker globex Legal is slow", in_=CHANNEL)
        await team.quiet()
        # as a process leaves it that is killed while it asks the model
        place = workspace.workspace.im(team.ann.id).id
        where = {"place": place, "channel_id": place, "thread_ts": "", "is_private": False}
        asker = Audience(team.workspace_id, team.ann.id)
        await team.store.write(queue_question, asker, ODD, key="message:1", now=clock.now(), **where)
        await team.store.write(take_up, clock.now())
        told = len(team.direct_words(team.ann))
    async with team_of(workspace, clock, story_database_url, model) as team:
        await team.is_told(team.ann, TOOK_PART)
        await team.quiet()
        [answer] = team.direct_words(team.ann)[told:]
        assert "Legal is slow" in answer
        assert waiting(team) == []
    assert len(model.calls) == 1


# Briefs, in the sentences of a model where it keeps to the facts.

BY_MODEL = "Written by a language model"


def writes(*sentences: tuple[str, str], missing: tuple[str, ...] = ()) -> Script:
    """A model that writes these sentences, each over the facts that say this, and those that name Globex."""

    def script(call: Call) -> Answer:
        facts = call.told["facts"]
        named = [key for key in facts if "Globex" in facts[key]]
        shown = {word: [key for key in facts if word in facts[key]] for _, word in sentences}
        said = [{"text": text, "fact_ids": [*named, *(shown[word] or ["f99"])]} for text, word in sentences]
        return reads({"sentences": said, "missing": list(missing)})

    return script


async def test_a_model_writes_what_its_facts_hold_and_the_facts_are_a_button(asking: Team, model: FakeOpenAI) -> None:
    team = asking
    model.script = writes(
        ("Globex is blocked because legal is slow.", "Legal is slow"),
        ("Globex has 17 open blockers.", "Legal is slow"),
        ("Initech is blocked too.", "Legal is slow"),
        ("Globex became a customer.", "Legal is slow"),
        ("See https://evil.example for more.", "Legal is slow"),
        ("It stands well.", "no such fact"),
        missing=("what legal needs",),
    )
    answer = await asks(team, team.ann, "Brief me on Globex")
    assert "Globex is blocked because legal is slow." in answer
    assert BY_MODEL in answer
    assert "what legal needs" in answer
    assert not [word for word in ("17", "Initech", "customer", "evil", "well") if word in answer]
    [call] = model.calls
    assert "Legal is slow" in str(call.told["facts"])
    assert "Initech" not in str(call.told)
    await team.ann.clicks("The facts", on=await answer_of(team, team.ann))
    facts = await team.is_told(team.ann, "Legal is slow")
    assert BY_MODEL not in facts
    assert len(model.calls) == 1


async def test_without_a_usable_sentence_or_with_the_setting_off_the_plain_page_stands(
    asking: Team, model: FakeOpenAI
) -> None:
    team = asking
    model.script = writes(("All is well at Umbrella.", "Legal is slow"))
    answer = await asks(team, team.ann, "Brief me on Globex")
    assert "Legal is slow" in answer
    assert BY_MODEL not in answer
    await team.did(change_settings, {MODEL_BRIEFS: ("on", "off")})
    assert "Legal is slow" in await asks(team, team.ann, "Brief me on Globex")
    assert len(model.calls) == 1


# News, of which a model drafts what rules do not.

VIBES = "Weird vibes from procurement after the demo"


def drafts(call: Call) -> Answer:
    """Read what is no question as news, and draft a blocker of the vibes."""
    told = call.told
    if "news" not in told:
        return reads({"remark": "news"})
    line = {"kind": "blocker", "words": VIBES, "account": [*told["accounts"]][-1]}
    return reads({"lines": [line] if VIBES in told["news"] else []})


async def test_a_model_drafts_the_rest_of_news_into_the_same_lines(asking: Team, model: FakeOpenAI) -> None:
    team = asking
    model.script = drafts
    before = len(team.recorded())
    answer = await asks(team, team.ann, f"Initech said yes to a pilot. {VIBES}")
    assert "*Movement* Initech said yes to a pilot" in answer
    assert f"*Blocker* {VIBES}" in answer
    assert "A language model drafted lines of this" in answer
    [call] = model.calls
    assert call.told["accounts"] == {"a1": "Initech"}
    assert "Legal is slow" not in str(call.body)
    assert len(team.recorded()) == before
    told = await answer_of(team, team.ann)
    await team.ann.clicks("Record all", on=told)
    await team.quiet()
    assert [each.text for each in team.state("Initech").open_blockers] == [VIBES]

    known = len(team.direct_words(team.ann))
    await team.ann.says("", to="cadence", file=("notes.txt", f"Initech: no change\nGlobex: {VIBES}\n".encode()))
    await team.until(lambda: len(team.direct_words(team.ann)) > known)
    assert f"*Blocker* Globex: {VIBES}" in team.direct_words(team.ann)[-1]

    line = {"kind": "note", "words": "zobbel zibbel since the demo"}
    model.script = lambda call: reads({"lines": [line]} if "news" in call.told else {"remark": "news"})
    assert "*Note* zobbel zibbel" in await asks(team, team.ann, "zobbel zibbel since the demo at initech")


async def test_without_an_answer_of_use_or_with_the_setting_off_the_lines_of_rules_stand(
    asking: Team, model: FakeOpenAI
) -> None:
    team = asking
    news = f"Initech said yes to a pilot. {VIBES}"
    model.script = says({"lines": [{"kind": "movement", "words": VIBES, "account": "a7"}]})
    answer = await asks(team, team.ann, news)
    assert "*Movement* Initech said yes to a pilot" in answer
    assert f"*What is it?* {VIBES}" in answer
    assert "The language model answers with what cannot be used" in answer
    assert len(model.calls) == 2
    await team.did(change_settings, {MODEL_NEWS: ("on", "off")})
    assert f"*What is it?* {VIBES}" in await asks(team, team.ann, news)
    assert len(model.calls) == 2


async def test_talk_in_a_thread_is_given_to_a_model_by_its_writer_alone(asking: Team, model: FakeOpenAI) -> None:
    team = asking
    model.script = drafts
    await team.begins_review_of("Hooli")
    agenda = team.agenda("Hooli")
    await says_below(team, "ann", VIBES, below=agenda)
    blocked = "Purchasing is blocked until our papers arrive"
    await says_below(team, "ann", f"{blocked}. {VIBES}", below=agenda)
    offer = await team.ann.sees("adds lines for the rest of it.", in_=CHANNEL)
    assert offer.message is not None
    assert (offer.message.ephemeral_to, offer.message.thread_ts) == (team.ann.id, agenda.message.ts)
    assert (model.calls, VIBES in offer) == ([], False)
    await team.ann.clicks("Record", on=offer)
    recorded = await team.ann.sees("\u2713 Recorded on *Hooli*:", in_=CHANNEL)
    await team.did(change_settings, {MODEL_PERSON: (100, 1)})
    await team.ann.clicks("Draft", on=recorded)
    lines = await team.ann.sees(f"*Blocker* {VIBES}", in_=CHANNEL)
    assert [each.text for each in team.state("Hooli").open_blockers] == [blocked]
    await team.ann.clicks("Record all", on=lines)
    await team.quiet()
    assert [each.text for each in team.state("Hooli").open_blockers] == [blocked, VIBES]
    assert [each.source for each in team.recorded()][-2:] == ["thread", "thread"]

    await says_below(team, "ann", f"{blocked} today. Odd silence from everybody over there this week", below=agenda)
    offer = await team.ann.sees("adds lines for the rest of it.", in_=CHANNEL)
    await asks(team, team.ann, "zobbel zibbel")  # it is told of the limit
    await team.ann.clicks("Draft", on=offer)
    await team.ann.sees("as much today as a day allows", in_=CHANNEL)
    await team.did(change_settings, {MODEL_PERSON: (1, 100)})
    await team.ann.clicks("Draft", on=offer)
    await team.ann.sees("The language model found nothing to record in it.", in_=CHANNEL)
