"""Lines of a partition through a process, as Arrow batches."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import IO

import numpy as np
import pyarrow as pa

CHUNK = 4 << 20  # bytes of lines in a batch, about
REJECTED = 4  # exit code: done, but some input was rejected


class StageError(RuntimeError):
    """A process that ended with a failure; it says what it wrote to standard error."""


def text_of(lines: pa.Array) -> memoryview:
    """Return the text of an array of strings, one after the other, without a copy."""
    if len(lines) == 0:
        return memoryview(b"")
    _, offsets, data = lines.buffers()
    width = np.int64 if pa.types.is_large_string(lines.type) else np.int32
    at = np.frombuffer(offsets, dtype=width)
    first, last = int(at[lines.offset]), int(at[lines.offset + len(lines)])
    return memoryview(data)[first:last] if data is not None else memoryview(b"")


def lines_of(text: bytes) -> pa.Array:
    """Return an array of the lines of a text, each with its end. The text ends with one."""
    ends = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n")) + 1
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    return pa.Array.from_buffers(pa.string(), len(ends), [None, pa.py_buffer(offsets), pa.py_buffer(text)])


def chunks(out: IO[bytes], size: int = CHUNK) -> Iterator[bytes]:
    """Yield whole lines of a stream, about size bytes at a time."""
    rest = b""
    while block := out.read(size):
        cut = block.rfind(b"\n") + 1
        if cut == 0:
            rest += block
            continue
        yield rest + block[:cut]
        rest = block[cut:]
    if rest:
        yield rest + b"\n"


def environment() -> dict[str, str]:
    """Return the environment of a stage: settings come from its config.yaml alone."""
    return {k: v for k, v in os.environ.items() if not k.startswith("DEDUPE_")}


def run(command: list[str], feed: Iterable[bytes | memoryview], allowed: tuple[int, ...] = (0,)) -> Iterator[bytes]:
    """Run a process with feed as its input and yield its output, in whole lines.

    Raises StageError where it ends with an exit code that is not allowed.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=environment()
        )
        assert process.stdin is not None and process.stdout is not None
        stdin, failed = process.stdin, []

        def write() -> None:
            try:
                with stdin:
                    for part in feed:
                        stdin.write(part)
            except BrokenPipeError:
                pass  # the process has ended, and its exit code says why
            except BaseException as e:
                failed.append(e)
                process.kill()  # or it would take what it has for all

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        try:
            yield from chunks(process.stdout)
            code = process.wait()
            writer.join()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()
        if failed:
            raise failed[0]
        if code not in allowed:
            said.seek(0)
            raise StageError(f"{' '.join(command)}: exit code {code}: {said.read()[-4000:].decode(errors='replace')}")


def piped(command: Callable[[], list[str]]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return what takes batches of one column of lines through a process, for DataFrame.mapInArrow.

    command is asked for on the executor. Of a partition without lines no process is started.
    """

    def through(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        full = (b for b in batches if b.num_rows > 0)
        first = next(full, None)
        if first is None:
            return

        def feed() -> Iterator[memoryview]:
            yield text_of(first.column(0))
            for b in full:
                yield text_of(b.column(0))

        for text in run(command(), feed()):
            yield pa.RecordBatch.from_arrays([lines_of(text)], ["line"])

    return through
