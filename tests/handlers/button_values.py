"""Values of buttons that are the same in every program, and those of mails."""

from datetime import timedelta

from sqlmodel import Session, col, select

from agendas.verbs import mail
from storage.models.delivery import Mail, MailState
from storage.models.following import PrepRequest
from storage.models.reviews import Cadence
from storage.preparing import save_days_away
from tests.builders import BOB, EVE, NOW
from tests.program import Program, days_away

ADDRESS = "dana@acme.example"
LEAVING = "coo@acme.example"
CODE = "123456"

PLANNED = "1 739950"
"""The sample program's next review, of Monday 30 November, as a brief names it."""

VALUES = {
    **dict.fromkeys(("brief.ask", "brief.move", "review.hold"), PLANNED),
    "brief.remind": f"{PLANNED} {BOB}",
    "command.run": "/account acme history",
    **dict.fromkeys(("repeat.again", "repeat.another"), "/move acme Legal said yes"),
    "repeat.one": "event 1",
    "account.list_more": "0",
    "abm.list_more": "0 1",
    "abm.people_more": "0",
    "settings.edit": "fit",
    "first.about": "How is Acme doing?",
    "setup.leave_out": "import",
    "plays.change": "pilot",
    "plays.more": "0 1",
    **dict.fromkeys(("report.html", "report.csv"), "executive 2026-10"),
    "signals.secret": "new",
    "import.template": "accounts",
    "import.past": "",
    "updates.start": "",
    **dict.fromkeys(("measures.all", "scoreboard.all"), "2026-10"),
    "scoreboard.more": "2026-10 0",
    "measures.behind": "2026-10 named||",
    "measures.more": "2026-10 10 named||",
    "away.add": "",
    "away.correct": "one 2026-12-01 - - -",
    "mail.code": ADDRESS,
    "mail.remove": LEAVING,
}


def days_away_in(program: Program) -> dict[str, str]:
    """Values of the buttons of days on which everybody is away, for admins."""

    def numbers(session: Session) -> list[str]:
        first = NOW.date() + timedelta(days=30)
        rows = [days_away("", first + timedelta(days=day), first + timedelta(days=day)) for day in range(3)]
        return [str(save_days_away(session, row).row_id) for row in rows]

    return dict(zip(("away.change", "away.back", "away.remove"), program.store.write_now(numbers), strict=True))


def refused_mail(program: Program) -> str:
    """The number of a mail that was not taken, with the code of one of two addresses that Eve added."""
    for address in (ADDRESS, LEAVING):
        program.did(mail.add_address, EVE, NOW - timedelta(minutes=20), address, code=CODE)

    def refuse(session: Session) -> str:
        mail = session.exec(select(Mail).where(Mail.address == ADDRESS)).one()
        mail.state = MailState.REFUSED
        session.add(mail)
        return str(mail.row_id)

    return program.store.write_now(refuse)


def asked_in(program: Program, user_id: str) -> str:
    """The number of the row by which the person is asked to prepare the next review."""

    def ask(session: Session) -> str:
        row = session.exec(select(Cadence).where(col(Cadence.next_on).is_not(None))).first()
        assert row is not None
        assert row.next_on is not None
        asked = PrepRequest(
            workspace_id=row.workspace_id, cadence_id=row.row_id, planned_on=row.next_on, user_id=user_id, asked_at=NOW
        )
        session.add(asked)
        session.flush()
        return str(asked.row_id)

    return program.store.write_now(ask)
