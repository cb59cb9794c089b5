"""Stand-ins for modules that a library imports and nobody calls."""

import subprocess
import sys

import pytest

from searchq.standins import stood_in

WANTED = {"colorsys": ["rgb_to_hsv"]}  # a small module that nothing else imports


@pytest.fixture(autouse=True)
def not_loaded(monkeypatch):
    """As in a process that has not imported it; what the test imports goes with it."""
    monkeypatch.setitem(sys.modules, "colorsys", None)
    del sys.modules["colorsys"]


def test_a_function_imported_from_a_stand_in_loads_the_module_when_called():
    with stood_in(WANTED):
        from colorsys import rgb_to_hsv
    assert "colorsys" not in sys.modules
    assert rgb_to_hsv(1.0, 0.0, 0.0) == (0.0, 1.0, 1.0)
    assert sys.modules["colorsys"].rgb_to_hsv(0.0, 0.0, 1.0) == rgb_to_hsv(0.0, 0.0, 1.0)


def test_who_asks_for_anything_else_meanwhile_gets_the_real_module():
    with stood_in(WANTED):
        import colorsys as standing_in
        from colorsys import hls_to_rgb

        assert sys.modules["colorsys"].hls_to_rgb is hls_to_rgb
    assert standing_in.rgb_to_yiq(1, 1, 1) == sys.modules["colorsys"].rgb_to_yiq(1, 1, 1)
    assert sys.modules["colorsys"].hls_to_rgb is hls_to_rgb


def test_a_module_loaded_before_stays():
    import colorsys

    with stood_in(WANTED):
        assert sys.modules["colorsys"] is colorsys
    assert sys.modules["colorsys"] is colorsys


def test_no_stand_in_is_left_when_the_import_fails():
    with pytest.raises(ModuleNotFoundError), stood_in(WANTED):
        import no_such_module  # noqa: F401
    assert "colorsys" not in sys.modules


@pytest.mark.parametrize("first", ["import urllib.request, whoosh.lang.morph_en", "pass"])
def test_whoosh_works_with_what_it_was_imported_without(first):
    code = f"""
{first}
import searchq.engines.embedded.machinery
from whoosh.compat import urlretrieve
from whoosh.filedb.filestore import RamStorage
from whoosh.query.terms import variations
from whoosh.util import random_name
import urllib.request, whoosh.lang.morph_en
print(sorted(whoosh.lang.morph_en.variations("bake"))[:2], "baked" in variations("bake"))
made = RamStorage().temp_storage()
print(len(random_name(9)), made.folder != "")
made.destroy()
print(urlretrieve("data:,abc")[1].get_content_type(), callable(urllib.request.urlopen))
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["['bake', 'baked'] True", "9 True", "text/plain True"]
