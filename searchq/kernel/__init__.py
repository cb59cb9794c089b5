"""Code in C for the steps that cost most, built where a compiler is: the same results as in Python, many times as fast.

    dutch.c     the terms of a Dutch word                           analysis/compiled.py
    markup.c    text as HTML prints it                              web/rendering.py
    marks.c     where the words of a query stand in texts       results/needles.py, word_finder.py, highlights.py
    fragments.c the fragments of texts that a page shows        results/windows.py, fragments.py
    texts.c     the words of texts as numbers; names within texts   index/write/batch_tokenizer.py; analysis/names.py
    positions.c the positions of words                              index/format/positions.py, and what compares them
    matches.c   the documents of a search, joined and ranked        engines/embedded/array_steps.py and ranked_order.py

Installing without a compiler leaves these modules out, and the callers do the same in Python.
"""
