"""Starts a real OpenSearch cluster on this machine: the published server, a process a node, so that one can be killed.

    .venv/bin/python tests/cluster/start.py FOLDER [NODES [PORT]]     runs until it is stopped

With Java 21 or later, from JAVA_HOME or a folder under /usr/lib/jvm, OpenSearch 3.9; else with Java 17 OpenSearch 2.19.
Maven brings the server once, 56 MB; where it is, and the compiled classes, are kept in ~/.cache/searchq-cluster.
"""

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

__all__ = ["Cluster", "Java", "NoCluster", "find_java", "free_ports"]

HERE = Path(__file__).resolve().parent
VERSIONS = ((21, "version3", "3.9.0", "2.25.5"), (17, "version2", "2.19.6", "2.25.4"))  # least Java, sources, log4j
READY_SECONDS = 180
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "searchq-cluster"
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData")  # soon fast, never as fast: for tests


class NoCluster(Exception):
    """No cluster can be started here; says why."""


class Java(NamedTuple):
    home: Path
    version: int


def find_java() -> Java:
    """The newest Java. Raises NoCluster."""
    homes = [os.environ.get("JAVA_HOME", ""), *map(str, sorted(Path("/usr/lib/jvm").glob("*")))]
    found = [Java(Path(home), version) for home in homes if home and (version := _version(Path(home)))]
    best = max(found, key=lambda java: java.version, default=None)
    if best is None or best.version < min(least for least, *_ in VERSIONS):
        raise NoCluster("no Java 17 or later in JAVA_HOME or /usr/lib/jvm")
    return best


def _version(home: Path) -> int:
    """The version of a Java that can compile; 0 where there is none."""
    if not (home / "bin" / "javac").is_file():
        return 0
    told = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def free_ports(nodes: int) -> int:
    """The first of so many free ports in a row, with as many a hundred further on, by which nodes know each other."""
    for _ in range(100):
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            first = int(asked.getsockname()[1])
        if first < 65_000 and all(_is_free(first + apart + place) for apart in (0, 100) for place in range(nodes)):
            return first
    raise NoCluster("no ports are free")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _is_whole(kept: Path) -> bool:
    """Whether a node can be started with what is kept: its classes, and every archive that Maven brought."""
    told = kept / "classpath"
    if not (kept / "TestNode.class").is_file() or not told.is_file():
        return False
    return all(Path(one).is_file() for one in told.read_text().split(":"))


class Cluster:
    """Some nodes on the loopback address; a context manager, which stops them.

    A brief one is for tests of a minute or two: its Java compiles quickly rather than well.
    """

    def __init__(
        self, folder: Path, nodes: int = 1, port: int | None = None, heap: str = "768m", brief: bool = False
    ) -> None:
        self.folder, self.nodes, self.heap = folder, nodes, heap
        self.port = free_ports(nodes) if port is None else port
        self._options = BRIEF if brief else ()
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def hosts(self) -> list[str]:
        return [f"127.0.0.1:{self.port + place}" for place in range(self.nodes)]

    def start(self) -> None:
        """Start all nodes; returns when they have joined. Raises NoCluster."""
        java = find_java()
        path = self._class_path(java)
        for number in range(1, self.nodes + 1):
            self.start_node(number, java, path)
        self._wait()

    def start_node(self, number: int, java: Java | None = None, path: str | None = None) -> None:
        """Start a node, the first time or again."""
        java = java or find_java()
        path = path or self._class_path(java)
        (self.folder / f"node-{number}" / "config").mkdir(parents=True, exist_ok=True)
        options = [f"-Xms{self.heap}", f"-Xmx{self.heap}", *self._options, "-Dlog4j2.level=WARN"]
        arguments = [str(self.folder), str(number), str(self.nodes), str(self.port)]
        command = [str(java.home / "bin" / "java"), *options, "-cp", path, "TestNode", *arguments]
        with (self.folder / f"node-{number}.log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self._processes[number] = process

    def kill_node(self, number: int) -> None:
        """Kill a node at once, as a loss of power would."""
        self._processes[number].send_signal(signal.SIGKILL)
        self._processes.pop(number).wait()

    def stop(self) -> None:
        """Stop all nodes."""
        for process in self._processes.values():
            process.kill()
        for process in self._processes.values():
            process.wait()
        self._processes.clear()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _class_path(self, java: Java) -> str:
        """The class path of a node, compiled where it is not there yet."""
        sources, server, log4j = next(row[1:] for row in VERSIONS if java.version >= row[0])
        files = [HERE / "TestNode.java", HERE / sources / "ModulesOfVersion.java", HERE / "pom.xml"]
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
        kept = CACHE / f"{server}-java{java.version}-{digest}"
        if not _is_whole(kept):
            CACHE.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=CACHE) as made:
                self._make(Path(made), java, server, log4j, files[:2])
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(made, kept, dirs_exist_ok=True)
        return f"{kept}:{(kept / 'classpath').read_text()}"

    def _make(self, made: Path, java: Java, server: str, log4j: str, files: Sequence[Path]) -> None:
        """Bring the server, and compile what starts it."""
        told = made / "classpath"
        self._fetch(java, told, server, log4j)
        javac = str(java.home / "bin" / "javac")
        command = [javac, "-nowarn", "-cp", told.read_text(), "-d", str(made), *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoCluster(f"TestNode could not be compiled: {done.stderr.strip()[:300]}")

    def _fetch(self, java: Java, told: Path, server: str, log4j: str) -> None:
        maven = shutil.which("mvn")
        if maven is None:
            raise NoCluster("no Maven (mvn), which brings the server")
        goal = ["dependency:build-classpath", f"-Dmdep.outputFile={told}"]
        options = [f"-Dopensearch={server}", f"-Dlog4j={log4j}"]
        command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), *options, *goal]
        environment = {**os.environ, "JAVA_HOME": str(java.home)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoCluster(f"Maven could not bring OpenSearch {server}: {done.stdout.strip()[:300]}")

    def _wait(self) -> None:
        until = time.monotonic() + READY_SECONDS
        address = f"http://{self.hosts[0]}/_cluster/health?wait_for_nodes={self.nodes}&timeout=1s"
        while time.monotonic() < until:
            if any(process.poll() is not None for process in self._processes.values()):
                break
            try:
                with urllib.request.urlopen(address, timeout=5) as answer:
                    if b'"timed_out":false' in answer.read():
                        return
            except OSError:
                time.sleep(0.5)
        log = (self.folder / "node-1.log").read_text(errors="replace")
        raise NoCluster(f"{self.nodes} nodes did not start: {log[-500:]}")


if __name__ == "__main__":
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    nodes, port = int(sys.argv[2]) if len(sys.argv) > 2 else 3, int(sys.argv[3]) if len(sys.argv) > 3 else 9271
    with Cluster(Path(sys.argv[1]).resolve(), nodes, port) as cluster:
        print(f"{cluster.nodes} nodes answer on {', '.join(cluster.hosts)}", flush=True)
        signal.sigwait(signals)
