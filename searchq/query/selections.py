"""Changes to the selected values of a request; each returns to the first page."""

from msgspec.structs import replace

from searchq.query.facet_table import FacetName
from searchq.query.request import Request, Selection
from searchq.query.values import same_value

__all__ = ["excluding", "including", "selecting", "selection_of", "without"]


def including(request: Request, facet: FacetName, value: str) -> Request:
    """Select a value."""
    old = selection_of(request, facet)
    return selecting(
        request, Selection(facet, (*_less(facet, old.include, value), value), _less(facet, old.exclude, value))
    )


def excluding(request: Request, facet: FacetName, value: str) -> Request:
    """Exclude a value."""
    old = selection_of(request, facet)
    return selecting(
        request, Selection(facet, _less(facet, old.include, value), (*_less(facet, old.exclude, value), value))
    )


def without(request: Request, facet: FacetName, value: str) -> Request:
    """Neither select nor exclude the value.

    A value may be selected under another name (`buitenlandse zaken` selects every title with these words); then remove
    the facet's whole selection.
    """
    old = selection_of(request, facet)
    new = Selection(facet, _less(facet, old.include, value), _less(facet, old.exclude, value))
    return selecting(request, new if new != old else Selection(facet))


def selection_of(request: Request, facet: FacetName) -> Selection:
    """Return the selection of a facet, empty if there is none."""
    return next((one for one in request.selections if one.facet == facet), Selection(facet))


def selecting(request: Request, selection: Selection) -> Request:
    """Replace the selection of a facet."""
    others = tuple(one for one in request.selections if one.facet != selection.facet)
    kept = (*others, selection) if selection.include or selection.exclude else others
    return replace(request, selections=kept, page=1)


def _less(facet: FacetName, values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if not same_value(facet, one, value))
