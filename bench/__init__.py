"""How fast the marketplace is, with everything that a real day brings."""
