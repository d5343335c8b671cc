import json
from datetime import date, datetime, timedelta

import pytest

from agendas.facts.events import Profile
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.facts.people import PersonFacts
from agendas.pages.accounts.did_you_mean import read_pick
from agendas.rendering.page import Buttons, Page
from agendas.rendering.words import Words
from agendas.verbs.list import change
from agendas.verbs.updates import contacts, updates
from assistant.answer import PICK, answer
from assistant.last_question import remember
from storage.database.engine import Store
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, NOW, WORKSPACE, ZONE, ago, person, profile
from tests.plain import plain
from tests.program import Program, stored_program

WORDS = Words()
NAMES = {ANN: "Ann", BOB: "Bob", CLEO: "Cleo", DAN: "Dan", EVE: "Eve"}


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def page(program: Program, text: str, *, asker: PersonFacts | None = None, now: datetime = NOW, **values) -> Page:
    where = {"workspace_id": WORKSPACE, "place": "D0ANN0001", "channel_id": "D0ANN0001", "now": now, "words": WORDS}
    asker = asker or person()
    where |= values
    answered = program.store.read_now(answer, asker, text, **where)
    if answered.asked is not None:
        place, at = where["place"], where["now"]
        program.store.write_now(remember, WORKSPACE, asker.user_id, place, asked=answered.asked, now=at)
    return answered.page


def ask(program: Program, text: str, **values) -> str:
    return plain(page(program, text, **values), NAMES)


def test_a_status_says_stage_movement_blockers_actions_review_and_who_recorded_last(program: Program) -> None:
    said = ask(program, "How's Acme doing?")
    assert "Tier 1, engaged 5/30 d, advanced. Owner @Ann." in said
    assert "Aware → engaged, with evidence." in said
    assert "No budget code yet (1 day, @Ann)" in said
    assert "Draft the pilot plan, @Ann, by Fri 27 Nov" in said
    assert "Next review: Mon 30 Nov 10:00 EST" in said
    assert "Pilot agreed (https://notes.example/pilot)" in said
    assert "Last recorded Mon 23 Nov by @Ann." in said


def test_a_part_of_an_account_is_pointed_to_where_it_is_asked_for_and_not_where_the_name_has_its_word(
    program: Program,
) -> None:
    program.did(change.nominate, ANN, NOW, Profile("Signal Works"))
    assert "There is more" not in ask(program, "how is Signal Works?")
    assert "There is more about its deals." in ask(program, "how is the deal at Signal Works?")


def test_a_bare_name_or_alias_is_a_question_for_the_status(program: Program) -> None:
    assert ask(program, "acme") == ask(program, "how is acme?")
    assert "Umber Foods" in ask(program, "UF?")


def test_blockers_carry_their_age_their_owner_and_their_source(program: Program) -> None:
    said = ask(program, "Globex's blockers")
    assert "1 open blocker of Globex" in said
    assert "Legal review is stuck · 13 days · @Bob · needs an executive (@Bob, 11 Nov)" in said
    assert "2 open blockers\n" in ask(program, "what is blocked?")
    assert "of @Cleo is recorded" in ask(program, "my blockers", asker=person(CLEO))


def test_actions_are_mine_theirs_overdue_or_due_this_week(program: Program) -> None:
    assert "Draft the pilot plan" in ask(program, "what do I owe?")
    assert "Send the security answers" in ask(program, f"what does <@{BOB}> owe?")
    assert "Send the security answers" in ask(program, "what does bob have to do?")
    overdue = ask(program, "what is overdue?")
    assert "18 days overdue (@Bob, 30 Oct)" in overdue
    assert "Draft" not in overdue
    week = ask(program, "what is due this week?")
    assert "Draft the pilot plan" in week
    assert "security" not in week


def test_what_moved_says_claims_and_steps_back_plainly_with_who_told_it(program: Program) -> None:
    said = ask(program, "what moved since the last review?")
    assert "3 accounts" in said
    assert "Umber Foods: Target → aware: claimed, no evidence." in said
    assert "Initrode: Engaged → aware: moved back. (@Ann, Fri 20 Nov; since the review of 16 Nov" in said
    assert "Globex: Nothing moved." in ask(program, "did globex move?")


def test_what_advanced_regressed_or_expanded_gets_these_alone_and_no_claims(program: Program) -> None:
    regressed = ask(program, "what regressed?")
    assert "Regressed since the review of Mon 16 Nov: 1 account" in regressed
    assert "Initrode" in regressed
    assert "Umber" not in regressed
    assert ask(program, "which accounts expanded?") == "Nothing is recorded as expanded since the review of Mon 16 Nov."
    advanced = ask(program, "what advanced this week?")
    assert "Advanced since the review of Mon 16 Nov: 1 account" in advanced
    assert "Acme" in advanced


def test_the_owner_is_said_with_its_source_or_as_not_recorded(program: Program) -> None:
    assert ask(program, "who owns globex") == "Globex is owned by @Bob, with @Ann in marketing. (@Ann, 15 Sep)"
    assert "An owner of Pinewood is not recorded." in ask(program, "who owns pinewood?")


def test_a_buying_group_is_said_in_numbers_with_each_required_role(program: Program) -> None:
    acme = program.accounts["acme"]
    nobody = ask(program, "who is missing at acme")
    assert "0 of 3 required roles identified, 0 engaged in 90 days. Nobody there was active" in nobody
    champion = ContactProfile("Rita Sample", "CFO", roles=(BuyingRole.CHAMPION,), touched_on=date(2026, 11, 20))
    program.did(contacts.add_contact, ANN, ago(0.1), acme, champion)
    said = ask(program, "buying group of acme")
    assert "1 of 3 required roles identified, 1 engaged in 90 days. Single-threaded: only Rita Sample was" in said
    assert "Champion: Rita Sample, CFO · last touch Fri 20 Nov" in said
    assert "Economic buyer: missing" in said
    assert "You can ask" in ask(program, "who is missing?", place="elsewhere")


def test_what_is_mine_lists_the_askers_accounts_and_another_persons_under_their_name(program: Program) -> None:
    mine = ask(program, "what is mine?")
    assert [name for name in ("Acme Corp", "Globex", "Initrode", "Umber Foods") if name in mine] == [
        "Acme Corp",
        "Globex",
        "Initrode",
    ]
    assert "1 account of @Bob" in ask(program, "bob's accounts")


def test_what_is_stalled_gives_its_reasons_in_numbers(program: Program) -> None:
    said = ask(program, "what is at risk?")
    assert "3 accounts stalled or in need of intervention" in said
    assert "in its stage for 38 days, limit 14" in said
    assert "Acme" not in said
    assert "Umber Foods" not in ask(program, "which of my accounts are stalled?")


def test_decisions_are_said_with_who_when_and_what_was_asked(program: Program) -> None:
    said = ask(program, "what was decided on globex?")
    assert "16 Nov, @Eve: decision: intervene. Call their general counsel · asked of @Dan · by Fri 20 Nov" in said
    assert "Call their general counsel" in ask(program, "what did we decide?")
    assert "No decision for Acme Corp is recorded" in ask(program, "decisions for acme")


def test_what_changed_is_newest_first_from_the_beginning_of_the_askers_day(program: Program) -> None:
    week = ask(program, "what changed this week?")
    assert week.index("No budget code yet") < week.index("CFO agreed to a pilot")
    assert "Nothing is recorded since Tue 24 Nov." in ask(program, "what changed today?")
    assert "No budget code yet" in ask(program, "what happened with acme yesterday?")
    assert "They sound keen" not in ask(program, "what changed on my accounts this week?")


def test_the_next_review_is_said_in_the_askers_zone(program: Program) -> None:
    answer = ask(program, "when is the next review?")
    assert f"#{CHANNEL}: Review of Mon 23 Nov is open until Tue 10:00 EST. Next Mon 30 Nov 10:00 EST" in answer
    london = person(BOB, time_zone="Europe/London")
    assert "Mon 30 Nov 15:00 GMT" in ask(program, "when is acme reviewed next?", asker=london)
    assert "No review of Pinewood is scheduled." in ask(program, "when is pinewood reviewed next?")


def test_a_follow_up_keeps_the_question_or_the_account(program: Program) -> None:
    ask(program, "how is acme doing?")
    assert "No budget code yet" in ask(program, "what about its blockers?")
    assert "Legal review is stuck" in ask(program, "and Globex?")
    assert "Globex is owned by @Bob" in ask(program, "and who owns it?")
    ask(program, "what is overdue?")
    assert "No overdue action of @Ann is recorded." in ask(program, "and mine?")
    assert "Send the security answers" in ask(program, "and Bob?")


def test_a_follow_up_is_of_the_same_person_place_and_half_hour_only(program: Program) -> None:
    ask(program, "blockers of acme")
    in_time = NOW + timedelta(minutes=30)
    assert "Legal review" in ask(program, "and Globex?", now=in_time)
    assert "I did not understand" in ask(program, "and who owns it?", place="another thread")
    assert "I did not understand" in ask(program, "and who owns it?", asker=person(BOB))
    assert "I did not understand" in ask(program, "and who owns it?", now=in_time + timedelta(minutes=31))


def test_in_an_accounts_own_channel_no_name_is_needed(program: Program) -> None:
    own = profile("Initrode", channel_id="C0INITROD")
    program.did(change.edit, ANN, NOW, program.accounts["initrode"], own)
    assert "Initrode is owned by @Ann" in ask(program, "who is the owner?", channel_id="C0INITROD", place="1.2")
    assert "No open blocker of Initrode" in ask(program, "any blockers?", channel_id="C0INITROD", place="1.3")


def test_an_unknown_name_offers_the_nearest_and_the_picked_one_is_answered(program: Program) -> None:
    offered = page(program, "blockers of globx")
    buttons = next(item for item in offered.items if isinstance(item, Buttons)).items
    assert (buttons[0].label, buttons[0].action) == ("Globex", PICK)
    account_id, text = read_pick(buttons[0].value)
    assert json.loads(buttons[0].value)["text"] == "blockers of globx"
    assert "Legal review is stuck" in ask(program, text, picked=account_id)
    assert "Acme Corp is owned" not in ask(program, "and who owns it?")


def test_a_picked_name_keeps_the_question_it_followed(program: Program) -> None:
    ask(program, "who owns acme")
    offered = page(program, "and globx?")
    buttons = next(item for item in offered.items if isinstance(item, Buttons)).items
    account_id, text = read_pick(buttons[0].value)
    assert "Globex is owned by @Bob" in ask(program, text, picked=account_id)


def test_several_accounts_that_fit_are_offered_and_none_is_guessed(program: Program) -> None:
    program.did(change.nominate, ANN, NOW, Profile("Acme Industries"))
    offered = page(program, "how is acme doing?")
    buttons = next(item for item in offered.items if isinstance(item, Buttons)).items
    assert {button.label for button in buttons} == {"Acme Corp", "Acme Industries"}
    assert "Tier 1, engaged" in ask(program, "how is acme corp doing?")


@pytest.mark.parametrize(
    "text", ["asdf qwer zxcv", "the weather in paris", "how are things?", "", "!!!", "<@U0ANN0001"]
)
def test_what_cannot_be_understood_gets_the_list_of_what_can_be_asked(store: Store, text: str) -> None:
    said = ask(stored_program(store), text)
    assert "How is Acme Corp doing?" in said


def test_names_with_little_words_quotes_and_hostile_signs_are_found(program: Program) -> None:
    program.did(change.nominate, ANN, NOW, Profile("The Harbour <!channel> Bank"))
    program.did(change.nominate, ANN, NOW, Profile("Next"))
    assert "candidate" in ask(program, "how is the harbour &lt;!channel&gt; bank doing?")
    assert "candidate" in ask(program, 'status of "Next"')
    drawn = page(program, "who owns the harbour &lt;!channel&gt; bank?")
    assert "<!channel>" not in drawn.items[0].mrkdwn  # type: ignore[union-attr]


def test_an_entry_taken_back_is_not_told(program: Program) -> None:
    from agendas.verbs.undo import undo

    recorded = program.did(updates.say_nothing_moved, ANN, NOW, program.accounts["acme"], text="All quiet")
    assert "All quiet" in ask(program, "what changed today?")
    program.did(undo.take_back, ANN, NOW, recorded.event.id)
    assert "All quiet" not in ask(program, "what changed today?")


def test_dates_are_shown_in_the_askers_zone(program: Program) -> None:
    sydney = person(DAN, time_zone="Australia/Sydney")
    assert "Tue 1 Dec 02:00 AEDT" in ask(program, "next review?", asker=sydney)
    assert sydney.time_zone != ZONE
