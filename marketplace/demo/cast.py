"""The people of the demo world, and their shops."""

from dataclasses import dataclass
from typing import Final

from marketplace.identity import SystemRole

DOMAIN: Final = "demo.test"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is reached."""

    line1: str
    district: str
    city: str
    region: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Trader:
    """Somebody with a store: he sells by its code, or buys where it has none."""

    login: str
    name: str
    store: str
    phone: str
    place: Place
    code: str = ""
    about: str = ""
    shipping: tuple[int, int] = (0, 0)
    """What sending costs, and from which sum on it costs nothing, in whole units."""

    @property
    def email(self) -> str:
        """What he signs in with."""
        return f"{self.login}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of the house."""

    login: str
    name: str
    roles: tuple[SystemRole, ...]

    @property
    def email(self) -> str:
        """What he signs in with."""
        return f"{self.login}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody."""

    vendors: tuple[Trader, ...]
    buyers: tuple[Trader, ...]
    neighbors: tuple[Trader, ...]
    """They buy as well, but nobody signs in as one of them: what they have in their carts is theirs alone."""

    officers: tuple[Officer, ...]


ALL_DESKS: Final = (
    SystemRole.ADMIN,
    SystemRole.FINANCE,
    SystemRole.DISPATCHER,
    SystemRole.CASHIER,
    SystemRole.CATALOG,
    SystemRole.SUPPORT,
    SystemRole.COMPLIANCE,
)


AGENTS: Final = ("agent", "agent2", "agent3", "agent4", "agent5", "agent6", "agent7")


def _house(*names: str) -> tuple[Officer, ...]:
    roles = {
        **dict.fromkeys(AGENTS, (SystemRole.AGENT,)),
        "admin": ALL_DESKS,
        "finance": (SystemRole.FINANCE,),
        "finance2": (SystemRole.FINANCE,),
        "dispatch": (SystemRole.DISPATCHER,),
        "cashier": (SystemRole.CASHIER,),
    }
    return tuple(Officer(login, name, held) for (login, held), name in zip(roles.items(), names, strict=True))


SAUDI: Final = Cast(
    vendors=(
        Trader(
            "vendor",
            "Sultan Al Dossari",
            "Qahwa & Co.",
            "+966501110001",
            Place("3140 King Fahd Rd", "Al Olaya", "Riyadh", "Riyadh", "12213"),
            code="q",
            about="Roasters in Riyadh since 2014: beans, kettles and everything between.",
            shipping=(18, 250),
        ),
        Trader(
            "vendor2",
            "Amal Al Fakhar",
            "Dar Al Fakhar",
            "+966501110002",
            Place("88 Potters' Lane", "Al Rafah", "Al Ahsa", "Eastern Province", "36421"),
            code="f",
            about="Thrown, glazed and fired in Al Ahsa, and a kitchen's worth of what goes with it.",
            shipping=(22, 300),
        ),
        Trader(
            "vendor3",
            "Hessa Al Shammari",
            "Bayt Al Sadu",
            "+966501110003",
            Place("12 Weavers' St", "Al Nuqrah", "Hail", "Hail", "55431"),
            code="s",
            about="Forty weavers, one loom shed, every piece signed on the back.",
            shipping=(25, 400),
        ),
        Trader(
            "vendor4",
            "Omar Al Harbi",
            "Nakheel Farms",
            "+966501110004",
            Place("Quba Rd, gate 4", "Al Awali", "Madinah", "Madinah", "42312"),
            code="n",
            about="Dates from our own palms, and the pantry of our neighbours.",
            shipping=(20, 200),
        ),
        Trader(
            "vendor5",
            "Reem Al Otaibi",
            "Taif Rose House",
            "+966501110005",
            Place("7 Rose Valley", "Al Hada", "Taif", "Makkah", "26513"),
            code="t",
            about="Rose water at dawn, oud by night; distilled above the clouds.",
            shipping=(15, 200),
        ),
        Trader(
            "vendor6",
            "Yazeed Al Ghamdi",
            "Rihla Outdoor",
            "+966501110006",
            Place("Corniche Rd 210", "Al Shati", "Jeddah", "Makkah", "23511"),
            code="r",
            about="For the road, the tent and the long way home.",
            shipping=(20, 350),
        ),
    ),
    buyers=(
        Trader(
            "buyer",
            "Nora Al Harbi",
            "Nora Al Harbi",
            "+966502220001",
            Place("7421 Anas Ibn Malik Rd, unit 3", "Al Malqa", "Riyadh", "Riyadh", "13524"),
        ),
        Trader(
            "buyer2",
            "Huda Al Mutairi",
            "Diyar Cafés",
            "+966502220002",
            Place("2207 Prince Turki Rd", "Al Sahafah", "Riyadh", "Riyadh", "13315"),
        ),
    ),
    neighbors=(
        Trader(
            "rawan",
            "Rawan Attar",
            "Rawan Attar",
            "+966502220003",
            Place("5519 Olaya View, tower B", "Al Olaya", "Riyadh", "Riyadh", "12214"),
        ),
        Trader(
            "turki",
            "Turki Mansour",
            "Turki Mansour",
            "+966502220004",
            Place("8840 Takhassusi St", "Al Muhammadiyah", "Riyadh", "Riyadh", "12361"),
        ),
        Trader(
            "lama",
            "Lama Qadi",
            "Lama Qadi",
            "+966502220005",
            Place("1183 Al Ulaya, flat 6", "Al Wadi", "Riyadh", "Riyadh", "13313"),
        ),
        Trader(
            "majed",
            "Majed Saleh",
            "Saleh Guesthouse",
            "+966502220006",
            Place("64 Wadi Hanifa Rd", "Irqah", "Riyadh", "Riyadh", "12534"),
        ),
        Trader(
            "dana",
            "Dana Al Rashid",
            "Dana Al Rashid",
            "+966502220007",
            Place("301 Northern Ring Rd", "Al Narjis", "Riyadh", "Riyadh", "13327"),
        ),
        Trader(
            "khalid",
            "Khalid Bin Nasser",
            "Bin Nasser Office",
            "+966502220008",
            Place("19 Salah Ad Din St", "Al Malaz", "Riyadh", "Riyadh", "12836"),
        ),
    ),
    officers=_house(
        "Faisal Al Qahtani",
        "Saad Bishri",
        "Ibrahim Raji",
        "Majed Dosari",
        "Zaid Khan",
        "Yusuf Anwar",
        "Hamad Al Subaie",
        "Mona Idris",
        "Layla Hamdan",
        "Badr Al Amri",
        "Nasser Zaid",
        "Salma Omar",
    ),
)

OKLAHOMA: Final = Cast(
    vendors=(
        Trader(
            "vendor",
            "Dale Whitaker",
            "Green Prairie Growers",
            "+15807625501",
            Place("4100 E Prospect Ave", "", "Ponca City", "OK", "74604"),
            code="g",
            about="Twelve rooms and two greenhouses in Kay County.",
            shipping=(45, 1500),
        ),
        Trader(
            "vendor2",
            "Maria Cordova",
            "Cimarron Extracts",
            "+14052825502",
            Place("201 S Division St", "", "Guthrie", "OK", "73044"),
            code="c",
            about="Hydrocarbon, rosin and distillate under one licensed roof.",
            shipping=(40, 1200),
        ),
        Trader(
            "vendor3",
            "Ben Okafor",
            "Red Dirt Edibles",
            "+19185835503",
            Place("1310 E 6th St", "", "Tulsa", "OK", "74120"),
            code="e",
            about="Pastry people first; every piece dosed and tested.",
            shipping=(35, 900),
        ),
        Trader(
            "vendor4",
            "Grace Tallchief",
            "Tallgrass Wellness",
            "+19183365504",
            Place("515 S Johnstone Ave", "", "Bartlesville", "OK", "74003"),
            code="t",
            about="Tinctures, balms and baths from the Osage Hills.",
            shipping=(30, 800),
        ),
        Trader(
            "vendor5",
            "Hank Porter",
            "Plains Packaging",
            "+14052325505",
            Place("725 NW 8th St", "", "Oklahoma City", "OK", "73102"),
            code="p",
            about="Certified packaging and counter goods, in stock in the city.",
            shipping=(25, 600),
        ),
        Trader(
            "vendor6",
            "Joy Nguyen",
            "Heartland Hydro",
            "+14053775506",
            Place("2200 N Boomer Rd", "", "Stillwater", "OK", "74075"),
            code="h",
            about="Light, water, genetics and machines for licensed rooms.",
            shipping=(50, 1500),
        ),
    ),
    buyers=(
        Trader(
            "buyer",
            "Carla Jennings",
            "Route 66 Dispensary",
            "+14055285601",
            Place("3901 NW 39th St", "", "Oklahoma City", "OK", "73112"),
        ),
        Trader(
            "buyer2",
            "Tom Redbird",
            "Sooner Leaf",
            "+14053605602",
            Place("330 W Main St", "", "Norman", "OK", "73069"),
        ),
    ),
    neighbors=(
        Trader(
            "edmond",
            "Alice Moore",
            "Edmond Wellness Room",
            "+14053405603",
            Place("12 E 2nd St", "", "Edmond", "OK", "73034"),
        ),
        Trader(
            "lawton",
            "Luis Ortega",
            "Fort Sill Botanicals",
            "+15803555604",
            Place("1410 NW Cache Rd", "", "Lawton", "OK", "73507"),
        ),
        Trader(
            "tulsa",
            "Kim Barnes",
            "Brady Arts Dispensary",
            "+19185825605",
            Place("110 N Boston Ave", "", "Tulsa", "OK", "74103"),
        ),
        Trader(
            "enid",
            "Walt Schmidt",
            "Cherokee Strip Care",
            "+15802345606",
            Place("226 W Randolph Ave", "", "Enid", "OK", "73701"),
        ),
        Trader(
            "moore",
            "Nia Brooks",
            "Moore Green",
            "+14057935607",
            Place("605 N Broadway St", "", "Moore", "OK", "73160"),
        ),
        Trader(
            "yukon",
            "Paul Dvorak",
            "Czech Hall Collective",
            "+14053545608",
            Place("446 W Vandament Ave", "", "Yukon", "OK", "73099"),
        ),
    ),
    officers=_house(
        "Ray Dalton",
        "Tess Ybarra",
        "Cody Blake",
        "Lena Fox",
        "Omar Reyes",
        "Gil Hoffman",
        "Marcus Bell",
        "Joan Ellis",
        "Peter Lund",
        "Ruth Adeyemi",
        "Sam Ortiz",
        "Dee Walker",
    ),
)

CASTS: Final = {"saudi": SAUDI, "oklahoma": OKLAHOMA}
