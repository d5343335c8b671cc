"""Commands about our own people: functions, rights, leads, and days away."""

from agendas.pages.admin.update_commands import CommandHelp

PEOPLE = (
    CommandHelp("abm people", "/abm people [NAME]", "functions and rights, of all or by name", ("/abm people ann",)),
    CommandHelp(
        "abm people",
        "/abm people @who FUNCTION RIGHT",
        "gives a person a function and a right; for admins",
        ("/abm people @bob marketing editor",),
    ),
    CommandHelp(
        "abm people",
        "/abm people @who leads FUNCTION",
        "makes a person the lead of a function, who is asked where the function is; for admins",
        ("/abm people @vic leads product and finance", "/abm people @vic leads nothing"),
    ),
    CommandHelp(
        "abm hand over",
        "/abm hand over [@who]",
        "hands over all of your, or for admins anybody's, accounts, actions, blockers and asks",
        ("/abm hand over @bob",),
    ),
    CommandHelp(
        "abm away",
        "/abm away [DATE to DATE] [@who]",
        "who is away now and soon; or the days on which you are, and who stands in; `/abm away back` ends them",
        ("/abm away fri", "/abm away 21 dec to 3 jan @bob", "/abm away back"),
    ),
    CommandHelp(
        "abm away",
        "/abm away everyone DATE to DATE [NAME]",
        "days on which no review is held anywhere; `/abm away holidays COUNTRY`: nobody is reminded then; for admins",
        ("/abm away everyone 24 dec to 1 jan Winter break", "/abm away holidays Germany Bayern"),
    ),
)
