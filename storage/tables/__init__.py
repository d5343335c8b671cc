"""One table module per subject; importing this package knows them all."""

from storage.tables.accounts import Account, AccountKey, ActionRow, BlockerRow
from storage.tables.channels import ChannelMember, MemberList
from storage.tables.delivery import AnswerUnderWay, Letter, LetterKind, LetterState, Pace, Received
from storage.tables.events import Event, ImportRun
from storage.tables.file_imports import FileImport, FileImportState
from storage.tables.following import Asked, CalendarFeed, DaysAway, FollowUp
from storage.tables.forms import Conversation, Draft
from storage.tables.mail import Mail, MailAddress, MailState
from storage.tables.marks import MarkRow
from storage.tables.measures import AccountMonth, ProgramFigures, ProgramMonth, Progress, StageStay
from storage.tables.preferences import Preference
from storage.tables.questions import ModelUse, PendingQuestion
from storage.tables.reviews import Cadence, CadenceChange, Review, ReviewItem, ReviewState
from storage.tables.subjects import (
    ContactRow,
    FitRequest,
    OpportunityRow,
    OwnPlay,
    PlayRow,
    SignalRow,
)
from storage.tables.workspaces import AuditEntry, Channel, FunctionLead, InstallAttempt, Person, Workspace

__all__ = [
    "Account",
    "AccountKey",
    "AccountMonth",
    "ActionRow",
    "AnswerUnderWay",
    "Asked",
    "AuditEntry",
    "BlockerRow",
    "Cadence",
    "CadenceChange",
    "CalendarFeed",
    "Channel",
    "ChannelMember",
    "ContactRow",
    "Conversation",
    "DaysAway",
    "Draft",
    "Event",
    "FileImport",
    "FileImportState",
    "FitRequest",
    "FollowUp",
    "FunctionLead",
    "ImportRun",
    "InstallAttempt",
    "Letter",
    "LetterKind",
    "LetterState",
    "Mail",
    "MailAddress",
    "MailState",
    "MarkRow",
    "MemberList",
    "ModelUse",
    "OpportunityRow",
    "OwnPlay",
    "Pace",
    "PendingQuestion",
    "Person",
    "PlayRow",
    "Preference",
    "ProgramFigures",
    "ProgramMonth",
    "Progress",
    "Received",
    "Review",
    "ReviewItem",
    "ReviewState",
    "SignalRow",
    "StageStay",
    "Workspace",
]
