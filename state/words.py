"""The words of pages and handlers: what the catalog of the kernel says."""

from marketplace.kernel.words import Locale, _, _n, mark, speaking, spoken

__all__ = ["Locale", "_", "_n", "mark", "speaking", "spoken"]
