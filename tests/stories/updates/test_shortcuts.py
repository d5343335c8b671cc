from datetime import UTC, datetime, timedelta

from agendas.facts.events import evidences
from sandbox.testing import Person
from tests.stories.team import CHANNEL, Team


async def test_a_message_is_logged_with_its_link_and_its_time_as_evidence(team: Team) -> None:
    await team.knows("Initech")
    message = await team.bob.says("CFO said *yes* to the pilot <!channel> https://x.example", in_=CHANNEL)
    await team.passes(timedelta(hours=3))
    await team.ann.runs("log_to_account", on=message)
    form = await team.form(team.ann)
    assert "From the message: CFO said" in form.words
    await team.picks_account(team.ann, "Initech")
    await team.submits(team.ann)
    assert team.ann.form.values["What moved"].startswith("CFO said *yes* to the pilot")
    await team.submits(team.ann, stage="engaged")
    event = team.recorded()[-1]
    [evidence] = evidences.validate_python(event.evidence)
    assert evidence.url.endswith(f"/archives/{team.room.state.id}/p{message.message.ts.replace('.', '')}")
    assert evidence.dated_at == datetime.fromtimestamp(float(message.message.ts), UTC)
    assert team.state("Initech").last_buyer_touch_at == evidence.dated_at
    await team.ann.sees("moved target → engaged", in_=CHANNEL)


async def test_a_draft_from_before_does_not_take_the_place_of_the_message(team: Team) -> None:
    await team.knows("Initech")
    first = await team.bob.says("The first message", in_=CHANNEL)
    second = await team.bob.says("The second message", in_=CHANNEL)
    for message in (first, second):
        await team.ann.runs("log_to_account", on=message)
        await team.form(team.ann)
        await team.picks_account(team.ann, "Initech")
        await team.submits(team.ann)
        if message is first:
            await team.ann.fills(text="The first message, with a note")
            await team.ann.closes(clear=True)
    form = team.ann.form
    assert form.values["What moved"] == "The second message"
    assert second.message.ts.replace(".", "") in form.values["What shows it"]


async def test_a_message_without_words_is_logged_by_its_link_alone(team: Team) -> None:
    await team.knows("Initech")
    message = await team.bob.says("x", in_=CHANNEL)
    message.message.text = ""
    message.message.blocks = []
    await team.ann.runs("log_to_account", on=message)
    assert "From the message" not in (await team.form(team.ann)).words
    await team.picks_account(team.ann, "Initech")
    await team.submits(team.ann)
    assert message.message.ts.replace(".", "") in team.ann.form.values["What shows it"]


async def test_an_update_from_anywhere_wants_an_account_and_is_confirmed_directly(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.runs("account_update")
    await team.form(team.ann)
    assert not (await team.submits(team.ann)).ok
    assert list(team.ann.form.errors) == ["Account"]
    await team.picks_account(team.ann, "Initech")
    await team.submits(team.ann, kind="blocker")
    await team.submits(team.ann, text="Legal is slow")
    assert "blocker: Legal is slow" in team.direct_words(team.ann)[-1]
    await team.ann.clicks("Undo", on=await team.is_told(team.ann, "Undo"))
    await team.is_told(team.ann, "Taken back")


async def test_a_message_in_a_private_channel_without_the_bot_is_confirmed_directly(team: Team) -> None:
    await team.knows("Initech")
    message = await team.ann.says("The CFO said yes", in_="#no-bot")
    await team.ann.runs("log_to_account", on=message)
    await team.form(team.ann)
    await team.picks_account(team.ann, "Initech")
    await team.submits(team.ann)
    await team.submits(team.ann)
    assert "The CFO said yes" in team.direct_words(team.ann)[-1]
    assert team.letters("waiting") == []


async def _offered(team: Team, person: Person, typed: str) -> list[str]:
    ids = {"block_id": "account", "action_id": "accounts.like"}
    asked = await team.sandbox.actions.suggestions(person.id, person.form.view.id, query=typed, **ids)
    return [option["text"]["text"] for option in (asked.response or {})["options"]]


async def test_the_select_of_accounts_opens_with_my_own_and_never_offers_those_that_left(team: Team) -> None:
    for name, owner in (("Zeta", "ann"), ("Acme", "bob"), ("Globex", "bob"), ("Gamma", "ann"), ("Gone", "ann")):
        await team.knows(name, owner=owner)
    await team.bob.types("/account remove gone because they closed", in_=CHANNEL)
    await team.ann.runs("account_update")
    await team.form(team.ann)
    assert await _offered(team, team.ann, "") == ["Gamma", "Zeta", "Acme", "Globex"]
    assert await _offered(team, team.ann, "g") == ["Gamma", "Globex"]
    assert await _offered(team, team.ann, "gone") == []
    await team.bob.runs("account_update")
    await team.form(team.bob)
    assert await _offered(team, team.bob, "") == ["Acme", "Globex", "Gamma", "Zeta"]


async def test_a_message_that_names_an_account_preselects_it(team: Team) -> None:
    number = await team.knows("Initech")
    await team.begins_review_of("Globex", "Hooli")
    thread = team.agenda("Globex")
    await team.bob.types("/account remove hooli because they closed", in_=CHANNEL)
    said = {
        "The CFO of Initech said yes": "Initech",
        "Initech\u2019s CFO said yes": "Initech",
        "Initech and Globex both called": None,
        "They said yes": None,
        "Hooli called": None,
    }
    for words, name in said.items():
        await team.ann.runs("log_to_account", on=await team.bob.says(words, in_=CHANNEL))
        form = await team.form(team.ann)
        assert form.values["Account"] == (str(number) if name else None), words
        await team.ann.closes(clear=True)
    for words, name in (("They said yes", "Globex"), ("As Initech did", "Initech")):
        await team.ann.runs("log_to_account", on=await team.bob.says(words, in_=CHANNEL, thread=thread))
        form = await team.form(team.ann)
        assert f"'text': '{name}'" in str(form.view.state["account"]), words
        await team.ann.closes(clear=True)
    await team.ann.runs("log_to_account", on=thread)
    assert "'text': 'Globex'" in str((await team.form(team.ann)).view.state["account"])
