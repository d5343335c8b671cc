from datetime import timedelta

from agendas.verbs.settings import change_settings
from tests.stories.team import CHANNEL, Team


async def in_its_second_review(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    await team.posts_review("initech")


async def test_a_feeling_and_our_own_deck_leave_a_step_claimed_and_the_buyer_silent(team: Team) -> None:
    await in_its_second_review(team)
    said = await team.ann.types("/move initech to opportunity I have a good feeling", in_=CHANNEL)
    assert "Claimed, no evidence: it counts once something shows it." in said
    said = await team.ann.types("/move initech we sent them our deck again https://ours.example/deck", in_=CHANNEL)
    assert "Our own activity: it is kept, ends no silence and shows no step. Opportunity is claimed." in said
    await team.quiet()
    state = team.state("Initech")
    assert (state.stage, state.stage_has_evidence, state.last_buyer_touch_at) == ("opportunity", False, None)
    agenda = team.agenda("Initech")
    assert "target → opportunity, claimed: I have a good feeling · ann" in agenda.words
    assert "with evidence" not in agenda.words
    assert "we sent them our deck again (ours.example, ours) · ann" in agenda.words
    assert "Target → opportunity: claimed, no evidence." in await team.details("Initech")
    assert "Add evidence" in agenda.buttons


async def test_a_link_that_nobody_explains_is_asked_about_once_and_counts_for_nothing_until_then(team: Team) -> None:
    await team.knows("Initech")
    said = await team.ann.types("/move initech to engaged Minutes https://notes.example/m", in_=CHANNEL)
    assert "Whose act is it? Until somebody says so it counts for nothing." in said
    assert (team.state("Initech").stage_has_evidence, team.state("Initech").last_buyer_touch_at) == (False, None)
    await team.ann.clicks("The buyer's", on=said)
    await team.ann.sees("It shows target → engaged.", in_=CHANNEL)
    state = team.state("Initech")
    assert state.stage_has_evidence
    assert state.last_buyer_touch_at is not None


async def test_of_a_blocker_and_an_action_whose_link_is_in_doubt_one_form_asks_whose_act_it_was(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/blocker initech Legal holds the contract https://notes.example/legal", in_=CHANNEL)
    await team.ann.types("/next initech Send the papers fri https://notes.example/papers", in_=CHANNEL)
    await team.ann.clicks("Whose act?", on=await team.ann.types("/account initech", in_=CHANNEL))
    form = await team.form(team.ann)
    assert "blocker: Legal holds the contract" in form.words
    assert "next action: Send the papers" in form.words
    number = next(event.row_id for event in team.recorded() if event.kind == "blocker_opened")
    assert (await team.submits(team.ann, **{f"whose/{number}": "buyer"})).ok
    assert team.recorded()[-1].kind == "evidence_judged"


async def test_the_link_of_a_blocker_and_an_action_is_shown_once_as_evidence_and_stays_where_it_is_open(team: Team):
    await team.knows("Initech")
    said = await team.ann.types("/blocker initech Legal holds it, see https://notes.example/legal @bob", in_=CHANNEL)
    assert said.startswith("*Recorded* for Initech: blocker: Legal holds it, see · @bob (notes.example, in doubt).")
    said = await team.ann.types("/next initech Send the papers fri https://notes.example/papers", in_=CHANNEL)
    assert "next action: Send the papers · @ann · by Fri 27 Nov (notes.example, in doubt)." in said
    card = await team.ann.types("/account initech", in_=CHANNEL)
    assert "*Due* Send the papers https://notes.example/papers · @ann" in card
    assert "next action: Send the papers · @ann · by Fri 27 Nov · notes.example, in doubt" in card
    alone = await team.ann.types("/blocker initech https://notes.example/alone", in_=CHANNEL)
    assert "blocker: https://notes.example/alone · @ann (notes.example, in doubt)." in alone


async def test_the_link_by_which_a_blocker_was_resolved_is_evidence_and_is_asked_about(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/blocker initech Two fees", in_=CHANNEL)
    resolved = "/blocker initech resolve Their lawyer agreed to two fees https://mail.example/31"
    said = await team.ann.types(resolved, in_=CHANNEL)
    assert "blocker resolved (Two fees): Their lawyer agreed to two fees (mail.example)." in said
    assert "The buyer's act" in said
    await team.ann.types("/blocker initech Their audit is open", in_=CHANNEL)
    over = "/blocker initech resolve Their open audit is over https://mail.example/32"
    said = await team.ann.types(over, in_=CHANNEL)
    assert "Their open audit is over (mail.example, in doubt)." in said
    await team.ann.clicks("Whose act?", on=await team.ann.types("/account initech", in_=CHANNEL))
    await team.form(team.ann)
    assert (await team.submits(team.ann, Whose_act="Theirs")).ok
    history = await team.ann.types("/account initech history", in_=CHANNEL)
    assert (
        "blocker resolved (Their audit is open): Their open audit is over · mail.example (the buyer's, says @ann)"
        in history
    )


async def test_the_buyers_news_on_a_claim_ends_silence_and_shows_the_step_by_one_click(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech to engaged they sound keen", in_=CHANNEL)
    await team.passes(timedelta(days=5))
    said = await team.ann.types("/move initech They asked for a date https://notes.example/mail", in_=CHANNEL)
    assert "The buyer's act: it ends their silence of 5 days. Engaged is still only claimed." in said
    await team.ann.clicks("It shows the step", on=said)
    await team.ann.sees("It shows target → engaged", in_=CHANNEL)
    assert team.state("Initech").claimed_from is None


async def test_our_own_domains_are_those_of_members_and_of_the_setting(team: Team) -> None:
    await team.knows("Initech")
    said = await team.ann.types("/move initech to engaged Overview https://brochure.example/1", in_=CHANNEL)
    assert "Whose act is it?" in said
    await team.did(change_settings, {"signals.our_domains": ((), ("brochure.example",))})
    said = await team.ann.types("/move initech Overview again https://www.brochure.example/2", in_=CHANNEL)
    assert "Our own activity" in said


async def test_evidence_of_another_accounts_site_is_refused_and_changes_nothing(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex", domain="globex.example")
    before = len(team.recorded())
    assert "Say what moved" in await team.ann.types("/move initech to engaged", in_=CHANNEL)
    assert (
        "globex.example is the site of Globex, so it shows nothing of Initech. Record it there, or give another link."
        in await team.ann.types("/move initech to engaged Their CFO wrote https://globex.example/news", in_=CHANNEL)
    )
    assert len(team.recorded()) == before


async def test_evidence_dated_ahead_or_before_the_account_was_named_is_refused_beside_its_field(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/move initech to engaged they sound keen", in_=CHANNEL)
    await team.ann.clicks("Add evidence", on=await team.ann.types("/account initech", in_=CHANNEL))
    await team.form(team.ann)
    refused = await team.submits(team.ann, evidence="Their CFO wrote", on="2026-11-30")
    assert "30 Nov has not come yet" in str(refused.response)
    refused = await team.submits(team.ann, evidence="Their CFO wrote", on="2026-10-01")
    assert "evidence of 1 Oct is from before and shows no step since" in str(refused.response)
    assert (await team.submits(team.ann, evidence="Their CFO wrote", on="2026-11-24")).ok


async def test_a_link_that_is_said_to_be_ours_leaves_the_claim_and_given_again_is_no_new_evidence(team: Team) -> None:
    await team.knows("Initech")
    said = await team.ann.types("/move initech to engaged Minutes https://notes.example/m", in_=CHANNEL)
    await team.ann.clicks("Ours", on=said)
    again = await team.ann.types("/move initech to engaged They agreed https://notes.example/m", in_=CHANNEL)
    assert "That link was given already" in again
    assert team.state("Initech").claimed_from is not None
    seen = await team.ann.sees("Our own activity", in_=CHANNEL)
    assert "Engaged is claimed." in seen
    await team.ann.clicks("Add evidence", on=seen)
    assert "Target → Engaged is claimed" in (await team.form(team.ann)).words


async def test_a_claim_typed_again_is_shown_by_plain_words_of_their_act_and_else_opens_the_form_with_them(team: Team):
    await team.knows("Initech")
    await team.ann.types("/move initech to engaged they sound keen", in_=CHANNEL)
    await team.ann.types("/move initech to engaged a very good feeling", in_=CHANNEL)
    assert (await team.form(team.ann)).values["What shows it"] == "a very good feeling"
    await team.ann.closes()
    said = await team.ann.types("/move initech to engaged Their CFO wrote back and wants a visit", in_=CHANNEL)
    assert "It shows target → engaged" in said


async def test_of_several_updates_each_asks_whose_act_it_is_and_the_others_keep_their_undo(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/blocker initech Their lawyers are slow", in_=CHANNEL)
    await team.ann.clicks("Blocker", on=await team.ann.types("/account initech", in_=CHANNEL))
    await team.form(team.ann)
    [blocker] = team.state("Initech").open_blockers
    given = {f"open/{blocker.id}": "resolved", "text": "No budget yet", "evidence": "https://notes.example/m"}
    assert (await team.submits(team.ann, **given)).ok
    await team.ann.clicks("Ours", on=await team.ann.sees("Whose act is it?", in_=CHANNEL))
    await team.ann.sees("Our own activity", in_=CHANNEL)
    assert [each for each in team.private_words(team.ann) if "No budget yet" in each and "Their lawyers" in each]


async def test_what_was_misread_as_ours_is_put_right_by_choosing_who_acted(team: Team) -> None:
    await team.knows("Initech")
    typed = "/move initech to engaged We sent the order that came back signed https://notes.example/order"
    said = await team.ann.types(typed, in_=CHANNEL)
    assert "Our own activity" in said
    await team.ann.clicks("Add evidence", on=said)
    await team.form(team.ann)
    refused = await team.submits(team.ann, evidence="https://notes.example/order/")
    assert "Choose who acted under Add evidence" in str(refused.response)
    assert (await team.submits(team.ann, evidence="https://notes.example/order/", actor="buyer/document")).ok
    await team.ann.sees("It shows target → engaged", in_=CHANNEL)
    assert team.state("Initech").claimed_from is None
