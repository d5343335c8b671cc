"""After an upgrade: evidence of which nobody said whose act it is, one message to its owner, one form, the answers."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session

from agendas.facts.account import Stage
from agendas.facts.events import Moved
from agendas.facts.evidence import Evidence
from agendas.verbs.record.record import record
from handlers.evidence import whose_act_form
from storage.tables import Account
from tests.stories.team import CHANNEL, Team

DAY = timedelta(days=1)


async def from_before(team: Team, name: str, *told: tuple[str, Stage | None], by: str = "ann") -> list[int]:
    """The events of entries with a link, told of an account before anybody asked whose act they are."""
    number = team.state(name).account_id

    def tell_all(session: Session) -> list[int]:
        author, ids = team.author(by), []
        for place, (text, stage) in enumerate(told):
            shown = (Evidence("notes", author.at, f"https://notes.example/{place}"),)
            moved = Moved(text, stage.value if stage else None)
            ids.append(record(session, author, number, moved, evidence=shown).event.id)
        session.execute(update(Account).values(older_evidence_read=False))
        return ids

    return await team.store.write(tell_all)


async def is_upgraded(team: Team) -> None:
    """The first ticks after the upgrade, and the message a little later."""
    await team.passes(timedelta(seconds=1))


async def test_the_owner_says_in_one_form_whose_acts_they_were_and_silence_and_claim_follow(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Hooli")
    [step] = await from_before(team, "Initech", ("Pilot agreement", Stage.ENGAGED))
    deck = ("We sent them our deck", Stage.AWARE)
    [_, touch] = await from_before(team, "Hooli", deck, ("Minutes of Tuesday", None))
    before = team.state("Hooli").last_buyer_touch_at
    await is_upgraded(team)
    told = await team.is_told(team.ann, "2 entries from before Tue 24 Nov show something, but not whose act it was.")
    assert "Until the next review of each account they count as before" in told
    assert "• Initech: 1 entry" in told
    assert sum("not whose act it was." in each for each in team.direct_words(team.ann)) == 1
    assert team.state("Initech").stage_has_evidence
    # our own act was read by its words
    assert (team.state("Hooli").stage_has_evidence, team.state("Hooli").claimed_from) == (True, None)
    assert team.state("Hooli").last_buyer_touch_at == before

    await team.ann.clicks("Say whose", on=told)
    form = await team.form(team.ann)
    assert "*Initech* · Tue 24 Nov · @ann: moved to engaged: Pilot agreement" in form.words
    assert set(form.values.values()) == {"unknown"}
    assert (await team.submits(team.ann, **{f"whose/{step}": "buyer", f"whose/{touch}": "us"})).ok
    await team.is_told(team.ann, "evidence (Minutes of Tuesday) is our own activity.")
    assert team.state("Initech").stage_has_evidence
    hooli = team.state("Hooli")
    assert (hooli.stage_has_evidence, hooli.claimed_from, hooli.last_buyer_touch_at) == (False, Stage.TARGET, None)
    await team.ann.clicks("Say whose", on=told)
    await team.is_told(team.ann, "Nothing is open")
    said = await team.ann.types("/account hooli history", in_=CHANNEL)
    assert "notes (ours, says @ann)" in said
    assert "notes, ours" in said
    assert "evidence (Minutes" not in said


async def test_what_nobody_knows_counts_until_its_review_closes_and_for_nothing_after_until_somebody_says(
    team: Team,
) -> None:
    await team.knows("Initech")
    await team.posts_review("Initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    [step] = await from_before(team, "Initech", ("Pilot agreement", Stage.ENGAGED))
    await is_upgraded(team)
    told = await team.is_told(team.ann, "1 entry from before Tue 24 Nov shows something")
    assert "Until the next review of its account it counts as before, and afterwards for nothing until you say." in told
    await team.ann.clicks("Say whose", on=told)
    await team.form(team.ann)
    assert (await team.submits(team.ann)).ok
    await team.posts_review("Initech")
    assert "Target → engaged, with evidence." in await team.details("Initech")
    await team.closes_review(team.ann)
    assert any("1 advanced" in each.words for each in team.room.messages)
    closed = await team.details("Initech")
    assert "Target → engaged, with evidence." in closed
    state = team.state("Initech")
    assert (state.stage_has_evidence, state.claimed_from, state.last_buyer_touch_at) == (False, Stage.ENGAGED, None)

    card = await team.bob.types("/account initech", in_=CHANNEL)
    assert ", in doubt" in card
    await team.bob.clicks("Whose act?", on=card)
    assert "Pilot agreement" in (await team.form(team.bob)).words
    assert (await team.submits(team.bob, **{f"whose/{step}": "buyer"})).ok
    assert team.state("Initech").stage_has_evidence
    assert await team.details("Initech") == closed
    assert "(the buyer's, says @bob)" in await team.bob.types("/account initech", in_=CHANNEL)


async def test_a_new_entry_whose_two_buttons_nobody_pressed_is_answered_from_the_card(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech Minutes https://notes.example/m", in_=CHANNEL)
    await team.passes(DAY)
    card = await team.bob.types("/account initech", in_=CHANNEL)
    await team.bob.clicks("Whose act?", on=card)
    [field] = (await team.form(team.bob)).values
    assert field == "Whose act"
    event_id = team.recorded()[-1].id
    assert (await team.submits(team.bob, **{f"whose/{event_id}": "buyer"})).ok
    assert team.state("Initech").last_buyer_touch_at is not None
    assert "Whose act?" not in await team.bob.types("/account initech", in_=CHANNEL)
    seen = await team.vic.types("/account initech", in_=CHANNEL)
    assert "Whose act?" not in seen


async def test_an_answer_that_comes_while_the_form_is_open_is_left_out_and_said(team: Team) -> None:
    await team.knows("Initech")
    [step, touch] = await from_before(team, "Initech", ("Pilot agreement", Stage.ENGAGED), ("Minutes of Tuesday", None))
    await is_upgraded(team)
    await team.ann.clicks("Say whose", on=await team.is_told(team.ann, "2 entries from before"))
    await team.form(team.ann)
    await team.bob.clicks("Whose act?", on=await team.bob.types("/account initech", in_=CHANNEL))
    await team.form(team.bob)
    assert (await team.submits(team.bob, **{f"whose/{step}": "us"})).ok
    assert (await team.submits(team.ann, **{f"whose/{step}": "buyer", f"whose/{touch}": "buyer"})).ok
    assert "1 entry was settled or taken back meanwhile and left out." in (await team.form(team.ann)).words
    judged = [each.change for each in team.recorded() if each.kind == "evidence_judged"]
    assert [(each["event_id"], each["actor"]) for each in judged] == [(step, "us"), (touch, "buyer")]


async def test_more_entries_than_a_form_holds_are_asked_in_the_next_one(team: Team) -> None:
    await team.knows("Initech")
    count = whose_act_form.ENTRIES + 3
    ids = await from_before(team, "Initech", *((f"Agreement {number}", None) for number in range(count)))
    await is_upgraded(team)
    await team.ann.clicks("Say whose", on=await team.is_told(team.ann, f"{count} entries from before"))
    form = await team.form(team.ann)
    assert form.labels.count("Whose act") == whose_act_form.ENTRIES
    await team.submits(team.ann, **{f"whose/{ids[0]}": "us"})
    form = await team.form(team.ann)
    assert form.labels.count("Whose act") == 3
    assert f"Agreement {count - 1}" in form.words
    assert (await team.submits(team.ann, **{f"whose/{ids[-1]}": "buyer"})).ok
    assert not team.ann.has_form
    await team.ann.clicks("Say whose", on=await team.is_told(team.ann, f"{count} entries from before"))
    assert (await team.form(team.ann)).labels.count("Whose act") == whose_act_form.ENTRIES


async def test_a_form_closed_records_nothing_and_keeps_what_was_chosen(team: Team) -> None:
    await team.knows("Initech")
    [step] = await from_before(team, "Initech", ("Pilot agreement", Stage.ENGAGED))
    await is_upgraded(team)
    told = await team.is_told(team.ann, "1 entry from before")
    await team.ann.clicks("Say whose", on=told)
    await team.form(team.ann)
    await team.ann.fills(**{f"whose/{step}": "buyer"})
    await team.ann.closes()
    assert not [each for each in team.recorded() if each.kind == "evidence_judged"]
    await team.ann.clicks("Say whose", on=told)
    assert (await team.form(team.ann)).values == {"Whose act": "buyer"}


async def test_undo_of_an_answer_asks_again(team: Team) -> None:
    await team.knows("Initech")
    [step] = await from_before(team, "Initech", ("Pilot agreement", Stage.ENGAGED))
    await is_upgraded(team)
    told = await team.is_told(team.ann, "1 entry from before")
    await team.ann.clicks("Say whose", on=told)
    await team.form(team.ann)
    await team.submits(team.ann, **{f"whose/{step}": "us"})
    assert not team.state("Initech").stage_has_evidence
    await team.ann.clicks("Undo", on=await team.is_told(team.ann, "the evidence (Pilot agreement) is our own activity"))
    await team.is_told(team.ann, "Taken back")
    assert team.state("Initech").stage_has_evidence
    await team.ann.clicks("Say whose", on=told)
    assert "Pilot agreement" in (await team.form(team.ann)).words
