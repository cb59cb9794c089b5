"""The house in floors: a room imports only from floors below it, and nothing goes in circles."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "searchq"

FLOORS = {
    "atomic_file": 0.2,
    "addresses": 0.7,
    "cache_folder": 0,
    "called": 0.7,
    "cpu_limit": 0,
    "database": 0.2,
    "errors": 0,
    "first_seen": 0,
    "interim": 0.7,
    "kernel": 0,
    "languages": 0.7,
    "limits": 0,
    "legislatures": 0.5,
    "months": 0,
    "numbers": 0.5,
    "question": 0,
    "lazy_regex": 0,
    "problems": 0,
    "lru": 0,
    "reasons": 1,  # in Dutch and French, for the page and the command line
    "time_slices": 0,
    "record_json": 0.5,
    "python_release": 0,
    "regular_file": 0,
    "worker_server": 0,
    "worker_pool": 0.5,  # raises an error for a killed worker
    "waiting": 0.7,
    "coverage": 0.7,  # plain data for the rooms that read a ledger, keep it with the index, and show it
    "documents": 1,
    "analysis": 1,
    "samples": 1,
    "query": 1.8,
    "index": 2,
    "engine": 4,
    "bulk": 4.3,
    "engines": 4.5,
    "fetching": 4,
    "indexing": 4.8,
    "results": 5,
    "exports": 5.2,
    "api": 5.5,
    "alerts": 5.7,
    "mcp_server": 6,
    "web": 6,
    "cli": 6.5,  # `searchq serve` starts the page
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def import_statements(path: Path) -> list[ast.Import | ast.ImportFrom]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def imports_of(path: Path) -> set[str]:
    """Modules of searchq that a file imports, at any depth in its text."""
    found = set()
    for node in import_statements(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("searchq.")}
        elif isinstance(node, ast.ImportFrom) and node.level:
            package = path.relative_to(PACKAGE.parent).parent.parts[: None if node.level == 1 else 1 - node.level]
            found.add(".".join([*package, *(node.module or "").split(".")]).rstrip("."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "searchq":
            module = node.module or ""
            found |= {_module_named(module, alias.name) for alias in node.names}
    return found


def packages_of(path: Path) -> set[str]:
    """The packages, ours or not, that a file imports, at any depth in its text."""
    nodes = import_statements(path)
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


def _module_named(package: str, name: str) -> str:
    """What `from package import name` reads: the module of that name, or else the package itself."""
    inside = PACKAGE.parent.joinpath(*package.split("."), name)
    is_module = inside.with_suffix(".py").is_file() or inside.is_dir() or package == "searchq"
    return f"{package}.{name}" if is_module else package


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def test_every_room_has_a_floor() -> None:
    assert {room_of(path) for path in MODULES} <= set(FLOORS)


def test_imports_point_down() -> None:
    upward = [
        f"{path.relative_to(PACKAGE)} imports {module}"
        for path in MODULES
        for module in imports_of(path)
        if not points_down(room_of(path), module.split(".")[1])
    ]
    assert upward == []


def points_down(room: str, other: str) -> bool:
    return other in ("__version__", room) or FLOORS[other] < FLOORS[room]


def reads_arrays(path: Path) -> bool:
    """Whether a module may know NumPy, Whoosh and the files of the index."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] == "index" or parts[:2] == ("engines", "embedded")


def test_only_the_embedded_engine_knows_arrays_whoosh_and_the_index() -> None:
    others = [path for path in MODULES if not reads_arrays(path)]
    assert len(others) > 100
    assert [path for path in others if packages_of(path) & {"numpy", "whoosh"}] == []
    assert [path for path in others if knows_index(path)] == []


def knows_index(path: Path) -> bool:
    shared = {"searchq.index.schema"} if path.relative_to(PACKAGE).parts[0] == "engines" else set()  # its fields
    return any(module.split(".")[1] == "index" for module in imports_of(path) - shared)


def test_the_client_of_a_cluster_is_imported_by_its_engine_only() -> None:
    users = {path for path in MODULES if "opensearchpy" in packages_of(path)}
    assert {path.parent for path in users} == {PACKAGE / "engines" / "opensearch"}


def test_whoosh_is_imported_by_its_codec_only() -> None:
    users = {path for path in MODULES if "whoosh" in packages_of(path)}
    assert {path.parent for path in users} == {PACKAGE / "index" / "codec"}


def test_no_import_circles() -> None:
    graph = {}
    for path in MODULES:
        name = ".".join(["searchq", *path.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__")
        graph[name] = imports_of(path)
    names = set(graph)
    state: dict[str, int] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if state.get(name) == 2:
            return
        assert state.get(name) != 1, " -> ".join([*trail, name])
        state[name] = 1
        for target in graph[name] & names - {name}:
            visit(target, (*trail, name))
        state[name] = 2

    for name in sorted(names):
        visit(name, ())
