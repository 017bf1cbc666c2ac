"""Compare articles on Spark: python -m dedupe_spark --dedupe BINARY --out FOLDER PATH..."""

from __future__ import annotations

import argparse
import sys
import time

from pyspark.sql import SparkSession

from dedupe_spark.job import Job


def session(master: str | None, name: str = "dedupe") -> SparkSession:
    """Return a session with what the job wants, unless spark-submit says otherwise."""
    builder = SparkSession.builder.appName(name)
    if master:
        builder = builder.master(master)
    wanted = {
        "spark.sql.adaptive.enabled": "true",  # joins small partitions, cuts skewed ones
        "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",  # of lines with texts 10 MB
        "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
        "spark.io.compression.codec": "zstd",
        "spark.ui.showConsoleProgress": "false",
    }
    set_by_user = dict(builder._options)
    for key, value in wanted.items():
        if key not in set_by_user:
            builder = builder.config(key, value)
    return builder.getOrCreate()


def main(argv: list[str] | None = None) -> int:
    """Run the job; return the exit code."""
    p = argparse.ArgumentParser(prog="dedupe_spark", description="Compare articles on Spark. docs/spark.md says how.")
    p.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="files and folders that dedupe ingest reads, Parquet, or addresses of them",
    )
    p.add_argument("--dedupe", required=True, metavar="BINARY", help="the program dedupe, for the workers' system")
    p.add_argument("--config", default="", metavar="FILE", help="its config.yaml (default: the defaults)")
    p.add_argument(
        "--out", required=True, metavar="FOLDER", help="where clusters, pairs, articles and rejects come to stand"
    )
    p.add_argument(
        "--work", default="", metavar="FOLDER", help="for what is between, reached by all workers (default OUT/work)"
    )
    p.add_argument(
        "--database", default="", metavar="FILE", help="fill a new SQLite database, too, which dedupe report opens"
    )
    p.add_argument("--master", default=None, help="of Spark (default: as spark-submit says, or local[*])")
    o = p.parse_args(argv)
    began = time.monotonic()
    spark = session(o.master)
    job = Job(spark, o.dedupe, o.out, o.config, o.work, lambda text: print(text, flush=True))
    try:
        job.run(o.paths)
        print(f"done in {time.monotonic() - began:.1f} s", flush=True)
        if o.database:
            job.load(o.database, o.paths)
    except (FileNotFoundError, ValueError) as e:
        print(f"dedupe_spark: {e}", file=sys.stderr)
        return 2
    finally:
        job.close()
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
