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
    "cryptography": ("pipelines/stores/workbooks/sealed",),
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


PAGES = ("README.md", "README.id.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/contract.md",
         "docs/measurement-rules.md", "docs/glossary.md", "docs/measured.md", "docs/panduan.md")  # fmt: skip


def test_the_front_page_is_read_in_two_minutes():
    for page in ("README.md", "README.id.md"):
        assert len((ROOT / page).read_text("utf-8").split()) <= 500, page


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        there = (ROOT / page).parent / path if path else ROOT / page
        assert there.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}, target


def test_the_pages_name_files_that_are_there():
    """What architecture, contract and contributing name of the tree stands in it."""
    for page in ("docs/architecture.md", "docs/contract.md", "CONTRIBUTING.md"):
        named = re.findall(r"`((?:pipelines|schemas|tests|docs|capaian)/[\w./-]+)`", (ROOT / page).read_text("utf-8"))
        assert named and not [name for name in named if not (ROOT / name).exists()], page


def test_the_contract_names_every_command_and_every_mart():
    from pipelines.cli import app
    from schemas.marts import MARTS

    contract = (ROOT / "docs/contract.md").read_text("utf-8")
    commands = {info.name or info.callback.__name__ for info in app.registered_commands} | {"susun"}
    assert not [name for name in commands if f"`capaian {name}" not in contract]
    assert not [table.name for table in MARTS if f"`{table.name}`" not in contract]


def test_citations_of_the_measurement_rules_lead_to_a_paragraph_that_is_there():
    rules = (ROOT / "docs/measurement-rules.md").read_text("utf-8")
    there = set(re.findall(r"^## (\d+)\.", rules, re.M))
    files = [
        p
        for folder in ("schemas", "pipelines")
        for p in (ROOT / folder).rglob("*")
        if p.suffix in (".py", ".toml", ".sql")
    ]
    cited = {
        number
        for path in files
        for text in re.findall(
            r"(?:aturan pengukuran|measurement rules)((?:[ ,]|dan|and|§|\d)+)", path.read_text("utf-8"), re.I
        )
        for number in re.findall(r"§(\d)", text)
    }
    assert cited and cited <= there
