"""Contacts at the sample's accounts: added, updated, gone. All are invented."""

from agendas.facts.group import BuyingRole, ContactDepth, Support
from sandbox.seed.steps import StepsByAccount
from sandbox.seed.subject_steps import AddContact, ConfirmRoles, ContactLeft, UpdateContact

CHAMPION, BUYER = (BuyingRole.CHAMPION,), (BuyingRole.ECONOMIC_BUYER,)
EVALUATOR, SPONSOR = (BuyingRole.TECHNICAL_EVALUATOR,), (BuyingRole.EXECUTIVE_SPONSOR,)

PEOPLE: StepsByAccount = {
    "Corvane Logistics": (
        AddContact("3 thu 16:25", "malik", "rita", "Rita Sample", "Head of depots", CHAMPION, "rita@corvane.example"),
        AddContact("5 fri 10:12", "nora", "tom", "Tom Sample", "COO", BUYER, depth=ContactDepth.BRIEF),
        AddContact("6 tue 13:00", "malik", "vera", "Vera Sample", "IT architect", EVALUATOR, support=Support.NEUTRAL),
        AddContact("8 tue 11:00", "nora", "una", "Una Sample", "General counsel"),
        UpdateContact("9 tue 11:10", "nora", "rita", Support.MENTOR, ContactDepth.IN_DEPTH),
        UpdateContact("10 tue 15:50", "nora", "una", Support.NEUTRAL, ContactDepth.MULTIPLE),
    ),
    "Osprey Gridworks": (
        AddContact(
            "3 tue 16:05", "tomas", "walt", "Walt Sample", "Operations director", CHAMPION, "walt@ospreygrid.example"
        ),
        AddContact("3 tue 16:06", "tomas", "zoe", "Zoe Sample", "Head of IT", EVALUATOR),
        AddContact("6 tue 10:35", "tomas", "pia", "Pia Sample", "CFO", is_heard_of=True),
        UpdateContact("8 thu 13:35", "tomas", "walt", Support.SUPPORTER, ContactDepth.MULTIPLE),
        ContactLeft("9 thu 16:00", "tomas", "zoe"),
    ),
    "Brightwater Rail": (
        AddContact(
            "2 thu 11:10", "priya", "owen", "Owen Sample", "Roster manager", CHAMPION, "owen@brightwater.example"
        ),
        AddContact("6 wed 09:45", "priya", "hugh", "Hugh Sample", "COO", SPONSOR, support=Support.SUPPORTER),
        AddContact("9 tue 11:25", "priya", "greta", "Greta Sample", "Finance lead", BUYER, support=Support.SUPPORTER),
        AddContact("9 thu 10:05", "priya", "ilse", "Ilse Sample", "IT architect", is_heard_of=True),
        ConfirmRoles("10 tue 12:35", "priya", "ilse"),
        UpdateContact("10 tue 12:40", "priya", "ilse", Support.NEUTRAL, ContactDepth.BRIEF),
        UpdateContact("10 wed 11:20", "priya", "owen", Support.MENTOR, ContactDepth.IN_DEPTH),
    ),
    "Juniper Vale Health": (
        AddContact(
            "1 fri 10:25", "malik", "carla", "Carla Sample", "Chief nurse", CHAMPION, "carla@junipervale.example"
        ),
        UpdateContact("7 wed 13:15", "nora", "carla", Support.SUPPORTER, ContactDepth.MULTIPLE),
        AddContact("10 thu 15:22", "nora", "ben", "Ben Sample", "Finance director", BUYER, depth=ContactDepth.BRIEF),
        AddContact("10 thu 15:23", "nora", "dora", "Dora Sample", "Head of IT", is_heard_of=True),
    ),
    "Halden Pharma": (
        AddContact("2 tue 10:10", "priya", "nils", "Nils Sample", "Quality lead", (BuyingRole.INFLUENCER,)),
        AddContact(
            "4 fri 11:10", "priya", "marta", "Marta Sample", "Head of plants", CHAMPION, support=Support.SUPPORTER
        ),
        UpdateContact("8 tue 09:22", "priya", "marta", Support.MENTOR, ContactDepth.IN_DEPTH),
        ContactLeft("10 tue 10:42", "priya", "marta"),
        AddContact("10 tue 10:55", "priya", "oda", "Oda Sample", "Interim head of plants"),
    ),
    "Tallow & Pine": (
        AddContact("2 wed 14:05", "tomas", "reed", "Reed Sample", "Head of stores", CHAMPION, depth=ContactDepth.BRIEF),
        UpdateContact("6 wed 16:12", "tomas", "reed", Support.NEUTRAL),
    ),
    "Merrow Insurance": (
        AddContact(
            "-3 tue 09:15", "helen", "lena", "Lena Sample", "Service centre director", BUYER, support=Support.SUPPORTER
        ),
        AddContact("6 fri 13:10", "helen", "felix", "Felix Sample", "Head of claims", CHAMPION),
        UpdateContact("10 fri 14:17", "nora", "felix", Support.MENTOR, ContactDepth.MULTIPLE),
    ),
    "Lindqvist Paper": (
        AddContact("10 thu 10:32", "priya", "sven", "Sven Sample", "Shift manager", (BuyingRole.INFLUENCER,)),
        AddContact("10 thu 10:33", "priya", "maj", "Maj Sample", "Purchasing manager", is_heard_of=True),
    ),
    "Vantor Mobility": (
        AddContact("4 thu 14:45", "tomas", "kit", "Kit Sample", "Depot lead", CHAMPION, "kit@vantor.example"),
        UpdateContact("9 thu 15:05", "tomas", "kit", Support.SUPPORTER, ContactDepth.MULTIPLE),
    ),
    "Sable Hotels": (
        AddContact(
            "3 wed 10:35", "priya", "amal", "Amal Sample", "Personnel lead", CHAMPION, support=Support.SUPPORTER
        ),
        UpdateContact("9 wed 10:12", "priya", "amal"),
    ),
    "Kestrel Foods": (
        AddContact("3 tue 12:05", "malik", "bo", "Bo Sample", "Plant manager", email="bo@kestrelfoods.example"),
    ),
}
