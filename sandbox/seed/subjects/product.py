"""Narratives and product input of the sample's accounts. All are invented."""

from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative
from agendas.facts.product import ProductField
from sandbox.seed.steps import StepsByAccount
from sandbox.seed.subject_steps import AddProductInput, WriteNarrative

PRODUCT: StepsByAccount = {
    "Corvane Logistics": (
        WriteNarrative(
            "0 tue 10:00",
            "malik",
            Narrative(
                "The COO has to cut overtime by a tenth within the year, and 31 depots plan in spreadsheets.",
                "Overtime is decided the week before, when nobody sees who is free in the next depot.",
                "A parcel company with 19 depots went from 9 to 6 percent overtime in seven months.",
                "Give us two depots and last year's overtime figures.",
                (BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER),
            ),
        ),
        WriteNarrative(
            "8 wed 10:00",
            "malik",
            Narrative(
                "The COO has to cut overtime by a tenth this year; each month of delay costs them 90,000 dollars.",
                "Overtime is decided the week before, when nobody sees who is free in the next depot.",
                "A parcel company with 19 depots went from 9 to 6 percent overtime in seven months.",
                "Sign for 31 depots in two steps: five until spring, the others after the first measured quarter.",
                (BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER, BuyingRole.PROCUREMENT),
            ),
        ),
        AddProductInput("4 tue 09:00", "dev", ProductField.USE_CASE, "Filling free shifts across neighbouring depots"),
        AddProductInput(
            "5 tue 09:00",
            "dev",
            ProductField.PROOF,
            "Overtime went from 9 to 6 percent in seven months",
            "Parcel company with 19 depots (sample)",
            "proof/parcel-overtime",
        ),
        AddProductInput(
            "6 wed 09:00", "dev", ProductField.IMPLEMENTATION_FIT, "Their time clocks are connected in two weeks"
        ),
        AddProductInput(
            "9 wed 09:00", "nora", ProductField.FEEDBACK, "Planners want to see overtime in money, not in hours"
        ),
    ),
    "Osprey Gridworks": (
        WriteNarrative(
            "-4 thu 10:00",
            "malik",
            Narrative(
                "From next year the regulator fines every hour that a crew comes late after a storm.",
                "Storm rosters fail at the phone: who is rested and near is known by nobody in one place.",
                "An energy company with 800 crews halved the time to the first crew.",
                "Let us replay one storm of last winter with your own data.",
                (BuyingRole.CHAMPION, BuyingRole.TECHNICAL_EVALUATOR),
            ),
        ),
        AddProductInput(
            "4 mon 15:00", "dev", ProductField.USE_CASE, "Rosters of rested crews within an hour of a storm warning"
        ),
        AddProductInput(
            "7 wed 15:00",
            "dev",
            ProductField.PROOF,
            "The time to the first crew was halved",
            "Energy company with 800 crews (sample)",
            "proof/storm-crews",
        ),
    ),
    "Brightwater Rail": (
        AddProductInput(
            "10 tue 09:00", "dev", ProductField.IMPLEMENTATION_FIT, "Driver data can stay in the country, confirmed"
        ),
        AddProductInput(
            "10 tue 09:10", "priya", ProductField.FEEDBACK, "The works council wants to read who looked at a roster"
        ),
    ),
    "Juniper Vale Health": (
        WriteNarrative(
            "1 wed 10:00",
            "malik",
            Narrative(
                "Agency nurses cost them twice as much as two years ago, and nine clinics plan on their own.",
                "Free hours are there, but in the clinic next door, where nobody looks.",
                "A group of six clinics halved its agency hours within a year.",
                "Let two clinics share one roster for eight weeks.",
                (BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER),
            ),
        ),
        AddProductInput("7 mon 15:00", "dev", ProductField.USE_CASE, "One pool of nurses for neighbouring clinics"),
        AddProductInput(
            "8 tue 15:00",
            "dev",
            ProductField.PROOF,
            "Agency hours were halved within a year",
            "Group of six clinics (sample)",
            "proof/agency-hours",
        ),
    ),
    "Merrow Insurance": (
        WriteNarrative(
            "7 tue 11:00",
            "helen",
            Narrative(
                "Claims lost 14 people this year, and callers wait nine minutes when it rains.",
                "Two teams that share a roster cover each other's peaks without a single new seat.",
                "Their own service centre went from seven minutes to three.",
                "Start with the claims team, 60 seats, for one year.",
                (BuyingRole.CHAMPION,),
            ),
        ),
        AddProductInput(
            "7 mon 13:00",
            "helen",
            ProductField.PROOF,
            "Waiting times fell from seven minutes to three",
            "Merrow's own service centre (sample)",
            "proof/merrow-waiting",
        ),
    ),
}
