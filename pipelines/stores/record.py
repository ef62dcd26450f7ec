"""What the program itself wrote under each name: what else is found there is a person's, and stays.

JSON lines beside the journal, so that it outlives `data/processed`. A document is noted twice, before it appears and
when it stands: whenever a run is killed, the bytes of the program are known as such, and nothing that never appeared
is taken for what a person worked on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import explain_denied


@dataclass(frozen=True)
class Entry:
    """What was written last under a name: its bytes by sha256, and what it says where that is not the same."""

    order: int
    sha256: str
    isi: str | None = None


class Record:
    """The documents of one folder by their names in it; `noted` is what the journal knows of earlier ones, in order."""

    def __init__(self, path: Path, noted: Iterable[tuple[str, str]] = ()) -> None:
        self._path = path
        self._own: dict[str, set[str]] = defaultdict(set)
        self._last: dict[str, Entry] = {}
        self._count = 0
        self._torn = False
        self.names: dict[str, str] = {}
        for name, sha256 in noted:
            self._take({"dokumen": name, "sha256": sha256, "jadi": True})
        self._read()

    def wrote(self, name: str, sha256: str) -> bool:
        """Whether these very bytes are the program's own under this name."""
        return sha256 in self._own.get(name, ())

    def last(self, name: str) -> Entry | None:
        """What the program wrote last under a name, whatever people have made of it since."""
        return self._last.get(name)

    def begin(self, name: str, sha256: str) -> None:
        """These bytes are about to appear under this name."""
        self._add({"dokumen": name, "sha256": sha256})

    def finish(self, name: str, sha256: str, isi: str | None = None) -> None:
        """They have appeared; `isi` is what tells the content of a document from another's where bytes do not."""
        self._add({"dokumen": name, "sha256": sha256, "jadi": True} | ({"isi": isi} if isi else {}))

    def move(self, old: str, new: str) -> None:
        """A document, or a folder with all in it, has another name now."""
        self._add({"dari": old, "ke": new})

    def call(self, names: Mapping[str, str]) -> None:
        """What each SKPD is filed under from now on, by code."""
        if names != self.names:
            self._add({"nama": dict(names)})

    def _read(self) -> None:
        try:
            raw = self._path.read_bytes() if self._path.exists() else b""
        except PermissionError as error:
            raise explain_denied(error, self._path) from None
        self._torn = bool(raw) and not raw.endswith(b"\n")
        for line in raw.splitlines():
            try:
                self._take(json.loads(line))
            except (ValueError, TypeError, KeyError):
                continue  # torn by a killed writer, or by hand: what it said is not known

    def _take(self, line: Mapping[str, Any]) -> None:
        if "nama" in line:
            self.names = dict(line["nama"])
        elif "dari" in line:
            self._rename(line["dari"], line["ke"])
        else:
            self._own[line["dokumen"]].add(line["sha256"])
            if line.get("jadi"):
                self._count += 1
                self._last[line["dokumen"]] = Entry(self._count, line["sha256"], line.get("isi"))

    def _rename(self, old: str, new: str) -> None:
        for name in [n for n in self._own if n == old or n.startswith(f"{old}/")]:
            there = new + name.removeprefix(old)
            self._own[there] |= self._own.pop(name)
            if name in self._last:
                self._last[there] = self._last.pop(name)

    def _add(self, line: Mapping[str, Any]) -> None:
        spelled = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8") + b"\n"
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._path.open("ab") as file:
                file.write(b"\n" + spelled if self._torn else spelled)
        except PermissionError as error:
            raise explain_denied(error, self._path) from None
        self._torn = False
        self._take(line)
