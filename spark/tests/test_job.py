"""The whole way on Spark, beside what `dedupe ingest` does."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from pyspark.sql import DataFrame, SparkSession

from dedupe_spark.components import components, walked
from dedupe_spark.job import Job

ARTICLES = Path(__file__).parents[2] / "testdata" / "articles"


def dedupe(binary: str, *args: str) -> str:
    """Run dedupe and return what it prints; code 4 is no failure."""
    done = subprocess.run([binary, "--config", "/dev/null", *args], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 4), done.stderr
    return done.stdout


def clusters_of(exported: str) -> set[tuple[str, frozenset[str]]]:
    """Return the clusters of an export: the representative and the members of each."""
    members: dict[str, set[str]] = {}
    stands: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(exported)):
        if row["cluster"]:
            members.setdefault(row["cluster"], set()).add(row["article"])
            if row["representative"] == "true":
                stands[row["cluster"]] = row["article"]
    return {(stands[c], frozenset(m)) for c, m in members.items()}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return files of several kinds: JSON lines, packed ones, Parquet, and one with records that are none."""
    folder = tmp_path_factory.mktemp("sources")
    rows = [json.loads(line) for line in (ARTICLES / "2026-03-week-1.jsonl").read_text().splitlines() if line.strip()]
    table = [
        {
            "id": r["id"],
            "outlet": r["outlet"],
            "url": r["url"],
            "title": r["title"],
            "body": r["body"],
            "published": r["published"],
        }
        for r in rows
    ]
    pyarrow.parquet.write_table(pa.Table.from_pylist(table), folder / "a.parquet")
    (folder / "b.jsonl").write_text((ARTICLES / "2026-03-week-2.jsonl").read_text() + '{"id": "none"}\nno JSON\n')
    (folder / "c.jsonl.gz").write_bytes((ARTICLES / "languages.jsonl.gz").read_bytes())
    (folder / "_SUCCESS").write_text("")
    return [str(folder)]


def test_clusters_are_those_of_ingest(spark: SparkSession, binary: str, sources: list[str], tmp_path: Path) -> None:
    """Clusters, representatives, rejects and the database are what a run on one machine makes."""
    out = tmp_path / "out"
    said: list[str] = []
    job = Job(spark, binary, str(out), said=said.append)
    job.run(sources)
    lines = tmp_path / "lines"
    lines.mkdir()
    (lines / "a.jsonl").write_text((ARTICLES / "2026-03-week-1.jsonl").read_text())
    for name in ("b.jsonl", "c.jsonl.gz"):
        (lines / name).write_bytes((Path(sources[0]) / name).read_bytes())
    dedupe(binary, "--db", str(tmp_path / "i.db"), "ingest", "--quiet", str(lines))
    want = clusters_of(dedupe(binary, "--db", str(tmp_path / "i.db"), "export", "clusters"))
    assert len(want) > 3

    members: dict[str, set[str]] = {}
    stands: dict[str, str] = {}
    for c in spark.read.parquet(str(out / "clusters")).collect():
        members.setdefault(c.cluster, set()).add(c.article)
        if c.representative:
            stands[c.cluster] = c.article
    assert {(stands[c], frozenset(m)) for c, m in members.items()} == want

    rejects = spark.read.parquet(str(out / "rejects")).orderBy("line").collect()
    bad = [(Path(r.file).name, r.reason) for r in rejects if not r.kept]
    assert bad == [("b.jsonl", "neither title nor body"), ("b.jsonl", "is no JSON object")]

    # Started again, it goes on with what is there; of other files it refuses to.
    said.clear()
    again = Job(spark, binary, str(out), said=said.append)
    again.run(sources)
    assert not [s for s in said if s.endswith(" s")]
    with pytest.raises(ValueError, match="of other files"):
        again.run([str(ARTICLES / "2026-03-week-1.jsonl")])

    with pytest.raises(FileNotFoundError):
        again.run([str(tmp_path / "none")])
    job.load(str(tmp_path / "s.db"), [str(lines / n) for n in ("a.jsonl", "b.jsonl", "c.jsonl.gz")])
    for kind in ("clusters", "pairs"):
        exports = [dedupe(binary, "--db", str(tmp_path / db), "export", kind) for db in ("i.db", "s.db")]
        assert exports[0] == exports[1]
    job.close()
    again.close()


def test_components_are_what_a_walk_finds(spark: SparkSession) -> None:
    """Chains, hubs and random graphs."""
    r = random.Random(5)
    chain = [(f"c{i:04d}", f"c{i + 1:04d}") for i in range(11)]
    hub = [("h5", f"h{i}") for i in range(100, 130)]
    loose = [(f"r{r.randrange(30):02d}", f"r{r.randrange(30):02d}") for _ in range(20)]
    edges = chain + hub + loose
    r.shuffle(edges)

    def keep(frame: DataFrame, _: str) -> DataFrame:
        return frame.localCheckpoint()

    got = components(spark.createDataFrame(edges, "a string, b string"), keep, small=0).collect()
    want = walked([(a, b) for a, b in edges if a != b])
    assert {row.node: row.component for row in got} == want
    assert len({c for n, c in want.items() if n[0] in "ch"}) == 2
    assert all(c <= n for n, c in want.items())
    assert all(want[a] == want[b] for a, b in edges if a != b)


def test_dates_of_parquet_are_written_plain() -> None:
    """In ISO 8601, as ingest reads dates."""
    from dedupe_spark.listing import _plain

    assert _plain(datetime(2026, 3, 1, 8, tzinfo=UTC)) == "2026-03-01T08:00:00+00:00"
    assert _plain(b"x") == "b'x'"
