"""The words that stand for a term of a language, kept with a view."""

from collections.abc import Iterable, Mapping, Sequence

from searchq.engines.opensearch.view import Body, View
from searchq.engines.opensearch.word_lists import list_body, quoted, rows_of
from searchq.engines.opensearch.words import escaped, unescaped
from searchq.index.schema import FIELDS

__all__ = ["forms_bodies", "forms_of", "keep_forms", "unknown_forms", "with_forms"]

Spoken = tuple[str, str]  # a language and a term
Wanted = Mapping[str, Sequence[str]]  # terms by language


def with_forms(terms: Iterable[tuple[str, str]]) -> list[Spoken]:
    """Return the term and its language of each (field, term) that words stand for."""
    fields = ((FIELDS[field], term) for field, term in terms)
    return [(field.language, term) for field, term in fields if field.kind != "exact"]


def forms_of(terms: Iterable[Spoken], view: View) -> Mapping[Spoken, tuple[str, ...]]:
    """Return the words that stand for each term of a language."""
    keys = list(dict.fromkeys(terms))
    wanted = unknown_forms(keys, view)
    found = keep_forms(wanted, view.searches(forms_bodies(wanted)), view)
    return {key: found[key] if key in found else view.once(_forms_key(key), tuple[str, ...]) for key in keys}


def unknown_forms(terms: Iterable[Spoken], view: View) -> Wanted:
    """Return the terms of each language whose words were not asked for yet."""
    wanted: dict[str, list[str]] = {}
    for language, term in dict.fromkeys(terms):
        if not view.has_made(_forms_key((language, term))):
            wanted.setdefault(language, []).append(term)
    return wanted


def forms_bodies(wanted: Wanted) -> list[Body]:
    """Return the searches that list the words of some terms."""
    return [_forms_body(language, terms) for language, terms in wanted.items()]


def keep_forms(wanted: Wanted, answers: Iterable[Body], view: View) -> dict[Spoken, tuple[str, ...]]:
    """Keep what those searches found, and return it."""
    words: dict[Spoken, list[str]] = {(language, term): [] for language, terms in wanted.items() for term in terms}
    for language, answer in zip(wanted, answers, strict=True):
        for key, _ in rows_of(answer):
            term, word = map(unescaped, key.split(" "))
            words.setdefault((language, term), []).append(word)
    found = {key: tuple(sorted(some)) for key, some in words.items()}
    for spoken, forms in found.items():
        view.once(_forms_key(spoken), lambda forms=forms: forms)  # type: ignore[misc]
    return found


def _forms_key(spoken: Spoken) -> tuple[str, str, str]:
    return ("forms", *spoken)


def _forms_body(language: str, terms: Sequence[str]) -> Body:
    """List the rows of some terms, whichever questions hold them: to look into each would take a hundred times longer.

    Words of questions that are gone, until the cluster forgets them, mark nothing.
    """
    pattern = f"({'|'.join(quoted(escaped(term)) for term in terms)}) .*"
    body = list_body(f"forms_{language}", pattern, {"match_none": {}})
    body["aggs"]["of"]["terms"] |= {"min_doc_count": 0, "order": {"_key": "asc"}}
    return body
