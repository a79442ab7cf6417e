"""The demo world: people, shops, goods and ninety days of trade, made by code through the same commands as everyone."""
