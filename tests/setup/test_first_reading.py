"""A new author's messages are counted as both nets hear them, before anything is made from them."""

from pathlib import Path

from bot.reading.load import load_reading
from scripts.first_reading import first_reading, told

MESSAGES = """
- {class: cauda_equina, level: emergency, text: "I can't pee since this morning and I am numb between the legs"}
- {class: cauda_equina, level: none, text: "No numbness between the legs, peeing is fine, only a stiff back"}
- {class: "", level: none, text: "My right elbow aches after painting the fence last month"}
- "Do you have parking?"
"""


def test_each_sort_is_counted_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "new.yml"
    file.write_text(MESSAGES, encoding="utf-8")
    counted = first_reading(file, load_reading("en")[1])
    assert {sort: counted[sort, "of"] for sort in ("urgent", "near misses", "ordinary")} == {
        "urgent": 1,
        "near misses": 1,
        "ordinary": 2,
    }
    assert counted["urgent", "called urgent"] == 1
    assert "ordinary 0 of 2 (0.0 %)" in told(counted)
