"""The way of the articles through the stages, on Spark.

Each data set is stored under the folder of work before the next one is made of it, so that a lost worker costs the
tasks that it had, and a job that is started again goes on where it was.

    files -> text -> articles -> anchors -> candidates -> hits
    hits -> rank -> [join texts] -> learn -> votes
    articles + hits + votes -> rank -> [join texts] -> compare -> judged -> components -> cluster -> clusters
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from dedupe_spark import listing, pipe
from dedupe_spark.components import components

# Where a line has what it is grouped and sorted by. It begins {"v":"1-0a1b2c3d", which is 18 characters:
#
#   record    "id":"KEY","arrival":"ORDER"
#   posting   "anchor":"KEY","place":"PLACE"
#   about     "at":"AT","article":{...}    "at":"AT","hits":"KEY",...    "at":"AT","wanted":"AT","rank":"RANK"
#   member    "component":"AT","at":"AT"
AT, PLACE, KEY, ANCHOR, RANK = 32, 52, 32, 9, 4
NAME = 16  # of what an about line says: puts the article before what is about it


@dataclass(frozen=True)
class Group:
    """Where a line has the key of its group, and how much from there on orders lines."""

    start: int
    key: int
    order: int

    def key_of(self, line: Column) -> Column:
        """Return the key of the group."""
        return F.substring(line, self.start, self.key)

    def order_of(self, line: Column) -> Column:
        """Return what sorts lines, the key first."""
        return F.substring(line, self.start, self.order)


BY_ID = Group(25, KEY, KEY + 13 + 18)
BY_ANCHOR = Group(29, ANCHOR, ANCHOR + 11 + PLACE)
BY_AT = Group(25, AT, AT + NAME)
BY_COMPONENT = Group(32, AT, AT)

PAIRS = "array<struct<at:string,key:string,kind:string,linked:boolean,evidence:string>>"
JUDGED = f"v string, at string, key string, id string, outlet string, words int, pairs {PAIRS}"
CLUSTERED = (
    "cluster string, article string, key string, outlet string, url string, title string, published string, "
    "representative boolean, size int"
)
REJECT = "file string, line int, reason string, kept boolean, head string"


@dataclass
class Job:
    """A run over files, whose results come to stand in the folder out.

    binary is dedupe, config its config.yaml ("" for defaults), work a folder that all workers reach ("" for
    out/work). said is told what is done.
    """

    spark: SparkSession
    binary: str
    out: str
    config: str = ""
    work: str = ""
    said: Callable[[str], None] = print
    seconds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Send what the workers need to them."""
        self.work = self.work or f"{self.out}/work"
        self._own = Path(tempfile.mkdtemp(prefix="dedupe-spark-"))
        self._name = self._own.name  # files of a session are told apart by their names
        settings = self._own / f"{self._name}.yaml"
        settings.write_text(Path(self.config).read_text() if self.config else "")
        self._config = str(settings)
        context = self.spark.sparkContext
        context.addFile(self.binary)
        context.addFile(self._config)
        here = Path(__file__).parent
        context.addPyFile(shutil.make_archive(str(self._own / self._name), "zip", here.parent, here.name))

    # What follows is called on executors, so it does not hold the job.

    def _command(self, *args: str, votes: bool = False) -> Callable[[], list[str]]:
        binary, name = os.path.basename(self.binary), self._name

        def command() -> list[str]:
            flags = ["--votes", SparkFiles.get(f"{name}.votes")] if votes else []
            return [SparkFiles.get(binary), "--config", SparkFiles.get(f"{name}.yaml"), "stage", *args, *flags]

        return command

    def keep(self, frame: DataFrame, name: str, partition_by: str | None = None) -> DataFrame:
        """Store a data set under the folder of work, unless an earlier start has done so, and return it."""
        path = f"{self.work}/{name}"
        if not self._is_done(path):
            began = time.monotonic()
            writer = frame.write.mode("overwrite")
            (writer.partitionBy(partition_by) if partition_by else writer).parquet(path)
            self.seconds[name] = round(time.monotonic() - began, 1)
            self.said(f"{name}: {self.seconds[name]} s")
        return self.spark.read.schema(frame.schema).parquet(path)

    def _is_done(self, path: str) -> bool:
        system, inside = listing.opened(path)
        return bool(system.get_file_info(f"{inside}/_SUCCESS").type == pa.fs.FileType.File)

    def stage(self, lines: DataFrame, *args: str, by: Group | None = None, votes: bool = False) -> DataFrame:
        """Take lines through a stage, in groups that come together and in order where it wants that."""
        if by is not None:
            line = F.col("line")
            lines = lines.select("line", by.key_of(line).alias("k"), by.order_of(line).alias("o"))
            lines = lines.repartition("k").sortWithinPartitions("o")
        return lines.select("line").mapInArrow(pipe.piped(self._command(*args, votes=votes)), "line string")

    def run(self, paths: list[str]) -> DataFrame:
        """Compare the articles of files; return the clusters."""
        files = listing.files(paths)
        self.check(files)
        text = self.keep(self.texts(files), "text", "reject")
        articles = self.keep(self.stage(text.where("not reject").select("line"), "articles", by=BY_ID), "articles")
        hits = self.keep(self.stage(self.stage(articles, "anchors"), "candidates", by=BY_ANCHOR), "hits")
        to_learn = self.keep(self.stage(hits, "rank", "--for", "learn", by=BY_AT), "wanted-learn")
        votes = self.keep(self.stage(self.scenes(articles, to_learn, alone=False), "learn", by=BY_AT), "votes")
        self.know(votes)
        ranked = self.stage(articles.unionByName(hits), "rank", "--for", "link", by=BY_AT, votes=True)
        to_link = self.keep(ranked, "wanted-link")
        scenes = self.scenes(articles, to_link, alone=True)
        judged = self.keep(self.stage(scenes, "compare", by=BY_AT, votes=True), "judged")
        clusters = self.keep(self.clusters(judged), "clusters")
        self.results(text, judged, clusters)
        return clusters

    def check(self, files: list[str]) -> None:
        """Refuse to go on with work that was begun on other files, with other settings or another dedupe."""
        version = subprocess.run(
            [self.binary, "--config", self._config, "version"], check=True, capture_output=True, text=True
        ).stdout
        told = json.dumps({"files": files, "settings": Path(self._config).read_text(), "dedupe": version}, indent=1)
        system, inside = listing.opened(self.work)
        system.create_dir(inside)
        begun = f"{inside}/begun.json"
        if system.get_file_info(begun).type == pa.fs.FileType.File:
            with system.open_input_stream(begun) as f:
                if f.read().decode() != told:
                    raise ValueError(
                        f"{self.work} is of other files, settings or another dedupe: remove it, or name another folder"
                    )
            return
        with system.open_output_stream(begun) as f:
            f.write(told.encode())

    def texts(self, files: list[str]) -> DataFrame:
        """Return record lines, and the lines of what was rejected: a task for each file."""
        binary, name = os.path.basename(self.binary), self._name

        def take(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for part, path in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
                    yield from listing.taken(SparkFiles.get(binary), SparkFiles.get(f"{name}.yaml"), part, path)

        rows = self.spark.sparkContext.parallelize(list(enumerate(files)), max(1, len(files)))
        return self.spark.createDataFrame(rows, "part int, path string").mapInArrow(take, "line string, reject boolean")

    def scenes(self, articles: DataFrame, wanted: DataFrame, alone: bool) -> DataFrame:
        """Return article lines, and beside lines: the texts that each is to be seen beside.

        What `dedupe stage fetch` does is a join here, because Spark cuts a text in two tasks or more that very many
        want. Articles that want none are left out, unless they are to be alone.
        """
        line = F.col("line")
        texts = articles.select(
            BY_AT.key_of(line).alias("of"), F.expr("substring(line, 69, char_length(line) - 70)").alias("text")
        )
        asks = wanted.select(
            BY_AT.key_of(line).alias("of"),
            F.substring(line, 1, 18).alias("v"),
            F.substring(line, 69, AT).alias("at"),
            F.substring(line, 69 + AT + 10, RANK).alias("rank"),
        )
        beside = asks.join(texts, "of").select(
            F.concat(
                F.col("v"), F.lit('"at":"'), F.col("at"), F.lit('","beside":"'), F.col("rank"),
                F.lit('","of":"'), F.col("of"), F.lit('","text":'), F.col("text"), F.lit("}\n"),
            ).alias("line")
        )  # fmt: skip
        if not alone:
            who = asks.select("at").distinct()
            articles = articles.withColumn("at", BY_AT.key_of(line)).join(who, "at", "left_semi").select("line")
        return articles.unionByName(beside)

    def know(self, votes: DataFrame) -> None:
        """Send the shingles that are boilerplate to all workers, as lines of votes."""
        said = votes.select(F.from_json("line", "v string, shingles array<string>").alias("x")).select("x.*")
        shingles = said.select("v", F.explode("shingles").alias("shingle")).distinct().orderBy("shingle").collect()
        path = self._own / f"{self._name}.votes"
        with path.open("w") as f:
            for i in range(0, len(shingles), 1000):
                part = shingles[i : i + 1000]
                line = {"v": part[0].v, "shingles": [s.shingle for s in part]}
                f.write(json.dumps(line, separators=(",", ":")) + "\n")
        self.said(f"{len(shingles)} shingles are boilerplate")
        self.spark.sparkContext.addFile(str(path))

    def clusters(self, judged: DataFrame) -> DataFrame:
        """Return the lines of articles in clusters."""
        rows = judged.select("line", F.from_json("line", JUDGED).alias("j"))
        pairs = rows.select(F.col("j.at").alias("b"), F.explode("j.pairs").alias("p"))
        edges = pairs.where("p.linked").select(F.col("p.at").alias("a"), "b")
        of = components(edges, self.keep)
        line = F.col("line")
        members = judged.withColumn("node", BY_AT.key_of(line)).join(of, "node")
        named = members.select(
            F.concat(
                F.substring(line, 1, 18), F.lit('"component":"'), F.col("component"), F.lit('",'),
                F.expr("substring(line, 19)"),
            ).alias("line")
        )  # fmt: skip
        return self.stage(named, "cluster", by=BY_COMPONENT)

    def results(self, text: DataFrame, judged: DataFrame, clusters: DataFrame) -> None:
        """Write clusters, pairs, articles and rejects as Parquet."""
        rows = judged.select(F.from_json("line", JUDGED).alias("j"))
        pairs = rows.select("j.key", F.explode("j.pairs").alias("p"))
        tables = {
            "clusters": clusters.select(F.from_json("line", CLUSTERED).alias("x")).select("x.*"),
            "articles": rows.select("j.key", "j.id", "j.outlet", "j.words"),
            "pairs": pairs.select(
                F.col("p.key").alias("article_a"),
                F.col("key").alias("article_b"),
                "p.kind",
                F.unbase64("p.evidence").alias("evidence"),
            ),
            "rejects": text.where("reject").select(F.from_json("line", REJECT).alias("x")).select("x.*"),
        }
        for name, table in tables.items():
            table.write.mode("overwrite").parquet(f"{self.out}/{name}")

    def load(self, database: str, paths: list[str]) -> None:
        """Fill a new database with the files, by what was found out: for `dedupe report` and the rest."""
        files = listing.files(paths)
        by_input = any(listing.streamed(f) for f in files)
        for name in ("votes", "judged"):
            with (self._own / f"{name}.all").open("wb") as f:
                for row in self.spark.read.parquet(f"{self.work}/{name}").toLocalIterator(prefetchPartitions=True):
                    f.write(row.line.encode())
        command = [self.binary, "--config", self._config, "--db", database, "stage", "load"]
        command += ["--votes", str(self._own / "votes.all"), "--judged", str(self._own / "judged.all")]
        command += ["-"] if by_input else files
        feed = (block for f in files for block in listing.content(f)) if by_input else ()
        for text in pipe.run(command, feed, (0, pipe.REJECTED)):
            self.said(text.decode().rstrip())

    def close(self) -> None:
        """Forget what was made on this machine."""
        shutil.rmtree(self._own, ignore_errors=True)
