from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import Stage
from agendas.verbs import group, updates
from sandbox.blocks import elements_of
from sandbox.testing import Seen
from tests.stories.answers.asking import answer_of, asks
from tests.stories.team import CHANNEL, Team

REPLIED = "replied with numbers https://mail.example/1"


async def acme(team: Team) -> None:
    number = await team.knows("Acme", tier=1)
    await team.did(updates.move, number, text="They joined a demo", to_stage=Stage.ENGAGED)
    for person in ("Dana Weber, CFO, economic buyer", "Otto Weber, CTO, technical evaluator", "Will Smith, champion"):
        await team.ann.types(f"/account acme group add {person}", in_=CHANNEL)


def heard(team: Team, account: str = "Acme") -> list[str]:
    return sorted(each.profile.name for each in team.state(account).contacts if each.last_touch_on)


async def says(team: Team, words: str) -> Seen:
    return await team.ann.types(f"/move acme {words}", in_=CHANNEL)


async def test_whoever_is_named_as_acting_is_heard_from_on_card_agenda_and_group(team: Team) -> None:
    await acme(team)
    card = await team.ann.types("/account acme", in_=CHANNEL)
    assert "economic buyer (Dana Weber silent)" in card
    said = await says(team, f"Dana {REPLIED}")
    assert "Dana Weber: last heard from today" in said
    card = await team.ann.types("/account acme", in_=CHANNEL)
    assert "Dana Weber silent" not in card
    assert "nobody active" not in card
    page = await team.ann.types("/account acme group", in_=CHANNEL)
    assert "*Economic buyer*: Dana Weber, CFO · last touch Tue 24 Nov" in page
    assert "Single-threaded: only Dana Weber" in page
    await team.passes(timedelta(days=1))
    said = await says(team, "Otto Weber and Will Smith joined the workshop")
    assert "Otto Weber: last heard from today · Will Smith: last heard from today" in said
    assert heard(team) == ["Dana Weber", "Otto Weber", "Will Smith"]
    assert "3 people active" in await team.ann.types("/account acme group", in_=CHANNEL)
    await team.ann.types("/blocker acme Two fees", in_=CHANNEL)
    await team.passes(timedelta(days=1))
    said = await team.ann.types("/blocker acme resolve Dana agreed to two fees", in_=CHANNEL)
    assert "Dana Weber: last heard from today" in said


async def test_what_we_did_ends_nobodys_silence_and_a_name_of_two_is_asked_about_and_changed(team: Team) -> None:
    await acme(team)
    for ours in ("We sent Dana the deck https://ours.example/d", "I emailed Dana", "we will call Will next week"):
        assert "last heard" not in await says(team, ours)
    assert heard(team) == []
    said = await says(team, f"Dana {REPLIED}")
    await team.ann.clicks("Undo", on=said)
    await team.quiet()
    assert heard(team) == []

    said = await says(team, f"Weber {REPLIED}")
    assert "Who was it: Dana Weber or Otto Weber? Until somebody says so it is nobody's touch." in said
    assert heard(team) == []
    await team.ann.clicks("Otto Weber", on=said)
    seen = await team.ann.sees("Otto Weber: last heard from today", in_=CHANNEL)
    assert heard(team) == ["Otto Weber"]
    await team.ann.clicks("Somebody else", on=seen)
    form = await team.form(team.ann)
    otto = next(each.id for each in team.state("Acme").contacts if each.profile.name == "Otto Weber")
    assert form.values["Who of them"] == [str(otto)]
    dana = next(each.id for each in team.state("Acme").contacts if each.profile.name == "Dana Weber")
    assert (await team.submits(team.ann, who=[str(dana)])).ok
    assert heard(team) == ["Dana Weber"]
    await team.ann.clicks("Undo", on=await team.ann.sees("is the buyer's act, by Dana Weber.", in_=CHANNEL))
    await team.quiet()
    assert heard(team) == ["Otto Weber"]


async def test_somebody_with_a_title_who_is_not_in_the_group_is_offered_until_anybody_added_them(team: Team) -> None:
    await acme(team)
    said = await says(team, f"Rita Kern, CIO, {REPLIED}")
    assert "Rita Kern, CIO, is not in the group of Acme yet." in said
    await team.ann.clicks("Add as technical evaluator", on=said)
    seen = await team.ann.sees("added Rita Kern, CIO: technical evaluator", in_=CHANNEL)
    assert "Rita Kern: last heard from today" in seen
    assert heard(team) == ["Rita Kern"]
    receipt = _receipt(team, "Rita Kern, CIO, replied")
    assert "not in the group" not in receipt
    assert "Rita Kern: last heard from today" in receipt
    await team.ann.clicks("Undo", on=seen)
    await team.quiet()
    assert "Rita Kern" not in [each.profile.name for each in team.state("Acme").contacts]

    said = await says(team, f"Rita Kern, CIO, and Max Holt, CTO, {REPLIED}")
    await team.bob.types("/account acme group add Rita Kern, CIO", in_=CHANNEL)
    before = len(team.recorded())
    await team.presses(team.ann, "group.stranger/1", _value(said, "group.stranger/1"), on=said)
    await team.ann.sees("They are in the group of Acme already.", in_=CHANNEL)
    assert len(team.recorded()) == before
    receipt = _receipt(team, "and Max Holt, CTO, replied")
    assert "Rita Kern, CIO, is not in" not in receipt
    assert "Max Holt, CTO, is not in the group of Acme yet." in receipt


def _receipt(team: Team, words: str) -> str:
    return next(each for each in team.private_words(team.ann) if "*Recorded*" in each and words in each)


def _value(said: Seen, action: str) -> str:
    assert said.message is not None
    elements = (each for block in said.message.blocks for each in elements_of(block))
    return next(str(each["value"]) for each in elements if each.get("action_id") == action)


async def test_news_and_a_meeting_from_before_somebody_was_added_are_theirs(team: Team) -> None:
    await team.knows("Globex")
    await team.ann.types(f"/move globex Their head of IT Rita Kern {REPLIED}", in_=CHANNEL)
    await team.ann.types("/account globex met @dan Max Holt, CEO on 12 nov: agreed on a pilot", in_=CHANNEL)
    said = await team.ann.types("/account globex group add Max Holt, CEO", in_=CHANNEL)
    assert "Max Holt: last heard from 12 Nov" in said
    await team.ann.types("/account globex group add Rita Kern, head of IT", in_=CHANNEL)
    assert heard(team, "Globex") == ["Max Holt", "Rita Kern"]


async def test_whoever_adds_somebody_is_not_told_as_having_said_whose_act_their_news_was(team: Team) -> None:
    await acme(team)
    doubtful = await says(team, "Numbers, see Dana https://mail.example/1")
    await says(team, f"Rita Kern, CIO, {REPLIED}")
    await team.bob.types("/account acme group add Rita Kern, CIO", in_=CHANNEL)
    history = await team.ann.types("/account acme history", in_=CHANNEL)
    assert "news: Rita Kern, CIO, replied with numbers · mail.example\n" in history
    await team.ann.clicks("The buyer's", on=doubtful)
    await team.ann.clicks("Dana Weber", on=await team.ann.sees("Was it Dana Weber?", in_=CHANNEL))
    history = await team.bob.types("/account acme history", in_=CHANNEL)
    assert "news: Numbers, see Dana · mail.example (the buyer's, says @ann)" in history


async def test_whoever_says_that_it_was_the_buyers_credits_whom_the_words_name_or_is_asked(team: Team) -> None:
    await acme(team)
    said = await says(team, "Numbers, see Dana https://mail.example/1")
    assert "Whose act is it?" in said
    await team.ann.clicks("The buyer's", on=said)
    seen = await team.ann.sees("Was it Dana Weber?", in_=CHANNEL)
    assert heard(team) == []
    await team.ann.clicks("Dana Weber", on=seen)
    await team.ann.sees("Dana Weber: last heard from today", in_=CHANNEL)
    assert heard(team) == ["Dana Weber"]


async def test_a_meeting_of_somebody_who_is_no_executive_is_no_meeting_of_executives(team: Team) -> None:
    await acme(team)
    await team.ann.types("/account acme met @dan Dana Weber: agreed on a pilot", in_=CHANNEL)
    await team.ann.types("/account acme met @bob Otto Weber: saw the plant", in_=CHANNEL)
    await team.ann.types("/account acme met @dan Max Holt, plant manager: saw the stock", in_=CHANNEL)
    page = await team.ann.types("/account acme group", in_=CHANNEL)
    met, others = page.split("*Executives met*")[1].split("*Other meetings*")
    assert "Dana Weber, CFO" in met
    assert "Weber, CTO" not in met
    assert "Otto Weber, CTO" in others
    assert "Max Holt, plant manager" in others
    assert heard(team) == ["Dana Weber", "Otto Weber"]


async def test_a_thread_a_logged_message_and_news_told_to_the_bot_credit_whom_they_name(team: Team) -> None:
    await acme(team)
    await team.posts_review("acme")
    await team.ann.says("moved: Dana Weber asked for a second demo", in_=CHANNEL, thread=team.agenda("Acme"))
    await team.ann.sees("Dana Weber: last heard from today", in_=CHANNEL)
    await team.quiet()
    assert heard(team) == ["Dana Weber"]

    message = await team.bob.says("Otto Weber\u2019s reply: two depots to start", in_=CHANNEL)
    await team.ann.runs("log_to_account", on=message)
    await team.form(team.ann)
    await team.picks_account(team.ann, "Acme")
    await team.submits(team.ann)
    assert (await team.submits(team.ann)).ok
    await team.ann.sees("Otto Weber: last heard from today", in_=CHANNEL)
    assert heard(team) == ["Dana Weber", "Otto Weber"]

    await asks(team, team.ann, "Acme's champion Will Smith signed the pilot this morning")
    await team.ann.clicks("Record all", on=await answer_of(team, team.ann))
    await team.is_told(team.ann, "Recorded on")
    assert heard(team) == ["Dana Weber", "Otto Weber", "Will Smith"]


async def test_people_of_a_private_account_are_named_in_no_other_accounts_receipts(team: Team) -> None:
    await acme(team)
    await team.knows("Globex")
    await team.ann.types("/account globex group add Sela Vance, CTO", in_=CHANNEL)
    await team.ann.types("/account private globex", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to="#deal-acme")
    said = await says(team, f"Sela {REPLIED}")
    assert "Whose act is it?" in said
    assert "Vance" not in said
    assert heard(team, "Globex") == []


async def test_who_was_said_to_have_acted_stays_so_when_somebody_is_added_or_called_otherwise(team: Team) -> None:
    await acme(team)
    seen = await says(team, "Dana replied. Rita sent the numbers https://mail.example/1")
    dana, otto, _ = sorted(team.state("Acme").contacts, key=lambda each: each.profile.name)
    await team.ann.clicks("Somebody else", on=seen)
    await team.form(team.ann)
    assert (await team.submits(team.ann, who=[str(otto.id)])).ok
    assert heard(team) == ["Otto Weber"]
    renamed = replace(dana.profile, name="Dana Weber-Holt")
    await team.did(group.edit_contact, team.state("Acme").account_id, dana.id, profile=renamed)
    assert heard(team) == ["Otto Weber"]
    await team.ann.types("/account acme group add Rita Kern, CIO", in_=CHANNEL)
    assert heard(team) == ["Otto Weber", "Rita Kern"]


async def test_a_day_that_the_words_tell_is_the_day_of_the_touch_and_of_the_silence(team: Team) -> None:
    await acme(team)
    said = await says(team, "Dana called on 20 nov about the budget")
    assert "Dana Weber: last heard from Fri 20 Nov" in said
    said = await says(team, "Otto emailed yesterday that the freeze may end in May")
    assert "Otto Weber: last heard from Mon 23 Nov" in said
    said = await says(team, "18 nov: Will Smith asked for a second demo")
    assert "Will Smith: last heard from Wed 18 Nov" in said
    said = await says(team, "Will Smith wrote last week https://mail.example/1")
    assert '"last week" names no day, so today counts. Undo it and write the day to change that.' in said
    await team.ann.clicks("Undo", on=said)
    await team.quiet()
    page = await team.ann.types("/account acme group", in_=CHANNEL)
    assert "Dana Weber, CFO · last touch Fri 20 Nov" in page
    card = await team.ann.types("/account acme", in_=CHANNEL)
    assert "(their words)" in card
    assert "(note)" not in card
