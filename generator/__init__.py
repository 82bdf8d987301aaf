"""Dalil: reviewed YAML in, a referral directory that works without a network out.

The data flows one way, and modules import only from those that stand before them:
problems → values → models → yaml_source → loading → checks → urls → views → templates → pages
→ exports → plugin → building → cli. ARCHITECTURE.md shows it on one page.
"""
