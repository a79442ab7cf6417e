"""How often somebody may ask."""

from marketplace.rest.limits import Buckets, Standing


class TestBuckets:
    def test_give_what_the_rate_allows_and_then_no_more(self) -> None:
        buckets = Buckets()

        taken = [buckets.take("nora", limit=3, now=0.0) for _ in range(4)]

        assert taken == [Standing(3, 2, 60), Standing(3, 1, 60), Standing(3, 0, 60), None]

    def test_fill_again_as_time_passes(self) -> None:
        buckets = Buckets()
        for _ in range(3):
            buckets.take("nora", limit=3, now=0.0)

        assert buckets.take("nora", limit=3, now=19.9) is None
        assert buckets.take("nora", limit=3, now=20.1) == Standing(3, 0, 60)

    def test_count_each_caller_alone(self) -> None:
        buckets = Buckets()
        buckets.take("nora", limit=1, now=0.0)

        assert buckets.take("sami", limit=1, now=0.0) is not None
        assert buckets.take("nora", limit=1, now=0.0) is None

    def test_forget_who_was_not_heard_of_for_longest(self) -> None:
        buckets = Buckets(most=2)
        for name in ("nora", "sami", "huda"):
            buckets.take(name, limit=1, now=0.0)

        assert buckets.take("nora", limit=1, now=0.0) is not None
        assert buckets.take("huda", limit=1, now=0.0) is None
