from datetime import timedelta

from agendas.verbs import account_list
from agendas.verbs.settings import change_settings
from agendas.verbs.signals import replace_secret
from agendas.verbs.trail import note_restore
from tests.stories.team import CHANNEL, Team


async def test_admins_read_every_change_newest_first_and_narrow_it_by_account_person_and_date(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=7))
    await team.ann.types("/abm people @vic sales editor", in_=CHANNEL)
    await team.did(change_settings, {"tier.1.cap": (25, 12)})
    await team.did(replace_secret, "sealed-s3cr3t")
    await team.bob.types("/account tier globex 1 because they doubled their team", in_=CHANNEL)
    await team.ann.types("/abm export", in_=CHANNEL)
    await team.posts_review()
    await team.closes_review(team.ann)
    await team.store.write(note_restore, file_name="monday.backup", now=team.clock.now())

    seen = await team.ann.types("/abm trail", in_=CHANNEL)
    told = [
        "command line restored the database from monday.backup",
        "ann closed the review of Tue 1 Dec in #abm-weekly: not held",
        "ann opened the review of Tue 1 Dec in #abm-weekly on request",
        "ann exported the data",
        "bob changed Globex from tier 2 to tier 1: they doubled their team",
        "ann made a new secret for signals",
        "ann changed settings: Tier 1, accounts in the tier: 25 → 12 accounts",
        "ann made vic an editor (was viewer) and gave them the function sales (was product)",
        "named Globex in tier 2 (was candidate): Renews in spring",
        "nominated Globex: Fits the segment",
    ]
    places = [seen.index(each) for each in told]
    assert places == sorted(places)
    assert "s3cr3t" not in seen
    assert "@ann" not in seen
    await team.ann.clicks("Older", on=seen)
    await team.sandbox.changed.until(lambda: "obi" in team.private_words(team.ann)[-1])
    older = team.private_words(team.ann)[-1]
    assert "ann made obi an observer (was viewer)" in older
    assert not set(told) & set(older.splitlines())

    seen = await team.ann.types("/abm trail globex", in_=CHANNEL)
    assert "Entries of Globex, newest first." in seen
    assert "nominated Globex" in seen
    assert "Initech" not in seen
    seen = await team.ann.types("/abm trail @bob since 30 nov Globex", in_=CHANNEL)
    assert "Entries of Globex by bob since Mon 30 Nov" in seen
    assert "bob changed Globex from tier 2 to tier 1" in seen
    assert "nominated" not in seen
    seen = await team.ann.types("/abm trail last week", in_=CHANNEL)
    assert "nominated Initech" in seen
    assert "restored" not in seen


async def test_editors_see_what_is_about_accounts_and_others_are_told_whom_to_ask(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.bob.types("/abm trail", in_=CHANNEL)
    assert "named Initech in tier 1" in seen
    assert "made" not in seen
    only = "You see what is about accounts. Ask ann for changes of rights, settings, reviews and imports."
    assert only in seen
    seen = await team.bob.types("/abm trail @ann", in_=CHANNEL)
    assert "named Initech in tier 1" in seen
    assert only in seen
    for person, right in ((team.vic, "a viewer"), (team.obi, "an observer")):
        refused = f"You cannot see the audit trail: you are {right}. Ask @ann to change it."
        assert refused in await person.types("/abm trail initech", in_=CHANNEL)
    assert "Audit trail" in await team.ann.types("/abm", in_=CHANNEL)
    assert "Audit trail" not in await team.vic.types("/abm", in_=CHANNEL)


async def test_what_cannot_be_found_is_said_in_one_sentence(team: Team) -> None:
    await team.knows("Initech")
    team.sandbox.add_user("nia")
    for typed, said in (
        ("2027-01-01", "1 Jan 2027 is in the future; give today, 24 Nov, or an earlier date."),
        ("@nia", "Cadence does not know that person, so nothing is noted of them."),
        ("inicetech", "Did you mean"),
        ("initech please", "please"),
        ("yesterday", "Nothing is noted for that."),
    ):
        assert said in await team.ann.types(f"/abm trail {typed}", in_=CHANNEL), typed
    seen = await team.ann.types("/abm trail bob last week", in_=CHANNEL)
    assert 'No account is called "bob". People are named with @.' in seen
    await team.ann.clicks("bob", on=seen)
    await team.ann.sees("Entries by bob from 16 Nov to Sun 22 Nov", in_=CHANNEL)
    await team.did(account_list.remove, 1, because="They were acquired")
    assert "removed Initech (was tier 1): They were acquired" in await team.ann.types("/abm trail initech", in_=CHANNEL)
