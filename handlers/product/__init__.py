"""Product input to an account: use case, proof, implementation fit, feedback."""

from handlers.product import buttons, submit, words
from handlers.subject import Subject

PRODUCT = Subject(
    account_pages={"product": words.product},
    account_words={"product add": words.add},
    buttons={"product.add": buttons.add},
    forms=(submit.FORM,),
)
