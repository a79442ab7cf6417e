"""Where the pictures of products are, for rows that only know their ids."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from marketplace import media
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import AssetId
from state.edge import acting, read


async def addresses(assets: Iterable[str | None]) -> dict[str, str]:
    """Give the address of each picture as the part `picture` takes it: without the width."""
    wanted = {AssetId(UUID(asset)) for asset in assets if asset}
    if not wanted:
        return {}
    found = await read(_images, acting(), wanted=wanted)
    return {str(asset): media.media_url(image, media.WIDTHS[0]).rpartition("/")[0] for asset, image in found.items()}


def _images(_actor: Actor, session: Session, *, wanted: set[AssetId]) -> dict[AssetId, str]:
    return {asset: image.sha256 for asset, image in media.public_urls(session, wanted).items()}
