"""Private accounts: the form in which an account is made private to a channel, and public again."""

from handlers.privacy import buttons, submit
from handlers.subject import Subject

PRIVACY = Subject(
    account_words={"private": buttons.by_word},
    buttons={"account.private": buttons.from_card, "privacy.publish": buttons.publish},
    forms=(submit.PRIVATE,),
)
