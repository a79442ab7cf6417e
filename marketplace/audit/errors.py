"""The ways the audit trail refuses."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints

CONSTRAINTS: Final[Constraints] = {
    "uq_audit_seals_sequence": Broken(
        Conflict, "audit.sealed_already", "Somebody else is sealing the audit trail: nothing is lost."
    ),
}
