"""Compiles the inner loop and keeps the result, so that the first roster need not wait for it."""

from __future__ import annotations

from scheduler.annealing.anneal import Annealing
from scheduler.network import network
from scheduler.smallest import smallest
from scheduler.statement import stated

if __name__ == "__main__":
    statement = stated(smallest())
    Annealing(statement, network(statement), cores=1, seed=1).run(None, None, effort=0.001)
