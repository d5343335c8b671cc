"""Function words of other languages, without accents; English ones among them count for English."""

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
