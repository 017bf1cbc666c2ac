"""Connected components by large-star and small-star, alternating (Kiveris et al. 2014, Connected Components in
MapReduce and Beyond). Each round is two joins of the edges with themselves; log n rounds or so end it, whatever the
shapes are: chains shrink by half, and a hub is an edge for each that it holds. GraphFrames does the same from a JAR."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

ROUNDS = 60  # more than any graph needs: a chain of 2^60
SMALL = 100_000  # edges that the driver goes through faster than a round starts


def components(edges: DataFrame, keep: Callable[[DataFrame, str], DataFrame], small: int = SMALL) -> DataFrame:
    """Return (node, component) for the nodes of edges (a, b); a component goes by its least node.

    keep(frame, name) stores a frame and returns what was stored, so that a round is not done twice. Up to small
    edges are gone through by the driver.
    """
    edges = keep(edges.select("a", "b").where("a <> b").distinct(), "edges-0")
    before = _state(edges)
    if before[0] <= small:
        found = walked([(row.a, row.b) for row in edges.collect()])
        return edges.sparkSession.createDataFrame(list(found.items()), "node string, component string")
    for n in range(1, ROUNDS):
        edges = keep(_small_star(_large_star(edges)), f"edges-{n}")
        now = _state(edges)
        if now == before:
            break
        before = now
    leaders = edges.select(F.col("b").alias("node"), F.col("a").alias("component"))
    return leaders.unionByName(leaders.select(F.col("component").alias("node"), "component").distinct())


def walked(edges: list[tuple[str, str]]) -> dict[str, str]:
    """Return the component of each node, by union and find."""
    up: dict[str, str] = {}

    def find(x: str) -> str:
        while up.setdefault(x, x) != x:
            up[x] = up[up[x]]
            x = up[x]
        return x

    for a, b in edges:
        x, y = sorted((find(a), find(b)))
        up[y] = x
    return {x: find(x) for x in up}


def _state(edges: DataFrame) -> tuple[int, int]:
    """Return the number of edges and a sum of their hashes: equal for equal edges."""
    row = edges.select(F.count("*"), F.sum(F.xxhash64("a", "b").cast("decimal(38,0)"))).first()
    return (int(row[0]), int(row[1] or 0)) if row is not None else (0, 0)


def _large_star(edges: DataFrame) -> DataFrame:
    """Connect the larger neighbours of each node to its least neighbour, or to itself if it is less."""
    both = edges.select(F.col("a").alias("u"), F.col("b").alias("v")).unionByName(
        edges.select(F.col("b").alias("u"), F.col("a").alias("v"))
    )
    least = both.groupBy("u").agg(F.min("v").alias("m")).select("u", F.least("u", "m").alias("m"))
    joined = both.join(least, "u").where("v > u")
    return joined.select(F.col("m").alias("a"), F.col("v").alias("b")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Connect each node and its smaller neighbours to the least of these."""
    down = edges.select(F.greatest("a", "b").alias("u"), F.least("a", "b").alias("v"))
    least = down.groupBy("u").agg(F.min("v").alias("m"))
    others = down.join(least, "u").where("v <> m").select(F.col("m").alias("a"), F.col("v").alias("b"))
    return others.unionByName(least.select(F.col("m").alias("a"), F.col("u").alias("b"))).distinct()
