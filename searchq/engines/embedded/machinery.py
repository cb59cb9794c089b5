"""What a text is read and executed with: the query language and the execution, which stand on `whoosh.query`.

They are imported here, together, so that Whoosh comes without what it imports and no search calls.
"""

from searchq.standins import stood_in

with stood_in():
    from searchq.engines.embedded.execution.execute import prepare
    from searchq.query.language import parse

__all__ = ["parse", "prepare"]
