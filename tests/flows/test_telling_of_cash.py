"""Who is told what of cash that does not add up."""

from marketplace.delivery import HandOverDisputed
from marketplace.flows.reactions import notifications as telling
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import HandOverId, UserId, new_uuid
from marketplace.notifications import RULES, said

AGENT = UserId(new_uuid())
DISPUTED = HandOverDisputed(hand_over_id=HandOverId(new_uuid()), agent_id=AGENT, variance_minor=-4_000, currency="SAR")


class TestACountThatDiffers:
    def test_says_by_how_much_to_its_agent_and_not_to_those_who_count_again(self) -> None:
        to_agent, to_cashiers = telling.of_hand_over_disputed(DISPUTED)

        assert (to_agent.people, to_cashiers.holders) == ((AGENT,), Permission.CASH_COUNT)
        assert "40.00" in said(RULES[to_agent.rule].title, to_agent.about, "en")
        assert said(RULES[to_cashiers.rule].title, to_cashiers.about, "en") == (
            "The count of a hand-over differs by too much"
        )
        assert not to_cashiers.about
