"""The widget stays light, plain and readable: what a patient's phone must load, and what is in it."""

import gzip
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from bot.web import bundle
from bot.web.assets import FOLDER, Asset, build_assets
from tests.browser.conftest import OpenPage
from tests.browser.steps import see

MARKUP = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\("
ELSEWHERE = r'@import "(?!\./)|https?://(?!www\.w3\.org/2000/svg|chat\.example)'
LIGHT = 25_000
LONGEST = 250
LOADED = {"widget.js", "chat.js", "chat.css", "mark.svg"}


@pytest.fixture(scope="module")
def assets() -> Mapping[str, Asset]:
    """The files as they are served."""
    return build_assets()


def test_all_files_of_the_widget_are_light_together(assets: Mapping[str, Asset]) -> None:
    weights = {name: len(assets[name].squeezed or assets[name].content) for name in LOADED}
    assert sum(weights.values()) < LIGHT, weights


@pytest.mark.browser
def test_with_the_page_itself_they_are_still_light(address: str) -> None:
    paths = ["/chat", "/widget.js", *(f"/static/{name}" for name in LOADED - {"widget.js"})]
    weights = {path: len(_as_it_arrives(address + path)) for path in paths}
    assert sum(weights.values()) < LIGHT, weights


def _as_it_arrives(url: str) -> bytes:
    """What travels: still squeezed."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        body: bytes = answer.read()
    return body


@pytest.mark.browser
def test_a_phone_loads_these_files_the_page_and_nothing_else(open_page: OpenPage, address: str) -> None:
    page = open_page("/healthz")
    loaded: dict[str, str] = {}
    page.on("response", lambda one: loaded.update({one.url.split("?")[0]: one.headers.get("content-encoding", "")}))
    page.goto(f"{address}/chat")
    see(page, "What is bothering you?")
    names = {url.rsplit("/", 1)[-1] for url in loaded if "/api/" not in url}
    assert names == (LOADED | {"chat"}) - {"widget.js"}
    assert {encoding for url, encoding in loaded.items() if "/api/" not in url} == {"gzip"}
    assert {encoding for url, encoding in loaded.items() if "/api/" in url} == {""}


@pytest.mark.browser
def test_no_name_at_the_top_of_the_script_hides_one_that_the_script_takes_from_the_browser(chat: Page) -> None:
    sources = bundle.modules(FOLDER / "chat.js").values()
    names = [name for source in sources for name in bundle.top_names(source)]
    hidden = chat.evaluate("names => names.filter((name) => name in window)", names)
    code = "\n".join(sources)
    used = [name for name in hidden if re.search(rf"\bwindow\.{name}\b|(?<![.\w]){name}\.(?!$)", code)]
    assert len(names) > 50
    assert used == []


def test_what_is_served_is_the_source_without_comments(assets: Mapping[str, Asset]) -> None:
    for name in ("chat.js", "chat.css", "widget.js"):
        served = assets[name].content.decode()
        assert not re.search(r"(?m)^\s*//|/\*", served)
        assert "\n\n" not in served
        assert gzip.decompress(assets[name].squeezed or b"").decode() == served


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.[jc]s*")), ids=lambda file: file.name)
def test_a_file_is_short_and_sets_text_only_as_text(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST
    assert not re.search(f"{MARKUP}|{ELSEWHERE}", source)


def test_every_part_is_in_the_script_or_the_sheet() -> None:
    scripts = {file.name for file in bundle.modules(FOLDER / "chat.js")}
    sheets = set(re.findall(r"\w+\.css", (FOLDER / "chat.css").read_text(encoding="utf-8")))
    assert {file.name for file in (FOLDER / "chat").iterdir()} <= scripts | sheets


NEIGHBOUR = 'import { x } from "./b.js";\n'
BAD = {
    "two of one name": (NEIGHBOUR + "const y = 1;\n", "export const x = 1;\nconst y = 2;\n", "y is also"),
    "a circle": (NEIGHBOUR, 'import { y } from "./a.js";\n', "imports itself"),
    "another kind of import": ('import x from "./b.js";\n', "", "cannot be joined"),
    "another kind of export": ("export default 1;\n", "", "cannot be joined"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_joined_is_refused_at_the_start(tmp_path: Path, case: str) -> None:
    first, second, complaint = BAD[case]
    (tmp_path / "a.js").write_text(first, encoding="utf-8")
    (tmp_path / "b.js").write_text(second, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        bundle.script(tmp_path / "a.js")
