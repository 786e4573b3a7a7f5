"""Small changes to a source file, one at a time: what somebody might have written by mistake."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import TypeVar

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
}
BUILTINS = {"min": "max", "max": "min", "any": "all", "all": "any"}
MISTAKEN = {  # an attribute taken for the one beside it
    "starts": "ends",
    "ends": "starts",
    "reports_at": "starts_at",
    "starts_at": "reports_at",
    "released_at": "ends_at",
    "ends_at": "released_at",
    "span": "cover",
    "cover": "span",
    "overlaps": "contains",
    "minimum": "target",
    "target": "maximum",
    "maximum": "target",
    "covers": "counts",
    "counts": "covers",
    "POLICE": "MILITARY",
    "MILITARY": "POLICE",
    "TEAMS": "PERSONS",
    "PERSONS": "TEAMS",
}
SAID = ("Text", "parameter", "TypeVar")  # sentences, and what a form accepts: read, not run
DECLARED = ("annotation", "returns", "decorator_list", "bases", "args", "pattern")
LONGEST = 120

Change = tuple[ast.AST, str]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one change; `name`, where and what, tells it from the file's others."""

    file: str
    line: int
    name: str
    code: CodeType


@dataclass(frozen=True, slots=True)
class Site:
    """Where a node hangs: in a field of its parent, or at a position of a list there."""

    within: str
    parent: ast.AST
    field: str
    position: int | None
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        if self.position is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.position] = node


def mutants(source: str, file: str) -> Iterator[Mutant]:
    """Every change of what runs in a file: bodies of functions, and numbers with a name."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    for site in list(_sites(tree)):
        for new, change in _changes(site.node):
            name = f"{site.within or 'module'}: {_short(change)}"
            seen[name] += 1
            again = f" ({seen[name]})" if seen[name] > 1 else ""
            site.put(ast.copy_location(new, site.node))
            code = compile(ast.fix_missing_locations(tree), file, "exec", dont_inherit=True)
            site.put(site.node)
            yield Mutant(file, _line(site), name + again, code)


def _line(site: Site) -> int:
    return int(getattr(site.node, "lineno", getattr(site.parent, "lineno", 0)))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:100]} … {line[-17:]}"


def _sites(node: ast.AST, within: str = "") -> Iterator[Site]:
    for field, value in ast.iter_fields(node):
        if field in DECLARED and not isinstance(node, ast.Call):
            continue
        children = value if isinstance(value, list) else [value]
        for position, child in enumerate(children):
            if not isinstance(child, ast.AST) or _said(child):
                continue
            inner = within
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = f"{within}.{child.name}".lstrip(".")
            else:
                at = position if isinstance(value, list) else None
                yield Site(within, node, field, at, child)
            yield from _sites(child, inner)


def _said(node: ast.AST) -> bool:
    """Docstrings, imports, sentences, codes, limits of parameters, messages."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()) | ast.JoinedStr():
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id=name))):
            return name in SAID
        case ast.AnnAssign(value=ast.Call(func=ast.Name(id=name))):
            return name in SAID
        case ast.Assign(targets=[ast.Name(id="code")]) | ast.If(test=ast.Name("TYPE_CHECKING")):
            return True
    return False


def _changes(node: ast.AST) -> Iterator[Change]:
    return _statement(node) if isinstance(node, ast.stmt) else _expression(node)


def _statement(node: ast.stmt) -> Iterator[Change]:
    first = ast.unparse(node).partition("\n")[0]
    match node:
        case ast.If(test, body, orelse) if not _turns_by_itself(test):
            yield ast.If(_not(test), body, orelse), f"turned: {first}"
        case ast.Return(ast.BoolOp() | ast.Call(func=ast.Name("any" | "all" | "bool")) as value):
            yield ast.Return(_not(value)), f"turned: {first}"
        case ast.AugAssign(target, op, value) if type(op) in OPERATORS:
            new = ast.AugAssign(target, OPERATORS[type(op)](), value)
            yield new, f"{first} -> {ast.unparse(new)}"
    if not isinstance(node, ast.Assign | ast.AnnAssign | ast.Pass):
        yield ast.Pass(), f"removed: {first}"


def _expression(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp(op, values):
            other, word = (ast.Or(), "or") if isinstance(op, ast.And) else (ast.And(), "and")
            yield ast.BoolOp(other, values), f"{word}: {ast.unparse(node)}"
            for fewer, change in _without(values):
                yield (fewer[0] if len(fewer) == 1 else ast.BoolOp(op, fewer)), change
        case ast.IfExp(test, body, orelse) if not _turns_by_itself(test):
            yield ast.IfExp(_not(test), body, orelse), f"turned: {ast.unparse(node)}"
        case ast.Call() | ast.comprehension() | ast.Tuple() | ast.List() | ast.Set():
            yield from _parts(node)
        case _:
            for new in _simple(node):
                yield new, f"{ast.unparse(node)} -> {ast.unparse(new)}"


def _simple(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.UnaryOp(ast.Not() | ast.Invert() | ast.USub(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            yield ast.BinOp(left, OPERATORS[type(op)](), right)
        case ast.Name(name, context) if name in BUILTINS:
            yield ast.Name(BUILTINS[name], context)
        case ast.Attribute(value, name, context) if name in MISTAKEN:
            yield ast.Attribute(value, MISTAKEN[name], context)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(str() as value):
            yield ast.Constant(f"{value}?")


def _compared(node: ast.Compare) -> Iterator[Change]:
    terms = [node.left, *node.comparators]
    for i, op in enumerate(node.ops):
        pair = ast.Compare(terms[i], [op], [terms[i + 1]])
        for other in COMPARISONS[type(op)]:
            turned = ast.Compare(terms[i], [other()], [terms[i + 1]])
            ops = [*node.ops[:i], other(), *node.ops[i + 1 :]]
            new = ast.Compare(node.left, ops, node.comparators)
            yield new, f"{ast.unparse(pair)} -> {ast.unparse(turned)}"


def _parts(node: ast.AST) -> Iterator[Change]:
    """Something left out of a collection, or the like of a call or a comprehension."""
    match node:
        case ast.Call():
            yield from _called(node)
        case ast.comprehension():
            yield from _conditions(node)
        case ast.Tuple(elts, ast.Load() as load):
            yield from ((ast.Tuple(fewer, load), change) for fewer, change in _without(elts))
        case ast.List(elts, ast.Load() as load):
            yield from ((ast.List(fewer, load), change) for fewer, change in _without(elts))
        case ast.Set(elts):
            yield from ((ast.Set(fewer), change) for fewer, change in _without(elts))


def _called(node: ast.Call) -> Iterator[Change]:
    func, args, keywords = node.func, node.args, node.keywords
    any_order = isinstance(func, ast.Name) and func.id in ("min", "max", "isinstance")
    for i in range(0 if any_order else len(args) - 1):
        new = ast.Call(func, [*args[:i], args[i + 1], args[i], *args[i + 2 :]], keywords)
        yield new, f"swapped: {ast.unparse(new)}"
    for fewer, change in _without(keywords):
        yield ast.Call(func, args, fewer), change


def _conditions(node: ast.comprehension) -> Iterator[Change]:
    target, source, ifs = node.target, node.iter, node.ifs
    for fewer, change in _without(ifs):
        yield ast.comprehension(target, source, fewer, node.is_async), change
    for i, test in enumerate(ifs):
        if not _turns_by_itself(test):
            turned = [*ifs[:i], _not(test), *ifs[i + 1 :]]
            new = ast.comprehension(target, source, turned, node.is_async)
            yield new, f"turned: if {ast.unparse(test)}"


_Node = TypeVar("_Node", bound=ast.AST)


def _without(parts: Sequence[_Node]) -> Iterator[tuple[list[_Node], str]]:
    for i, part in enumerate(parts):
        yield [*parts[:i], *parts[i + 1 :]], f"without: {ast.unparse(part)}"


def _turns_by_itself(test: ast.expr) -> bool:
    """Its comparison or its `not` is a site of its own."""
    return isinstance(test, ast.Compare | ast.UnaryOp)


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)
