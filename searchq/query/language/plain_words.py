"""The plain words of a query in the order they were typed: what ranking may look for side by side.

sociale media -facebook partij:Ecolo "de trein"        sociale, media
"""

from searchq.query.language.syntax import All, Any, Leaf, Node

__all__ = ["typed_words"]


def typed_words(node: Node | None) -> tuple[str, ...]:
    """Words looked for in the whole question; none that is denied, quoted, open-ended or asked of one field."""
    if isinstance(node, All | Any):
        return tuple(word for part in node.parts for word in typed_words(part))
    return node.words if isinstance(node, Leaf) and node.shape == "word" else ()
