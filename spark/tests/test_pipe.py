"""Lines through processes."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest

from dedupe_spark import pipe

LINES = ["{}\n", '{"a":"ü"}\n', "\n", "x" * 100 + "\n"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_lines_are_taken_out_and_put_back(kind: pa.DataType) -> None:
    """Slices begin where they begin."""
    array = pa.array(["no\n", *LINES, "neither\n"], kind).slice(1, len(LINES))
    assert bytes(pipe.text_of(array)) == "".join(LINES).encode()
    assert pipe.lines_of("".join(LINES).encode()).to_pylist() == LINES
    assert bytes(pipe.text_of(pa.array([], kind))) == b""


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_chunks_are_whole_lines(size: int) -> None:
    """The last line may lack its end."""
    got = list(pipe.chunks(io.BytesIO(b"one\ntwo\nthree"), size))
    assert b"".join(got) == b"one\ntwo\nthree\n"
    assert all(c.endswith(b"\n") for c in got)


def test_a_process_that_fails_says_why() -> None:
    """Its standard error is in the message, and what feeds it ends."""
    with pytest.raises(pipe.StageError, match=r"exit code 3.*no such thing"):
        list(pipe.run(["sh", "-c", "echo no such thing >&2; exit 3"], (b"x" * 1000 for _ in range(1000))))


def test_a_feed_that_fails_fails_all() -> None:
    """Its output is not taken for whole."""

    def feed() -> object:
        yield b"one\n"
        raise ValueError("a lost block")

    with pytest.raises((ValueError, pipe.StageError)):
        list(pipe.run(["cat"], feed()))  # type: ignore[arg-type]


def test_settings_come_from_the_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that one worker has would give it other settings."""
    monkeypatch.setenv("DEDUPE_WINDOW", "3d")
    assert "DEDUPE_WINDOW" not in pipe.environment()
