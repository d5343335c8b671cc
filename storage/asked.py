"""Questions put to people or by them and not answered yet, and how many were given to a language model."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Update, delete, func, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import fresh, insert_once, lease_now
from storage.models.accounts import Account
from storage.models.events import Event
from storage.models.questions import ModelUse, PendingQuestion, Wording
from storage.models.subjects import ContactRow, FitRequest
from storage.models.workspaces import Person

# Reads and writes of who was asked to score which account.


def ask_for_fit(session: Session, request: FitRequest) -> bool:
    """Open the request, or open a closed one again. Return False when it was open already.

    One opened again keeps the time of its reminder, so that its person is not reminded a second time.
    """
    if insert_once(session, FitRequest, request.model_dump(exclude={"id"})):
        return True
    reopened = (
        update(FitRequest)
        .where(
            col(FitRequest.workspace_id) == request.workspace_id,
            col(FitRequest.account_id) == request.account_id,
            col(FitRequest.user_id) == request.user_id,
            col(FitRequest.is_open).is_(False),
        )
        .values(is_open=True, is_stopped=False, function=request.function, asked_at=request.asked_at)
        .returning(col(FitRequest.id))
    )
    return session.execute(reopened).first() is not None


def of_account(session: Session, workspace_id: str, account_id: int) -> list[FitRequest]:
    query = select(FitRequest).where(FitRequest.workspace_id == workspace_id, FitRequest.account_id == account_id)
    return list(session.exec(fresh(query.order_by(col(FitRequest.id)))))


def open_fit_requests_of(
    session: Session, workspace_id: str, user_id: str, *, lock: bool = False
) -> list[tuple[FitRequest, Account]]:
    """The person's open requests with their accounts, in the order in which they were asked.

    With `lock` no other transaction changes these requests before this one ends.
    """
    query = (
        select(FitRequest, Account)
        .join(Account, col(Account.id) == col(FitRequest.account_id))
        .where(
            FitRequest.workspace_id == workspace_id, FitRequest.user_id == user_id, col(FitRequest.is_open).is_(True)
        )
        .order_by(col(FitRequest.id))
    )
    return list(session.exec(fresh(query.with_for_update(of=FitRequest)) if lock else query))


def close_fit_requests(session: Session, workspace_id: str, user_id: str, account_id: int) -> None:
    session.execute(
        _update_open(workspace_id, user_id).where(col(FitRequest.account_id) == account_id).values(is_open=False)
    )


def stop(session: Session, workspace_id: str, user_id: str) -> int:
    """Close the person's open requests for good and return their number."""
    stopped = _update_open(workspace_id, user_id).values(is_open=False, is_stopped=True).returning(col(FitRequest.id))
    return len(session.execute(stopped).all())


def close_of_accounts(session: Session, account_ids: Collection[int]) -> None:
    """Close every open request about these accounts: they were decided."""
    wanted = col(FitRequest.account_id).in_(account_ids)
    session.execute(update(FitRequest).where(wanted, col(FitRequest.is_open).is_(True)).values(is_open=False))


def closed_of_accounts(session: Session, account_ids: Collection[int]) -> list[FitRequest]:
    """The closed requests about these accounts, except those that the person opted out of."""
    query = select(FitRequest).where(
        col(FitRequest.account_id).in_(account_ids),
        col(FitRequest.is_open).is_(False),
        col(FitRequest.is_stopped).is_(False),
    )
    return list(session.exec(query.order_by(col(FitRequest.id))))


def unreminded(session: Session, asked_before: datetime) -> list[FitRequest]:
    """The open requests of every workspace that were made before then and whose person was not reminded yet."""
    query = select(FitRequest).where(
        col(FitRequest.is_open).is_(True),
        col(FitRequest.reminded_at).is_(None),
        col(FitRequest.asked_at) <= asked_before,
    )
    return list(session.exec(query.order_by(col(FitRequest.asked_at), col(FitRequest.id))))


def get_fit_requests(session: Session, request_id: int) -> FitRequest | None:
    """The request with this id, of any workspace: the scheduler serves all of them."""
    return session.get(FitRequest, request_id)


def _update_open(workspace_id: str, user_id: str) -> Update:
    """An update, without its values, of the person's open requests."""
    return update(FitRequest).where(
        col(FitRequest.workspace_id) == workspace_id,
        col(FitRequest.user_id) == user_id,
        col(FitRequest.is_open).is_(True),
    )


# Reads and writes of how many questions were given to a language model.


def locked(session: Session, workspace_id: str, user_id: str, day: date) -> ModelUse:
    """The person's row of the day, locked until this transaction ends; it is made if there is none."""
    key = {"workspace_id": workspace_id, "user_id": user_id, "day": day}
    insert_once(session, ModelUse, key | {"asked": 0, "was_read": 0, "tokens": 0, "was_told": False})
    query = select(ModelUse).where(
        ModelUse.workspace_id == workspace_id, ModelUse.user_id == user_id, ModelUse.day == day
    )
    return session.exec(fresh(query.with_for_update())).one()


def asked_on(session: Session, workspace_id: str, day: date) -> int:
    """The number of questions that the whole workspace gave on the day."""
    query = select(func.coalesce(func.sum(ModelUse.asked), 0)).where(
        ModelUse.workspace_id == workspace_id, ModelUse.day == day
    )
    return int(session.exec(query).one())


def tokens_by_day(session: Session, workspace_id: str, since: date) -> list[tuple[date, int, int]]:
    """Return (day, questions, tokens) of the workspace from that day on, newest first."""
    query = (
        select_columns(col(ModelUse.day), func.sum(ModelUse.asked), func.sum(ModelUse.tokens))
        .where(col(ModelUse.workspace_id) == workspace_id, col(ModelUse.day) >= since)
        .group_by(col(ModelUse.day))
        .order_by(col(ModelUse.day).desc())
    )
    return [(day, int(asked), int(tokens)) for day, asked, tokens in session.execute(query)]


def forget_before(session: Session, day: date) -> int:
    """Delete the rows of earlier days; return their number."""
    return session.exec(delete(ModelUse).where(col(ModelUse.day) < day)).rowcount


# Reads and writes of questions that wait for a language model.


def save_question(session: Session, row: PendingQuestion) -> None:
    session.add(row)
    session.flush()


def is_any_free(session: Session, now: datetime) -> bool:
    """Return whether `claim_questions` would find a question."""
    return session.exec(_select_free(lease_now(session, now)).limit(1)).first() is not None


def is_waiting(session: Session, workspace_id: str, user_id: str, place: str) -> bool:
    """Return whether an earlier question of the person in this place, a conversation, is not answered yet."""
    query = select(PendingQuestion.id).where(
        PendingQuestion.workspace_id == workspace_id, PendingQuestion.user_id == user_id, PendingQuestion.place == place
    )
    return session.exec(query.limit(1)).first() is not None


def claim_questions(session: Session, *, now: datetime, lease: timedelta) -> PendingQuestion | None:
    """Lease the oldest question that nobody works on; None when there is none."""
    leased_at = lease_now(session, now)
    row = session.exec(fresh(_select_free(leased_at).limit(1).with_for_update(skip_locked=True))).first()
    if row is not None:
        row.leased_until, row.tries = leased_at + lease, row.tries + 1
        save_question(session, row)
    return row


def delete_if_still_ours(session: Session, row_id: int, *, tries: int) -> bool:
    """Delete the question with its text; False once it was answered or claimed again: each claim adds to `tries`."""
    statement = delete(PendingQuestion).where(col(PendingQuestion.id) == row_id, col(PendingQuestion.tries) == tries)
    return bool(session.exec(statement).rowcount)


def end_leases(session: Session) -> None:
    """End the lease of every question. Only for a database with one process, at its start: nobody works on them."""
    session.execute(update(PendingQuestion).values(leased_until=None))


def forget_message(session: Session, workspace_id: str, keys: Sequence[str]) -> int:
    """Delete the questions with one of these keys; return their number."""
    statement = delete(PendingQuestion).where(
        col(PendingQuestion.workspace_id) == workspace_id, col(PendingQuestion.key).in_(keys)
    )
    return session.exec(statement).rowcount


def forget_thread(
    session: Session, workspace_id: str, user_id: str, channel_id: str, thread_ts: str
) -> tuple[int, ...]:
    """Delete the person's questions in this thread; return their ids."""
    statement = delete(PendingQuestion).where(
        col(PendingQuestion.workspace_id) == workspace_id,
        col(PendingQuestion.user_id) == user_id,
        col(PendingQuestion.channel_id) == channel_id,
        col(PendingQuestion.thread_ts) == thread_ts,
    )
    return tuple(session.exec(statement.returning(col(PendingQuestion.id))).scalars())


def _select_free(now: datetime) -> SelectOfScalar[PendingQuestion]:
    """Return the questions to take up: in one conversation only the first, because the next may refer to its answer."""
    earlier = aliased(PendingQuestion)
    is_first = ~(
        select(earlier.id)
        .where(
            earlier.workspace_id == PendingQuestion.workspace_id,
            earlier.user_id == PendingQuestion.user_id,
            earlier.place == PendingQuestion.place,
            col(earlier.id) < col(PendingQuestion.id),
        )
        .exists()
    )
    is_free = or_(col(PendingQuestion.leased_until).is_(None), col(PendingQuestion.leased_until) < now)
    return select(PendingQuestion).where(is_free, is_first).order_by(col(PendingQuestion.id))


# Reads that every question makes: columns and no whole rows.


def accounts_seen(session: Session, workspace_id: str, account_ids: Collection[int]) -> set[int]:
    """The ids among these of accounts that the session may see."""
    query = select_columns(col(Account.id)).where(col(Account.workspace_id) == workspace_id)
    visible = session.scalars(query.where(col(Account.id).in_(account_ids))) if account_ids else ()
    return {account_id for account_id in visible if account_id is not None}


def events_seen(session: Session, event_ids: Collection[int]) -> set[int]:
    """The ids among these of events that the session may see."""
    visible = session.scalars(select_columns(col(Event.id)).where(col(Event.id).in_(event_ids))) if event_ids else ()
    return {event_id for event_id in visible if event_id is not None}


def owner_of(session: Session, workspace_id: str, account_id: int) -> str:
    """The user id of the account's owner, '' where it has none."""
    is_one = (col(Account.workspace_id) == workspace_id, col(Account.id) == account_id)
    return session.scalars(select_columns(col(Account.owner)).where(*is_one)).first() or ""


def colleagues(session: Session, workspace_id: str) -> list[tuple[str, str, str, str | None, str]]:
    """(user id, name, right, function, zone) of people, by name, without bots, the deactivated and other companies."""
    columns = (col(Person.user_id), col(Person.name), col(Person.right), col(Person.function), col(Person.time_zone))
    is_other = (col(Person.is_bot), col(Person.is_deleted), col(Person.is_external))
    here = (col(Person.workspace_id) == workspace_id, *(flag.is_(False) for flag in is_other))
    found = session.execute(select_columns(*columns).where(*here).order_by(func.lower(Person.name)))
    return [(each[0], each[1], each[2], each[3], each[4]) for each in found]


def contact_names(session: Session, workspace_id: str) -> list[str]:
    """The names of people at the accounts that the session may see, each once."""
    query = select_columns(col(ContactRow.name)).where(col(ContactRow.workspace_id) == workspace_id)
    return list(session.scalars(query.distinct().order_by(col(ContactRow.name))))


# Wordings that people sent to the admins, of questions whose answers were not what they asked.


WORDINGS_KEPT_FOR = timedelta(days=30)


def save_wording(session: Session, row: Wording) -> None:
    session.add(row)


def wordings_since(
    session: Session, workspace_id: str, *, since: datetime, most: int
) -> list[tuple[str, int, datetime]]:
    """Return (text, how often, last sent at) of each wording sent since then, one for each key, the latest first."""
    last = func.max(Wording.sent_at)
    query = (
        select_columns(func.max(Wording.text), func.count(), last)
        .where(col(Wording.workspace_id) == workspace_id, col(Wording.sent_at) >= since)
        .group_by(col(Wording.key))
        .order_by(last.desc())
        .limit(most)
    )
    return [(text, int(count), at) for text, count, at in session.execute(query)]


def forget_wordings_before(session: Session, instant: datetime) -> int:
    """Delete the wordings sent before then; return their number."""
    return session.exec(delete(Wording).where(col(Wording.sent_at) < instant)).rowcount
