"""Adding a facet is one row: with it the column of the index, options, box, address, page, API and OpenAPI have it."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys

from searchq.query import facet_table

ROW = facet_table.Facet(
    "bulletin", "text", lambda q: (q.bulletin,) if q.bulletin else (), "Bulletin", "Bulletin", "Where it was printed.",
    aliases=("bulletin", "gedrukt"), beside=3, place=9, fact=9, statistics=9, suggested=1,
)
facet_table.FACETS = (*facet_table.FACETS, ROW)  # before any other module has read the table
facet_table.FACET_NAMES = (*facet_table.FACET_NAMES, ROW.name)
facet_table._BY_NAME[ROW.name] = ROW

import contextlib
import io
import os

from werkzeug.test import Client

import searchq
from searchq.cli.main import main
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.question import Question
from searchq.web.app import create_app
from searchq.web.openapi import DESCRIPTION

folder = os.environ["SEARCHQ_INDEX"] = sys.argv[1]
with EmbeddedEngine(folder).update() as update:
    update.put(Question("3-1", title="Trein", bulletin="Boek 49"))
    update.put(Question("3-2", title="Trein", bulletin="Boek 50"))
    update.put(Question("3-3", title="Trein"))
    update.commit()

index = searchq.open(folder)
assert [hit.question.number for hit in index.search(bulletin="Boek 49").hits] == ["3-1"]
assert [hit.question.number for hit in index.search('gedrukt:"Boek 50"').hits] == ["3-2"]
assert [hit.question.number for hit in index.search("bulletin:geen").hits] == ["3-3"]
assert {one.value: one.count for one in index.facets(facets=["bulletin"])[0].values} == {"Boek 49": 1, "Boek 50": 1}
assert index.statistics("bulletin").rows[0].questions == 1
assert any(one.kind == "bulletin" for one in index.suggest("boe"))


def command(*words):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        main([*words])
    return printed.getvalue()


assert "--bulletin X" in command("search", "--help") and ROW.help in command("search", "--help")
assert "3-1" in command("search", "--bulletin", "Boek 49") and "3-2" not in command("search", "--bulletin", "Boek 49")
assert "3-1" not in command("search", "--exclude-bulletin", "Boek 49")
assert "Boek 50" in command("facets", "--facet", "bulletin")
assert "Boek 50" in command("stats", "--by", "bulletin")

page = Client(create_app(index))
assert '<h2 id="f-bulletin">Bulletin</h2>' in page.get("/?q=trein").text
assert "zonder bulletin" in page.get("/?q=trein").text
assert page.get("/?gedrukt=Boek+49&format=json").json["total"] == 1
assert "/?bulletin=Boek+49" in page.get("/vraag/3-1").text
assert "Per bulletin" in page.get("/statistiek").text
assert page.get("/filter/bulletin").status_code == 200
names = {one["name"] for one in DESCRIPTION["paths"]["/"]["get"]["parameters"]}
assert {"bulletin", "not_bulletin"} <= names
print("seen everywhere")
"""


def test_a_row_more_is_seen_everywhere(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "index")], capture_output=True, text=True, timeout=300
    )
    assert ran.stdout.splitlines()[-1:] == ["seen everywhere"], ran.stderr
