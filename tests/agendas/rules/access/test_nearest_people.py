from agendas.facts.people import PersonFacts, Right
from agendas.rules.access import nearest_people
from tests.cases import cases

NAMES = ("Paula Strand", "Nora Castellan", "Bob", "Bo", "Ines Albrecht", "Paul Winter")
PEOPLE = [PersonFacts(f"U{number}", name, Right.EDITOR) for number, name in enumerate(NAMES)]


@cases(
    ("typed", "names"),
    [
        ("@bobb", ["Bob", "Bo"]),
        ("@paul", ["Paul Winter", "Paula Strand"]),
        ("@nora.castelan", ["Nora Castellan"]),
        ("@\U0001f680", []),
        ("@", []),
    ],
)
def test_the_people_of_the_nearest_names_are_offered_best_first(typed: str, names: list[str]) -> None:
    assert [person.name for person in nearest_people(typed, PEOPLE)] == names
