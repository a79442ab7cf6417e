"""The audit trail: who did what to what, and what it looked like before and after.

Owns `audit_entries`. Invariant: entries are only ever added; a sealer chains them by hash within seconds, and
`verify` names the first entry that was altered, taken out or left unsealed.
"""

from marketplace.audit.errors import CONSTRAINTS
from marketplace.audit.queries import of_object, verify
from marketplace.audit.service import record, seal
from marketplace.audit.views import Breach, EntryView

__all__ = ["CONSTRAINTS", "Breach", "EntryView", "of_object", "record", "seal", "verify"]
