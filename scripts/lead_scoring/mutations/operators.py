"""Small faults that are put into a query, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr as Expression

_COMPARISONS: dict[type[Expression], tuple[type[Expression], ...]] = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT, exp.GTE),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LTE),
    exp.NullSafeEQ: (exp.NullSafeNEQ,),
    exp.NullSafeNEQ: (exp.NullSafeEQ,),
}
_ARITHMETIC: dict[type[Expression], type[Expression]] = {
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Mul: exp.Div,
    exp.Div: exp.Mul,
}
_FUNCTIONS: dict[type[Expression], type[Expression]] = {exp.Min: exp.Max, exp.Max: exp.Min}


def mutants(query: Expression) -> Iterator[tuple[str, Expression]]:
    """Yields the kind of each fault and the query with it. The query itself is left alone."""
    for place, node in enumerate(query.walk()):
        for kind, change in _changes(node):
            copy = query.copy()
            target = next(each for number, each in enumerate(copy.walk()) if number == place)
            replaced = change.copy() if change is not None else None
            if target is copy:
                if replaced is not None:
                    yield kind, replaced
            elif replaced is None:
                target.pop()
                yield kind, copy
            else:
                target.replace(replaced)
                yield kind, copy


def _changes(node: Expression) -> Iterator[tuple[str, Expression | None]]:
    """Yields what may stand in a node's place; None: nothing."""
    kind = type(node)
    if kind in _COMPARISONS:
        for other in _COMPARISONS[kind]:
            yield "comparison", other(this=node.this.copy(), expression=node.expression.copy())
    elif kind in _ARITHMETIC:
        other = _ARITHMETIC[kind]
        yield "sign", other(this=node.this.copy(), expression=node.expression.copy())
    elif isinstance(node, exp.And | exp.Or):
        yield "dropped predicate", node.this
        yield "dropped predicate", node.expression
        other = exp.Or if isinstance(node, exp.And) else exp.And
        yield "and, or", other(this=node.this.copy(), expression=node.expression.copy())
    elif isinstance(node, exp.Not | exp.Neg):
        yield "sign", node.this
    elif isinstance(node, exp.Where | exp.Having):
        yield "dropped predicate", None
    elif isinstance(node, exp.Coalesce):
        yield "coalesce", node.this
    elif kind in _FUNCTIONS:
        yield "min, max", _FUNCTIONS[kind](this=node.this.copy())
    elif isinstance(node, exp.Boolean):
        yield "constant", exp.Boolean(this=not node.this)
    elif isinstance(node, exp.Literal) and not isinstance(node.parent, exp.DataTypeParam | exp.Chr):
        yield from _constants(node)
    elif isinstance(node, exp.Join) and node.args.get("side") == "LEFT":
        inner = node.copy()
        inner.set("side", None)
        inner.set("kind", "INNER")
        yield "join", inner
    elif isinstance(node, exp.Join) and node.args.get("on") and not node.args.get("side"):
        left = node.copy()
        left.set("kind", None)
        left.set("side", "LEFT")
        yield "join", left
    elif isinstance(node, exp.Distinct):
        yield "distinct", None
    elif isinstance(node, exp.Ordered):
        other_way = node.copy()
        other_way.set("desc", not node.args.get("desc"))
        yield "order", other_way


def _constants(node: exp.Literal) -> Iterator[tuple[str, Expression]]:
    if node.is_string:
        yield "constant", exp.Literal.string(f"{node.this}_")
    elif node.is_int:
        yield "constant", exp.Literal.number(int(node.this) + 1)
    else:
        yield "constant", exp.Literal.number(f"{node.this}1")
