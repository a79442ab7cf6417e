"""Every table of the house, imported so that migrations know them all."""

from marketplace.audit import models as audit
from marketplace.events import models as events
from marketplace.flags import models as flags
from marketplace.idempotency import models as idempotency
from marketplace.identity import models as identity
from marketplace.jobs import models as jobs

__all__ = ["audit", "events", "flags", "idempotency", "identity", "jobs"]
