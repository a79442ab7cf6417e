"""Drawn pictures: warm, flat and distinct, until vendors send photographs."""
