"""What the API says of itself, found where it stands: summaries, tags, docstrings of operations and of shapes.

An operation or a shape is written once, in English and without marks: whatever its description shows of it is found
here for the catalogues, and ``config.description`` puts it into the reader's language.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT_OF_SHAPES = "Schema"
TAG = "tag of the API"  # the context of tags, single words that mean other things elsewhere
Words = tuple[str, str | None]


def speaks_for_the_api(path: Path) -> bool:
    """Whether a file holds operations or shapes: api.py, or any in a folder of that name."""
    return path.suffix == ".py" and "api" in (path.stem, path.parent.name)


def api_words(paths: Iterable[Path]) -> Iterator[Words]:
    """Each text with its context, from files of one app that ``speaks_for_the_api`` names."""
    trees = [ast.parse(path.read_bytes()) for path in paths]
    shapes = _shapes([node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)])
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _of_operation(node)
        elif isinstance(node, ast.ClassDef) and node.name in shapes:
            yield from _docstring(node)
        elif isinstance(node, ast.keyword) and node.arg == "tags":
            yield from ((each.value, TAG) for each in ast.walk(node.value) if isinstance(each, ast.Constant))


def _of_operation(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Words]:
    calls = (each for each in function.decorator_list if isinstance(each, ast.Call))
    given = [each.value for call in calls for each in call.keywords if each.arg == "summary"]
    for summary in given:
        yield ast.literal_eval(summary), None
        yield from _docstring(function)


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Iterator[Words]:
    words = ast.get_docstring(node)
    if words:
        yield words, None


def _shapes(classes: list[ast.ClassDef]) -> set[str]:
    """The classes that go back to ninja's Schema, by name."""
    found = {ROOT_OF_SHAPES}
    while more := {each.name for each in classes if found & set(map(_last_name, each.bases))} - found:
        found |= more
    return found


def _last_name(base: ast.expr) -> str:
    return ast.unparse(base).rpartition(".")[2]
