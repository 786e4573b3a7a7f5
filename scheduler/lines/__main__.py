"""Compiles the inner loop and keeps the result, so that the first roster need not wait for it."""

from __future__ import annotations

import numpy as np

from scheduler.lines.lines import lines_of
from scheduler.lines.parting import parted
from scheduler.network import network
from scheduler.smallest import smallest
from scheduler.statement import stated

if __name__ == "__main__":
    statement = stated(smallest())
    net = network(statement)
    lines = lines_of(statement, net, parted(statement, net), unit=0)
    lines.cheapest(np.ones(lines.levels), np.zeros(len(statement.decisions)))
