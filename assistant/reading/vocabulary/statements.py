"""Words by which a sentence that tells something is known from one that asks."""

BEFORE = """so and but just ok okay well also btw fyi finally apparently unfortunately sadly luckily actually hey hi
    hello hooray yay wow oh hm morning guys team folks all yes yep no quick update note news info heads up good bad
    great
    today yesterday now this week last night minute ago earlier by the way for your information one more thing"""
"""Words that may stand before the subject of a sentence that tells something."""

PRONOUNS = """i we they he she it somebody someone everybody everyone"""
ARTICLES = "the a an their his her our its my two three four five both another some new"
GROUPS = """legal procurement finance security it purchasing marketing management leadership ceo cfo cto cio cmo coo vp
    infosec compliance hr board buyer champion sponsor customer client legals"""
"""Words without an article that may be a subject."""

AUXILIARIES = """is are was were has have had will wont would can cant cannot could must should shall may might does
    doesnt did didnt do dont isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt ive weve theyve i'll ill
    were im hes shes theyre"""
ASKS = "who what which when where why how whose whom whats hows whos wheres whens"
ASKS_ANYWHERE = "when why how whether whose what whats whens hows whys"
INVERTED = "is are was were did does do has have can could will would should"
PAST = """sent got went gave said told bought left met spoke came took put made won lost chose began wrote rang sold
    paid brought saw heard held kept found felt grew fell ran cut thought understood withdrew froze quit forgot
    became knew showed stood stuck taught threw broke built caught drew drove ate flew hung led lent lit rose set
    shut slept swore tore woke wore upped backed frozen
    written spoken chosen given taken begun withdrawn"""
PRESENT = """wants needs says thinks likes loves plans hopes asks refuses insists seems looks goes comes starts begins
    joins leaves expects requires prefers agrees believes uses wont keeps gets takes makes gives sends calls signs
    moves want need say think like love hope refuse insist expect require prefer agree believe leave stays stay
    blocks remains worries doubts promises replies answers decides rejects accepts approves visits runs keep"""
TOLD_FIRST = """sent called emailed wrote spoke talked met had got finished completed booked prepared delivered
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

TAGS = """right|correct|yeah|yes|no|true|huh|eh|or not|or no|is it|isnt it|are they|arent they|did it|didnt it|has it|
    hasnt it|did they|didnt they|do they|dont they|does it|doesnt it|have they|havent they|yet|arent we|dont we|
    have we|havent we|do we|did we|wasnt it|was it|innit|or|i guess|i think|i hope|i believe|i assume"""
"""Ends that make a question of a sentence: "Nora owns Maple, right"."""
