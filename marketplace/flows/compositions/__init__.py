"""Commands over several slices in one transaction, with no rules of their own."""
