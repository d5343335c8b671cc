from datetime import date

import pytest

from agendas.facts.events import Decided, DecisionKind
from agendas.facts.people import Right
from agendas.verbs import people, updates
from agendas.verbs.settings import change_settings
from tests.stories.accounts.test_private_accounts import _hides, _slack_is_asked
from tests.stories.team import CHANNEL, Team

DUE = date(2026, 12, 4)


async def _answers_for_much(team: Team) -> None:
    """Bob owns Initech and Hooli, has an action of each and one at Globex, a blocker and an ask."""
    bob = team.bob.id
    for name, owner in (("Initech", "bob"), ("Hooli", "bob"), ("Globex", "ann")):
        number = await team.knows(name, owner=owner, tier=2)
        await team.did(updates.add_action, number, text=f"Call {name}", due_on=DUE, owner=bob)
    await team.did(updates.open_blocker, team.state("Initech").account_id, text="Legal is stuck", owner=bob)
    ask = Decided(DecisionKind.INTERVENE, "Call their COO", bob, DUE)
    await team.did(updates.decide, team.state("Globex").account_id, ask)
    await team.quiet()


async def test_all_of_somebodys_goes_to_several_in_one_form_each_told_once_and_is_taken_back(team: Team) -> None:
    await _answers_for_much(team)
    dan, bob, ann = team.dan.id, team.bob.id, team.ann.id
    told = {name: len(team.direct_words(getattr(team, name))) for name in ("bob", "dan")}
    assert "You cannot" in await team.dan.types("/abm hand over @bob", in_=CHANNEL)
    await team.ann.types("/abm hand over @bob", in_=CHANNEL)
    form = await team.form(team.ann)
    assert "@bob answers for 2 accounts, 3 next actions, 1 blocker and 1 ask." in form.words
    await team.submits(team.ann, to=dan, **{f"to/{team.state('Hooli').account_id}": ann})
    assert "@dan gets 1 account, 2 next actions, 1 blocker and 1 ask: Globex, Initech" in team.ann.form.words
    assert "@ann gets 1 account and 1 next action: Hooli" in team.ann.form.words
    assert team.state("Hooli").profile.owner == bob
    await team.submits(team.ann)
    await team.quiet()
    initech, hooli, globex = (team.state(name) for name in ("Initech", "Hooli", "Globex"))
    assert (initech.profile.owner, hooli.profile.owner, globex.profile.owner) == (dan, ann, ann)
    assert [each.owner for each in initech.open_actions] == [dan]
    assert [each.owner for each in initech.open_blockers] == [dan]
    assert {each.owner for each in globex.open_actions} == {dan}
    assert [each.ask_of for each in globex.open_asks] == [dan]
    got = team.direct_words(team.dan)[told["dan"] :]
    assert len(got) == 1
    assert "@ann handed over to you what was @bob's: 1 account, 2 next actions, 1 blocker and 1 ask" in got[0]
    lost = team.direct_words(team.bob)[told["bob"] :]
    assert len(lost) == 1
    assert "@ann handed over what was yours:" in lost[0]
    await team.ann.clicks("Undo", on=team.ann.form)
    await team.quiet()
    assert team.state("Initech").profile.owner == bob
    assert {each.owner for each in team.state("Globex").open_actions} == {bob}
    assert [each.ask_of for each in team.state("Globex").open_asks] == [bob]
    assert "it is as before" in team.direct_words(team.dan)[-1]
    trail = await team.ann.types("/abm trail", in_=CHANNEL)
    assert "handed over what bob answered for" in trail
    assert "took back that what bob answered for was handed over" in trail
    assert "answers for nothing" in await team.dan.types("/abm hand over", in_=CHANNEL)


@pytest.mark.proof
async def test_what_was_edited_since_it_was_handed_over_is_said_and_nothing_is_taken_back(team: Team) -> None:
    await _answers_for_much(team)
    dan, bob = team.dan, team.bob
    for had, gets, since, said in (
        (bob, dan, "/account Initech partner @ann", "Initech: The account was edited again since, by bob: edit it"),
        (dan, bob, "/next Globex give Call Globex to @ann", "Globex: The next action was edited again since, by bob"),
    ):
        await team.ann.types(f"/abm hand over @{had.user.name}", in_=CHANNEL)
        await team.form(team.ann)
        await team.submits(team.ann, to=gets.id)
        await team.submits(team.ann)
        await bob.types(since, in_=CHANNEL)
        before = len(team.recorded())
        await team.ann.clicks("Undo", on=team.ann.form)
        await team.in_form(team.ann, said)
        assert len(team.recorded()) == before
        assert {team.state(name).profile.owner for name in ("Initech", "Hooli")} == {gets.id}
        await team.ann.closes()


@pytest.mark.proof
async def test_a_limit_and_whom_an_account_is_hidden_from_keep_the_form_and_hand_over_nothing(team: Team) -> None:
    await _answers_for_much(team)
    await team.knows("Umbra", owner="bob", tier=2)
    await _hides(team)
    await _slack_is_asked(team)
    dan, bob, umbra = team.dan.id, team.bob.id, team.state("Umbra").account_id
    await team.ann.types("/abm hand over @bob", in_=CHANNEL)
    await team.form(team.ann)
    before = len(team.recorded())
    await team.submits(team.ann, to=dan)
    assert "Umbra: dan cannot see Umbra, which is private to a channel." in team.ann.form.words
    await team.did(change_settings, {"tier.2.owner_cap": (0, 1)})
    await team.submits(team.ann, **{f"to/{umbra}": team.ann.id})
    # the cap is met by the second of two accounts, and said before anything is previewed
    assert "They have 1 account in tier 2, as many as one person may." in team.ann.form.words
    assert (team.ann.form.values["To"], len(team.recorded())) == (dan, before)
    await team.did(change_settings, {"tier.2.owner_cap": (1, 0)})
    await team.submits(team.ann)
    assert "@dan gets 2 accounts" in team.ann.form.words
    assert len(team.recorded()) == before
    await team.did(change_settings, {"tier.2.owner_cap": (0, 1)})
    await team.submits(team.ann)
    assert "They have 1 account in tier 2, as many as one person may." in team.ann.form.words
    assert len(team.recorded()) == before
    await team.ann.closes()
    await team.did(change_settings, {"tier.2.owner_cap": (1, 0)})
    await team.did(people.give, dan, function=None, right=Right.ADMIN)
    await team.dan.types("/abm hand over @bob", in_=CHANNEL)
    form = await team.form(team.dan)
    assert "Umbra" not in form.words
    assert "@bob answers for 2 accounts, 3 next actions, 1 blocker and 1 ask." in form.words
    assert "private to a channel which you are not in are not among it" in form.words
    await team.submits(team.dan, to=team.ann.id)
    await team.submits(team.dan)
    assert "Umbra" not in team.dan.form.words
    assert (team.state("Umbra").profile.owner, team.state("Hooli").profile.owner) == (bob, team.ann.id)
