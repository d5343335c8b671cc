"""Words by which a sentence that tells something is known from one that asks."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import pairwise

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.group import BuyingRole
from assistant.query import Field, Progress, Subject, Way
from assistant.reading.forms import lead_of
from assistant.reading.lexicon import Piece, Said, is_known, phrases, word_key
from assistant.reading.read import Cue
from assistant.reading.tokens import ENDS, Token, as_typed
from assistant.remark import Intent

# Function words of other languages, without accents; English ones among them count for English.

LANGUAGES: dict[str, str] = {
    "German": """wie|wer|wann|warum|welche|welcher|welches|ist|sind|und|der|die|das|nicht|bitte|gibt|haben|hat|mit|
        von|fur|bei|wieviele|viele|offene|naechste|nachste|was|wurde|wird|steht|heute|diese|dieser|woche|konten|
        kunden|wir|ich|uns|noch|kein|keine|zeig|zeige|mir|aufgaben|seit|ohne|letzte|zu|im|am|den|dem|ein|eine|wo|
        auf|aus|uber|es|um|werden|kann|welchen|wieso|weshalb|unsere|meine|morgen|gestern""",
    "French": """quel|quelle|quels|quelles|qui|est|sont|les|des|pour|avec|sans|comment|pourquoi|quand|ou|combien|
        nous|vous|notre|cette|semaine|compte|comptes|bonjour|dans|sur|je|du|le|la|une|un|et|pas|ont|a-t-on|montre|
        moi|quoi|prochaine|derniere|mois|il|elle|au|aux|de|ce|ces|en|y|quest|cest|bloques|va|liste|mes|mon|ma""",
    "Spanish": """que|quien|cuando|cual|cuales|como|esta|estan|por|para|con|sin|los|las|el|cuanto|cuantos|cuantas|
        cuentas|cuenta|semana|nuestro|nuestra|es|son|hay|tenemos|donde|hola|muestra|una|del|responsable|lista|mis|
        y|al|se|ha|han|proxima|ultima|mes|tiene|tienen|la|de|en|un|lo|nos""",
    "Italian": """chi|quando|perche|quali|quale|come|sono|che|con|senza|della|delle|dei|gli|il|lo|per|questa|
        settimana|conto|clienti|cosa|dove|quanto|quanti|segue|abbiamo|ciao|nostro|nostri|di|nel|sta|va|e|un|una|la|
        i|le|non|ha|hanno|mostrami|prossima|ultima|del|da|al|si""",
    "Dutch": """wie|wat|wanneer|waarom|welke|hoe|zijn|het|een|de|niet|met|voor|zonder|bij|van|deze|week|onze|
        klanten|gaat|staat|hebben|heeft|naar|wij|ik|ons|nog|geen|toon|laat|volgende|laatste|er|op|en|te|worden|is|
        in|waar|hoeveel|hallo|mijn|wordt|aan""",
    "Portuguese": """quem|quando|quais|qual|como|esta|estao|por|para|com|sem|os|as|contas|conta|semana|nosso|nossa|
        onde|quantos|quantas|sao|ha|temos|ola|uma|dos|das|nao|paradas|e|do|da|no|na|o|que|tem|mostre|minhas|meus|
        proxima|ultima|mes|um|de|se""",
    "Polish": """kto|kiedy|dlaczego|jaki|jaka|jakie|ktore|jak|jest|sa|nie|dla|bez|tym|tydzien|klienci|konta|gdzie|
        ile|czy|mamy|dzien|dobry|nasze|nasz|pokaz|sie|na|w|z|co|do|od|po|ma|maja|moje|ostatni|nastepny|tego|miesiac""",
    "Swedish": """vem|vilka|vilken|hur|ar|och|inte|med|utan|for|den|det|pa|kunder|konto|konton|vecka|varfor|nar|
        har|var|hej|visa|vi|vad|gar|till|av|som|en|ett|i|denna|nasta|senaste|hvordan|hvem|hvornar|hvorfor|hva|hvad|
        og|ikke|er|vores|vart|vara|mina|min|manad|jag|fran|finns|alla""",
    "Danish": """hvordan|hvem|hvornar|hvorfor|hvad|hvilke|det|er|og|ikke|med|gar|vores|uden|til|kunder|denne|uge|
        jeg|vi|der|har|pa|af""",
    "Turkish": "kim|nasil|neden|hangi|bu|hafta|icin|ile|ve|bir|degil|musteri|hesap|ne|zaman|nerede|kac|var|yok",
    "Finnish": "kuka|milloin|miksi|mika|mitka|miten|onko|ovat|ja|ei|tama|viikko|asiakas|missa|kuinka|meidan|ilman|on",
    "Czech": "kdo|kdy|proc|jak|jaky|ktere|je|jsou|neni|pro|bez|tento|tyden|kde|kolik|mame|nas|nase|dnes",
}


# Tell a text in another language from an English one, by its letters and function words.

FOREIGN_LETTERS = frozenset("äöüßéèêàçñãõáíóúåæœøłęąśżź")
LEAST_WORDS = 2
"""Function words of another language that show it."""


def is_foreign(tokens: Sequence[Token], named: Collection[int]) -> bool:
    """Return true if the words outside of names are of another language than English."""
    free = [each for position, each in enumerate(tokens) if position not in named and each.word]
    letters = [letter for each in free for letter in each.word if letter.isalpha()]
    if letters and sum(not _is_latin(letter) for letter in letters) * 2 > len(letters):
        return True
    words = [each.word for each in free]
    best = max((_score(words, language) for language in _languages()), default=(0, 0))
    surely, perhaps = best
    english = sum(is_known(word_key(each)) for each in free) - (perhaps - surely)
    marked = sum(bool(FOREIGN_LETTERS & set(each.typed.casefold())) for each in free)
    if surely >= LEAST_WORDS or (surely and marked):
        return surely + marked >= english
    return bool(surely + marked) and english <= 0 and len(words) >= LEAST_WORDS and surely + perhaps > 1


def _score(words: Sequence[str], language: frozenset[str]) -> tuple[int, int]:
    """Return how many words are of the language alone, and how many are English as well or not."""
    hits = [word for word in words if word in language]
    return sum(not is_known(word) for word in hits), len(hits)


@cache
def _languages() -> tuple[frozenset[str], ...]:
    return tuple(frozenset("".join(text.split()).split("|")) for text in LANGUAGES.values())


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


# The part of a long text that is read: its questions, no more words than can be read at once.

LONGEST_WORDS = 200
"""Words of a text that are read, as rules compare all of them with each other. A message may have two thousand."""


def part_to_read(tokens: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the words to read, and the others as typed; all words of a text that is not long.

    Of a long one the sentences with a question mark are read, without any its beginning.
    """
    if len(tokens) <= LONGEST_WORDS:
        return tokens, ""
    sentences = _sentences(tokens)
    asking = [each for start, end in sentences if tokens[end - 1].mark == "?" for each in range(start, end)]
    kept = frozenset((asking or range(len(tokens)))[:LONGEST_WORDS])
    left = [token for position, token in enumerate(tokens) if position not in kept]
    return [tokens[each] for each in sorted(kept)], as_typed(left)


def _sentences(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    ends = [position + 1 for position, each in enumerate(tokens) if each.mark in ENDS]
    bounds = [0, *ends, len(tokens)]
    return [(start, end) for start, end in pairwise(bounds) if start < end]


BEFORE = """so and but just ok okay well also btw fyi finally apparently unfortunately sadly luckily actually hey hi
    hello hooray yay wow oh hm morning guys team folks all yes yep no quick update note news info heads up good bad
    great
    today yesterday now this week last night minute ago earlier by the way for your information one more thing"""
"""Words that may stand before the subject of a sentence that tells something."""

STATEMENTS_PRONOUNS = """i we they he she it somebody someone everybody everyone"""
ARTICLES = "the a an their his her our its my two three four five both another some new"
TEAMS = """legal procurement finance security it purchasing marketing management leadership ceo cfo cto cio cmo coo vp
    infosec compliance hr board buyer champion sponsor customer client legals"""
"""Words without an article that may be a subject."""

AUX_VERBS = """is are was were has have had will wont would can cant cannot could must should shall may might does
    doesnt did didnt do dont isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt ive weve theyve i'll ill
    were im hes shes theyre"""
ASKS_ANYWHERE = "when why how whether whose what whats whens hows whys"
PAST = """sent got went gave said told bought left met spoke came took put made won lost chose began wrote rang sold
    paid brought saw heard held kept found felt grew fell ran cut thought understood withdrew froze quit forgot
    became knew showed stood stuck taught threw broke built caught drew drove ate flew hung led lent lit rose set
    shut slept swore tore woke wore upped backed frozen
    written spoken chosen given taken begun withdrawn"""
PRESENT = """wants needs says thinks likes loves plans hopes asks refuses insists seems looks goes comes starts begins
    joins leaves expects requires prefers agrees believes uses wont keeps gets takes makes gives sends calls signs
    moves want need say think like love hope refuse insist expect require prefer agree believe leave stays stay
    blocks remains worries doubts promises replies answers decides rejects accepts approves visits runs keep"""
TOLD = """sent called emailed wrote spoke talked met had got finished completed booked prepared delivered
    presented shared handed wrapped received agreed heard saw done rang mailed submitted uploaded sorted chased
    followed reached introduced invited scheduled drafted visited"""
"""Verbs that begin a sentence in which "I" or "we" is left out: "sent the contract to them"."""

SUBJECT_AND_VERB = "im ive ill weve theyre theyve theyll hes shes youve"
NOT_TOLD_AFTER = """looking wondering asking curious lost new after interested trying not missing sure in away a got
    been to an the just here also still only confused stuck unsure searching about going thinking"""
WISHES = """need want would wanted mean meant think wonder guess know see like have had was am wish thought forgot lost
    asked said suppose hope believe assume could can should may might just dont didnt cant do really only still also
    understand remember love hate get care"""
"""Verbs after "I" that tell nothing of an account."""

OBJECTS = """the a an with to them him her it our their my his up over out back off this that these those from on for
    another all some word"""
"""Words of which one follows such a verb."""

NOT_PAST = "need speed indeed red bed feed seed hundred overdue embed breed exceed proceed succeed biweekly sacred"

TAILS = """right|correct|yeah|yes|no|true|huh|eh|or not|or no|is it|isnt it|are they|arent they|did it|didnt it|has it|
    hasnt it|did they|didnt they|do they|dont they|does it|doesnt it|have they|havent they|yet|arent we|dont we|
    have we|havent we|do we|did we|wasnt it|was it|innit|or|i guess|i think|i hope|i believe|i assume"""
"""Ends that make a question of a sentence: "Nora owns Maple, right"."""


# Sentences that tell something: a subject and then its verb, and no word that asks.

STATEMENTS_BEFORE = frozenset(BEFORE.split())
PRONOUNS = frozenset(STATEMENTS_PRONOUNS.split())
STATEMENTS_ARTICLES = frozenset(ARTICLES.split())
GROUPS = frozenset(TEAMS.split())
AUXILIARIES = frozenset(AUX_VERBS.split())
VERBS = frozenset((PAST + " " + PRESENT).split())
TOLD_FIRST = frozenset(TOLD.split())
STATEMENTS_OBJECTS = frozenset(OBJECTS.split())
STATEMENTS_NOT_PAST = frozenset(NOT_PAST.split())
ASKS = frozenset(
    ["who", "what", "which", "when", "where", "why", "how", "whose", "whom", "whats", "hows", "whos", "wheres", "whens"]
)
ANYWHERE = frozenset(ASKS_ANYWHERE.split())
"""Words that ask wherever they stand."""

TAGS = frozenset(" ".join(each.split()) for each in TAILS.split("|"))
RELATIVE = frozenset({"who", "which", "when", "where"})
"""Words that ask at the beginning, but may go on after a comma: "Hugo, who wants a quote"."""

INVERTED = frozenset(
    ["is", "are", "was", "were", "did", "does", "do", "has", "have", "can", "could", "will", "would", "should"]
)
CONTRACTED = ("m", "re", "ve", "ll", "d")
BOTH = frozenset(SUBJECT_AND_VERB.split())
STATEMENTS_NOT_TOLD_AFTER = frozenset(NOT_TOLD_AFTER.split())
"""Words of which one after such a subject tells nothing: "I'm looking for"."""

AFTER_THINGS = (Cue.WITH, Cue.WITHOUT, Cue.WHERE, Cue.THAT, Cue.WHICH, Cue.WHOSE, Cue.AT)
"""Words that begin a filter of accounts."""

STATEMENTS_WISHES = frozenset(WISHES.split())
YOU = frozenset({"you", "u", "i"})
LONGEST_SUBJECT = 9
"""Words between the beginning of a subject and its verb, at most."""


def is_statement(said: Said, tokens: Sequence[Token]) -> bool:
    """Return true if the words, which are those of the pieces, tell something and ask nothing."""
    words = [f"{each.word}{each.suffix}" if each.suffix in CONTRACTED else each.word for each in tokens]
    is_asked = asks_after_all(said) or are_chosen(said) or words[-1] in TAGS or " ".join(words[-2:]) in TAGS
    if not words or is_asked or not ANYWHERE.isdisjoint(words):
        return False
    pieces = [piece for piece in said.pieces for _ in range(piece.start, piece.end)]
    start = next((each for each, word in enumerate(words) if not _is_before(pieces[each], word)), None)
    if start is None:
        return False
    if words[start] in TOLD_FIRST or words[start] in BOTH:
        return ASKS.isdisjoint(words) and _goes_on(pieces, words, start)
    after = words[start + 1] if start + 1 < len(words) else ""
    is_nobody = words[start] == "nobody" and any(piece.account is not None for piece in said.pieces)
    may_be_subject = is_nobody or _may_be_subject(pieces[start], words[start])
    if (words[start] == "i" and after in STATEMENTS_WISHES) or not may_be_subject:
        return False
    return _has_verb(pieces, words, start)


def _goes_on(pieces: Sequence[Piece], words: Sequence[str], start: int) -> bool:
    """Return true if something follows that a verb at the beginning is said of."""
    if start + 1 >= len(words):
        return False
    after = words[start + 1]
    if words[start] in TOLD_FIRST:
        return after in STATEMENTS_OBJECTS or pieces[start + 1].is_name
    return after not in STATEMENTS_NOT_TOLD_AFTER


def _has_verb(pieces: Sequence[Piece], words: Sequence[str], start: int) -> bool:
    """Return true if the subject that begins there has a verb that tells."""
    if _names_things(pieces, start):
        return False
    is_of_many = words[start] == "new" and words[start + 1 : start + 2] != [] and words[start + 1].endswith("s")
    if is_of_many or pieces[start].means(Cue.SHOW, Cue.CORRECTION):
        return False
    for position in range(start + 1, min(len(words), start + LONGEST_SUBJECT)):
        if words[position] in ASKS or words[position] == "that":
            return False
        if is_verb(words[position]):
            return _tells(pieces, words, start, position)
    return False


def are_chosen(said: Said) -> bool:
    """Return true for "the largest deal we lost": things, and a clause that chooses some."""
    for position, piece in enumerate(said.pieces[1:], start=1):
        if is_verb(piece.typed.casefold()):
            return False
        before = said[position - 1]
        if piece.typed.casefold() in ("we", "they", "i", "you") and not before.mark:
            return bool(before.of_kind(Subject)) or before.typed.casefold() in ("stuff", "things")
    return False


def _names_things(pieces: Sequence[Piece], start: int) -> bool:
    """Return true for things with a filter, which are asked for: "my accounts with nothing planned"."""
    for position in range(start, min(start + 3, len(pieces) - 1)):
        if pieces[position].means(Subject.ACCOUNTS) and pieces[position].typed.casefold().endswith("s"):
            return pieces[position + 1].means(*AFTER_THINGS)
    return False


def asks_after_all(said: Said) -> bool:
    """Return true for a question after a pause or at the end: "the demo is done, who was there", "it closes when"."""
    for position, piece in enumerate(said.pieces):
        before = said[position - 1] if position else None
        is_new = before is None or bool(before.mark) or before.means(Cue.SHOW)
        after = said[position + 1].typed.casefold().split()[0] if position + 1 < len(said) else ""
        is_where = piece.typed.casefold() == "where" and after in INVERTED
        if is_where or (is_new and _asks(piece, before, after)):
            return True
    return bool(len(said)) and said[len(said) - 1].typed.casefold().split()[-1] in ASKS


def _asks(piece: Piece, before: Piece | None, after: str) -> bool:
    words = piece.typed.casefold().replace("'", "").split()
    if before is not None and before.mark == "," and words[0] in RELATIVE:
        return after in ("one", "ones", "of", "is", "are", "accounts") or not (before.is_unknown or after in PRONOUNS)
    if words[0] in ASKS:
        return True
    if words[0] in INVERTED and (words[1:2] or [after])[0] in PRONOUNS:
        return True
    return piece.means(Cue.CARD) and len(words) > 1


def _is_before(piece: Piece, word: str) -> bool:
    return word in STATEMENTS_BEFORE or piece.when is not None


def _may_be_subject(piece: Piece, word: str) -> bool:
    return (
        word in PRONOUNS
        or word in STATEMENTS_ARTICLES
        or word in GROUPS
        or piece.account is not None
        or piece.choice is not None
        or bool(piece.persons)
        or piece.is_unknown
    )


def is_verb(word: str) -> bool:
    """Return true for an auxiliary, a past tense or a verb of the third person."""
    return (
        word in AUXILIARIES
        or word in VERBS
        or (word.endswith("ed") and len(word) > 4 and word not in STATEMENTS_NOT_PAST)
    )


def _is_part_of_account(pieces: Sequence[Piece], words: Sequence[str], start: int, position: int) -> bool:
    """Return true for "the project at Halden" and "procurement": something there is stalled, not the account."""
    subject = pieces[start:position]
    if any(each.means(Subject.ACCOUNTS) for each in subject):
        return False
    is_there = any(each.is_unknown for each in subject) and any(each.account is not None for each in pieces)
    return is_there or words[start] in GROUPS or any(each.of_kind(BuyingRole) for each in subject)


def _tells(pieces: Sequence[Piece], words: Sequence[str], start: int, position: int) -> bool:
    """Return true if the verb there tells, false where it is part of a thing asked for: "blockers opened today"."""
    piece, before = pieces[position], pieces[position - 1]
    is_auxiliary = words[position] in AUXILIARIES
    if is_auxiliary and _is_part_of_account(pieces, words, start, position):
        return position + 1 < len(words) and "or" not in words[position:] and words[position + 1] not in YOU
    values = (AccountStanding, ListStatus, Field)
    if any(piece.of_kind(kind) for kind in values) or piece.means(Cue.BLOCKED, Cue.OVERDUE):
        return False
    if before.means(Cue.LOWEST, Cue.HIGHEST) and piece.of_kind(Stage):
        return False
    return _asserts(pieces, words, position) if is_auxiliary else _reports(pieces, words, start, position)


def _reports(pieces: Sequence[Piece], words: Sequence[str], start: int, position: int) -> bool:
    """Return true if the verb there tells what was done."""
    piece, before = pieces[position], pieces[position - 1]
    after = pieces[position + 1] if position + 1 < len(pieces) else None
    if position == start + 1 and after is not None and after.of_kind(Subject):
        return False
    is_plural = bool(before.of_kind(Subject)) and before.typed.casefold().endswith("s")
    is_of_thing = pieces[start].is_unknown and position > start + 1
    is_end = position == len(words) - 1 or bool(piece.mark)
    return not (is_plural or pieces[start].persons or (is_of_thing and not is_end))


def _asserts(pieces: Sequence[Piece], words: Sequence[str], position: int) -> bool:
    """Return true if the auxiliary there tells how something is."""
    if position + 1 >= len(words) or words[position + 1] in YOU or "or" in words[position:]:
        return False
    if words[position] in ("has", "have") and words[position + 1] in VERBS and position + 2 < len(words):
        return True
    after, kinds = pieces[position + 1], (AccountStanding, ListStatus, Stage, int, Subject, BuyingRole)
    return not (any(after.of_kind(kind) for kind in kinds) or after.means(Cue.BLOCKED, Cue.OVERDUE, Cue.WITHOUT))


# Phrases of news, by the intents that they tell of, and words that news begin with.

NEWS: dict[Intent, str] = {
    Intent.MOVE: """signed|moved to|became a customer|is now a customer|won the deal|closed the deal|bought|
        gave us the order|gone live|went live|is live|moved up|moved into|is an opportunity now|advanced to|
        churned|cancelled the contract|placed the order|po is in|ordered|picked us|chose us|went with us|
        selected us|dropped us|is a customer now|went with a competitor|chose a competitor|renewed|expanded|
        extended the contract|closed won|closed lost|just closed|have closed|has closed|is now an mqa|
        is now engaged|is now an opportunity|is won|is lost|we won|we lost|lost the deal|lost them|won them|
        opened an opportunity|contract is in|is closed|are a customer|added seats|bought more|doubled|upgraded|
        fell back|regressed|backed out|pulled out|said no|gave us a no|went cold|moved back|is now in|jumped to|
        go ahead|got the signature|countersigned|deal is done|are in|is signed|were signed|was signed|has signed|
        have signed|stepped up|turned us down|rejected us|terminated|a customer now|is a customer|
        officially a customer|contract in hand|weve moved|we moved|has been moved|is now mqa|chosen us|
        has chosen us|won it|closed it|renews|renewal is signed|for another year|signed the contract|
        signed contract|signed the order|signed for|arrived signed|order came in|contract came in|
        contract came back|got the po|got the contract|purchase order|bought our|buys|extended for|expands|extends|
        are now|is now|moved on to|moved back to|moved down to|turned into|became an|now a customer|
        are now a customer|left us|leaving us|switched away|cancelled|terminated the contract|ended the contract|
        did not renew|wont renew|will not renew|is not renewing|reached opportunity|is qualified|qualified|
        converted|has converted|we have a deal|went through|moved nordhavn into|into aware|into engaged|
        into opportunity|to opportunity|to engaged|to aware|to mqa""",
    Intent.EVIDENCE: """attended|came to|confirmed|said yes|sent back|sent us|asked for|asked us|booked|replied|
        accepted|approved|showed up|joined the|requested|introduced us|is booked|loved|liked|invited|returned|
        answered|filled in|gave us|shared|committed|agreed|promised|wants a pilot|wants a demo|wants to see|
        wants to start|said they|said he|said she|told me|told us|mentioned|wrote back|met with|had a call|
        had a meeting|had a demo|had lunch|spoke with|spoke to|talked to|talked with|met|called us|called me|
        called back|emailed|visited us|presented|had coffee|positive|green light|greenlit|happy with|
        started the pilot|started a pilot|completed the|got back to us|got back to me|got a call|got an email|
        got feedback|got confirmation|sent the|sent their|was there|were there|came with|signed up|signed the nda|
        did the demo|ran the workshop|workshop went|call went|meeting went|demo went|went well|went great|
        went badly|said that|saw the demo|tested|passed the|finished the pilot|finished the trial|reviewed the|
        read the|brought|want to meet|asked about|wants to talk|want to talk|proposed a|offered|agreed to|says|
        said|asked|sent|called|spoke|replied to|signalled|thanked|confirmed that|picked a date|set a date|
        acknowledged|interested|got word|heard from|wants to meet|would like to|like the|likes the|reached out|
        responded|opened up|asked for references|have asked|has asked|they asked|are asking for|is asking for|
        want a|signed|signed the order|passed|wants a quote|wants an offer|wants a proposal|wants pricing|
        want a quote|want a proposal|want pricing|wants a call|want a call|wants references|good call|great call|
        good meeting|great meeting|nice call|had a good|had a great|had a nice|opened their budget|
        opened the budget|freed budget|has budget|got budget|budget approved|approved the budget|was in the demo|
        liked it|loved it|loved the|enjoyed|praised|recommended us|recommended|shortlisted|short listed|
        on the shortlist|in the final|their favourite|preferred vendor|chose us|picked us|is keen|are keen|
        very keen|excited|enthusiastic|impressed|convinced|open to|took part|joined|were at|was at|came over|
        stopped by|came by|visited the booth|came to our booth|downloaded and asked|booked a|scheduled a|
        put us in touch|connected us|introduced me|handed us|sent over|sent in|submitted|returned the|filled out|
        named a date|gave a date|gave feedback|shared their|told|wants us|want us|invited us|rang back|rang|
        got through to|reached|had a chat|chatted with|had dinner|had breakfast|had a workshop|held a workshop|
        workshop with|did a workshop|did a demo|gave a demo|showed them|walked them through|signed off""",
    Intent.BLOCKER: """wants another|wants a second|wants more|refuses|refused|is blocking|blocks|is stuck|are stuck|
        is blocked|are blocked|has concerns|have concerns|is against|are against|is waiting for|are waiting for|
        waiting on|held up|needs approval|need approval|delayed|is delayed|froze|budget freeze|frozen|insists|
        objected|objects|cant sign|cannot sign|wont sign|will not sign|pushing back|pushed back|has a problem|
        have a problem|on hold|stopped|is on leave|went silent|gone quiet|raised concerns|raised a concern|
        there is a problem|hit a snag|new blocker|before they go on|too expensive|unhappy|complained|complains|
        no budget|cut the budget|does not like|doesnt like|dont like|dont want|doesnt want|still there|is missing|
        got stuck|now blocked|is holding up|holding us up|demands|demanded|wont move|need a security|
        needs a security|is a blocker|legal is|is worried|are worried|questioned|disputes|wants changes|budget is|
        not happy|ghosting us|ran into|waits for|wait for|is unhappy|has issues|have issues|needs legal|stalled on|
        requires|wont accept|will not accept|cant accept|does not accept|doesnt accept|dont accept|rejected our|
        rejects|sitting on|is sitting on|on hold until|put the project on hold|project on hold|wants to cancel|
        want to cancel|has questions|have questions|still has questions|still have questions|questions on the|
        questions about the|paused the|postponed|no reply|no answer|not answering|not answer|went cold|went dark|
        gone dark|gone cold|went quiet|going quiet|isnt responding|not responding|arent responding|no response|
        short of budget|out of budget|no money|cant decide|undecided|push back|needs more time|need more time|
        worried about|doubts|wants a discount|asks for a discount|want a discount|asking for a discount|
        wants a lower price|price is too high|too high|lost interest|not interested|stalling|is stalling|
        are stalling|does not want|wont sign off|not sign|wont approve|vetoed|veto|blocked by|blocked us|blocks us|
        stuck in|stuck at|stuck with|stuck because|stuck on|slowed down|slowing|lawsuit|insolvent|bankrupt|crisis|
        audit|deadline missed|missing a|lacks|lack|no champion|lost our champion|liability|wants to wait|
        want to wait|waiting until|not before|not until|until next year|until spring|until january|next year only|
        cancelled the meeting|cancelled the call|cancelled on us|didnt show|did not show|no show|needs a|need a|
        needs an|need an|has an issue|have an issue|issue with|problem with|trouble with|unanswered|delay|delays|
        pushed the|pushed it|moved the start|complaint|escalated|angry|annoyed|dissatisfied|not convinced""",
    Intent.RESOLVE: """is gone|are gone|is resolved|was resolved|has been resolved|got resolved|is solved|was solved|
        is cleared|cleared|is fixed|unblocked|is off the table|no longer blocks|no longer blocked|
        not blocked anymore|gave their ok|gave its ok|is out of the way|legal is fine|sorted out|has gone away|
        is settled|is no longer|has been solved|has been fixed|resolved|solved|problem went away|
        dropped their objection|is over|has been cleared|got cleared|was cleared|are resolved|signed off on|
        gave the ok|off the table|no longer an issue|no longer a problem|no longer needed|is history|are history|
        out of the way|issue is closed|blocker closed|is sorted|got lifted|was lifted|is lifted|been lifted|
        off the hook|no longer need|passed|settled|went through|came through|cleared legal|cleared by|dpa signed|
        dpa is signed|approved|has approved|have approved|got approval|gave approval|is approved|was approved|
        are fine with|is fine with|fine now|is ok now|is okay now|ok with|okay with|got sorted|all clear|
        cleared up|agreed to the terms|accepted our|accepted the|accepts our|accepts the|is done|not an issue|
        no issue anymore|no problem anymore|isnt an issue|isnt a problem|is out of|waived|withdrew|withdrawn|
        has been lifted|found budget|budget is back|budget is approved|got the budget|green light|greenlit|
        gave the green light|gave green light|gave us the green light|signed off""",
    Intent.NEXT_ACTION: """ill|i will|we will|im going to|i am going to|we are going to|were going to|lets|i plan to|
        we should|i should|i have to|i need to|we need to|have to call|going to send|going to call|i promise to|
        i want to|we have to|will send|will call|will prepare|i am calling|im calling|im sending|plan to|
        will follow up|will write|will meet|next step is|next step|will set up|will book|is going to|are going to|
        will do|must call|will talk|will speak|will chase|im meeting|i am meeting|were meeting|we are meeting|
        meeting with them|im seeing|im visiting|ill be|i'll be|we'll be|they'll|will visit|will deliver|will get|
        will come back|will answer|will reply|will check|will ask|will have|going to|meeting is on|call is on|
        demo is on|is on monday|is on tuesday|is on wednesday|is on thursday|is on friday|needs to send|
        need to send|need to call|need to chase|needs to call|must send|must chase|must prepare|should send|
        should call|should chase|have to send|have to chase|have to prepare|follow up with|promised them|
        promised to send|i promised|we promised|i owe|we owe|wants a quote by|want a quote by|wants it by|
        want it by|they need|she needs|he needs|expects|expecting|wants to see""",
    Intent.DONE: """i sent|i called|i have sent|ive sent|i have called|ive called|i finished|i did|ive done|
        i have done|we sent|we called|i wrote|i emailed|i delivered|weve sent|ive finished|i prepared|i booked|
        i presented|is done|was done|are done|has been sent|has been done|i completed|ive completed|already sent|
        i spoke|i met|done with|finished the|ive booked|ive written|ive emailed|got it done|we delivered|
        we presented|we finished|passed|ive approved|i have approved|i approved|have approved|delivered|
        is finished|was finished|has been finished|is completed|was completed|is complete|has been completed|
        is delivered|went out|has gone out|is out|sent out|sent them|sent over|sent it|sent him|sent her|sent the|
        just sent|called|emailed|wrote to|rang|finished|wrapped up|got it out|completed the|all done|done now|
        done and dusted|i chased|ive chased|i followed up|ive followed up|we held|i held|ive prepared|
        ive delivered|ive updated|i updated|ive handed|handed over|handed them|signed off""",
    Intent.SIGNAL: """is hiring|are hiring|is recruiting|are recruiting|looking at a competitor|
        looking at competitors|visited our site|visited our website|visited our pricing|visited the pricing|
        downloaded|announced|raised money|raised a round|raised funding|funding round|funding|acquired|merged|
        merger|layoffs|laid off|opened an office|new office|ipo|is expanding|are expanding|is evaluating|
        are evaluating|evaluates|is comparing|are comparing|is shopping|in the news|job ad|job ads|press release|
        is looking at|are looking at|was on our site|was on our website|looked at our|switched to|switching to|
        is moving to|migrates|migrating|spotted|saw that|noticed|posted a job|posted jobs|registered for|
        signed up for the webinar|read our|restructuring|reorganised|reorganized|is testing|talking to competitors|
        talking to a competitor|goes public|is investing|raised a series|series a|series b|series c|raised a|
        sold to|been sold|is being sold|bought by|acquired by|was acquired|got acquired|taken over|takeover|
        job posting|job postings|posted|posting|vacancy|vacancies|visited our|visited the|keep reading|
        keeps reading|keep visiting|keeps visiting|reading our|reading the|on our pricing|on our site|
        on our website|on our page|clicked|opened our mail|opened our email|opened the mail|opened our newsletter|
        registered|signed up for|subscribed|attended our webinar|webinar|searching for|is researching|
        are researching|researching|rfp|tender|opens an office|opening an office|opened a plant|new plant|new site|
        new factory|new product|launched|launches|expanding into|expands into|moves to|moved to the cloud|
        replaced their|replacing their|new erp|new crm|new software|rolled out|rolling out|usage is up|
        usage is down|usage went|usage dropped|logins|logged in|log in|hired|hires|cuts jobs|cutting jobs|cut jobs|
        in talks with|talking to a rival|looking at a rival|profit|profits|results|record year|strike|moved office|
        new ceo|new cfo|new cto|new cio""",
    Intent.CONTACT: """new cfo|new ceo|new cto|new cio|new cmo|new coo|new head|new vp|new director|new champion|
        new contact|left the company|has left|quit|joined as|joins as|took over|takes over|is the new|replaced|
        was replaced|is our new|got promoted|was promoted|new boss|retired|is leaving|resigned|started as|
        starts as|new buyer|is our champion|is the champion|is the economic buyer|is the decision maker|reports to|
        new procurement|is responsible for|is the cfo|is the ceo|is the cto|is the cio|new person|new manager|
        stepped down|was fired there|handed over to|is their new|is their cfo|is their champion|hired a new|
        hired a|has a new|have a new|now has a new|got a new|appointed|named as|joined|joins|left|leaves|
        going on leave|maternity leave|parental leave|on leave|is gone|went to|moved to another|is out|is back|
        the new|will replace|replaces|replaced by|is now their|is now our|is now the|got fired|was fired|
        was let go|passed away|changed jobs|new job|switched jobs|moved teams|is in charge|is our contact|
        our new contact|our contact|main contact|is their|is our|her name is|his name is|is named|was named|
        works in|runs the|heads the|heads up the|leads the""",
    Intent.EDIT: """is worth|owner is|is the owner|new owner is|renamed|rebranded|changed their name|
        changed its name|moved office|has a new name|is called|changed hands|value is|new domain|domain is|
        segment is|close date is|closes in|will close on|close date moved|is worth now|is now|value is now|
        now worth|worth|moved to april|moved to january|moved to february|moved to march|moved to may|
        moved to june|moved to july|moved to december|closes on|closing on|new address|new website|website is|
        their website|merged with|is part of|belongs to|owner changed|i own|i took over|took over the account|
        i have taken over|ive taken over|handed to|taken over by|is in the|are in the""",
    Intent.DECIDE: """we decided|we have decided|weve decided|was decided|has been decided|we agreed to|decision is|
        it was decided|decided to|we keep|were keeping|have approved|i have approved|i approved|ive approved|
        approved the discount|agreed to pause|we pause|were pausing|we agreed|leadership decided|board decided|
        management decided""",
    Intent.UPDATE: """nothing moved|no news|no change|nothing new|nothing happened|no update|nothing changed|
        quick update|fyi|heads up|for your information|update|went dark|gone dark|went silent|gone silent|
        no answer|still waiting|radio silence|went quiet|went cold|no reply|no response|no movement|still nothing|
        still no|nothing to report|nothing else|same as last|as before|unchanged|all quiet|busy with|moved|
        nothing really""",
    Intent.REVIEW: """review is cancelled|review was cancelled|review was moved|review moved|review is moved|
        review took place|was cancelled|is cancelled|got cancelled|has been cancelled|review got|review has been|
        review is off|review took|meeting was cancelled|meeting is cancelled|meeting moved|review was postponed|
        was postponed|is postponed""",
}
"""Intents that a statement tells of, by its words."""

NEWS_OPENERS = """had a|had an|had the|had another|i just|we just|fyi|heads up|good news|bad news|great news|
    quick update|just so you know|for your information|guess what|sad news|big news|finally|breaking|small update|
    btw|by the way|note|for the record|just heard|just spoke|just got|just had|just met|just saw|saw that|
    heard that|news|nothing new|no news|nothing changed|nothing happened|nothing to report|no change|no update|
    no movement|still no movement|still nothing|still no news|still no reply|no reply|no answer|nothing moved|
    quick note|short update|note that|just to let you know|so you know|wanted to let you know|just a heads up|
    little update|some news|small news|small win|big win|win|great stuff|hooray|yay|may i tell you|i can report|
    i can confirm|i have news|ive news|ive got news|we have news|happy to say|happy to report|sorry to say|
    sad to say|pleased to say|unfortunately|sadly|luckily|apparently|turns out|looks like|seems like|it seems|
    rumour has it|word is|as of today|as of now|confirmed|done"""


# News: a statement of what happened, and the intents whose forms fit what it tells.

ADJECTIVES = (Progress, AccountStanding, ListStatus, Stage, Way, int)
_DONE_SAID = (
    "sent called emailed mailed finished wrapped prepared delivered done completed booked wrote written presented met "
    "spoke updated handed shipped submitted drafted closed arranged organised organized signed scheduled talked"
)
DONE_VERBS = frozenset(_DONE_SAID.split())
ASKING_WORDS = (Cue.WHICH, Cue.COMPARE, Cue.WHY, Cue.HOW_MANY, Cue.HOW_MUCH, Cue.SINCE_WHEN, Cue.HOW_LONG)
DENIALS = ("no", "nothing", "still")
"""Words that begin news about an account, but a filter of many: "no update since May"."""

LONGEST = 5
NEWS_LEAST_WORDS = 3
MOST_INTENTS = 4
UNCLEAR = (Intent.UPDATE, Intent.EVIDENCE)
"""Intents of news that no phrase knows."""


def told(said: Said, tokens: Sequence[Token]) -> tuple[Intent, ...]:
    """Return the intents of what the text tells, best first; empty where it tells nothing."""
    told_in = tokens[said[0].start :] if len(said) else ()
    words = [word_key(each) for each in told_in]
    is_asked = any(each.mark == "?" for each in tokens)
    opens = _opens(told_in, words) and (words[0] not in DENIALS or _has_names(said))
    tells = is_statement(said, told_in)
    if is_asked or not words or (not tells and (len(words) < NEWS_LEAST_WORDS or asks_after_all(said))):
        return ()
    if not (opens or tells) and _is_request(said):
        return ()
    found = _found(words, needs_verb=not (opens or tells))
    if _is_own_deed(words):
        found = [Intent.DONE, Intent.DONE, Intent.DONE, *found]
    if not found:
        return UNCLEAR if tells or (opens and _has_names(said)) else ()
    weight = Counter(found)
    ranked = sorted(weight, key=lambda intent: (-weight[intent], found.index(intent)))
    return tuple(dict.fromkeys((*ranked[: MOST_INTENTS - 1], Intent.UPDATE)))


def _opens(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return true for words that news begin with; a single one needs a pause: "update: they signed"."""
    openers = [each for each in _openers() if tuple(words[: len(each)]) == each]
    return any(len(each) > 1 or tokens[0].mark for each in openers)


def _has_names(said: Said) -> bool:
    return any(piece.is_name for piece in said.pieces)


def _is_request(said: Said) -> bool:
    """Return true for a question, and for things named without a sentence: "deals we lost", "blocked accounts"."""
    if said.has(*ASKING_WORDS) and not any(piece.means(Cue.THAT) for piece in said.pieces[:2]):
        return True
    if _begins_with_ones(said) or are_chosen(said) or _names_nothing(said):
        return True
    lead = lead_of(said)
    if lead is not None and not _is_statement(said, lead):
        return True
    for piece in said.pieces:
        if _is_things(piece) or piece.of_kind(Field):
            return True
        is_between = piece.is_filler or piece.segment or piece.when or piece.means(Cue.AND, Cue.OR)
        if not (is_between or any(piece.of_kind(kind) for kind in ADJECTIVES)):
            return False
    return False


def _names_nothing(said: Said) -> bool:
    """Return true for values and days alone: "moved back in october, tier 1"; news are of somebody or something."""
    return all(
        piece.is_filler
        or piece.when
        or piece.segment
        or piece.means(Cue.MOVE, Cue.TOTAL, Cue.AT)
        or any(piece.of_kind(kind) for kind in ADJECTIVES)
        for piece in said.pieces
    )


def _begins_with_ones(said: Said) -> bool:
    """Return true for "the ones that fell back" and "those who left"."""
    words = [word for piece in said.pieces[:4] for word in piece.typed.casefold().split()]
    words = words[1:] if words[:1] == ["the"] else words
    roles = {word for piece in said.pieces[:2] if piece.of_kind(BuyingRole) for word in piece.typed.casefold().split()}
    are_people = bool(words) and words[0] in roles and words[0].endswith("s")
    return (are_people or words[:1] in (["ones"], ["those"], ["accounts"], ["stuff"], ["things"])) and words[1:2] in (
        ["that"],
        ["which"],
        ["who"],
        ["where"],
    )


def _is_statement(said: Said, lead: int) -> bool:
    """Return true where the word that seems to ask stands after what the sentence is about."""
    return lead > 0 and said[lead].means(Cue.IS, Cue.DO, Cue.HAVE) and not said[lead - 1].means(Cue.AND)


def _is_things(piece: Piece) -> bool:
    """Return true for the plural of a thing, or a word that asks by itself."""
    if piece.means(Subject.ACCOUNTS, Cue.MY, Cue.ALL, Cue.ANY, Cue.WITHOUT, Cue.SHOW):
        return True
    return bool(piece.of_kind(Subject)) and piece.typed.casefold().endswith("s")


def _is_own_deed(words: Sequence[str]) -> bool:
    """Return true for "I wrapped up the model" and "sent the pricing over"."""
    verb = words[1] if words[0] in ("i", "we") else words[0]
    return verb in DONE_VERBS


def _found(words: Sequence[str], *, needs_verb: bool) -> list[Intent]:
    """Return the intents of the phrases of news in the words, the longest at each place."""
    known, position = _phrases(), 0
    found: list[Intent] = []
    while position < len(words):
        for count in range(min(LONGEST, len(words) - position), 0, -1):
            intents = known.get(tuple(words[position : position + count]))
            if intents and not (needs_verb and not any(map(is_verb, words[position : position + count]))):
                found += intents
                break
        position += 1
    return found


@cache
def _phrases() -> Mapping[tuple[str, ...], Sequence[Intent]]:
    found: dict[tuple[str, ...], list[Intent]] = defaultdict(list)
    for intent, text in NEWS.items():
        for phrase in phrases(text):
            found[phrase].append(intent)
    return found


@cache
def _openers() -> tuple[tuple[str, ...], ...]:
    return tuple(phrases(NEWS_OPENERS))


# Leave out what people say before a question: "I have a board meeting. How is Kestrel?".

PAUSES = (":", "-", ",")
QUESTION_WORDS = (
    *(Cue.WHICH, Cue.WHO, Cue.WHOSE, Cue.WHEN, Cue.SINCE_WHEN, Cue.WHY, Cue.WHERE, Cue.HOW, Cue.HOW_MANY, Cue.HOW_MUCH),
    *(Cue.HOW_LONG, Cue.IS, Cue.DO, Cue.HAVE, Cue.THERE_IS, Cue.ANY),
)
_COURTESIES_SAID = (
    "please|pls|plz|can you|could you|would you|do you know|i was wondering|i wonder|was wondering|hey|so|ok|okay|well|"
    "um|uh|oh|ah|kindly|remind me|could you remind me|can you remind me|just wondering|quick question|question|btw|"
    "by the way|honestly|actually|mate|dear|folks|guys|cadence|now|wondering|im wondering|any idea|tell me|just|say"
)
COURTESIES = frozenset(_COURTESIES_SAID.split("|"))
OF_ASKER = (Cue.ME, Cue.US, Cue.CORRECTION)


def without_preamble(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces from the clause on that asks, where those before it name and ask nothing themselves."""
    pieces = pieces[_end_of_courtesy(pieces) :]
    for start in (_after(pieces, ENDS), _after(pieces, PAUSES)):
        before, rest = pieces[:start], pieces[start:]
        if not rest:
            continue
        if _is_said_of_asker(before) or (_is_idle(before) and _is_question(before[-1].mark, rest)):
            return without_preamble(rest)
    return pieces


def _end_of_courtesy(pieces: Sequence[Piece]) -> int:
    """Return where the question begins after "hi, can you tell me", 0 where that is the question itself."""
    end = 0
    while end < len(pieces) and _is_courtesy(pieces[end]):
        end += 1
    asks = end < len(pieces) and (pieces[end].means(*QUESTION_WORDS) or pieces[end].is_name)
    return end if asks else 0


def _is_courtesy(piece: Piece) -> bool:
    words = piece.typed.casefold()
    is_request = piece.means(Cue.SHOW) and words.split()[-1] == "me"
    return is_request or piece.means(Cue.HELLO, Cue.THANKS) or words in COURTESIES


def _after(pieces: Sequence[Piece], marks: Sequence[str]) -> int:
    """Return the position after the first piece that one of the marks closes."""
    return next((position + 1 for position, piece in enumerate(pieces) if piece.mark in marks), len(pieces))


def _is_question(mark: str, rest: Sequence[Piece]) -> bool:
    """Return true if the rest asks something, as a sentence of its own or after a pause."""
    return lead_of(Said(rest)) is not None or (mark == ":" and any(piece.of_kind(Subject) for piece in rest))


def _is_idle(before: Sequence[Piece]) -> bool:
    """Return true for words that neither name anything nor ask anything."""
    lead = lead_of(Said(before))
    asks = lead is not None and not (before[lead].means(Cue.IF) and lead > 0)
    unknown = sum(len(piece.typed.split()) for piece in before if piece.is_unknown or piece.choice is not None)
    names_somebody = unknown > 1 and before[-1].mark != ":" and not any(piece.means(*OF_ASKER) for piece in before)
    if asks or names_somebody or any(piece.is_name and piece.choice is None for piece in before):
        return False
    if any(piece.means(*OF_ASKER) for piece in before[:2]):
        return True
    says_days = any(piece.when for piece in before)
    names_things = any(_is_thing(piece) for piece in before)
    return not says_days and (before[-1].mark in ENDS or not names_things)


def _is_said_of_asker(before: Sequence[Piece]) -> bool:
    """Return true for "my boss is asking:" and "need this for a meeting -": why it is asked, and nothing else."""
    begins = (
        before[0].typed.casefold().startswith("my ")
        or before[0].means(Cue.MY, Cue.NEED, Cue.ME)
        or before[0].typed.casefold() in ("for", "before", "i need", "from")
    )
    is_parted = before[-1].mark in (":", "-", ".", "!")
    kinds = (Subject, Field)
    things = [each for piece in before for kind in kinds for each in piece.of_kind(kind) if each is not Subject.REVIEWS]
    names = any(piece.is_name and piece.choice is None for piece in before)
    return begins and is_parted and not (names or things)


def _is_thing(piece: Piece) -> bool:
    """Return true for a word that a question could be made of."""
    kinds = (Subject, Field)
    is_light = piece.is_filler or piece.is_unknown or piece.means(Cue.HELLO, Cue.THANKS, Cue.YES, Cue.FOR, Cue.AND)
    return any(piece.of_kind(kind) for kind in kinds) or not is_light
