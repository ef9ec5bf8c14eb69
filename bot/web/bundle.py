"""A page's modules and sheets as one script and one sheet each, without comments and needless whitespace.

The sources stay what a browser could load by itself. Joined, they arrive in one round trip, and are lighter than apart.
Only what these sources use is understood: named imports of neighbours, and exported constants, functions and classes.
Joined modules share one scope, so that no two may give the same name to something at their top.
"""

import re
import string
from pathlib import Path

import rcssmin
import rjsmin

IMPORT = re.compile(r'^import \{ [\w, ]+ \} from "(\./[\w./-]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) )", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
TOP = re.compile(r"^(?:async )?(?:const|let|var|function|class) (\w+)", re.MULTILINE)
STYLE = re.compile(r"(?<=const style = `)[^`]*(?=`)")
PRIVATE = re.compile(r"(?<=this\.#)\w+")
SHEET = re.compile(r'^@import "(\./[\w./-]+)";$', re.MULTILINE)


def script(file: Path) -> str:
    """The script with all that it imports, the imported modules first."""
    whole = "\n".join(modules(file).values())
    styled = STYLE.sub(lambda found: str(rcssmin.cssmin(found[0])), whole)
    return str(rjsmin.jsmin(_with_short_privates(styled)))


def sheet(file: Path) -> str:
    """The sheet with those that it imports in their places."""
    source = file.read_text(encoding="utf-8")
    return str(rcssmin.cssmin(SHEET.sub(lambda found: sheet(file.parent / found[1]), source)))


def modules(file: Path) -> dict[Path, str]:
    """Every module that is needed, in the order in which they can run, as plain code."""
    found: dict[Path, str] = {}
    _collect(file.resolve(), found, above=())
    names: dict[str, Path] = {}
    for module, source in found.items():
        for name in top_names(source):
            if name in names:
                raise ValueError(f"{module.name}: {name} is also at the top of {names[name].name}; rename one")
            names[name] = module
    return found


def top_names(source: str) -> list[str]:
    """What the code declares at its top."""
    return TOP.findall(source)


def _with_short_privates(source: str) -> str:
    """The same script with a short name for every private member; nothing outside can see these names."""
    names = sorted(set(PRIVATE.findall(source)))
    short = {name: f"{string.ascii_letters[at % 52]}{at // 52 or ''}" for at, name in enumerate(names)}
    return re.sub(r"(?<![\w\"'`])#(\w+)", lambda found: f"#{short.get(found[1], found[1])}", source)


def _collect(file: Path, found: dict[Path, str], *, above: tuple[Path, ...]) -> None:
    if file in above:
        raise ValueError(f"{file.name}: imports itself by way of {', '.join(one.name for one in above)}")
    source = file.read_text(encoding="utf-8")
    for name in IMPORT.findall(source):
        wanted = (file.parent / name).resolve()
        if wanted not in found:
            _collect(wanted, found, above=(*above, file))
    plain = EXPORT.sub("", IMPORT.sub("", source))
    if left := LEFT_OVER.search(plain):
        raise ValueError(f"{file.name}: cannot be joined: {left[0]}")
    found[file] = plain
