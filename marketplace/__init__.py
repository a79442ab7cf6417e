"""The house: slices that own the domain, and the edges that translate for them."""
