"""The pages, read from the navigation of app.py, so that no test need be told of a new one."""

import ast
from dataclasses import dataclass

from kpi.settings import ROOT


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of the navigation: its file, its title in the menu, and its path in an address."""

    file: str
    title: str
    path: str


def listed() -> list[Listed]:
    """Return the pages in the order of the menu."""
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = []
    for call in calls:
        if ast.unparse(call.func) == "st.Page":
            said = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
            file, path = ast.literal_eval(call.args[0]), said.get("url_path", "")
            found.append(Listed(file=file, title=said["title"], path=path))
    return found


PAGES = listed()
