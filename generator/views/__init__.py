"""From the dataset and a language to what each page shows: plain values, ready for a template.

Everything that a page decides is decided here; templates only lay it out.
"""
