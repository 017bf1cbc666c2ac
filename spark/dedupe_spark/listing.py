"""What there is to read, and how it comes to `dedupe stage text`.

A file is a task. What `dedupe ingest` reads of local files, stages read themselves; Parquet, and files of object
stores (s3://, gs://, hdfs:// and what else pyarrow.fs knows), are streamed to their standard input.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from urllib.parse import urlparse

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet

from dedupe_spark import pipe

BLOCK = 1 << 20


def is_remote(path: str) -> bool:
    """Report whether a path is an address."""
    return len(urlparse(path).scheme) > 1


def is_parquet(path: str) -> bool:
    """Report whether a path is of a Parquet file, by its name."""
    return path.lower().endswith(".parquet")


def opened(path: str) -> tuple[pyarrow.fs.FileSystem, str]:
    """Return the file system of a path, and the path in it."""
    if is_remote(path):
        system, inside = pyarrow.fs.FileSystem.from_uri(path.replace("s3a://", "s3://", 1))  # as Hadoop names it
        return system, str(inside)
    return pyarrow.fs.LocalFileSystem(), os.path.abspath(path)


def files(paths: list[str]) -> list[str]:
    """Return the files at paths, folders walked by name, in the order in which they are parts of the input.

    Names that begin with "." or "_" are left out, as Spark leaves them out. Raises FileNotFoundError.
    """
    out: list[str] = []
    for path in paths:
        system, inside = opened(path)
        info = system.get_file_info(inside)
        if info.type == pyarrow.fs.FileType.NotFound:
            raise FileNotFoundError(f"{path}: there is no such file or folder")
        if info.type != pyarrow.fs.FileType.Directory:
            out.append(path if is_remote(path) else inside)
            continue
        scheme = f"{urlparse(path).scheme}://" if is_remote(path) else ""
        found = system.get_file_info(pyarrow.fs.FileSelector(inside, recursive=True))
        for f in sorted(found, key=lambda f: str(f.path).split("/")):
            hidden = any(part[:1] in (".", "_") for part in f.path[len(inside) :].split("/"))
            if f.type == pyarrow.fs.FileType.File and not hidden:
                out.append(scheme + f.path)
    return out


def streamed(path: str) -> bool:
    """Report whether a file comes to a stage by its standard input."""
    return is_remote(path) or is_parquet(path)


def content(path: str) -> Iterator[bytes]:
    """Yield what a file has, of Parquet a JSON line for each row."""
    system, inside = opened(path)
    if not is_parquet(path):
        with system.open_input_stream(inside, compression=None) as f:
            while block := f.read(BLOCK):
                yield block
        return
    with system.open_input_file(inside) as f:
        for batch in pyarrow.parquet.ParquetFile(f).iter_batches(batch_size=1024):
            rows = batch.to_pylist()
            yield "".join(json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in rows).encode()


def _plain(value: object) -> str:
    """Return how a value is written that JSON has not: dates in ISO 8601."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def taken(binary: str, config: str, part: int, path: str) -> Iterator[pa.RecordBatch]:
    """Take in a file: yield its record lines, and the lines of what was rejected."""
    with tempfile.NamedTemporaryFile(mode="rb", prefix="dedupe-rejects-") as rejects:
        by_input = streamed(path)
        command = [binary, "--config", config, "stage", "text", "--part", str(part), "--rejects", rejects.name]
        command.append("-" if by_input else path)
        for text in pipe.run(command, content(path) if by_input else (), (0, pipe.REJECTED)):
            yield _batch(text, rejected=False)
        for text in pipe.chunks(rejects):
            if by_input:
                text = b"".join(_named(line, path) for line in text.splitlines(keepends=True))
            yield _batch(text, rejected=True)


def _named(line: bytes, path: str) -> bytes:
    """Return a reject of standard input with the path that it was streamed from."""
    reject = json.loads(line)
    reject["file"] = path
    return (json.dumps(reject, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _batch(text: bytes, rejected: bool) -> pa.RecordBatch:
    lines = pipe.lines_of(text)
    return pa.RecordBatch.from_arrays([lines, pa.array([rejected] * len(lines), pa.bool_())], ["line", "reject"])
