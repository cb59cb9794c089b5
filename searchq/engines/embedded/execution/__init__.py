"""Execution: evaluates a query tree against a snapshot by whole-array operations.

execute    each kind of node by its function          context         deadline, hints, the postings read
leaves     one term, one range                        boolean         matches in all or any of several
expansion  prefixes, wildcards, fuzzy words           matching_terms  the words they stand for; `fuzzy` compares
unions     documents with any of many words
spans      phrases and nearness                       phrase_match    words read side by side
matches    documents, scored only when asked for      typed_words     where the words typed stand
"""
