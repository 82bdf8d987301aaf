"""Search: what can be found, and the index in which a page of the site finds it.

`directory.py` and `knowledge.py` say what there is to find, `results.py` how a result looks and by
which texts it is found, and `index.py` puts all into the file that the site's search script reads.
"""
