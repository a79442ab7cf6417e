"""Looking after the house: what did not go through, and whether the books agree with what happened.

Owns no table. Invariant: what is repaired here leaves a trace in the audit trail.
"""

from marketplace.ops.service import replay

__all__ = ["replay"]
