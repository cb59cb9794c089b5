"""Whoosh's window on the index: a codec through which `whoosh.index.open_dir` reads the same arrays.

    codec      ArrayCodec and its Segment: what Whoosh's table of contents holds
    view       what the readers ask of a segment, and our segments seen that way
    generic    segments of any Whoosh schema, written by Whoosh's own SegmentWriter into array files
    terms, documents, matcher      Whoosh's reader classes over a view
    fields     our schema as Whoosh fields; toc: Whoosh's table of contents

The search path of searchq uses none of this: importing Whoosh takes longer than a search.
"""
