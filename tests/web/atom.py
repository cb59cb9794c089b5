"""Whether a feed keeps what RFC 4287 (Atom) and RFC 5005 (pages of a feed) require; each fault is a sentence."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

__all__ = ["ATOM", "faults"]

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")  # RFC 3339
_TEXTS = {"title", "subtitle", "summary", "rights"}
_ONCE = {
    "feed": {"id", "title", "updated"},
    "entry": {"id", "title", "updated"},
}
_AT_MOST_ONCE = {
    "feed": {"generator", "icon", "logo", "subtitle", "rights"},
    "entry": {"content", "published", "rights", "source", "summary"},
}
_MANY = {
    "feed": {"author", "category", "contributor", "link", "entry"},
    "entry": {"author", "category", "contributor", "link"},
}


def faults(data: bytes) -> list[str]:
    """What is wrong with a document that ought to be a feed."""
    feed = ET.fromstring(data)
    if feed.tag != f"{ATOM}feed":
        return [f"the root is {feed.tag}"]
    found = [*_container(feed, "feed"), *_pages(feed)]
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        found += _container(entry, "entry")
        found += _entry(entry, feed)
    keys = Counter((_text(entry, "id"), _text(entry, "updated")) for entry in entries)
    found += [f"two entries have the id {key[0]} and the same updated" for key, count in keys.items() if count > 1]
    return found


def _container(node: ET.Element, kind: str) -> Iterator[str]:
    counts = Counter(child.tag.removeprefix(ATOM) for child in node)
    yield from (f"{kind} has {counts[name]} {name}" for name in _ONCE[kind] if counts[name] != 1)
    yield from (f"{kind} has {counts[name]} {name}" for name in _AT_MOST_ONCE[kind] if counts[name] > 1)
    known = _ONCE[kind] | _AT_MOST_ONCE[kind] | _MANY[kind]
    yield from (f"{kind} may not hold {name}" for name in counts if name not in known)
    for child in node:
        yield from _child(child, child.tag.removeprefix(ATOM))
    links = [link for link in node.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    kinds = Counter((link.get("type"), link.get("hreflang")) for link in links)
    yield from (f"{kind} has several alternates of {one}" for one, count in kinds.items() if count > 1)


def _child(node: ET.Element, name: str) -> Iterator[str]:
    text = node.text or ""
    if name in _TEXTS and node.get("type", "text") not in ("text", "html", "xhtml"):
        yield f"{name} has the type {node.get('type')}"
    if name in _TEXTS and node.get("type") != "xhtml" and len(node):
        yield f"{name} holds elements, and is no XHTML"
    if name in ("updated", "published") and not _MOMENT.fullmatch(text):
        yield f"{name} is {text!r}"
    if name == "id" and not urlsplit(text).scheme:
        yield f"id is {text!r}, not absolute"
    if name == "link" and not node.get("href"):
        yield "a link leads nowhere"
    if name == "category" and not node.get("term"):
        yield "a category has no term"
    if name in ("author", "contributor") and len(node.findall(f"{ATOM}name")) != 1:
        yield f"{name} has no name"


def _entry(entry: ET.Element, feed: ET.Element) -> Iterator[str]:
    if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
        yield "an entry has no author"
    alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    if entry.find(f"{ATOM}content") is None and not alternates:
        yield "an entry has neither content nor alternate"


def _pages(feed: ET.Element) -> Iterator[str]:
    """A feed says where it is itself; of each step there is one."""
    rels = Counter(link.get("rel") for link in feed.findall(f"{ATOM}link"))
    if rels["self"] != 1:
        yield f"feed has {rels['self']} links to itself"
    yield from (f"feed has {rels[rel]} links {rel}" for rel in ("first", "next", "previous", "last") if rels[rel] > 1)


def _text(node: ET.Element, name: str) -> str:
    return node.findtext(f"{ATOM}{name}") or ""
