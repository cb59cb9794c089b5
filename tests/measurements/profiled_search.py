"""Profiles the searches of any version of searchq; `functions.py` runs it, and it knows nothing of this checkout.

`python -P profiled_search.py TREE INDEX` reads lists of queries by kind as JSON, and prints as JSON, by kind, each
function with its own seconds and its calls a query, the dearest first.
"""

import cProfile
import importlib
import json
import pstats
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ENGINES = ("searchq.engines.embedded.engine", "searchq.engines.embedded")  # today; the first versions
ROUNDS = 12  # after one in which what is cached is made


def main(tree: str, index: str) -> None:
    sys.path.insert(0, str(Path(tree).resolve()))
    engine = _engine_class()(Path(index))
    request_class = importlib.import_module("searchq.query.request").Request
    kinds = json.load(sys.stdin)
    asked = {kind: [request_class(text=text, limit=20, fold=False) for text in texts] for kind, texts in kinds.items()}
    for requests in asked.values():
        for request in requests:
            engine.search(request)
    json.dump({kind: _functions(engine.search, requests, tree) for kind, requests in asked.items()}, sys.stdout)


def _engine_class() -> Any:
    for name in ENGINES:
        try:
            return importlib.import_module(name).EmbeddedEngine
        except (ModuleNotFoundError, AttributeError):
            continue
    raise SystemExit("there is no embedded engine")


def _functions(search: Callable[[Any], object], requests: list[Any], tree: str) -> list[tuple[str, float, float]]:
    """Of each function the least of all rounds, so that a busy machine blurs less."""
    rounds = [_round(search, requests, tree) for _ in range(ROUNDS)]
    least = Counter({name: min(one[name][0] for one in rounds if name in one) for name in rounds[-1]})
    return [(name, own, rounds[-1][name][1] / len(requests)) for name, own in least.most_common()]


def _round(search: Callable[[Any], object], requests: list[Any], tree: str) -> dict[str, tuple[float, int]]:
    """Own seconds and calls by function, in one round of requests."""
    profile = cProfile.Profile()
    profile.enable()
    for request in requests:
        search(request)
    profile.disable()
    stats: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    found: dict[str, tuple[float, int]] = {}
    for place, figures in stats.items():
        seconds, calls = found.get(name := _name(place, tree), (0.0, 0))
        found[name] = seconds + figures[2], calls + figures[1]
    return found


def _name(place: tuple[str, int, str], tree: str) -> str:
    """A function by its module within the package; one in C as Python names it."""
    file, _, function = place
    if file == "~":
        return _in_c(function.strip("<>"))
    path = Path(file).with_suffix("")
    package = Path(tree).resolve() / "searchq"
    module = ".".join(path.relative_to(package).parts) if path.is_relative_to(package) else path.name
    return f"{module}.{function}"


def _in_c(told: str) -> str:
    """built-in method builtins.len: builtins.len; method 'sort' of 'list' objects: list.sort."""
    told = told.replace("searchq.", "")
    if method := re.fullmatch(r"method '(\w+)' of '([\w./]+)' objects", told):
        return f"{method[2]}.{method[1]}"
    return re.sub(r"(\w+) of type object at 0x\w+", r"type.\1", told.removeprefix("built-in method "))


if __name__ == "__main__":
    main(*sys.argv[1:3])
