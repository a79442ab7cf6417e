"""The REST edge: it translates HTTP into commands and queries, and their answers back. It decides nothing."""
