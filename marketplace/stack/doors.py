"""Doors to knock at: whether somebody answers well, and what is said instead."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(slots=True)
class Door:
    """An address that answers 200 when all is well."""

    url: str
    heard: str = ""

    def answers(self) -> bool:
        """Knock once."""
        try:
            with urllib.request.urlopen(self.url, timeout=5) as answer:  # noqa: S310  an address of our own
                self.heard = ""
                return bool(answer.status == HTTPStatus.OK)
        except urllib.error.HTTPError as refused:
            self.heard = f"{refused.code} {refused.read(300).decode(errors='replace')}"
        except OSError as failed:
            self.heard = str(failed)
        return False

    def said(self) -> str:
        """Repeat what was heard last, if it was not well."""
        return self.heard
