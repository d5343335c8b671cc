from datetime import timedelta

from sqlmodel import Session

from agendas.facts.events import Moved
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.verbs.record import record
from handlers import evidence
from sandbox.testing import Person
from tests.stories.team import CHANNEL, Team


async def in_doubt(team: Team, *told: str) -> list[int]:
    """The events of entries of Initech with a link, of which nobody said whose act they are."""
    await team.knows("Initech")
    number = team.state("Initech").account_id

    def tell_all(session: Session) -> list[int]:
        author, ids = team.author("ann"), []
        for place, text in enumerate(told):
            shown = (Evidence("notes", author.at, f"https://notes.example/{place}", actor=EvidenceActor.IN_DOUBT),)
            ids.append(record(session, author, number, Moved(text, None), evidence=shown).event.id)
        return ids

    return await team.store.write(tell_all)


async def asks(team: Team, person: Person) -> None:
    await person.clicks("Whose act?", on=await person.types("/account initech", in_=CHANNEL))
    await team.form(person)


async def test_an_entry_whose_two_buttons_nobody_pressed_is_answered_from_the_card(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech Minutes https://notes.example/m", in_=CHANNEL)
    await team.passes(timedelta(days=1))
    await asks(team, team.bob)
    [field] = (await team.form(team.bob)).values
    assert field == "Whose act"
    event_id = team.recorded()[-1].id
    assert (await team.submits(team.bob, **{f"whose/{event_id}": "buyer"})).ok
    assert team.state("Initech").last_buyer_touch_at is not None
    assert "Whose act?" not in await team.bob.types("/account initech", in_=CHANNEL)
    assert "Whose act?" not in await team.vic.types("/account initech", in_=CHANNEL)


async def test_an_answer_that_comes_while_the_form_is_open_is_left_out_and_said(team: Team) -> None:
    first, second = await in_doubt(team, "Pilot agreement", "Minutes of Tuesday")
    await asks(team, team.ann)
    await asks(team, team.bob)
    assert (await team.submits(team.bob, **{f"whose/{first}": "us"})).ok
    assert (await team.submits(team.ann, **{f"whose/{first}": "buyer", f"whose/{second}": "buyer"})).ok
    assert "1 entry was settled or taken back meanwhile and left out." in (await team.form(team.ann)).words
    judged = [each.change for each in team.recorded() if each.kind == "evidence_judged"]
    assert [(each["event_id"], each["actor"]) for each in judged] == [(first, "us"), (second, "buyer")]


async def test_more_entries_than_a_form_holds_are_asked_in_the_next_one(team: Team) -> None:
    count = evidence.ENTRIES + 3
    ids = await in_doubt(team, *(f"Agreement {number}" for number in range(count)))
    await asks(team, team.ann)
    assert (await team.form(team.ann)).labels.count("Whose act") == evidence.ENTRIES
    await team.submits(team.ann, **{f"whose/{ids[0]}": "us"})
    form = await team.form(team.ann)
    assert form.labels.count("Whose act") == 3
    assert f"Agreement {count - 1}" in form.words
    assert (await team.submits(team.ann, **{f"whose/{ids[-1]}": "buyer"})).ok
    assert not team.ann.has_form
    await asks(team, team.ann)
    assert (await team.form(team.ann)).labels.count("Whose act") == evidence.ENTRIES


async def test_undo_of_an_answer_asks_again(team: Team) -> None:
    [number] = await in_doubt(team, "Pilot agreement")
    await asks(team, team.ann)
    await team.submits(team.ann, **{f"whose/{number}": "buyer"})
    assert team.state("Initech").last_buyer_touch_at is not None
    await team.ann.clicks("Undo", on=await team.ann.sees("the buyer's act", in_=CHANNEL))
    await team.ann.sees("Taken back", in_=CHANNEL)
    assert team.state("Initech").last_buyer_touch_at is None
    await asks(team, team.ann)
    assert "Pilot agreement" in (await team.form(team.ann)).words
