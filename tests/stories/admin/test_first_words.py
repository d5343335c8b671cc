from datetime import timedelta

from sandbox.testing import Person
from sandbox.workspace import User
from storage import people
from storage.people import SlackUser
from tests.stories.reviews.test_schedule import schedule
from tests.stories.team import CHANNEL, Team

WELCOME = "Welcome to Cadence"


async def opens(team: Team, person: Person, tab: str) -> None:
    await team.sandbox.actions.open_home(person.id, tab)
    await team.sandbox.settled()
    await team.quiet()


def newcomer(team: Team, name: str = "nia", **traits: bool) -> Person:
    team.sandbox.add_user(name, **traits)
    return team.sandbox.person(name)


def welcomes(team: Team, person: Person) -> list[str]:
    return [words for words in team.direct_words(person) if WELCOME in words]


async def joins(team: Team, user: User, channel: str) -> None:
    team.sandbox.invite(team.sandbox.channel_state(channel), user)
    await team.sandbox.settled()
    await team.quiet()


async def test_whoever_opens_the_bot_is_greeted_once_ever(team: Team) -> None:
    await team.knows("Initech")
    nia = newcomer(team)
    for tab in ("messages", "home", "messages", "home"):
        await team.sandbox.actions.open_home(nia.id, tab)
    await team.sandbox.settled()
    await team.quiet()
    [said] = welcomes(team, nia)
    for part in ("short list of accounts", "*See the list*", "*MQA*", "*Claimed*", "*Tier*", "*Play*", "*Review*"):
        assert part in said
    assert "You have no function yet. @ann can give you one" in said
    assert "Welcome" not in nia.home
    await opens(team, nia, "home")
    assert len(welcomes(team, nia)) == 1
    await nia.clicks("How is Initech doing?", on=await team.is_told(nia, WELCOME))
    await team.is_told(nia, "Initech")


async def test_whoever_joins_a_channel_with_a_review_is_greeted_and_nobody_who_was_in_it(team: Team) -> None:
    nia, other = newcomer(team), newcomer(team, "oda")
    early = newcomer(team, "pia")
    team.room.state.members.append(early.id)
    await joins(team, nia.user, "general")
    await joins(team, other.user, "abm-weekly")
    assert (welcomes(team, nia), welcomes(team, other)) == ([], [])
    await schedule(team)
    for channel in ("abm-weekly", "deal-acme"):
        await joins(team, nia.user, channel)
    team.sandbox.remove(team.room.state, nia.user)
    await joins(team, nia.user, "abm-weekly")
    assert [len(welcomes(team, each)) for each in (nia, other, early)] == [1, 0, 0]
    # who is greeted there is not greeted again at home
    await opens(team, nia, "home")
    assert len(welcomes(team, nia)) == 1


async def test_people_known_already_guests_outsiders_and_bots_are_not_greeted(team: Team) -> None:
    await schedule(team)
    robot = team.sandbox.add_user("robot", is_bot=True)
    gone = team.sandbox.add_user("gone", deleted=True)
    for person in (team.ann, team.gus, team.eli):
        await opens(team, person, "messages")
        await opens(team, person, "home")
    for user in (robot, gone, team.sandbox.add_user("gast", guest=True), team.sandbox.add_user("ext", external=True)):
        await joins(team, user, "abm-weekly")
    await joins(team, team.sandbox.workspace.bot, "no-bot")
    assert [letter.user_id for letter in team.letters() if letter.page == "first_words"] == []
    assert all(WELCOME not in words for person in (team.ann, team.gus, team.eli) for words in team.direct_words(person))


async def test_somebody_of_a_function_gets_its_three_things_and_the_buttons_work(team: Team) -> None:
    await team.knows("Initech", owner="bob")
    nia = newcomer(team)
    known = [SlackUser(nia.id, team.workspace_id, "nia")]
    await team.store.write(people.save_users, team.workspace_id, known, team.clock.now())
    assert "function product" in await team.ann.types("/abm people @nia product viewer", in_=CHANNEL)
    await opens(team, nia, "messages")
    welcome = await team.is_told(nia, WELCOME)
    assert "*Score the accounts*" in welcome
    assert "You have no function yet" not in welcome
    await nia.clicks("What blocks accounts?", on=welcome)
    await team.is_told(nia, "o open blocker")
    await nia.clicks("The list", on=welcome)
    await team.is_told(nia, "Initech")


async def test_deactivation_before_the_message_is_sent_leaves_it_unsaid(team: Team) -> None:
    await schedule(team)
    nia, oda = newcomer(team), newcomer(team, "oda")
    team.expects_trouble = True
    team.sandbox.faults.refuse("conversations.open", "user_disabled")
    await joins(team, nia.user, "abm-weekly")
    # whoever wrote or opened the bot has a conversation, into which Slack takes messages for nobody too
    team.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=60)
    await team.sandbox.actions.open_home(oda.id, "messages")
    await team.sandbox.settled()
    await team.until(lambda: any(each.user_id == oda.id and each.last_error for each in team.letters("waiting")))
    gone = [SlackUser(oda.id, team.workspace_id, "oda", is_deleted=True)]
    await team.store.write(people.save_users, team.workspace_id, gone, team.clock.now())
    await team.passes(timedelta(minutes=2))
    assert (welcomes(team, nia), welcomes(team, oda)) == ([], [])
    unsaid = [each for each in team.letters() if each.page == "first_words"]
    why = {nia.id: "user_disabled", oda.id: "there was nothing to say any more"}
    assert {each.user_id: each.last_error for each in unsaid} == why
    assert not [each for each in unsaid if each.state in ("waiting", "leased", "sent")]


async def answer(team: Team, person: Person, words: str) -> str:
    before = len(team.direct_words(person))
    await person.says(words, to="cadence")
    await team.quiet()
    [said] = team.direct_words(person)[before:]
    return said


async def test_a_greeting_thanks_and_help_are_three_things_with_names_that_exist(team: Team) -> None:
    assert "No account is on the list yet: nominate the first" in await answer(team, team.ann, "hi")
    assert "Nothing waits for you." in await answer(team, team.ann, "Hello!")
    await team.knows("Initech", tier=1, owner="bob")
    await team.knows("Zenith", tier=3)
    await team.ann.types("/next zenith Call them by fri", in_=CHANNEL)
    hello = await answer(team, team.ann, "good morning")
    assert "Waiting for you: 1 next action." in hello
    assert "How is Zenith doing?" in hello
    assert "How is Initech doing?" in await answer(team, team.dan, "hey")
    assert await answer(team, team.ann, "thank you") == "You are welcome. Ask again any time."
    helped = await answer(team, team.ann, "help")
    assert "How is Zenith doing?" in helped
    assert 'Then "and Initech?" asks the same' in helped
    assert "Acme" not in hello + helped
    await team.ann.says("@cadence thanks", to=CHANNEL)
    await team.quiet()
    assert await team.ann.sees("You are welcome. Ask again any time.", in_=CHANNEL)
