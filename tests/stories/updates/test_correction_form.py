import asyncio

from agendas.facts.events import Decided, DecisionKind
from agendas.verbs import account_list, updates
from tests.stories.correcting import HOUR, choice, corrects, history, number
from tests.stories.team import CHANNEL, Team


async def test_a_button_on_an_old_card_says_that_nothing_is_left_to_correct(team: Team) -> None:
    await team.knows("Initech", tier=None)
    await team.did(updates.open_blocker, number(team), text="Legal is slow")
    card = await team.ann.types("/account initech", in_=CHANNEL)
    await corrects(team, team.ann, "Legal is slow", "Not ours")
    await team.ann.clicks("Correct an entry", on=card)
    await team.ann.sees("None of the latest entries of Initech can be corrected", in_=CHANNEL)
    assert not team.ann.has_form
    assert "Correct an entry" not in await history(team, team.ann), "a correction is not corrected"


async def test_an_entry_whose_text_is_cut_within_a_name_is_offered_without_an_id(team: Team) -> None:
    await team.knows("Initech")
    for length in range(10, 60, 5):
        text = f"{'a' * length} by <@{team.bob.id}>"
        await team.did(updates.open_blocker, number(team), text=text)
    await team.passes(HOUR)
    await team.ann.clicks("Correct an entry", on=await history(team, team.ann))
    words = (await team.form(team.ann)).words
    assert "@bob" in words
    assert "<@" not in words
    assert team.bob.id[:3] not in words


async def test_of_two_who_correct_at_once_the_second_is_told_who_and_why(team: Team) -> None:
    await team.knows("Initech")
    await team.did(updates.open_blocker, number(team), text="Legal is slow")
    await team.passes(HOUR)
    for person in (team.ann, team.bob):
        await person.clicks("Correct an entry", on=await history(team, person))
        await team.form(person)
        await person.fills(entry=choice(person, "Legal is slow"), because=f"Says {person.user.name}")
    first, second = await asyncio.gather(team.ann.submits(), team.bob.submits())
    refused = first if first.error else second
    assert [bool(first.error), bool(second.error)].count(True) == 1
    assert "It was corrected already by" in str(refused.error)
    assert "on 24 Nov: Says" in str(refused.error)
    assert [event.kind for event in team.recorded()].count("corrected") == 1


async def test_the_receipt_of_a_corrected_decision_names_what_was_recorded_apart_from_it(team: Team) -> None:
    await team.knows("Initech", tier=2)
    told = Decided(DecisionKind.CHANGE_TIER, "They shrank", from_tier=2, to_tier=3)
    await team.did(updates.decide, number(team), told, by="bob")
    await team.did(account_list.put_on_list, number(team), tier=3, because="They shrank", by="bob")
    await team.passes(HOUR)
    await corrects(team, team.bob, "decision: ", "It was Initrode")
    await team.bob.sees("Initech is still in tier 3: correct that entry too if it is wrong.", in_=CHANNEL)
    assert team.state("Initech").tier == 3
