"""Looking after the house: what did not go through, and whether the books agree with what happened.

Owns no table. Invariant: what is repaired here leaves a trace in the audit trail, and what is checked here shares
nothing with what it checks.
"""

from marketplace.ops.queries import agreement, backlog, waiting, waiting_topics
from marketplace.ops.service import replay
from marketplace.ops.views import AgreementView, Disagreement, PotView

__all__ = ["AgreementView", "Disagreement", "PotView", "agreement", "backlog", "replay", "waiting", "waiting_topics"]
