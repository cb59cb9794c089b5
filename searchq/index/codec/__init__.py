"""The Whoosh codec: lets `whoosh.index.open_dir` read the same arrays.

    codec      ArrayCodec and its Segment, which Whoosh's table of contents contains
    view       the interface that the readers need, and our segments behind it
    generic    segments of any Whoosh schema, which Whoosh's own SegmentWriter writes to array files
    terms, documents, matcher      Whoosh's reader classes over a view
    fields     our schema as Whoosh fields; toc: Whoosh's table of contents

The search path of searchq does not use this room: importing Whoosh takes longer than a search.
"""
