"""The values that records are made of: one type per module, each refusing what it can't be."""
