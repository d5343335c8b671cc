from sqlmodel import select

from agendas.facts.people import Function, Right
from agendas.facts.program import CalibratedLimit, Calibration
from agendas.verbs import people
from agendas.verbs.settings import renew
from sandbox.testing import Person
from storage.models.reviews import ReviewItem
from tests.stories.team import CHANNEL, Team


async def opens_group(team: Team, person: Person, group: str) -> None:
    await team.presses(person, "settings.edit", group, on=await person.types("/abm settings", in_=CHANNEL))
    await team.form(person)


async def test_everybody_sees_the_settings_and_admins_change_them(team: Team) -> None:
    await team.knows("Initech")
    for person in (team.obi, team.bob, team.ann):
        seen = await person.types("/abm settings tier 1 minutes", in_=CHANNEL)
        assert "Minutes on the agenda: 8 minutes" in seen
        assert ("Admins change them." in seen) is (person.id != team.ann.id)
    assert "The groups are Tier 1, Tier 2" in await team.ann.types("/abm settings zzz", in_=CHANNEL)

    shown = await team.bob.types("/abm settings", in_=CHANNEL)
    assert "*Tier 1* · 25 accounts" in shown
    assert "Confidence" not in shown
    await team.presses(team.bob, "settings.show", "fit", on=shown)
    await team.bob.sees("Confidence for tier 1: 80 percent", in_=CHANNEL)

    await opens_group(team, team.ann, "tier.1")
    await team.submits(team.ann, Accounts_in_the_tier="many", Minutes_on_the_agenda="99")
    range_of_cap = "Write a whole number of accounts from 1 to 10,000."
    assert team.ann.form.errors == {
        "Accounts in the tier": f'"many" is not a number it may have. {range_of_cap}',
        "Minutes on the agenda": "99 is over what is possible. Write a whole number of minutes from 1 to 60.",
    }
    await team.submits(team.ann, Accounts_in_the_tier="20", Minutes_on_the_agenda="12")
    said = team.ann.form.words
    assert "Tier 1, Accounts in the tier: 25 accounts → *20 accounts*" in said
    assert "Tier 1, Minutes on the agenda: 8 minutes → *12 minutes*" in said
    await team.ann.closes()

    seen = await team.bob.types("/abm settings tier 1 minutes", in_=CHANNEL)
    assert "Minutes on the agenda: *12 minutes* (set here; the default is 8 minutes)" in seen
    await team.posts_review()
    (item,) = team.store.read_now(lambda session: list(session.exec(select(ReviewItem))))
    assert item.minutes == 12


async def test_of_two_admins_who_save_at_once_none_loses_what_they_changed(team: Team) -> None:
    await team.did(people.give, team.bob.id, function=Function.MARKETING, right=Right.ADMIN)
    for person in (team.ann, team.bob):
        await opens_group(team, person, "list")
    await team.submits(team.ann, A_next_action_may_be_overdue="10")
    await team.submits(team.bob, A_narrative_is_current_for="60")
    assert "A narrative is current for: 100 days → *60 days*" in team.bob.form.words
    await team.bob.closes()
    seen = await team.ann.types("/abm settings list", in_=CHANNEL)
    assert "overdue: *10 days*" in seen
    assert "current for: *60 days*" in seen

    await team.ann.closes()
    for person in (team.ann, team.bob):
        await opens_group(team, person, "list")
    await team.submits(team.ann, Pushes_of_a_close_date_that_count="3")
    await team.submits(team.bob, Pushes_of_a_close_date_that_count="5")
    [(label, told)] = team.bob.form.errors.items()
    assert label == "Pushes of a close date that count"
    assert told.startswith("Somebody made it 3 times while this form was open.")
    assert "count: *3 times*" in await team.ann.types("/abm settings pushes", in_=CHANNEL)


async def test_a_calibrated_limit_is_shown_with_its_stays_and_overruled_even_by_the_default(team: Team) -> None:
    await team.knows("Initech")
    now = team.clock.now()
    found = Calibration((CalibratedLimit("tier.1.aged.engaged", 42, 14),), now.date())
    await team.store.write(renew, team.workspace_id, found, now)
    calibrated = "*42 days* (calibrated from 14 stays; the default is 30 days)"
    assert calibrated in await team.bob.types("/abm settings tier 1 stage engaged", in_=CHANNEL)

    await opens_group(team, team.ann, "tier.1")
    assert "The default is 30 days. 42 days is calibrated from 14 stays." in str(team.ann.form.view)
    await team.submits(team.ann, In_stage_engaged="30")
    assert "Tier 1, In stage engaged: 42 days → *30 days*" in team.ann.form.words
    await team.ann.closes()
    own = "*30 days* (set here; the default is 30 days, calibrated 42 days from 14 stays)"
    assert own in await team.bob.types("/abm settings tier 1 stage engaged", in_=CHANNEL)
    assert "in stage engaged: as calibrated → 30 days" in await team.ann.types("/abm trail", in_=CHANNEL)


async def test_a_target_of_the_quarter_is_taken_by_currency(team: Team) -> None:
    await team.knows("Initech")
    await opens_group(team, team.ann, "measures")
    await team.submits(team.ann, Target_of_a_quarter_to_win="500000")
    assert team.ann.form.errors == {
        "Target of a quarter to win": '"500000" is not an amount. Write a currency and an amount, such as EUR 500000.'
    }
    await team.submits(team.ann, Target_of_a_quarter_to_win="usd 1.2m, EUR 500,000")
    assert "Target of a quarter to win: none → *EUR 500,000 · USD 1,200,000*" in team.ann.form.words


async def test_as_many_domains_as_the_field_takes_can_be_saved_and_stay_when_the_form_is_saved_again(
    team: Team,
) -> None:
    await opens_group(team, team.ann, "signals")
    (field,) = (block for block in team.ann.form.view.blocks if block["block_id"] == "signals.our_domains")
    longest = [f"{number:02}{'x' * 48}.example" for number in range(50)]
    fitting = ", ".join(longest)[: field["element"]["max_length"]].rpartition(", ")[0]
    await team.submits(team.ann, Domains_of_our_own=fitting)
    await team.ann.closes()
    await opens_group(team, team.ann, "signals")
    await team.submits(team.ann, Points_of_90_days_for_MQA="90")
    assert "100 points → *90 points*" in team.ann.form.words
    await team.ann.closes()
    assert fitting in await team.ann.types("/abm settings domains", in_=CHANNEL)
