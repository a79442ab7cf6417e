"""What concerns the parcel of an order: the code, the proof that it was handed over, and the vendor who has it back."""

from typing import Final

from fastapi import Response

from marketplace import delivery
from marketplace.delivery import NoCode, ProofSide
from marketplace.flows import proving
from marketplace.kernel.actor import Permission
from marketplace.rest.caller import Caller, CallerOf
from marketplace.rest.routing import Number, Router
from marketplace.rest.shapes.delivery import Assignment
from marketplace.rest.shapes.parcels import Code, RenewedCode, SeenProof

router = Router(tags=["parcels"])

WEEK: Final = 7


@router.get("/orders/{number}/code", access=Permission.ORDERS_READ, returns=Code)
def code(caller: Caller, number: Number) -> Code:
    """Show the buyer the code to tell the agent at the door."""
    found = caller.read(delivery.code_for_buyer, number=number)
    if found is None:
        raise NoCode(number)
    return Code.of(found)


@router.get("/orders/{number}/proof", access=Permission.ORDERS_READ, returns=SeenProof)
def proof_for_buyer(caller: Caller, number: Number) -> SeenProof:
    """Show the buyer how his order was handed over."""
    return _proof(caller, number, "buyer")


@router.get("/vendor/orders/{number}/proof", access=Permission.ORDERS_READ, returns=SeenProof)
def proof_for_vendor(caller: Caller, number: Number) -> SeenProof:
    """Show the vendor how his order was handed over."""
    return _proof(caller, number, "vendor")


@router.get("/admin/orders/{number}/proof", access=Permission.DISPATCH_ASSIGN, returns=SeenProof)
def proof_for_house(caller: Caller, number: Number) -> SeenProof:
    """Show those who help how an order was handed over."""
    return _proof(caller, number, "house")


@router.post("/admin/orders/{number}/code", access=Permission.DISPATCH_ASSIGN, returns=RenewedCode, once=WEEK)
def renew_code(caller: Caller, number: Number) -> Response:
    """Give the buyer another code where the first was told wrong too often; only he is shown it."""
    return caller.once(delivery.renew_code, RenewedCode.of, order_number=number)


@router.post("/vendor/orders/{number}/returned", access=Permission.ORDERS_FULFILL, returns=Assignment, once=WEEK)
def returned(caller: Caller, number: Number) -> Response:
    """Say that the undelivered parcel is back: its stock returns with it."""
    return caller.once(delivery.confirm_return, Assignment.of, order_number=number)


def _proof(caller: CallerOf, number: str, side: ProofSide) -> SeenProof:
    seen = proving.see(caller.actor, caller.house, number=number, side=side)
    return SeenProof.of(seen.proof, photo_url=seen.photo_url)
