"""Imports run one way, and each library stays in its own rooms."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A module imports only from the layers below its own. Within a layer the order is the list's.
LAYERS = [
    ["__main__"],
    ["widgets"],
    ["demo"],
    ["demo_care"],
    ["demo_cases"],
    ["markup"],
    ["charts"],
    ["cards", "records"],
    ["narrative", "access_log", "judgement"],
    ["publishing"],
    ["assembly"],
    ["releases"],
    ["coverage"],
    ["measures", "extracts"],
    ["trials"],
    ["checks"],
    ["sources"],
    ["annex_a"],
    ["relations"],
    ["spreadsheets"],
    ["files"],
    ["ledger"],
    ["lake", "store"],
    ["targets"],
    ["catalogue", "organisation", "calendar"],
    ["access"],
    ["settings"],
    ["words"],
    ["errors"],
]
LEVEL = {module: level for level, layer in enumerate(LAYERS) for module in layer}
ONLY_IN = {
    "streamlit": {"widgets"},
    "sqlalchemy": {"store"},
    "plotly": {"charts", "widgets"},
    "duckdb": {"lake", "extracts", "checks", "measures", "assembly", "releases"},
}
MODULES = sorted((ROOT / "kpi").glob("*.py"))


def imports(path: Path) -> set[str]:
    """Return what a file imports: 'kpi.words' for our own modules, 'plotly' for others'."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "kpi":
            names |= {f"kpi.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name if name.startswith("kpi.") else name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_only_from_below(path):
    if path.stem == "__init__":
        assert not imports(path)
        return
    own = {name.removeprefix("kpi.") for name in imports(path) if name.startswith("kpi.")}
    above = {name for name in own if LEVEL[name] <= LEVEL[path.stem]}

    assert not above, f"kpi/{path.name} imports {', '.join(above)}, which stand above or beside it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_each_library_stays_in_its_own_rooms(path):
    for library, rooms in ONLY_IN.items():
        if library in imports(path):
            assert path.stem in rooms, f"kpi/{path.name} imports {library}"


@pytest.mark.parametrize(
    "path", [ROOT / "app.py", *sorted(ROOT.glob("pages/*/*.py"))], ids=lambda path: path.stem
)
def test_a_page_only_composes(path):
    assert imports(path) <= {"streamlit", "kpi.widgets"}


def test_no_page_can_be_reached_around_the_front_door():
    # Streamlit serves what stands directly in pages/ by its address, without running app.py.
    assert not list(ROOT.glob("pages/*.py"))
