"""What stands where a vendor has sent no picture: a drawing of the category, made from its address alone.

Warm and flat like the pictures of the house: light from the upper left, two tones of ground, one horizon.
"""

import re
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

DRAWINGS: Final = Path(__file__).parent / "drawings"

SLUG: Final = re.compile(r"[\w-]{1,80}")

GROUNDS: Final = (
    ("#f7e6b9", "#ead59a"),
    ("#efe4d2", "#e2d3ba"),
    ("#d9e4ea", "#c3d4de"),
    ("#d6e8dd", "#bfd9cb"),
    ("#e8dcea", "#d8c6db"),
    ("#dfe6d0", "#cfd9b8"),
    ("#f3ddd3", "#e8c9bb"),
    ("#e6e0f0", "#d3cae4"),
)
TONES: Final = (
    ("#8fa889", "#5f7a5e"),
    ("#c07a4f", "#8e5331"),
    ("#5b7f8c", "#3d5b66"),
    ("#c9973f", "#a87629"),
    ("#9a6b8f", "#6f4767"),
    ("#4a4440", "#2b2724"),
    ("#b4685f", "#864840"),
)

BOX: Final = (
    '<path d="M120 78l62 26v66l-62 28-62-28v-66z" fill="{light}"/><path d="M120 130l62-26v66l-62 28z" fill="{dark}"/>'
    '<path d="M120 78l62 26-62 26-62-26z" fill="#fff" opacity=".28"/>'
    '<path d="M89 91l62 26v22l-14-6v-10L75 97z" fill="#fff" opacity=".5"/>'
)
BOOK: Final = (
    '<path d="M70 70h78q10 0 10 10v108H80q-10 0-10-10z" fill="{light}"/><path d="M70 70h14v118h-4q-10 0-10-10z" '
    'fill="{dark}"/><path d="M80 176h78v12H80q-6 0-6-6t6-6z" fill="#fff" opacity=".8"/>'
    '<rect x="98" y="92" width="44" height="8" rx="4" fill="#fff" opacity=".7"/>'
    '<rect x="98" y="108" width="30" height="6" rx="3" fill="#fff" opacity=".5"/>'
)
DISC: Final = (
    '<circle cx="120" cy="130" r="62" fill="{light}"/><path d="M120 130L84 79a62 62 0 0 1 62-6z" fill="#fff" '
    'opacity=".35"/><path d="M120 130l40 47a62 62 0 0 1-58 12z" fill="{dark}" opacity=".6"/>'
    '<circle cx="120" cy="130" r="20" fill="{dark}"/><circle cx="120" cy="130" r="7" fill="{ground}"/>'
)
SCREEN: Final = (
    '<rect x="48" y="72" width="144" height="92" rx="8" fill="{dark}"/><rect x="56" y="80" width="128" height="76" '
    'rx="3" fill="{light}"/><path d="M56 83q0-3 3-3h70l-50 76H59q-3 0-3-3z" fill="#fff" opacity=".22"/>'
    '<path d="M108 164h24l4 22h-32z" fill="{dark}"/><rect x="88" y="184" width="64" height="8" rx="4" fill="{dark}"/>'
)
PHONE: Final = (
    '<rect x="86" y="58" width="68" height="134" rx="13" fill="{dark}"/><rect x="92" y="68" width="56" height="112" '
    'rx="5" fill="{light}"/><path d="M92 73q0-5 5-5h28l-33 70z" fill="#fff" opacity=".25"/>'
    '<circle cx="120" cy="186" r="3" fill="#fff" opacity=".6"/>'
)
SPEAKER: Final = (
    '<rect x="78" y="60" width="84" height="132" rx="12" fill="{light}"/><path d="M78 72q0-12 12-12h16v132H90q-12 '
    '0-12-12z" fill="#fff" opacity=".22"/><circle cx="120" cy="146" r="31" fill="{dark}"/>'
    '<circle cx="120" cy="146" r="12" fill="{light}"/><circle cx="120" cy="88" r="14" fill="{dark}"/>'
)
CAMERA: Final = (
    '<path d="M92 92l10-18h36l10 18z" fill="{dark}"/><rect x="52" y="90" width="136" height="94" rx="12" '
    'fill="{light}"/><path d="M52 102q0-12 12-12h26v94H64q-12 0-12-12z" fill="#fff" opacity=".2"/>'
    '<circle cx="124" cy="138" r="34" fill="{dark}"/><circle cx="124" cy="138" r="20" fill="#fff" opacity=".18"/>'
    '<circle cx="116" cy="130" r="7" fill="#fff" opacity=".6"/><circle cx="172" cy="106" r="5" fill="#f0b64a"/>'
)
BOTTLE: Final = (
    '<rect x="106" y="52" width="28" height="26" rx="5" fill="{dark}"/><path d="M104 78h32q24 18 24 42v58q0 14-14 '
    '14H94q-14 0-14-14v-58q0-24 24-42z" fill="{light}"/><path d="M104 78h10q-18 20-18 44v70h-2q-14 0-14-14v-58q0-24 '
    '24-42z" fill="#fff" opacity=".25"/><rect x="90" y="126" width="60" height="36" rx="5" fill="#fff" opacity=".6"/>'
)
POT: Final = (
    '<path d="M72 100h96v70q0 22-22 22H94q-22 0-22-22z" fill="{light}"/><path d="M72 100h28v92h-6q-22 0-22-22z" '
    'fill="#fff" opacity=".22"/><rect x="64" y="90" width="112" height="14" rx="7" fill="{dark}"/><path d="M102 '
    '90q0-18 18-18t18 18z" fill="{dark}"/><path d="M64 118H50q-6 0-6 6t6 6h14zM176 118h14q6 0 6 6t-6 6h-14z" '
    'fill="{dark}"/>'
)
BLOCKS: Final = (
    '<rect x="62" y="132" width="58" height="58" rx="8" fill="{light}"/><rect x="122" y="132" width="58" height="58" '
    'rx="8" fill="{dark}"/><path d="M120 68l34 60H86z" fill="#f0b64a"/><path d="M120 68l-34 60h20z" fill="#fff" '
    'opacity=".3"/><path d="M62 140q0-8 8-8h12v58H70q-8 0-8-8z" fill="#fff" opacity=".25"/>'
)
WHEEL: Final = (
    '<circle cx="120" cy="130" r="62" fill="{dark}"/><circle cx="120" cy="130" r="40" fill="{light}"/><path d="M120 '
    '92v76M82 130h76M93 103l54 54M147 103l-54 54" stroke="{dark}" stroke-width="6"/>'
    '<circle cx="120" cy="130" r="12" fill="{dark}"/><path d="M76 87a62 62 0 0 1 40-19v14a48 48 0 0 0-30 15z" '
    'fill="#fff" opacity=".25"/>'
)
STRINGS: Final = (
    '<path d="M128 40h12l-6 84h-14z" fill="{dark}"/><path d="M122 108q30-6 34 20 0 12 10 18 14 10 4 30-14 26-46 '
    '18t-32-36q0-22 18-26 8-2 8-12 0-8 4-12z" fill="{light}"/><circle cx="122" cy="156" r="14" fill="{dark}"/>'
    '<path d="M134 44l-12 140" stroke="#fff" stroke-width="2" opacity=".6"/>'
)

THINGS: Final[Mapping[str, str]] = {
    "coffee-tea": "dripper",
    "coffee-beans": "beans",
    "ground-coffee": "beans",
    "saudi-coffee": "dallah",
    "dallahs": "dallah",
    "cups-finjans": "mugs",
    "grinders": "grinder",
    "kitchen": "bowl",
    "kettles": "kettle",
    "tableware": "mugs",
    "glassware": "bottle",
    "home": "lamp",
    "cushions": "weaving",
    "fans-heaters": "fan",
    "decor": "candle",
    "storage-baskets": "basket",
    "garden": "plant",
    "furniture": "chair",
    "sadu-weaving": "weaving",
    "palm-baskets": "basket",
    "woven-bags": "basket",
    "dates-pantry": "dates",
    "olive-oil": "oil",
    "perfume": "perfume",
    "beauty": "jar",
    "health": "dropper",
    "audio": "headphones",
    "electronics": "screen",
    "electronics-accessories": "plug",
    "cameras": "camera",
    "outdoor": "backpack",
    "stationery": "books",
    "books": "books",
    "apparel": "shirt",
    "baby-toys": "blocks",
    "automotive": "wheel",
    "flower": "leaf",
    "pre-rolls": "tube",
    "concentrates": "jar",
    "vapes": "pen",
    "edibles": "chocolate",
    "tinctures-capsules": "dropper",
    "topicals": "jar",
    "plants": "plant",
    "extraction-inputs": "sack",
    "bulk-extracts": "drum",
    "packaging": "pouch",
    "jars": "jar",
    "tubes": "tube",
    "cultivation": "growlight",
    "processing": "flask",
    "accessories": "lighter",
    "herb-grinders": "grinder",
    "dispensary-supplies": "showcase",
}
"""The categories of our own trees that have a drawing of their own, in the folder `drawings`."""

MOTIFS: Final = (
    (BOOK, ("book", "stationery", "paper", "office", "learning", "library", "guide")),
    (DISC, ("dvd", "cd", "vinyl", "movie", "music-c", "blu", "album", "perform", "rock", "jazz", "pop")),
    (SCREEN, ("computer", "laptop", "monitor", "tv", "desktop", "tablet", "projector", "display")),
    (PHONE, ("phone", "mobile", "cell", "watch", "wearable", "smart", "case", "charger", "gift-card")),
    (SPEAKER, ("audio", "speaker", "headphone", "radio", "sound", "stereo", "home-theater", "hi-fi")),
    (CAMERA, ("camera", "camcorder", "lens", "photo", "photograph", "surveillance")),
    (BOTTLE, ("beauty", "perfume", "fragrance", "health", "care", "oil", "tincture", "drink", "skin", "hair", "oud")),
    (POT, ("kitchen", "coffee", "tea", "kettle", "cook", "appliance", "edible", "food", "date", "pantry", "houseware")),
    (BLOCKS, ("toy", "game", "kid", "baby", "drone", "play", "xbox", "nintendo", "puzzle")),
    (WHEEL, ("car", "auto", "gps", "vehicle", "bike", "outdoor", "sport", "fitness")),
    (STRINGS, ("instrument", "guitar", "piano", "keyboard", "drum", "string", "band")),
)


def drawing(slug: str) -> str:
    """The drawing of a category: the same for the same address, another for its neighbors."""
    chance = zlib.crc32(slug.encode())
    wall, floor = GROUNDS[chance % len(GROUNDS)]
    light, dark = TONES[chance // len(GROUNDS) % len(TONES)]
    if slug in THINGS:
        thing = _kept(THINGS[slug])
    else:
        motif = next((drawn for drawn, words in MOTIFS if any(_begins(slug, word) for word in words)), BOX)
        thing = motif.replace("{light}", light).replace("{dark}", dark).replace("{ground}", wall)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">'
        f'<rect width="240" height="240" fill="{wall}"/><rect y="172" width="240" height="68" fill="{floor}"/>'
        f'<ellipse cx="128" cy="195" rx="80" ry="9" fill="#3a2a1a" opacity=".16"/>{thing}</svg>'
    )


@cache
def _kept(name: str) -> str:
    """A drawing that is kept as a file: what stands between its tags."""
    return (DRAWINGS / f"{name}.svg").read_text().partition(">")[2].rpartition("</svg>")[0]


def _begins(slug: str, word: str) -> bool:
    return slug.startswith(word) or f"-{word}" in slug


async def placeholder(request: Request) -> Response:
    """Draw a category."""
    slug = request.path_params["slug"]
    if not SLUG.fullmatch(slug):
        return PlainTextResponse("There is no such drawing.", status_code=404)
    headers = {"Cache-Control": "public, max-age=604800", "X-Content-Type-Options": "nosniff"}
    return Response(drawing(slug), media_type="image/svg+xml", headers=headers)


ROUTES: Final = [Route("/placeholders/{slug}.svg", placeholder, methods=["GET"])]
