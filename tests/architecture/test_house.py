"""The house: one library, one door; nothing of one machine in the tree; every command of the guide exists."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOORS = {
    "prefect": ("pipelines/flows/",),
    "duckdb": ("pipelines/stores/warehouse.py",),
    "python_calamine": ("pipelines/stores/workbooks/",),
    "cryptography": ("pipelines/stores/workbooks/sealed.py",),
    "xlrd": ("pipelines/stores/workbooks/",),
    "xlsxwriter": ("pipelines/collect/", "pipelines/report/render/embedded.py"),
    "openpyxl": ("pipelines/stores/workbooks/",),
    "docx": ("pipelines/report/render/", "pipelines/stores/documents.py"),
    "typer": ("pipelines/cli/",),
    "rich": ("pipelines/console/",),
    "pandera": ("schemas/",),
}


def modules():
    return sorted(p for folder in ("schemas", "pipelines") for p in (ROOT / folder).rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("library", DOORS)
def test_a_library_is_entered_by_its_own_door_only(library):
    users = {p.relative_to(ROOT).as_posix() for p in modules() if library in imported(p)}
    strangers = {u for u in users if not u.startswith(DOORS[library])} if DOORS[library] else users
    assert not strangers


def test_no_module_grows_beyond_what_one_reads_at_a_sitting():
    long = {p.relative_to(ROOT).as_posix(): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > 260}
    assert not long


def test_nothing_of_one_machine_stands_in_the_tree():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    leak = re.compile(rb"(?:^|[^A-Za-z0-9_.])/(?:work|root|tmp)/[A-Za-z]|--(?:extra-)?index-url|files\.pythonhosted")
    leaks = [
        n.decode()
        for n in tracked
        if n and (p := ROOT / n.decode()).is_file() and p != Path(__file__) and leak.search(p.read_bytes())
    ]
    assert not leaks


def test_the_guide_names_only_commands_that_exist():
    guide = (ROOT / "docs/panduan.md").read_text("utf-8") + (ROOT / "README.md").read_text("utf-8")
    cli = "".join(p.read_text("utf-8") for p in sorted((ROOT / "pipelines/cli").glob("*.py")))
    known = set(re.findall(r"^@app\.command\(\)\ndef (\w+)\(", cli, re.M)) | {"susun"}
    named = set(re.findall(r"`capaian ([a-z]+)", guide))
    assert named == known
