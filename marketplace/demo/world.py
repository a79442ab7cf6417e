"""The demo world: `first` makes enough to look around and to buy, `rest` the months before. Both may be run again."""

import structlog

from marketplace.demo import history, people, stocking
from marketplace.demo.pictures.studio import Studio
from marketplace.demo.stage import Stage
from marketplace.ports import House

log = structlog.get_logger()

DONE = "first"


def first(house: House) -> None:
    """People, shops, goods, pictures and the last two weeks; made before, nothing is done."""
    stage = Stage.of(house)
    if stage.was_played(DONE):
        return
    studio = Studio()
    try:
        shelves = stocking.shelves(stage)
        pictures = stocking.begin(stage, shelves, studio)
        people.join(stage)
        listings = stocking.stock(stage, shelves, pictures)
    finally:
        studio.close()
    history.newest_days(stage, shelves, listings)
    stage.play(DONE, lambda _uow: {}, at=house.db.now())


def rest(house: House) -> None:
    """The months before those two weeks, two days at a time."""
    stage = Stage.of(house)
    people.join(stage)
    shelves = stocking.shelves(stage)
    listings = stocking.stock(stage, shelves, {})
    for done, of in history.older_days(stage, shelves, listings):
        log.info("demo history", days=done, of=of)
