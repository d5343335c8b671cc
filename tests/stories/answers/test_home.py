from datetime import date

import pytest

from agendas.facts.events import DecisionKind
from agendas.verbs import updates
from agendas.verbs.closing import EnteredDecision, decide
from sandbox.blocks import elements_of
from storage import people
from storage.people import SlackUser
from tests.stories.team import CHANNEL, Team


async def test_home_shows_my_accounts_and_leads_on(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex", owner="bob")
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert "Initech" in team.ann.home
    assert "Globex" not in team.ann.home
    assert "*Program* Tier 1 2/25" in team.ann.home
    for button, text in (
        ("The list", "*Tier 1* 2/25"),
        ("People", "@bob · marketing"),
        ("Help", "`/abm help move`"),
    ):
        await team.ann.clicks(button, on="home")
        form = await team.form(team.ann)
        assert text.replace("*", "").replace("`", "") in form.words.replace("*", "").replace("`", "")
        await team.ann.closes()
    assert team.direct_words(team.ann) == []


async def test_a_person_is_edited_and_a_long_list_goes_on_above_home(team: Team) -> None:
    added = [team.sandbox.add_user(f"aa{number:02}") for number in range(40)]
    known = [SlackUser(user.id, team.workspace_id, user.name) for user in added]
    await team.store.write(people.save_users, team.workspace_id, known, team.clock.now())
    await team.ann.opens_home()
    await team.sandbox.settled()
    await team.ann.clicks("People", on="home")
    assert "1 to 30 of 45." in (await team.form(team.ann)).words
    await team.ann.clicks("More")
    await team.sandbox.changed.until(lambda: "31 to 45 of 45." in team.ann.form.words)
    assert "31 to 45 of 45." in team.ann.form.words
    await team.ann.clicks("Edit")
    await team.sandbox.changed.until(lambda: "Function" in team.ann.form.labels)
    await team.submits(team.ann, Function="Finance", Right="editor")
    assert team.ann.form.words.startswith("Saved: @aa")
    assert team.direct_words(team.ann) == []


async def test_a_home_that_slack_refuses_is_logged_and_not_asked_for_again(team: Team, caplog):
    team.expects_trouble = True
    team.sandbox.faults.refuse("views.publish", "not_enabled")
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert len(team.sandbox.calls("views.publish")) == 1
    assert [record for record in caplog.records if record.getMessage() == "home_not_published"]
    assert team.problems() == []


async def test_a_home_that_slack_has_no_time_for_is_left_for_slack_to_send_again(team: Team) -> None:
    team.expects_trouble = True
    team.sandbox.slack.delivery.ack_seconds = 3  # as Slack: what is not answered by then comes again
    team.sandbox.faults.rate_limit("views.publish")
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert len(team.problems()) == 1


async def test_home_is_current_whenever_it_is_opened(team: Team) -> None:
    await team.knows("Initech")
    for said in ("no next action", "*You owe 1 action*"):
        await team.ann.opens_home()
        await team.sandbox.settled()
        assert said in team.ann.home
        await team.ann.types("/next initech Call by fri", in_=CHANNEL)


async def _asks_dan(team: Team) -> int:
    """The id of Initech, Ann's, of which Dan is asked something that is late."""
    account_id = await team.knows("Initech")
    asked = EnteredDecision(DecisionKind.INTERVENE, "Call their COO", ask_of=team.dan.id, due_on=date(2026, 11, 20))
    await team.did(decide, account_id, asked)
    return account_id


async def test_who_is_asked_settles_on_home_what_they_owe_and_answers_beside_it(team: Team) -> None:
    await _asks_dan(team)
    await team.dan.opens_home()
    await team.sandbox.settled()
    assert "Good morning, dan" in team.dan.home
    assert "*You owe 1 action*, 1 late" in team.dan.home
    assert "*Initech*: Call their COO · 4 d late" in team.dan.home
    assert "Asked of you" not in team.dan.home
    assert "Your accounts" not in team.dan.home
    await team.dan.clicks("Done", on="home")
    await team.sees_home(team.dan, "*Recorded* for Initech: next action done (Call their COO).")
    assert "You owe" not in team.dan.home
    assert team.state("Initech").open_actions == ()
    assert team.state("Initech").open_asks == ()
    assert not any("Recorded" in each for each in team.direct_words(team.dan))
    await team.dan.clicks("Undo", on="home")
    await team.sees_home(team.dan, "*You owe 1 action*, 1 late")
    assert "*Taken back* for Initech" in (await team.form(team.dan)).words
    assert "Recorded" not in team.dan.home

    await team.dan.closes()
    account_id = team.state("Initech").account_id
    [action] = team.state("Initech").open_actions
    await team.did(updates.close_action, account_id, action.id, done=False)
    await team.dan.opens_home()
    await team.sees_home(team.dan, "*Asked of you 1*")
    await team.dan.clicks("Answer", on="home")
    assert "Call their COO" in (await team.form(team.dan)).words
    await team.submits(team.dan, What_was_answered="They sign in January")
    await team.sandbox.changed.until(lambda: "Asked of you" not in team.dan.home)
    assert "Nothing waits for you" in team.dan.home
    history = await team.ann.types("/account initech history", in_=CHANNEL)
    assert "what was asked is answered: Call their COO · They sign in January" in history


async def test_who_is_asked_answers_on_home_beside_the_action_that_stands_for_the_ask(team: Team) -> None:
    account_id = await _asks_dan(team)
    await team.did(updates.add_action, account_id, text="Book a room", due_on=date(2026, 11, 25), owner=team.dan.id)
    await team.dan.opens_home()
    await team.sees_home(team.dan, "*You owe 2 actions*, 1 late")
    assert "*Initech*: Call their COO · 4 d late\nDone\nAnswer\nMove to\nEdit\nDrop" in team.dan.home
    assert "*Initech*: Book a room · Wed 25 Nov\nDone\nMove to\nEdit\nDrop" in team.dan.home
    await team.dan.clicks("Answer", on="home")
    assert "Call their COO" in (await team.form(team.dan)).words
    await team.submits(team.dan, What_was_answered="They sign in January")
    await team.sees_home(team.dan, "*You owe 1 action*")
    state = team.state("Initech")
    assert ([each.text for each in state.open_actions], state.open_asks) == (["Book a room"], ())
    history = await team.ann.types("/account initech history", in_=CHANNEL)
    assert "next action done (Call their COO): They sign in January" in history


async def test_a_form_opened_from_a_card_above_home_leaves_home_as_it_is_then(team: Team) -> None:
    account_id = await team.knows("Initech", our_executive=team.dan.id)
    await team.did(updates.add_action, account_id, text="Call", due_on=date(2026, 11, 25), owner=team.dan.id)
    await team.dan.opens_home()
    await team.sees_home(team.dan, "*Your accounts 1*")
    await team.dan.clicks("Move to", on="home")
    await team.form(team.dan)
    await team.submits(team.dan, New_date="2026-12-01", Why="They travel")
    await team.sees_home(team.dan, "*Initech*: Call · Tue 1 Dec · slipped once")
    await team.dan.clicks("Open", on="home")
    card = await team.form(team.dan)
    assert "*Initech*" in card.words
    assert team.direct_words(team.dan)[-1].startswith("*Recorded* for Initech: next action slipped to Tue 1 Dec (Call)")


async def test_home_of_a_viewer_settles_what_waits_for_them_and_records_nothing_else(team: Team) -> None:
    account_id = await team.knows("Initech", our_executive=team.vic.id)
    await team.did(updates.add_action, account_id, text="Call", due_on=date(2026, 11, 25), owner=team.vic.id)
    await team.did(updates.open_blocker, account_id, text="No budget", needs="product")
    await team.vic.opens_home()
    await team.sees_home(team.vic, "*Initech*: Call · Wed 25 Nov")
    assert "*Initech*: No budget · needs product · owner @ann · since today" in team.vic.home
    actions = {element.get("action_id", "") for block in team.home_blocks(team.vic) for element in elements_of(block)}
    assert "account.open" in actions
    assert {"action.done", "blocker.acknowledge"} <= actions
    assert not {each for each in actions if each.startswith(("updates.", "account.u"))}
    await team.vic.clicks("Acknowledge", on="home")
    await team.sees_home(team.vic, "acknowledged")


async def test_a_home_published_meanwhile_is_made_anew_once(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.opens_home()
    await team.sandbox.settled()
    team.sandbox.faults.refuse("views.publish", "hash_conflict")
    await team.ann.opens_home()
    await team.sandbox.settled()
    _first, _refused, again = team.sandbox.calls("views.publish")
    assert "hash" not in again.arguments
    assert "Initech" in team.ann.home


async def test_home_of_somebody_without_accounts_or_from_outside_says_why_it_is_empty(team: Team) -> None:
    await team.obi.opens_home()
    await team.sandbox.settled()
    assert "Nothing waits for you. What you owe stands here" in team.obi.home
    assert "Start my updates" not in team.obi.home

    await team.knows("Initech")
    await team.eli.opens_home()
    await team.sandbox.settled()
    assert "People of other companies cannot use Cadence here" in team.eli.home
    assert "Initech" not in team.eli.home
    await team.gus.opens_home()
    await team.sandbox.settled()
    # Slack opens no app with an agent view to guests
    assert team.gus.home == ""


async def test_the_home_of_many_accounts_fits_and_goes_on_by_pages_and_choices(team: Team) -> None:
    await team.knows_many((f"Company {number:03}" for number in range(30)), tier=3)
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert "*Your accounts 30*" in team.ann.home
    assert "1 to 12 of 30." in team.ann.home
    assert ("Company 011" in team.ann.home, "Company 012" in team.ann.home) == (True, False)
    await team.ann.clicks("home.more", on="home")
    await team.sees_home(team.ann, "13 to 24 of 30.")
    await team.ann.clicks("home.show", on="home", choose="tier_1")
    await team.sees_home(team.ann, "*Your accounts, tier 1*: 0 of 30")
    await team.knows("Initech")
    await team.ann.opens_home()
    await team.sees_home(team.ann, "*Your accounts, tier 1*: 1 of 31")
    assert "*Initech*" in team.ann.home
    listed = await team.ann.types("/account", in_=CHANNEL)
    assert ("Company 008" in listed, "Company 009" in listed) == (True, False)
    await team.ann.clicks("More", on=listed)
    assert "Company 018" in await team.ann.sees("11 to 20 of 31.", in_=CHANNEL)


@pytest.mark.proof
async def test_more_than_home_has_room_for_waits_on_a_page_above_it_and_is_settled_there(team: Team) -> None:
    initech = await team.knows("Initech")
    for number in range(12):
        await team.did(updates.open_blocker, initech, text=f"Blocker {number}", owner=team.ann.id, needs="sales")
    await team.ann.opens_home()
    await team.sandbox.settled()
    await team.ann.clicks("All that waits", on="home")
    form = await team.form(team.ann)
    assert "Waits for you: 12" in form.words
    assert "1 to 10 of 12." in form.words
    await team.ann.clicks("More")
    await team.sandbox.changed.until(lambda: "11 to 12 of 12." in team.ann.form.words)
    await team.ann.clicks("Resolve")
    await team.sandbox.changed.until(lambda: "Waits for you: 11" in team.ann.form.words)
    assert len(team.state("Initech").open_blockers) == 11
