"""Run the job on a standalone cluster of this machine, on loopback addresses: a master, some workers.

    python standalone.py --dedupe BINARY --workers 2 --kill --out FOLDER PATH...

With --kill the last worker is killed, with all that runs for it, once hits are stored; the job must end right all the
same. What comes out is compared with what `dedupe ingest` makes of the same files. Everything that was started is
stopped at the end.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet
import pyspark

HOME = Path(pyspark.__file__).parent


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def start(log: Path, *args: str) -> subprocess.Popen[bytes]:
    """Start a process of Spark in a group of its own."""
    env = {
        **os.environ,
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(Path(__file__).parent),
    }
    with log.open("wb") as said, log.with_suffix(".out").open("wb") as out:
        return subprocess.Popen(args, env=env, stdout=out, stderr=said, start_new_session=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(what: str, log: Path, seconds: float = 120) -> None:
    """Wait until a log says something."""
    for _ in range(int(seconds * 4)):
        if what in log.read_text(errors="replace"):
            return
        time.sleep(0.25)
    raise TimeoutError(f"{log} does not say {what!r} after {seconds} s")


def shuffled(folder: Path) -> int:
    """Return the bytes that tasks wrote for a shuffle, by the log of events."""
    total = 0
    for log in folder.glob("app-*"):
        for line in log.read_text().splitlines():
            if line.startswith('{"Event":"SparkListenerTaskEnd"'):
                metrics = json.loads(line).get("Task Metrics", {})
                total += int(metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0))
    return total


def clusters_of_spark(folder: Path) -> set[frozenset[str]]:
    """Return the clusters of a job, by their articles."""
    members: dict[str, set[str]] = {}
    for row in pyarrow.parquet.read_table(folder / "clusters", columns=["cluster", "article"]).to_pylist():
        members.setdefault(row["cluster"], set()).add(row["article"])
    return {frozenset(m) for m in members.values()}


def clusters_of_ingest(binary: str, config: str, database: Path, paths: list[str]) -> tuple[set[frozenset[str]], float]:
    """Return the clusters of a run on one machine, and its seconds."""
    began = time.monotonic()
    command = [binary, "--config", config or os.devnull, "--db", str(database)]
    done = subprocess.run([*command, "ingest", "--quiet", *paths], check=False)
    took = time.monotonic() - began
    if done.returncode not in (0, 4):
        raise RuntimeError(f"ingest ended with code {done.returncode}")
    exported = subprocess.run([*command, "export", "clusters"], check=True, capture_output=True, text=True).stdout
    members: dict[str, set[str]] = {}
    for row in csv.DictReader(exported.splitlines()):
        if row["cluster"]:
            members.setdefault(row["cluster"], set()).add(row["article"])
    return {frozenset(m) for m in members.values()}, took


def main() -> int:
    """Return 0 where the clusters are those of ingest."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("paths", nargs="+")
    p.add_argument("--dedupe", required=True)
    p.add_argument("--config", default="")
    p.add_argument("--out", required=True)
    p.add_argument("--workers", type=int, default=2)
    p.add_argument("--memory", default="2g", help="of an executor")
    p.add_argument("--kill", action="store_true", help="kill the last worker once hits are stored")
    o = p.parse_args()
    out = Path(o.out).absolute()
    out.mkdir(parents=True)
    port = free_port()
    spark = str(HOME / "bin" / "spark-class")
    deploy = "org.apache.spark.deploy"
    address = f"spark://127.0.0.1:{port}"
    common = ["--host", "127.0.0.1", "--webui-port", "0"]
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(start(out / "master.log", spark, f"{deploy}.master.Master", *common, "--port", str(port)))
        wait_for("Starting Spark master", out / "master.log")
        workers = []
        for n in range(o.workers):
            folder = out / f"worker-{n}"
            args = [*common, "--cores", "1", "--memory", o.memory, "--work-dir", str(folder), address]
            workers.append(start(out / f"worker-{n}.log", spark, f"{deploy}.worker.Worker", *args))
            running.append(workers[-1])
        for n in range(o.workers):
            wait_for("Successfully registered", out / f"worker-{n}.log")
        began = time.monotonic()
        conf = {
            "spark.master": address,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.executor.memory": o.memory,
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "16",
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": f"file://{out}",
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.compress": "false",
        }
        submit = [str(HOME / "bin" / "spark-submit"), *(x for k, v in conf.items() for x in ("--conf", f"{k}={v}"))]
        job = [str(Path(__file__).parent / "submit.py"), "--dedupe", o.dedupe, "--out", str(out), *o.paths]
        if o.config:
            job += ["--config", o.config]
        driver = start(out / "driver.log", *submit, *job)
        running.append(driver)
        killed = False
        while driver.poll() is None:
            if o.kill and not killed and (out / "work" / "hits" / "_SUCCESS").exists():
                time.sleep(5)  # in the middle of what follows
                stop(workers[-1])
                killed = True
                print(f"killed worker {o.workers - 1} after {time.monotonic() - began:.0f} s", flush=True)
            time.sleep(0.25)
        took = time.monotonic() - began
    finally:
        for process in reversed(running):
            stop(process)
    print((out / "driver.out").read_text(errors="replace"))
    if driver.returncode != 0:
        print((out / "driver.log").read_text(errors="replace")[-4000:], file=sys.stderr)
        return 1
    want, alone = clusters_of_ingest(o.dedupe, o.config, out / "ingest.db", o.paths)
    got = clusters_of_spark(out)
    print(f"{o.workers} workers: {took:.0f} s, ingest {alone:.0f} s, {shuffled(out) >> 20} MiB shuffled")
    print(f"clusters: {len(got)}, those of ingest {len(want)}, equal: {got == want}")
    shutil.rmtree(out / "worker-0", ignore_errors=True)
    return 0 if got == want and killed == o.kill else 1


if __name__ == "__main__":
    sys.exit(main())
