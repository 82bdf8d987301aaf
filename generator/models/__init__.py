"""The entities of the directory and the knowledge base, strict and frozen.

Their names are those of the Human Services Data Specification (HSDS 3.0) where it has one. One
record is one file below `data/`; docs/data-dictionary.md tells editors the same in their words.
"""
