"""Change a hundred statements of the product, one at a time, and count what the tests notice: `make mutants`.

The changes stand in `tests/data/mutants.json`, each found by its function and statement, so that another state of the
project can be given the same ones: `python -m tests.mutants --tree ../earlier`. A copy of the tree carries all of them,
switched by an environment variable. One run of every test shows which tests reach which change; then each change is
switched on for those of them that fit into twenty seconds.
"""

import argparse
import ast
import json
import os
import random
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

LISTED = Path(__file__).parent / "data" / "mutants.json"
ROOMS = ("bot", "handlers", "assistant", "agendas", "storage", "sandbox")
SECONDS_A_CHANGE = 20.0
GIVEN_UP_AFTER_SECONDS = 120
FLIPPED: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
SWITCH = """
import os

CHANGE, REACHED = int(os.environ.get("MUTANT", "-1")), os.environ.get("REACHED")
seen = set()


def mutant(number):
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    if REACHED and test and (number, test) not in seen:
        seen.add((number, test))
        with open(f"{REACHED}/{os.getpid()}.txt", "a") as file:
            file.write(f"{number}\\t{test}\\n")
    return number == CHANGE
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, default=Path(), help="the checkout to try, this one if none is named")
    parser.add_argument("--draw", type=Path, help="draw a hundred changes anew that this other checkout has too")
    given = parser.parse_args()
    if given.draw:
        LISTED.write_text(json.dumps(drawn(given.tree, given.draw), indent=1) + "\n")
        return
    changes = json.loads(LISTED.read_text())
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder, "tree")
        python = (given.tree / ".venv/bin/python").absolute()
        subprocess.run(["git", "clone", "--quiet", given.tree.absolute(), copy], check=True)
        lacking = set(range(len(changes))) - put_in(copy, changes)
        tests = reaching(copy, python)
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda number: noticed(copy, python, number, tests[number]), range(len(changes))))
    for number, (change, outcome) in enumerate(zip(changes, outcomes, strict=True)):
        said = "not found" if number in lacking else outcome
        print(f"{number:3} {said:12} {change['function']}: {change['statement']!r} with {change['changed']!r}")
    print(f"{outcomes.count('noticed')} of {len(changes)} noticed, {len(lacking)} not found.")


def functions(tree: Path) -> Iterator[tuple[Path, ast.Module, str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in sorted(each for room in ROOMS for each in (tree / room).rglob("*.py")):
        module = ast.parse(path.read_text())
        holders: list[tuple[str, ast.AST]] = [("", module)]
        for prefix, holder in holders:
            for node in ast.iter_child_nodes(holder):
                if isinstance(node, ast.ClassDef):
                    holders.append((f"{prefix}{node.name}.", node))
                elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield path, module, prefix + node.name, node


def places(function: ast.AST) -> Iterator[tuple[str, str, ast.expr, ast.expr]]:
    """What can be changed in a function: the statement around it, the changed expression's text, it and the changed."""
    for statement in ast.walk(function):
        for _, value in ast.iter_fields(statement) if isinstance(statement, ast.stmt) else ():
            if not isinstance(value, ast.expr) or isinstance(statement, ast.AnnAssign):
                continue
            if isinstance(statement, ast.Expr) and isinstance(value, ast.Call):
                yield ast.unparse(statement), "nothing", value, ast.Constant(None)
            for part in ast.walk(value):
                changed = turned(part)
                if changed is not None and isinstance(part, ast.expr):
                    around = ast.unparse(value if hasattr(statement, "body") else statement)
                    yield around, ast.unparse(changed), part, changed


def turned(part: ast.AST) -> ast.expr | None:
    match part:
        case ast.Compare(left=left, ops=[op], comparators=others) if type(op) in FLIPPED:
            return ast.Compare(left, [FLIPPED[type(op)]()], others)
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(FLIPPED[type(op)](), values)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            return ast.BinOp(left, FLIPPED[type(op)](), right)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
    return None


def drawn(tree: Path, other: Path) -> list[dict[str, str]]:
    """A hundred changes, at most one of a function, that stand once in each of the two trees."""
    of_tree, of_other = (
        Counter((name, around, text) for *_, name, function in functions(each) for around, text, *_ in places(function))
        for each in (tree, other)
    )
    both = sorted(each for each, count in of_tree.items() if count == 1 == of_other[each])
    of_function = {name: (name, around, text) for name, around, text in random.Random(27).sample(both, len(both))}
    chosen = random.Random(27).sample(sorted(of_function.values()), 100)
    return [dict(zip(("function", "statement", "changed"), each, strict=True)) for each in sorted(chosen)]


def put_in(tree: Path, changes: list[dict[str, str]]) -> set[int]:
    """Write all the changes into the tree, each behind its switch; return those that were found.

    A statement that moved to another function is found if it stands once in the whole tree.
    """
    everything = list(functions(tree))
    names = defaultdict(set)
    for _, _, name, function in everything:
        for around, text, *_ in places(function):
            names[around, text].add(name)
    wanted = {}
    for number, each in enumerate(changes):
        of_statement = names[each["statement"], each["changed"]]
        if each["function"] in of_statement or len(of_statement) == 1:
            name = each["function"] if each["function"] in of_statement else min(of_statement)
            wanted[name, each["statement"], each["changed"]] = number
    found = set()
    for path, module, name, function in everything:
        for around, text, part, changed in list(places(function)):
            number = wanted.get((name, around, text), -1)
            if number < 0 or number in found:
                continue
            found.add(number)
            original = ast.parse(ast.unparse(part), mode="eval").body
            switch = ast.Call(ast.Name("mutant", ast.Load()), [ast.Constant(number)], [])
            part.__class__ = ast.IfExp
            part.__dict__.clear()
            part.__dict__.update(ast.IfExp(switch, changed, original).__dict__)
            path.write_text(ast.unparse(ast.fix_missing_locations(with_import(module))))
    (tree / "mutant_switch.py").write_text(SWITCH)
    return found


def with_import(module: ast.Module) -> ast.Module:
    imported = ast.ImportFrom("mutant_switch", [ast.alias("mutant")], 0)
    if not any(isinstance(each, ast.ImportFrom) and each.module == "mutant_switch" for each in module.body):
        at = next(
            (n for n, each in enumerate(module.body) if isinstance(each, ast.Import | ast.ImportFrom)
             and getattr(each, "module", "") != "__future__"), len(module.body))  # fmt: skip
        module.body.insert(at, imported)
    return module


def run(tree: Path, python: Path, *more: str, seconds: float | None = None, **environment: str) -> int:
    environment = {**os.environ, "PYTHONPATH": str(tree), **environment}
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *more]
    with subprocess.Popen(
        command, cwd=tree, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    ) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            return 1


def reaching(tree: Path, python: Path) -> dict[int, list[tuple[float, str]]]:
    """The tests that reach each change and pass without it, with the seconds that they take."""
    reached = tree / "reached"
    reached.mkdir()
    report = tree / "report.xml"
    run(tree, python, "-n3", "--dist", "worksteal", "-o", "junit_family=xunit1", f"--junitxml={report}",
        REACHED=str(reached))  # fmt: skip
    seconds = {}
    for case in ElementTree.parse(report).iter("testcase"):
        if not len(case) or case.find("failure") is case.find("error") is None:
            seconds[f"{case.get('file')}::{case.get('name')}"] = float(case.get("time", 0))
    tests = defaultdict(set)
    for line in (line for file in reached.iterdir() for line in file.read_text().splitlines()):
        number, test = line.split("\t", 1)
        if test in seconds:
            tests[int(number)].add((seconds[test], test))
    return defaultdict(list, {number: sorted(each) for number, each in tests.items()})


def noticed(tree: Path, python: Path, number: int, tests: list[tuple[float, str]]) -> str:
    chosen: list[str] = []
    total = 0.0
    for seconds, test in tests:
        total += seconds
        if total > SECONDS_A_CHANGE and chosen:
            break
        chosen.append(test)
    if not chosen:
        return "not reached"
    failed = run(tree, python, "-x", "-n0", *chosen, seconds=GIVEN_UP_AFTER_SECONDS, MUTANT=str(number))
    return "noticed" if failed else "not noticed"


if __name__ == "__main__":
    main()
