"""What the importer reads in twelve real files, against a table written by hand before it."""

import json
from hashlib import sha256
from pathlib import Path

from kb.formats.decode import Skipped
from kb.formats.notes_md import read

TABLE = json.loads(Path(__file__).with_name("minutes_table.json").read_text("utf-8"))


def test_the_table_is_of_all_seven_folders() -> None:
    files = TABLE["files"]
    assert len(files) == 12
    assert len({entry["path"].split("/")[0] for entry in files}) == 7
    for entry in files:
        counts = {"meetings": len(entry["meetings"]), "todos": len(entry["todos"])}
        assert counts == entry["counts"]


def test_the_importer_agrees_with_the_table(shared: Path) -> None:
    right = {"dates": 0, "states": 0, "items": 0, "owners": 0, "done": 0}
    total = dict.fromkeys(right, 0)
    wrong = []
    for entry in TABLE["files"]:
        data = (shared / "data" / "minutes" / entry["path"]).read_bytes()
        assert sha256(data).hexdigest() == entry["sha256"]
        notes = read(data, entry["path"])
        assert not isinstance(notes, Skipped)
        found = [(m.date, m.state) for m in notes.meetings if not m.undated]
        dates = [date for date, _ in found]
        total["dates"] += max(len(dates), len(entry["meetings"]))
        total["states"] += len(entry["meetings"])
        for date, state in entry["meetings"]:
            right["dates"] += date in dates
            right["states"] += (date, state) in found
            if date in dates:
                dates.remove(date)
            else:
                wrong.append((entry["path"], date))
        wrong += [(entry["path"], date) for date in dates]
        items = {todo.line: todo for meeting in notes.meetings for todo in meeting.todos}
        expected = {todo["line"]: todo for todo in entry["todos"]}
        total["items"] += len(items.keys() | expected.keys())
        for line, todo in expected.items():
            total["owners"] += 1
            total["done"] += 1
            if line in items:
                right["items"] += 1
                right["owners"] += set(items[line].owners) == set(todo["owners"])
                right["done"] += items[line].done == todo["done"]
        wrong += [(entry["path"], line) for line in items.keys() ^ expected.keys()]
    shares = {name: right[name] / total[name] for name in right}
    print({name: f"{right[name]}/{total[name]}" for name in right}, wrong)
    assert shares["dates"] >= 0.95, wrong
    assert min(shares["items"], shares["owners"]) >= 0.90, wrong
    assert min(shares["states"], shares["done"]) >= 0.95, wrong
