"""Small faults that are put into a query, one at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlglot import exp
from sqlglot.expressions import Expr as Expression

FIXTURE = "__dbt__cte__"  # before the name of a table whose rows a unit test mocks

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d")

Change = Callable[[], Expression | None]

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


@dataclass(frozen=True)
class Fault:
    """A fault. Equal ones, of one query or several, come from the same place of a macro."""

    kind: str
    clause: str  # what it is in, without the names of columns
    place: int  # in that
    number: int  # of the faults at that place


def mutants(query: Expression) -> Iterator[tuple[Fault, Callable[[], str]]]:
    """Yields faults, and what gives the query with each as text. The query is left alone.

    To write a query takes longer than all else, and of most faults nobody asks for it. What a macro
    writes alike for one column after another gets its faults in the first one only.
    """
    holder = exp.Subquery(this=query.copy())
    shapes: dict[int, str] = {}
    seen: set[Fault] = set()
    places: Counter[int] = Counter()
    for node in list(holder.this.walk()):
        clause = _clause(node)
        if id(clause) not in shapes:
            shapes[id(clause)] = _shape(clause)
        shape = shapes[id(clause)]
        places[id(clause)] += 1
        for number, (kind, change) in enumerate(_changes(node)):
            fault = Fault(kind, shape, places[id(clause)], number)
            if fault in seen:
                continue
            seen.add(fault)
            yield fault, partial(_written, holder, node, change)


def _written(holder: exp.Subquery, node: Expression, change: Change) -> str:
    """Returns what is in the holder as text, with a change in the place of a node of it."""
    parent: Any = node.parent
    place: Any = node.arg_key
    index = node.index
    parent.set(place, change(), index)
    text: str = holder.this.sql(dialect="duckdb")
    parent.set(place, node, index)
    return text


def _clause(node: Expression) -> Expression:
    """Returns what a node belongs to: a case, or a column, condition, join, ... of a select.

    Of texts that are put together, column by column, it is one.
    """
    parent = node.parent
    while parent and not isinstance(parent, exp.Query):
        if isinstance(node, exp.Case):
            break
        if isinstance(node, exp.Coalesce) and isinstance(parent, exp.DPipe):
            break
        node, parent = parent, parent.parent
    return node


def _shape(clause: Expression) -> str:
    """Returns a clause as text in which columns have one name, and so have tables, mocked or not.

    Instants are all one: those of this run and of its mocks are written into the SQL.
    """
    copy = exp.Paren(this=clause.copy())
    for table in copy.find_all(exp.Table):
        table.set("db", None)
        table.set("catalog", None)
        table.set("this", exp.to_identifier(table.name.removeprefix(FIXTURE)))
    for literal in copy.find_all(exp.Literal):
        if literal.is_string and _INSTANT.match(literal.this):
            literal.set("this", "instant")
    for column in list(copy.find_all(exp.Column)):
        column.replace(exp.column("c"))
    if isinstance(copy.this, exp.Alias):
        copy.this.set("alias", None)
    text: str = copy.this.sql(dialect="duckdb")
    return text


def _changes(node: Expression) -> Iterator[tuple[str, Change]]:
    """Yields what may stand in a node's place; a change that gives None: nothing."""
    kind = type(node)
    if kind in _COMPARISONS:
        for other in _COMPARISONS[kind]:
            yield "comparison", partial(_as, other, node)
    elif kind in _ARITHMETIC:
        yield "sign", partial(_as, _ARITHMETIC[kind], node)
    elif isinstance(node, exp.And | exp.Or):
        yield "dropped predicate", node.this.copy
        yield "dropped predicate", node.expression.copy
        yield "and, or", partial(_as, exp.Or if isinstance(node, exp.And) else exp.And, node)
    elif isinstance(node, exp.Not | exp.Neg):
        yield "sign", node.this.copy
    elif isinstance(node, exp.Where | exp.Having):
        yield "dropped predicate", _nothing
    elif isinstance(node, exp.Coalesce):
        yield "coalesce", node.this.copy
    elif kind in _FUNCTIONS:
        yield "min, max", lambda: _FUNCTIONS[kind](this=node.this.copy())
    elif isinstance(node, exp.Boolean):
        yield "constant", lambda: exp.Boolean(this=not node.this)
    elif isinstance(node, exp.Literal) and not isinstance(node.parent, exp.DataTypeParam | exp.Chr):
        yield "constant", partial(_other_constant, node)
    elif isinstance(node, exp.Join) and node.args.get("side") == "LEFT":
        yield "join", partial(_with, node, side=None, kind="INNER")
    elif isinstance(node, exp.Join) and node.args.get("on") and not node.args.get("side"):
        yield "join", partial(_with, node, side="LEFT", kind=None)
    elif isinstance(node, exp.Distinct):
        yield "distinct", _nothing
    elif isinstance(node, exp.Ordered):
        yield "order", partial(_with, node, desc=not node.args.get("desc"))


def _nothing() -> None:
    return None


def _as(kind: type[Expression], node: Expression) -> Expression:
    return kind(this=node.this.copy(), expression=node.expression.copy())


def _with(node: Expression, **arguments: object) -> Expression:
    copy = node.copy()
    for name, value in arguments.items():
        copy.set(name, value)
    return copy


def _other_constant(node: exp.Literal) -> Expression:
    if node.is_string:
        return exp.Literal.string(f"{node.this}_")
    if node.is_int:
        return exp.Literal.number(int(node.this) + 1)
    return exp.Literal.number(f"{node.this}1")
