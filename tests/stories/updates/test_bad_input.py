import re

import pytest

from tests.stories.team import CHANNEL, Team

LONG = "x" * 3_000
DATE = re.compile(r"<!date\^\d+\^\{time\}\|")
"""A time of our own receipts."""

HOSTILE = 'He said "yes" <!channel> <!here> @everyone *bold* _it_ ~no~ `code` ```fence``` שלום עולם \u202eevil 🚀 & <b>'

REFUSED = (
    ("/account nosuch", 'No account is called "nosuch"'),
    ("/account initech bogus", '"bogus" after the account has no meaning here'),
    ("/account this", "This channel is not an account's own"),
    ("/account nominate Initech because again", 'Initech already answers to "Initech"'),
    ("/account nominate Other initech.example because x", 'Initech already answers to "initech.example"'),
    (f"/account nominate {LONG} because x", "write at most 120"),
    (f"/account nominate Foo because {LONG}x", "3,001 characters"),
    ("/account nominate \u200b because x", "Give a name with letters or digits"),
    ("/account name", "Name the account: /account name ACCOUNT tier 1 because TEXT."),
    ("/account name initech tier 1 because x", "named in tier 1 already"),
    (
        "/account reject initech because x",
        "so it cannot be rejected. Take it off the list with /account remove Initech because",
    ),
    ("/move nosuch hello", 'No account is called "nosuch"'),
    ("/move initech to nowhere", '"nowhere" is not a stage'),
    ("/move initech to enaged They joined", "the nearest is engaged"),
    ("/move initech to target x", "Initech is at Target already"),
    (f"/move initech {LONG}x", "3,001 characters"),
    ("/blocker initech @ann", "Say what blocks"),
    ("/blocker initech Legal @nobody", '"@nobody" is nobody here'),
    ("/blocker initech Legal @gus", "gus is not an active full member"),
    ("/blocker initech Legal @ann @bob", "Name one owner"),
    ("/blocker initech Legal needs financ", "the nearest is finance"),
    ("/blocker initech resolve", "Initech has no open blocker"),
    ("/next initech by fri", "Say what happens next"),
    ("/next initech Call by 2020-01-01", "1 Jan 2020 has passed"),
    ("/next initech Call by 12/4", "can be read in two ways"),
    ("/next initech Call by tomorow", "tomorrow"),
    ("/next initech Call @gus by fri", "gus is not an active full member"),
    ("/review bogus", '"bogus" is not a word of this command'),
    ("/review now nosuch", 'No account is called "nosuch"'),
    ("/review now initech nosuch", 'No account is called "nosuch"'),
    ("/review close", "No review is open in this channel"),
    ("/review skip because x", "This channel has no cadence yet"),
    ("/abm bogus", '"bogus" is not a word of this command'),
    ("/abm it's", '"it\'s" is not a word of this command'),
    ("/abm list 4", '"4" is no filter of the list'),
    ("/abm people bobb", "Name a person with @"),
    ("/abm people @nobody editor", "Name a person with @"),
    ("/abm people @bob king", '"king" is neither a function'),
    ("/abm people @bob edtor", "Did you mean editor"),
)


@pytest.mark.again
async def test_what_cannot_be_understood_gets_one_sentence_and_records_nothing(team: Team) -> None:
    await team.knows("Initech")
    before = len(team.recorded())
    wrong = []
    for command, sentence in REFUSED:
        seen = await team.ann.types(command, in_=CHANNEL)
        if sentence not in seen or len(seen) > 450 or len(team.recorded()) != before or team.ann.has_form:
            wrong.append((command[:60], sentence, str(seen)[:300]))
        before = len(team.recorded())
    assert not wrong, "\n".join(map(str, wrong))
    assert team.letters() == []


async def test_hostile_texts_are_kept_as_typed_and_call_nobody(team: Team) -> None:
    await team.begins_review_of("Initech")
    for command in ("move", "blocker", "next"):
        assert "Recorded" in await team.ann.types(f"/{command} initech {HOSTILE}", in_=CHANNEL)
    await team.quiet()
    await team.bob.types("/account initech", in_=CHANNEL)
    everything = [message.message for message in team.room.everything]
    assert len(everything) == 5
    for message in everything:
        shown = f"{message.text} {message.blocks}"
        assert "<!" not in DATE.sub("", shown)
        assert "\u202e" not in shown
        assert "```" not in shown
    assert "שלום עולם" in team.agenda("Initech").words
    assert team.state("Initech").open_blockers[0].text.startswith('He said "yes" <!channel>')


async def test_what_was_typed_to_nominate_is_in_the_form_that_opens(team: Team) -> None:
    await team.ann.types("/account nominate because they renew in spring", in_=CHANNEL)
    form = await team.form(team.ann)
    assert form.values["Why this account"] == "they renew in spring"
    await team.ann.closes()
    await team.ann.types("/account nominate Foo foo.example", in_=CHANNEL)
    form = await team.form(team.ann)
    assert (form.values["Name"], form.values["Domain"]) == ("Foo", "foo.example")


async def test_what_was_typed_to_change_the_list_is_in_the_form_that_opens(team: Team) -> None:
    await team.knows("Initech")
    for command, problem, tier, why in (
        ("name initech tier 9 because x", "There is no tier 9", None, "x"),
        ("name initech because x", "The tier is missing", None, "x"),
        ("tier initech 2", "Say why", "2", None),
        ("initech tier 2 they grew", "Say why", "2", "they grew"),
        ("name initech tier 2 because", "Say why after because", "2", None),
        ("tier initech two because they grew", '"two" is not a tier', None, "two because they grew"),
        ("pause initech soon because x", '"soon" before the reason', None, "soon because x"),
        ("pause initech budget freeze", "Say why", None, "budget freeze"),
    ):
        await team.ann.types(f"/account {command}", in_=CHANNEL)
        form = await team.form(team.ann)
        assert problem in form.words, command
        assert form.values.get("Tier") == tier, command
        assert next(value for label, value in form.values.items() if label.endswith(": why")) == why, command
        await team.ann.closes()
