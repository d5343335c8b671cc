from datetime import timedelta

from agendas.verbs import updates
from sandbox.testing import Person
from tests.stories.team import CHANNEL, Team

THEIRS = "because their board decides, they wrote https://mail.example/1"
DAYS = timedelta(days=1)


async def engaged_for(team: Team, days: int) -> None:
    """Initech, named in tier 1 and engaged for so many days; the limits are 30 days and 21 of silence."""
    number = await team.knows("Initech")
    await team.ann.types("/move initech to engaged They called https://notes.example/1", in_=CHANNEL)
    await team.did(updates.add_action, number, text="Call them", due_on=team.clock.now().date() + 300 * DAYS)
    await team.passes(days * DAYS)


async def asks(person: Person, team: Team, question: str) -> str:
    await person.says(question, to=team.sandbox.workspace.bot.name)
    await team.quiet()
    return team.direct_words(person)[-1]


async def test_a_date_in_words_excuses_the_stall_and_is_said_everywhere(team: Team) -> None:
    await engaged_for(team, 34)
    assert "stalled" in await team.ann.types("/account", in_=CHANNEL)
    said = await team.ann.types(f"/move initech waiting until 12 jan {THEIRS}", in_=CHANNEL)
    told = "*Recorded* for Initech: waits until 12 Jan 2027: their board decides, they wrote (mail.example)."
    assert said.startswith(told)
    assert "Until then Initech is not stalled by its days in the stage" in said
    waits = "*Waits* until 12 Jan 2027, says the buyer: their board decides, they wrote"
    excuses = " · excuses engaged 34/30 d"
    assert f"{waits}{excuses}" in await team.ann.types("/account initech", in_=CHANNEL)
    assert "claimed, waits until 12 Jan 2027 ·" in await team.ann.types("/account", in_=CHANNEL)
    assert "waits until 12 Jan 2027: their board decides" in await team.ann.types(
        "/account initech history", in_=CHANNEL
    )
    answer = await asks(team.ann, team, "How is Initech doing?")
    assert "Engaged 34/30 d" in answer
    assert "*Waits* until 12 Jan" in answer
    assert "waits until 12 Jan 2027: their board decides" in answer
    assert "No account is stalled" in await asks(team.ann, team, "What is stalled?")
    header = await team.posts_review("initech")
    assert waits in team.agenda("Initech").words
    await team.closes_review(team.ann)
    assert "*Waits for the customer* Initech until 12 Jan" in header.thread[-1].words


async def test_the_excuse_ends_after_its_day_and_when_it_is_undone(team: Team) -> None:
    await engaged_for(team, 34)
    said = await team.ann.types(f"/move initech waiting until 12 jan {THEIRS}", in_=CHANNEL)
    await team.ann.clicks("Undo", on=said)
    assert "stalled" in await team.ann.types("/account", in_=CHANNEL)
    await team.ann.types(f"/move initech waiting until 30 dec {THEIRS}", in_=CHANNEL)
    assert "claimed, waits until Wed 30 Dec ·" in await team.ann.types("/account", in_=CHANNEL)
    await team.passes(3 * DAYS)
    mine = await team.ann.types("/account", in_=CHANNEL)
    assert "stalled" in mine
    assert "waits" not in mine


async def test_words_that_do_not_say_who_confirmed_it_open_the_form_with_them_in_it(team: Team) -> None:
    await engaged_for(team, 34)
    before = len(team.recorded())
    await team.ann.types("/move initech waiting until 12 jan because of the board https://mail.example/1", in_=CHANNEL)
    form = await team.form(team.ann)
    assert "Only a date that the buyer confirmed counts" in form.words
    assert form.values["Their date"] == "2027-01-12"
    assert (form.values["What happens then"], form.values["What shows it"]) == (
        "of the board",
        "https://mail.example/1",
    )
    assert len(team.recorded()) == before
    await team.submits(team.ann, actor="The buyer, by mail")
    assert team.recorded()[-1].kind == "waiting_set"
    assert team.state("Initech").waiting is not None


DATES_REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({"until": "2026-12-27"}, "Sun 27 Dec has passed. Choose today or a later day."),
    ({"until": "2027-01-28"}, "Thu 28 Jan is 31 days ahead. A date counts up to 30 days ahead, until Wed 27 Jan"),
    ({"evidence": " "}, "Say what shows that the buyer confirmed the date"),
    ({"actor": "We did"}, "Only a date that the buyer confirmed counts"),
    ({"actor": "As the words say"}, "Only a date that the buyer confirmed counts"),
    ({"text": " "}, "Say in a sentence what they decide or meet about."),
)


async def test_a_date_that_does_not_count_is_refused_beside_its_field(team: Team) -> None:
    await engaged_for(team, 34)
    await team.ann.clicks("Customer's date", on=await team.ann.types("/account initech", in_=CHANNEL))
    await team.form(team.ann)
    given = {"until": "2027-01-12", "text": "Board", "actor": "The buyer, by mail", "evidence": "https://m.example/1"}
    before = len(team.recorded())
    for fields, problem in DATES_REFUSED:
        await team.submits(team.ann, **(given | fields))
        assert problem in " ".join(team.ann.form.errors.values())
    assert len(team.recorded()) == before


async def test_a_date_out_of_reach_in_words_opens_the_form_with_the_reason_and_records_nothing(team: Team) -> None:
    await engaged_for(team, 34)
    before = len(team.recorded())
    for typed, problem in (("1 dec 2026", "Tue 1 Dec has passed"), ("12 feb", "Fri 12 Feb is 46 days ahead")):
        await team.ann.types(f"/move initech waiting until {typed} {THEIRS}", in_=CHANNEL)
        form = await team.form(team.ann)
        assert problem in form.words
        assert form.values["What happens then"] == "their board decides, they wrote"
        await team.ann.closes()
    assert "Say until when and why" in await team.ann.types("/move initech waiting until 12 jan", in_=CHANNEL)
    assert "is not a date" in await team.ann.types("/move initech waiting until soon because they said", in_=CHANNEL)
    assert len(team.recorded()) == before


async def test_an_account_that_is_paused_waits_for_nothing(team: Team) -> None:
    await engaged_for(team, 1)
    await team.ann.types("/account pause initech because of a merger", in_=CHANNEL)
    said = await team.ann.types(f"/move initech waiting until fri {THEIRS}", in_=CHANNEL)
    assert said.startswith("Initech is paused, so nothing was recorded")
