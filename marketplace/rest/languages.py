"""In which language an answer is written."""

from marketplace.search import Language


def language_of(accepted: str) -> Language:
    """The first language that the caller accepts, where it is one of ours; else English."""
    first = accepted.split(",", 1)[0].strip().lower()
    return Language.ARABIC if first.split("-", 1)[0].split(";", 1)[0] == "ar" else Language.ENGLISH
