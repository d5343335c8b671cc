"""Meetings of our executive with executives of the sample's accounts. All are invented."""

from sandbox.seed.steps import Meet, StepsByAccount

TOUCHES: StepsByAccount = {
    "Halverne Ports": (
        Meet("-4 thu 17:45", "nora", "paula", "Ivo Sample, Managing director", "He decides with his board, in October"),
    ),
    "Merrow Insurance": (
        Meet(
            "3 wed 11:00",
            "helen",
            "paula",
            "Lena Sample, Service centre director",
            "She will name us to the head of claims",
        ),
    ),
    "Brightwater Rail": (Meet("5 thu 18:20", "priya", "paula", "Hugh Sample, COO", "He offers one depot for a trial"),),
    "Corvane Logistics": (
        Meet("7 mon 18:00", "nora", "paula", "Tom Sample, COO", "He brings the works council to the table"),
    ),
}
