import io
import zipfile
from datetime import timedelta

from sqlmodel import Session, select

from agendas.facts.people import Function, Right
from agendas.verbs import people
from agendas.verbs.settings import change_settings
from sandbox.testing import MessageView
from storage import privacy
from storage.models.workspaces import MemberList
from storage.privacy import MEMBERS_KNOWN_FOR
from tests.stories.importing import gives
from tests.stories.team import CHANNEL, Team, moved_without_answer

DEAL = "#deal-acme"
UNKNOWN = "No account is called"


async def _hides(team: Team, name: str = "Umbra", channel: str = DEAL) -> None:
    await team.ann.types(f"/account private {name}", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to=channel)
    assert not team.ann.has_form


async def _slack_is_asked(team: Team) -> None:
    """Wait until Slack has told who is in each channel, after all that was heard of it."""
    await team.sandbox.settled()

    def is_known(session: Session) -> bool:
        kept = {each.channel_id: each for each in session.exec(select(MemberList))}
        wanted = [kept.get(channel_id) for _, channel_id in privacy.channels(session)]
        return all(each and each.changes == each.changes_read and (each.read_at or each.error) for each in wanted)

    await team.until(lambda: team.store.read_now(is_known))


async def test_an_editor_in_the_channel_makes_an_account_private_to_it_and_public_again(team: Team) -> None:
    header = await team.begins_review_of("Umbra", "Fabrikam")
    assert "Umbra" in header.words
    await _hides(team)
    assert "private to" in team.private_words(team.ann)[-1]
    agendas = [each.words for each in team.room.messages]
    assert not any("Umbra" in words for words in agendas)
    assert any("not shown here any more" in words for words in agendas)
    assert any("Fabrikam" in words for words in agendas)
    for person, sees in ((team.ann, True), (team.bob, True), (team.dan, False)):
        card = await person.types("/account umbra", in_=CHANNEL)
        assert ("Umbra* " in card or "Private to" in card) is sees, card
        assert ("Umbra" in await person.types("/abm list", in_=CHANNEL)) is sees
    await team.ann.types("/account private Umbra", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to=None)
    assert "Umbra" in await team.dan.types("/abm list", in_=CHANNEL)
    history = await team.ann.types("/account Umbra history", in_=CHANNEL)
    assert "private to" in history
    assert "seen by everybody again" in history


async def test_who_is_not_in_the_channel_or_names_one_that_cannot_be_used_is_told_beside_the_field(team: Team) -> None:
    await team.knows("Umbra")
    team.sandbox.add_channel("joint", members=[team.ann.user], private=True, shared=True)
    closing = team.sandbox.add_channel("closing", members=[team.ann.user], private=True)
    for channel, said in (
        ("#joint", "another company reads it"),
        ("#closing", "it is archived"),
        ("#no-bot", "Cadence is not in it"),
    ):
        await team.ann.types("/account private Umbra", in_=CHANNEL)
        await team.form(team.ann)
        await team.ann.fills(Private_to=channel)
        closing.is_archived = True
        await team.submits(team.ann)
        closing.is_archived = False
        assert said in str(team.ann.form.errors), team.ann.form.errors
        await team.ann.closes()
    await team.dan.types("/account Umbra private", in_=CHANNEL)
    await team.form(team.dan)
    closing.members.append(team.dan.id)
    await team.dan.fills(Private_to="#closing")
    closing.members.remove(team.dan.id)
    await team.submits(team.dan)
    assert "You are not in that channel" in str(team.dan.form.errors)
    await team.dan.closes()
    assert "Umbra" in await team.dan.types("/abm list", in_=CHANNEL)
    assert "you are a viewer" in await team.vic.types("/account private Umbra", in_=CHANNEL)


async def test_who_leaves_the_channel_is_outside_at_once_and_who_joins_is_inside_soon(team: Team) -> None:
    await team.knows("Umbra")
    await _hides(team)
    deal, sandbox = team.sandbox.channel_state("deal-acme"), team.sandbox
    await team.bob.types("/account edit Umbra", in_=CHANNEL)
    await team.form(team.bob)
    sandbox.remove(deal, team.bob.user)
    await team.quiet()
    assert "Umbra" not in await team.bob.types("/abm list", in_=CHANNEL)
    await team.submits(team.bob, Segment="Banks")
    assert "does not exist any more" in str(team.bob.form.view.blocks) + str(team.bob.form.errors)
    sandbox.invite(deal, team.bob.user)
    sandbox.invite(deal, team.dan.user)
    await _slack_is_asked(team)
    assert "Umbra" in await team.bob.types("/abm list", in_=CHANNEL)
    assert "Umbra" in await team.dan.types("/abm list", in_=CHANNEL)
    await team.passes(MEMBERS_KNOWN_FOR + timedelta(minutes=5))
    assert "Umbra" in await team.ann.types("/abm list", in_=CHANNEL)
    sandbox.archive(deal, by=team.ann.user)
    await _slack_is_asked(team)
    assert "Umbra" not in await team.ann.types("/abm list", in_=CHANNEL)
    health = await team.ann.types("/abm health", in_=CHANNEL)
    assert "Members not known" in health
    assert "Umbra" not in health
    sandbox.archive(deal, by=team.ann.user, archived=False)
    await _slack_is_asked(team)
    assert "Umbra" in await team.ann.types("/abm list", in_=CHANNEL)
    sandbox.change_channel_id(deal)
    await _slack_is_asked(team)
    assert "Umbra" in await team.ann.types("/abm list", in_=CHANNEL)


async def test_a_full_tier_is_counted_over_what_whoever_names_can_see(team: Team) -> None:
    await team.did(change_settings, {"tier.1.cap": (25, 1), "tier.1.owner_cap": (10, 1)})
    await team.knows("Umbra")
    for name in ("Fabrikam", "Tailspin"):
        await team.knows(name, tier=2)
    await _hides(team)
    assert "Tier 1: 0 of 1" in await team.dan.types("/abm", in_=CHANNEL)
    assert "no room" not in await team.dan.types("/account tier Fabrikam 1 because They grew", in_=CHANNEL)
    assert team.state("Fabrikam").tier == 1
    full = await team.dan.types("/account tier Tailspin 1 because They grew too", in_=CHANNEL)
    assert "it is full with 1 account. One has to leave first." in full
    assert "Fabrikam" in full
    assert "Umbra" not in full

    # who sees both is asked to settle it, wherever the tier is shown
    settle = "Tier 1 has 2 accounts, 1 more than its cap. To settle it: `/account pause ACCOUNT because TEXT`"
    assert settle in await team.ann.types("/abm", in_=CHANNEL)
    listed = await team.ann.types("/abm list", in_=CHANNEL)
    assert "Tier 1 2/1, 1 over the cap" in listed.replace("*", "")
    assert settle in listed
    await team.ann.opens_home()
    assert settle in await team.sees_home(team.ann, "Tier 1 2/1 over its cap")
    refused = await team.ann.types("/account tier Tailspin 1 because They grew", in_=CHANNEL)
    assert "it has 2 accounts, 1 over its cap. 2 have to leave first." in refused
    assert "Umbra" in refused
    await team.ann.types("/account tier Tailspin", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Tier="1", because="They grew")
    assert "2 have to leave first" in team.ann.form.words
    await team.ann.closes()
    for page in ("/abm", "/abm list", "/abm audit", "/abm executive"):
        said = await team.dan.types(page, in_=CHANNEL)
        assert "more than its cap" not in said
        assert "2/1" not in said
    await team.ann.types("/account pause Umbra because They wait for the budget", in_=CHANNEL)
    assert "more than its cap" not in await team.ann.types("/abm", in_=CHANNEL)


async def test_its_name_is_refused_in_the_words_of_every_name_that_an_admin_has_to_look_at(team: Team) -> None:
    await team.knows("Umbra", aliases=("Umb",))
    await team.knows("Fabrikam", tier=2)
    await _hides(team)
    await team.did(change_settings, {"signals.our_domains": ((), ("sistercompany.example",))})
    said = {}
    for word in ("Umbra", "umbra.example", "Umb", "Sistercompany", "sistercompany.example", "sandbox.example"):
        answer = await team.dan.types(f"/account nominate {word} because TEXT", in_=CHANNEL)
        said[word] = answer.replace(word, "NAME")
    assert set(said.values()) == {'"NAME" cannot be nominated, ask an admin.'}
    assert "umbrella" in (await team.dan.types("/account nominate Umbrella because TEXT", in_=CHANNEL)).casefold()
    for alias in ("umb", "Sistercompany"):
        await team.dan.types("/account edit Fabrikam", in_=CHANNEL)
        await team.form(team.dan)
        await team.submits(team.dan, aliases=alias)
        assert list(team.dan.form.errors.values()) == [f'"{alias}" cannot be nominated, ask an admin.']
        await team.dan.closes()
    told = await team.is_told(team.ann, "wanted to give an account the name or domain Umbra")
    await team.ann.clicks("Open", on=told)
    await team.is_told(team.ann, "Private to")
    assert not [words for words in team.direct_words(team.dan) if "Umbra" in words]


async def test_an_admin_outside_exports_nothing_that_members_asked_and_were_told_of_it(team: Team) -> None:
    await team.knows("Umbra")
    await team.knows("Fabrikam")
    await _hides(team)
    bot = team.sandbox.workspace.bot.name
    await team.ann.types("/account Umbra group add Rita Sample, CFO, economic buyer", in_=CHANNEL)
    await team.ann.types("/move Umbra Rita Sample wants out of the lease", in_=CHANNEL)
    for question in ("who is Rita Sample?", "what did Rita say?", "and the lease?", "how is Fabrikam doing?"):
        await team.ann.says(question, in_=bot)
        await team.quiet()
    await team.ann.types("/move Umbra", in_=CHANNEL)
    await team.form(team.ann)
    await team.ann.fills(text="Rita Sample called")
    await team.ann.closes()
    await team.did(people.give, team.dan.id, function=Function.EXECUTIVE, right=Right.ADMIN)
    exports = []
    for person in (team.dan, team.ann):
        await person.types("/abm export", in_=CHANNEL)
        await person.sees("is in your direct messages", in_=CHANNEL)
        file = list(team.sandbox.workspace.files.values())[-1]
        with zipfile.ZipFile(io.BytesIO(file.content or b"")) as archive:
            exports.append({name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()})
    outside, inside = exports
    assert "Fabrikam" in outside["account.csv"]
    assert not [name for name, text in outside.items() if "Rita" in text or "wants out" in text or "Umbra" in text]
    assert "Rita Sample" in inside["contact.csv"]
    assert not {"conversation.csv", "letter.csv", "draft.csv"} & {*outside, *inside}


async def test_pages_that_a_whole_channel_reads_show_it_in_its_own_channel_alone(team: Team) -> None:
    await team.knows("Umbra")
    await _hides(team)
    question = "@cadence how is Umbra doing?"
    for channel, is_told in ((CHANNEL, False), (DEAL, True)):
        line = await team.ann.says(question, in_=channel)
        await team.quiet()
        [answer] = line.thread
        assert ("Tier 1" in answer.words) is is_told, answer.words
    card = await team.ann.types("/account Umbra", in_=CHANNEL)
    assert "Private to" in card
    await team.ann.clicks("Share", on=card)
    await team.ann.sees("its card is shared there alone", in_=CHANNEL)
    assert not [each.words for each in team.room.everything if "Tier 1" in each.words]


async def test_after_a_restart_nobody_is_inside_before_slack_has_said_so(team: Team) -> None:
    await team.knows("Umbra")
    await _hides(team)
    await team.store.write(privacy.distrust_all)
    team.sandbox.faults.refuse("conversations.info", "fatal_error", times=1)
    assert "Umbra" not in await team.ann.types("/abm list", in_=CHANNEL)
    await team.passes(privacy.TRIED_EVERY)
    await team.passes(privacy.TRIED_EVERY)
    assert "Umbra" in await team.ann.types("/abm list", in_=CHANNEL)
    deal = team.sandbox.channel_state("deal-acme")
    for person in (team.ann, team.bob):
        team.sandbox.remove(deal, person.user)
    await _slack_is_asked(team)
    assert "nobody but Cadence is in it" in await team.ann.types("/abm health", in_=CHANNEL)
    assert "Umbra" not in await team.ann.types("/abm list", in_=CHANNEL)


async def test_a_message_that_tells_of_it_alone_waits_until_slack_has_said_who_is_inside(team: Team) -> None:
    account_id = await team.knows("Umbra")
    await _hides(team)
    await moved_without_answer(team, account_id, "Legal has the contract")
    await team.store.write(privacy.distrust_all)
    team.sandbox.faults.refuse("conversations.info", "fatal_error", times=1)
    team.clock.shift_to(team.clock.now() + timedelta(minutes=4))
    await team.cadence.scheduler.tick_now()
    await team.until(lambda: [each.last_error for each in team.letters("waiting")] == ["members unread"])
    assert team.direct_words(team.ann) == []
    team.clock.shift_to(team.clock.now() + privacy.TRIED_EVERY)
    await team.cadence.scheduler.tick_now()
    await team.quiet()
    await team.is_told(team.ann, "Legal has the contract")


async def test_who_cannot_see_one_account_any_more_is_told_of_what_they_recorded_of_others(team: Team) -> None:
    umbra, fabrikam = await team.knows("Umbra"), await team.knows("Fabrikam")
    await _hides(team)
    await moved_without_answer(team, umbra, "Legal has the contract")
    await moved_without_answer(team, fabrikam, "They asked for references")
    team.sandbox.remove(team.sandbox.channel_state("deal-acme"), team.ann.user)
    await _slack_is_asked(team)
    await team.passes(timedelta(minutes=4))
    [told] = team.direct_words(team.ann)
    assert "They asked for references" in told
    assert "Legal has the contract" not in told


async def test_its_agenda_is_shown_in_the_channel_it_is_private_to_and_in_no_other_of_its_own(team: Team) -> None:
    await team.knows("Umbra", channel_id=team.room.state.id, posts_agenda=True)
    await team.ann.types("/review now", in_=DEAL)
    await team.quiet()
    assert "Umbra" in " ".join(each.words for each in team.room.messages)
    await team.ann.types("/move Umbra Legal has the contract", in_=DEAL)
    await team.quiet()
    await _hides(team)
    await team.quiet()
    shown = " ".join(each.words for each in team.room.everything)
    assert "not shown here any more" in shown
    assert not [words for words in ("Umbra", "Legal has the contract") if words in shown]
    await team.closes_review(team.ann, in_=DEAL)
    await team.ann.types("/review now", in_=DEAL)
    await team.quiet()
    agendas = [each.words for each in team.sandbox.channel("deal-acme").messages if "Details" in each.words]
    assert [words for words in agendas if "Umbra" in words]


async def test_who_asked_about_it_before_it_was_private_asks_on_about_others(team: Team) -> None:
    await team.knows("Umbra")
    await team.knows("Fabrikam")
    bot = team.sandbox.workspace.bot.name
    for question, hides in (("how is Umbra doing?", True), ("how is Fabrikam doing?", False)):
        await team.dan.says(question, in_=bot)
        await team.quiet()
        if hides:
            await _hides(team)
    assert [words for words in team.direct_words(team.dan) if "Fabrikam" in words and "Tier 1" in words]


async def test_nothing_of_it_is_given_to_somebody_outside_its_channel_by_any_word_form_or_reply(team: Team) -> None:
    account_id = await team.knows("Umbra", marketing_partner=team.bob.id)
    await _hides(team)
    await team.ann.types("/review now", in_=DEAL)
    await team.quiet()
    ann, dan = team.ann, team.dan.id
    before, told = len(team.recorded()), len(team.direct_words(team.dan))
    outside = (
        "dan cannot see Umbra, which is private to a channel. Invite them there first, or name somebody who is in it"
    )
    seen = await ann.types("/next Umbra Call them @dan by 4 dec", in_=CHANNEL)
    assert outside in seen
    await ann.clicks("Fill in the form", on=seen)
    assert (await team.form(ann)).values["Next action"] == "Call them"
    assert not (await team.submits(ann, owner=dan)).ok
    assert outside in ann.form.errors["Owner"]
    await ann.closes()
    for command in ("/blocker Umbra Legal is slow @dan", "/account Umbra owner @dan", "/account Umbra executive @dan"):
        assert outside in await ann.types(command, in_=CHANNEL), command
    agenda = next(each for each in team.sandbox.channel("deal-acme").messages if "Details" in each.words)
    for button, field, fields in (
        (
            "Decide",
            "Asked of",
            {"decision": "intervene", "text": "Call their COO", "ask_of": dan, "due_on": "2026-12-04"},
        ),
        ("Update", "Owner", {"What is next": "Call them", "owner": dan}),
    ):
        await ann.clicks(button, on=agenda)
        await team.form(ann)
        assert not (await team.submits(ann, **fields)).ok
        assert outside in ann.form.errors[field], ann.form.errors
        await ann.closes()
    await ann.types("/account edit Umbra", in_=CHANNEL)
    await team.form(ann)
    assert not (await team.submits(ann, marketing_partner=dan)).ok
    assert outside in ann.form.errors["Marketing partner"]
    await ann.closes()
    await ann.types("/account Umbra plays start second thread", in_=CHANNEL)
    await team.form(ann)
    assert not (await team.submits(ann, **{"outcome_due_on": "2026-12-04", "owner/0": dan})).ok
    assert [each for each in ann.form.errors.values() if outside in each]
    await ann.closes()
    await ann.says("next: Call them @dan by 4 dec", in_=DEAL, thread=agenda)
    await team.quiet()
    assert outside in team.private_words(ann, "deal-acme")[-1]
    assert (len(team.recorded()), len(team.direct_words(team.dan))) == (before, told)

    team.sandbox.invite(team.sandbox.channel_state("deal-acme"), team.dan.user)
    await _slack_is_asked(team)
    await ann.types("/account Umbra owner @dan", in_=CHANNEL)
    await ann.types("/next Umbra Call them @dan by 4 dec", in_=CHANNEL)
    state = team.state("Umbra")
    assert (state.account_id, state.profile.owner) == (account_id, dan)
    assert [each.owner for each in state.open_actions] == [dan]


async def test_an_import_leaves_out_whom_it_names_for_it_and_who_is_outside_its_channel(team: Team) -> None:
    await team.knows("Umbra", owner=None)
    await team.knows("Fabrikam", owner=None)
    await _hides(team)
    rows = [f"{name},{name.lower()}.example,Retail,dan,bob,dan" for name in ("Umbra", "Fabrikam")]
    file = "\n".join(("Name,Domain,Segment,Owner,Marketing partner,Our executive", *rows))
    await gives(team, "accounts.csv", file.encode())
    preview = await team.is_told(team.ann, "Nothing is written yet.")
    left_out = "dan left out: not in its private channel, invite them there first"
    assert f"owner {left_out}" in preview
    assert f"our executive {left_out}" in preview
    await team.ann.clicks("Apply", on=preview)
    await team.is_told(team.ann, "2 updated")
    bob, dan = team.bob.id, team.dan.id
    umbra, fabrikam = team.state("Umbra").profile, team.state("Fabrikam").profile
    assert (umbra.owner, umbra.owner_name, umbra.marketing_partner, umbra.our_executive) == (None, "", bob, None)
    assert umbra.segment == "Retail"
    assert (fabrikam.owner, fabrikam.our_executive) == (dan, dan)


async def test_its_author_is_told_where_whom_it_asks_by_function_cannot_see_it(team: Team) -> None:
    await team.knows("Umbra", our_executive=team.dan.id)
    await _hides(team)
    told = await team.ann.types("/blocker Umbra Their COO is silent needs executive", in_=CHANNEL)
    assert "@dan cannot see it and is not told: it is private to #deal-acme" in told
    told = await team.ann.types("/next Umbra @bob Send the proposal by fri", in_=CHANNEL)
    assert "cannot see it" not in told


async def test_its_own_channel_is_refused_to_others_in_the_words_of_every_channel_that_is_taken(team: Team) -> None:
    own = {name: team.sandbox.channel_state(name) for name in ("general", "abm-weekly")}
    await team.knows("Umbra", channel_id=own["general"].id)
    await team.knows("Initech", channel_id=own["abm-weekly"].id)
    await team.knows("Fabrikam")
    await _hides(team)
    said = []
    for name in own:
        await team.dan.types("/account edit Fabrikam", in_=CHANNEL)
        await team.form(team.dan)
        assert not (await team.submits(team.dan, channel=f"#{name}")).ok
        said.append(team.dan.form.errors["Its own channel"])
        await team.dan.closes()
    assert said[0] == said[1]
    assert "or an admin has to look at it" in said[0]


async def test_lines_of_news_that_a_channel_reads_tell_nothing_of_an_account_that_some_there_cannot_see(
    team: Team,
) -> None:
    for name in ("Umbra", "Fabrikam"):
        await team.knows(name)
        await team.ann.types(f"/next {name} Send the {name.casefold()} proposal by fri", in_=CHANNEL)
    await _hides(team)
    await team.ann.says("@Cadence I finished the Fabrikam proposal, Fabrikam said yes to the pilot", in_=CHANNEL)
    seen = await team.dan.sees("*Done* Send the fabrikam proposal", in_=CHANNEL)
    assert seen.message is not None
    told = MessageView(team.sandbox.slack, seen.message)
    await team.ann.clicks("Change", on=told)
    await team.form(team.ann)
    await team.picks_account(team.ann, "Umbra")
    await team.submits(team.ann, words="I finished the proposal")
    assert await team.sandbox.changed.until(lambda: "I finished the proposal" in told.words), told.words
    assert "umbra" not in told.words.casefold()
    assert "From what you wrote:" in told.words
