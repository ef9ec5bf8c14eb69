"""The rasa process reads none of the packages it never uses, and works without them."""

import subprocess
import sys

CHECK = """
import sys
from bot.rasa_host.light_imports import UNREAD, import_lightly
import_lightly()
import_lightly()
import bot.rasa_host.server
read = [name for name in sys.modules if name in UNREAD and type(sys.modules[name]).__name__ == "module"]
print(sum(type(finder).__name__ == "UnreadFinder" for finder in sys.meta_path), read)
"""


def test_nothing_of_them_is_read_and_asking_twice_changes_nothing() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", CHECK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1 []"
