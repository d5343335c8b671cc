"""The one error tree. A message says what is wrong and what to do, in one sentence that a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


class CadenceError(Exception):
    """Something a person can put right; `str(error)` is the sentence to show."""


class NotUnderstood(CadenceError):
    """The words could not be read: a stage, a date, a person, a command."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that may have been meant: the words on its button, and the whole command as people type it."""

    label: str
    command: str


class Unclear(NotUnderstood):
    """The words could not be read; `offers` are possible meanings, likeliest first.

    `typed` is the command that is to be shown below them, empty for none.
    """

    def __init__(self, sentence: str, offers: Sequence[Offer], *, typed: str = "") -> None:
        self.offers, self.typed = tuple(offers), typed
        super().__init__(sentence)


class AmbiguousDate(NotUnderstood):
    """A date that can be read in several ways: `typed` is how it was written, `dates` what it can mean."""

    def __init__(self, sentence: str, typed: str, dates: tuple[date, ...]) -> None:
        self.typed, self.dates = typed, dates
        super().__init__(sentence)


class UnknownAccount(CadenceError):
    """No account goes by that name; `nearest` holds the closest ones, best first.

    `typed`: what the person wrote. `nearest`: (account id, name) pairs, at most five. `ambiguous`: true when several
    accounts fit equally well.
    """

    def __init__(self, typed: str, nearest: tuple[tuple[int, str], ...] = (), *, ambiguous: bool = False) -> None:
        self.typed, self.nearest, self.ambiguous = typed, nearest, ambiguous
        names = ", ".join(name for _, name in nearest)
        if ambiguous:
            message = f'"{typed}" could be {names}. Write more of the name, or its domain.'
        elif nearest:
            message = f'No account is called "{typed}". The nearest are {names}.'
        else:
            message = f'No account is called "{typed}". See the list with /abm list.'
        super().__init__(message)


class Refused(CadenceError):
    """The rules of the program or the person's rights do not allow it."""


class NotPlanned(Refused):
    """No review is planned for a date; `dates` are the next ones."""

    def __init__(self, sentence: str, dates: Sequence[date]) -> None:
        self.dates = tuple(dates)
        super().__init__(sentence)


class RecordedAlready(Refused):
    """The person recorded the same about the account a short while ago, and has not confirmed a second one.

    Attributes:
        what: the entry that is there, as `event 7` or `signal 7`.
        name, text: the account's name, and the words of the entry.
        at, zone: when it was recorded, and the person's zone.
        due_on: the day by which a next action is due.
    """

    def __init__(self, what: str, name: str, text: str, *, at: datetime, zone: str, due_on: date | None = None) -> None:
        self.what, self.name, self.text, self.at, self.zone, self.due_on = what, name, text, at, zone, due_on
        super().__init__(f"You recorded this for {name} a few minutes ago already, so nothing was recorded now.")


class OpenAlready(RecordedAlready):
    """The account already has an open next action with these words, and the person has not confirmed a second one.

    `action_id` is that action, `owner` whose it is, `wanted_on` the day that is wanted now.
    """

    def __init__(
        self,
        action_id: int,
        name: str,
        text: str,
        *,
        at: datetime,
        zone: str,
        owner: str,
        due_on: date,
        wanted_on: date,
    ) -> None:
        super().__init__(f"event {action_id}", name, text, at=at, zone=zone, due_on=due_on)
        self.action_id, self.owner, self.wanted_on = action_id, owner, wanted_on


class FieldRefused(Refused):
    """A value of a profile that is not allowed; `field` is its name in a form."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class CannotBeNominated(FieldRefused):
    """An admin has to look at the word first.

    `account_id` is an account that answers to it and that the person may not see, for its owner and never for them.
    """

    def __init__(self, field: str, word: str, *, sentence: str, account_id: int | None = None) -> None:
        self.word, self.account_id = word, account_id
        super().__init__(field, sentence)


class CannotOwn(Refused):
    """The person of `user_id` cannot be given this; the sentence says why."""

    def __init__(self, user_id: str, sentence: str) -> None:
        self.user_id = user_id
        super().__init__(sentence)


class NotAMember(CannotOwn):
    """The person is no active full member of the workspace, so can own nothing; `name` is for people."""

    def __init__(self, user_id: str, name: str) -> None:
        super().__init__(
            user_id, f"{name} is not an active full member of this workspace, so cannot own this. Name somebody who is."
        )


class OutsideChannel(CannotOwn):
    """The account is private to a channel that the person is not in."""

    def __init__(self, user_id: str, name: str, account_name: str) -> None:
        super().__init__(
            user_id,
            f"{name} cannot see {account_name}, which is private to a channel. "
            "Invite them there first, or name somebody who is in it.",
        )


class NothingShows(Refused):
    """A step was claimed already, and nothing that would show it was given."""


class Outdated(CadenceError):
    """The thing acted on has changed or gone since it was shown."""


class NoAccount(Outdated):
    """The account acted on is gone."""

    def __init__(self) -> None:
        super().__init__("That account does not exist any more. See the list with /abm list.")


class FieldProblems(CadenceError):
    """Several fields of a form are wrong; `fields` maps a field's name to its sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__(" ".join(fields.values()))


class WordsRefused(CadenceError):
    """A template of a workspace's own words cannot be used; the sentence names the file and, where known, the line."""
