"""Execution: a tree of `whoosh.query` against a snapshot by whole-array operations.

tree       each kind of node and its function        run        deadline, hints, terms to highlight
leaves     one term, one range, every document       combine    and, or, not, …
expansion  prefixes, wildcards, fuzzy words          near       phrases and nearness
bridge     what is not known here: Whoosh's matcher  matches    documents with scores in waiting
"""
