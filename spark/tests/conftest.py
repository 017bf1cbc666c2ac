"""What the tests share: the program dedupe, and a session of Spark on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from dedupe_spark.__main__ import session

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def binary(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the program: that which BINARY names, or one that is built."""
    if named := os.environ.get("BINARY"):
        return named
    path = tmp_path_factory.mktemp("binary") / "dedupe"
    subprocess.run(["go", "build", "-o", str(path), "./cmd/dedupe"], cwd=REPOSITORY, check=True)
    return str(path)


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Yield a session that stays on this machine; without Java what needs one is skipped."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Java 17 is missing (Debian: apt-get install openjdk-17-jre-headless)")
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_HOSTNAME="localhost", PYSPARK_PYTHON=sys.executable)
    os.environ.setdefault("PYTHONPATH", str(REPOSITORY / "spark"))
    SparkSession.builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
    s = session("local[2]", "dedupe tests")
    yield s
    s.stop()
