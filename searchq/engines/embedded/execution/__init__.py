"""Execution: evaluates a query tree against a snapshot by whole-array operations.

execute    each kind of node by its function          context         deadline, hints, terms to highlight
leaves     one term, one range                        boolean         all, any, best, without
expansion  prefixes, wildcards, fuzzy words           matching_terms  the words they stand for; `fuzzy` compares
spans      phrases and nearness                       phrase_match    words read side by side
matches    documents, scored only when asked for      positions       where words stand in some documents
"""
