"""How we are reached."""

import reflex as rx

from marketplace.rest.access import PUBLIC
from marketplace.settings import installation
from state.edge import handles


class ContactState(rx.State):
    """The address to write to, where the installation has one."""

    email: str = ""
    mail_to: str = ""

    @handles(PUBLIC)
    async def load(self) -> None:
        """Fill the page."""
        self.email = installation().contact_email or ""
        self.mail_to = f"mailto:{self.email}" if self.email else ""
