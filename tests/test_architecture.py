"""Imports run one way, and each library stays in its own rooms."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A module imports only from the layers below its own. Within a layer the order is the list's.
LAYERS = [
    ["__main__"],
    ["commands.demo"],
    [
        *("commands.load", "commands.publish", "commands.figures", "commands.records"),
        *("commands.teams", "commands.check", "commands.preview", "commands.benchmarks"),
        "commands.store",
    ],
    ["commands.choices"],
    ["commands.terminal"],
    ["commands"],
    ["widgets"],
    ["widgets.narrative_box", "widgets.write", "widgets.review"],
    ["widgets.indicator", "widgets.scorecard"],
    ["widgets.service_areas", "widgets.definitions", "widgets.editor", "widgets.promises"],
    ["widgets.narrative_quality"],
    ["widgets.promised", "widgets.questions", "widgets.answer"],
    ["widgets.slot", "widgets.reading", "widgets.desk", "widgets.worklist", "widgets.verdict"],
    ["widgets.chart", "widgets.boxes"],
    ["widgets.glance"],
    ["widgets.front_door"],
    ["widgets.address", "widgets.autosave", "widgets.focus"],
    ["widgets.session"],
    ["demonstration"],
    ["demonstration.steps"],
    ["demonstration.author"],
    ["demo"],
    ["demo.earlier_extracts"],
    ["demo.tables"],
    ["demo.allocations", "demo.workforce"],
    ["demo.handovers", "demo.staff"],
    ["demo.adult_lives"],
    ["demo.leaving_care"],
    ["demo.missing_episodes", "demo.health"],
    ["demo.health_checks"],
    ["demo.in_care", "demo.care_reviews"],
    ["demo.episodes"],
    ["demo.turning_points", "demo.placements"],
    ["demo.moves"],
    ["demo.supervision", "demo.plans", "demo.plan_reviews", "demo.plan_visits"],
    ["demo.section_47", "demo.front_door"],
    ["demo.teams"],
    ["demo.histories"],
    ["demo.caseload"],
    ["demo.families"],
    ["demo.courses"],
    ["demo.spells", "demo.chance", "demo.appointments"],
    ["demo.days", "demo.narratives"],
    ["markup"],
    ["markup.card", "markup.comparison", "markup.indicator", "markup.said", "markup.scorecard"],
    ["markup.areas", "markup.definitions", "markup.round", "markup.remarks", "markup.redlines"],
    ["markup.standing", "markup.promises", "markup.quality"],
    ["markup.ground"],
    ["worklist", "redline"],
    ["improvement"],
    ["charts", "workbook", "rounds", "quality", "evidence", "promise_list"],
    ["scorecard", "matrix", "definitions", "first_sentence", "needs"],
    ["proofing"],
    ["proofing.identifying", "proofing.repeated", "proofing.past_date", "proofing.no_action"],
    ["proofing.people", "proofing.particulars"],
    ["proofing.first_names", "proofing.capitals"],
    ["proofing.direction", "proofing.number"],
    ["proofing.rankings"],
    ["proofing.verdicts", "proofing.claims", "proofing.changes"],
    ["proofing.standings"],
    ["proofing.ways", "proofing.phrases"],
    ["proofing.claim"],
    ["proofing.moods", "proofing.goals"],
    ["proofing.clauses", "proofing.fits", "proofing.scope"],
    ["proofing.sentence", "proofing.movements"],
    ["proofing.known", "proofing.numbers"],
    ["proofing.shares", "proofing.counts", "proofing.hedges"],
    ["proofing.no_figure"],
    ["proofing.figure"],
    ["proofing.times", "proofing.places", "proofing.counted"],
    ["proofing.dates", "proofing.numerals"],
    ["proofing.periods"],
    ["proofing.tokens", "proofing.remark"],
    ["figures", "promise_ledger"],
    ["cards", "records", "preview", "inspection"],
    ["points"],
    ["signoff"],
    ["promises"],
    ["revisions"],
    ["drafts"],
    ["narrative", "access_log", "judgement"],
    ["publishing"],
    ["assembly"],
    ["releases"],
    ["coverage", "proofs"],
    ["measures", "extracts", "cases"],
    ["trials"],
    ["checks"],
    ["sources"],
    ["annex_a", "ssd"],
    ["relations"],
    ["spreadsheets"],
    ["files"],
    ["ledger"],
    ["lake", "store"],
    ["store.opening", "store.backups", "store.verification"],
    ["store.backup_file"],
    ["store.migrations"],
    ["store.migrations.versions", "store.migrations.env"],
    ["store.transactions"],
    ["store.databases"],
    ["store.sqlite", "store.postgresql", "store.guards", "store.schema"],
    ["store.columns"],
    ["targets", "benchmarks", "expectations", "rates", "basis", "assignments"],
    ["catalogue", "organisation", "calendar"],
    ["access"],
    ["reference", "plain", "portable", "formatting"],
    ["settings", "disk"],
    ["words"],
    ["errors"],
]
LEVEL = {module: level for level, layer in enumerate(LAYERS) for module in layer}
ONLY_IN = {
    "streamlit": {"widgets"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "plotly": {"charts", "widgets"},
    "xlsxwriter": {"workbook"},
    "markdown_it": {"formatting"},
    "duckdb": {"lake", "extracts", "checks", "measures", "proofs", "assembly", "releases"},
}
MODULES = sorted((ROOT / "kpi").rglob("*.py"))


def module(path: Path) -> str:
    """Return what kpi calls a file of its own: 'words', 'demo.days'; 'demo' for its __init__."""
    parts = path.relative_to(ROOT / "kpi").with_suffix("").parts
    if "versions" in parts:  # of the store's tables: each is a file, whatever their number
        parts = parts[:-1]
    return ".".join(parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """Return what a file imports: 'kpi.words' for our own modules, 'plotly' for others'."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} line {node.lineno}: write the whole name, from kpi"
            names |= {imported(node.module or "", alias.name) for alias in node.names}
    return {name if name.startswith("kpi.") else name.split(".")[0] for name in names}


def imported(source: str, name: str) -> str:
    """Return which module `from source import name` reads: `name` itself may be one."""
    whole = f"{source}.{name}"
    return whole if source == "kpi" or whole.removeprefix("kpi.") in LEVEL else source


def own_imports(path: Path) -> set[str]:
    return {name.removeprefix("kpi.") for name in imports(path) if name.startswith("kpi.")}


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_a_module_imports_only_from_below(path):
    if module(path) == "__init__":
        assert not imports(path)
        return
    assert module(path) in LEVEL, f"{module(path)} has no place in LAYERS yet: give it one"
    above = {name for name in own_imports(path) if LEVEL[name] <= LEVEL[module(path)]}

    assert not above, f"{module(path)} imports {', '.join(above)}, which stand above or beside it"


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_each_library_stays_in_its_own_rooms(path):
    for library, rooms in ONLY_IN.items():
        if library in imports(path):
            assert module(path).split(".")[0] in rooms, f"{module(path)} imports {library}"


def test_the_demonstration_pack_knows_of_the_product_only_its_calendar():
    outside = set()
    for path in (ROOT / "kpi" / "demo").glob("*.py"):
        outside |= {name for name in own_imports(path) if name.split(".")[0] != "demo"}

    assert outside == {"calendar"}


def test_the_product_knows_of_the_demonstration_pack_only_its_front():
    for path in (ROOT / "kpi").glob("*.py"):
        assert not {name for name in own_imports(path) if name.startswith("demo.")}, path.name


@pytest.mark.parametrize(
    "path", [ROOT / "app.py", *sorted(ROOT.glob("pages/*/*.py"))], ids=lambda path: path.stem
)
def test_a_page_only_composes(path):
    assert imports(path) <= {"streamlit", "kpi.widgets"}


def test_no_page_can_be_reached_around_the_front_door():
    # Streamlit serves what stands directly in pages/ by its address, without running app.py.
    assert not list(ROOT.glob("pages/*.py"))
