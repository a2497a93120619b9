"""Chains of models: each reads the one before it.

A graph is a mapping from each model to those that it reads; what is not a key of it, a source or
a seed, is no step of a chain. Of chains of one length the one that sorts first is taken, so that a
measurement names the same models each time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from graphlib import TopologicalSorter

Graph = Mapping[str, Collection[str]]
Chain = tuple[str, ...]


def longest_chain(graph: Graph) -> Chain:
    """Returns the longest chain of a graph, its first model first; an empty graph has none: ().

    Raises graphlib.CycleError where models read each other.
    """
    return _longest(_chains(graph, graph).values())


def chain_to(graph: Graph, last: str) -> Chain:
    """Returns the longest chain that ends in a model, itself included; (): it is not there.

    Raises graphlib.CycleError where models read each other.
    """
    return _chains(graph, graph).get(last, ())


def chain_between(graph: Graph, first: str, last: str) -> Chain:
    """Returns the longest chain from one model to another, both included; (): none leads there.

    Raises graphlib.CycleError where models read each other.
    """
    return _chains(graph, {first}).get(last, ())


def _chains(graph: Graph, starts: Collection[str]) -> dict[str, Chain]:
    """Returns the longest chain from any start to each model that a chain leads to."""
    chains: dict[str, Chain] = {}
    for model in TopologicalSorter(graph).static_order():
        if model not in graph:
            continue
        before = [chains[each] for each in graph[model] if each in chains]
        if before or model in starts:
            chains[model] = (*_longest(before), model)
    return chains


def _longest(chains: Collection[Chain]) -> Chain:
    return min(chains, key=lambda chain: (-len(chain), chain), default=())
