from datetime import timedelta

from agendas.facts.account import ListStatus
from agendas.facts.events import changes
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.people import Function, Right
from agendas.rules.fit import criteria_of
from agendas.verbs import people
from agendas.verbs.fit import score
from sandbox.testing import Form, Person
from tests.stories.team import CHANNEL, Team

DAY = timedelta(days=1)


async def nominate(team: Team, *names: str) -> None:
    for name in names:
        before = len(team.recorded())
        await team.ann.types(f"/account nominate {name} {name.lower()}.example because They renew", in_=CHANNEL)
        # on a busy machine it is recorded after the acknowledgement
        await team.until(lambda before=before: len(team.recorded()) > before)


async def opens_form(team: Team, person: Person, on: str) -> Form:
    await person.clicks("Score all" if " accounts" in on else "Score", on=await team.is_told(person, on))
    return await team.form(person)


def fields(team: Team, name: str, **scores: tuple[int, str]) -> dict[str, str]:
    """The entries of the form for that account: criterion to score and reason."""
    number = team.state(name).account_id
    return {f"score/{number}/{each}": str(points) for each, (points, _) in scores.items()} | {
        f"because/{number}/{each}": because for each, (_, because) in scores.items()
    }


async def test_each_function_is_asked_once_for_all_accounts_and_answers_them_in_one_form(team: Team) -> None:
    await nominate(team, "Initech", "Hooli")
    await team.quiet()
    asked = {name: team.direct_words(team.sandbox.person(name)) for name in ("ann", "bob", "dan", "vic", "obi")}
    assert {name: sum("2 accounts wait for your score" in each for each in said) for name, said in asked.items()} == {
        "ann": 1,
        "bob": 1,
        "dan": 1,
        "vic": 1,
        "obi": 0,
    }
    assert any("Initech: They renew" in each for each in asked["vic"])
    form = await opens_form(team, team.vic, "2 accounts wait")
    assert form.labels.count("Implementation fit") == 2
    given = fields(team, "Initech", implementation_fit=(4, "Sample Foods runs the same"))
    assert (await team.submits(team.vic, **given, **fields(team, "Hooli", implementation_fit=(0, "No such data")))).ok
    scored = [changes.validate_python(event.change) for event in team.recorded()[-2:]]
    assert [(each.function, each.scores[0].score) for each in scored if isinstance(each, FitScored)] == [
        ("product", 4),
        ("product", 0),
    ]
    await team.ann.types("/account hooli fit", in_=CHANNEL)
    page = team.private_words(team.ann)[-1]
    assert "*Fit 0* of 100, 20% known" in page
    assert "0 by @vic, product: No such data" in page
    assert "*Ruled out*: implementation fit is 0." in page
    assert "*Proposal*: reject, implementation fit is 0" in page
    assert "marketing for urgency: @bob, asked Tue 24 Nov" in page


async def test_a_score_without_a_reason_is_refused_beside_its_field_and_what_was_typed_survives(team: Team) -> None:
    await nominate(team, "Initech")
    await team.quiet()
    await opens_form(team, team.bob, "1 account waits")
    number = team.state("Initech").account_id
    assert "Score one criterion at least" in str((await team.submits(team.bob)).error)
    assert "Give the reason in a line" in str((await team.submits(team.bob, **{f"score/{number}/urgency": "3"})).error)
    await team.bob.fills(**{f"because/{number}/urgency": "Audit in March"})
    await team.bob.closes()
    form = await opens_form(team, team.bob, "1 account waits")
    assert form.values["Urgency"] == "3"
    assert form.values["Urgency: why"] == "Audit in March"
    assert (await team.submits(team.bob)).ok
    assert [(each.criterion, each.score, each.because) for each in team.state("Initech").fit] == [
        (Criterion.URGENCY, 3, "Audit in March")
    ]
    await team.bob.clicks("Score", on=await team.is_told(team.bob, "1 account waits"))
    await team.is_told(team.bob, "No account waits for your score")
    await team.bob.types("/account initech fit", in_=CHANNEL)
    await team.bob.clicks("Score", on=await team.bob.sees("Initech: fit", in_=CHANNEL))
    await team.form(team.bob)
    empty: dict[str, str | None] = {f"score/{number}/urgency": None, f"because/{number}/urgency": None}
    assert (await team.submits(team.bob, **empty)).ok
    assert team.state("Initech").fit == ()
    await team.bob.sees("withdrew the score of urgency", in_=CHANNEL)


def reminders(team: Team, name: str) -> list[str]:
    said = team.direct_words(team.sandbox.person(name))
    return [each for each in said if each.startswith("Reminder: ") and "waits for your score" in each]


async def test_one_message_a_day_at_most_tells_of_all_that_waits_by_then(team: Team) -> None:
    await nominate(team, "Initech")
    await team.quiet()
    await nominate(team, "Hooli")
    await nominate(team, "Umbrella")
    before = team.clock.now()
    assert sum("for your score" in each for each in team.direct_words(team.bob)) == 1
    await team.quiet()
    assert timedelta(hours=23) < team.clock.now() - before < timedelta(hours=25)
    told = [each for each in team.direct_words(team.bob) if "for your score" in each]
    assert len(told) == 2
    assert "3 accounts wait for your score" in told[-1]


async def test_an_editor_names_what_is_proposed_with_a_reason_and_nobody_is_asked_any_more(team: Team) -> None:
    await nominate(team, "Initech")
    await team.quiet()
    await opens_form(team, team.dan, "1 account waits")
    await team.submits(team.dan, **fields(team, "Initech", strategic_value=(3, "Opens retail")))
    await team.bob.types("/account initech fit", in_=CHANNEL)
    seen = await team.bob.sees("*Proposal*: tier 2, fit 75 reaches 60", in_=CHANNEL)
    assert "Not higher: tier 1: fit 75 below 80." in team.private_words(team.bob)[-1]
    await team.bob.clicks("Name in tier 2", on=seen)
    form = await team.form(team.bob)
    assert form.values["Tier"] == "2"
    assert not (await team.submits(team.bob)).ok
    assert (await team.submits(team.bob, because="Retail is our next segment")).ok
    assert (team.state("Initech").list_status, team.state("Initech").tier) == (ListStatus.NAMED, 2)
    await team.passes(4 * DAY)
    assert not reminders(team, "vic")
    await team.vic.clicks("Score", on=await team.is_told(team.vic, "1 account waits"))
    await team.is_told(team.vic, "No account waits for your score")


async def test_a_form_submitted_after_the_account_was_rejected_says_so_and_records_nothing(team: Team) -> None:
    await nominate(team, "Initech")
    await team.quiet()
    await opens_form(team, team.vic, "1 account waits")
    given = fields(team, "Initech", implementation_fit=(4, "Same case"))
    await team.ann.types("/account reject initech because It has 20 seats", in_=CHANNEL)
    before = len(team.recorded())
    outcome = await team.submits(team.vic, **given)
    assert "Initech was rejected on 24 Nov" in str(outcome.error)
    assert len(team.recorded()) == before


async def test_candidates_of_an_import_are_asked_for_when_an_editor_says_so(team: Team) -> None:
    await team.knows("Initech", tier=None)
    await team.did(people.give, team.obi.id, function=Function.FINANCE, right=Right.OBSERVER)
    await team.quiet()
    assert not any("for your score" in each for each in team.direct_words(team.vic))
    await team.bob.types("/account initech fit", in_=CHANNEL)
    await team.bob.clicks("Ask for scores", on=await team.bob.sees("Initech: fit", in_=CHANNEL))
    await team.bob.sees("Asked: @ann, @bob, @dan and @vic.", in_=CHANNEL)
    await team.quiet()
    await team.is_told(team.vic, "1 account waits for your score")
    assert not any("for your score" in each for each in team.direct_words(team.obi))


async def test_a_pending_demotion_stands_on_the_agenda_and_in_the_list_until_a_review_keeps_the_account(team: Team):
    number = await team.knows("Initech", tier=1)
    await nominate(team, "Hooli")
    every = tuple(CriterionScore(each, 3, "Seen in the demo") for each in Criterion)
    for function in Function:
        part = tuple(each for each in every if each.criterion in criteria_of(function))
        await team.did(score, number, function=function, scores=part, by="ann")
    await team.posts_review()
    proposal = "· fit proposes tier 2"
    assert proposal in team.agenda("Initech").words
    await team.ann.types("/abm list", in_=CHANNEL)
    listed = team.private_words(team.ann)[-1]
    assert "proposed: tier 2, fit 75 below 80" in listed
    assert "Hooli · no owner · not scored · They renew" in listed
    await team.agenda_form(team.bob, "Decide", "Initech")
    assert (await team.submits(team.bob, decision="keep", text="Give them a quarter")).ok
    assert proposal not in team.agenda("Initech").words
    await team.passes(31 * DAY)
    await team.ann.types("/account initech", in_=CHANNEL)
    assert "*To decide* tier 2? Fit 75 below 80" in team.private_words(team.ann)[-1]
