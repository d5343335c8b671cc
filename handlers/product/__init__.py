"""Product input to an account: use case, proof, implementation fit, feedback."""

from handlers.product import buttons, page, submit
from handlers.subject import Subject

PRODUCT = Subject(
    account_pages={"product": page.product},
    buttons={"product.add": buttons.add},
    forms=(submit.FORM,),
)
