package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"github.com/klauspost/compress/huff0"
	"github.com/klauspost/compress/zstd"
)

// First byte of body.data.
const (
	bodyPlain   = 0
	bodyZstd    = 1
	bodyPruned  = 3 // the text is gone, see prune.go
	bodyHuffman = 2 // then a uvarint, the length of the body, and a huff0 block of four streams
)

// maxHuffman bounds the bodies that have Huffman codes only, in bytes. A usual
// article repeats so little of itself that looking for it takes more than half of
// the time and gains a sixth of the size; a long one repeats more.
const maxHuffman = 16 << 10

// maxBody bounds what one body may unpack to, in bytes. Longer ones are stored as they are.
const maxBody = 64 << 20

var errBody = errors.New("unknown form of body")

// codec packs bodies for the database. Each body is a frame of its own, so that
// any one can be read alone. Its methods may be called by several goroutines.
type codec struct {
	compress bool
	enc      *zstd.Encoder
	dec      *zstd.Decoder
}

// tables hold the codes of one body each.
var tables = sync.Pool{New: func() any { return &huff0.Scratch{Reuse: huff0.ReusePolicyNone} }}

func newCodec(compress bool) (codec, error) {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderCRC(false),   // SQLite's pages are trusted as they are for everything else
		zstd.WithWindowSize(128<<10), // longer than nearly every body; bounds the tables of each worker
		zstd.WithLowerEncoderMem(true))
	if err != nil {
		return codec{}, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBody), zstd.WithDecoderLowmem(true))
	if err != nil {
		return codec{}, err
	}
	return codec{compress: compress, enc: enc, dec: dec}, nil
}

func (c codec) close() {
	if c.enc != nil {
		_ = c.enc.Close()
		c.dec.Close()
	}
}

// pack appends the stored form of body to dst: compressed when that is asked
// for and shorter.
func (c codec) pack(dst []byte, body string) []byte {
	start := len(dst)
	if c.compress && len(body) <= maxBody {
		src := unsafe.Slice(unsafe.StringData(body), len(body)) // read only; spares a copy of each body
		if dst = encodeHuffman(dst, src); len(dst) == start {
			dst = c.enc.EncodeAll(src, append(dst, bodyZstd))
		}
		if len(dst)-start <= len(body) {
			return dst
		}
	}
	return append(append(dst[:start], bodyPlain), body...)
}

// unpack gives the body back. The empty data of an article without body is "".
func (c codec) unpack(data []byte) (string, error) {
	if len(data) == 0 {
		return "", nil
	}
	switch data[0] {
	case bodyPlain:
		return string(data[1:]), nil
	case bodyPruned:
		return "", nil
	case bodyZstd:
		b, err := c.dec.DecodeAll(data[1:], nil)
		if err != nil {
			return "", fmt.Errorf("unpack body: %w", err)
		}
		return string(b), nil
	case bodyHuffman:
		n, k := binary.Uvarint(data[1:])
		if k <= 0 || n > maxHuffman {
			return "", fmt.Errorf("unpack body: %w", errBody)
		}
		b, err := decodeHuffman(make([]byte, n), data[1+k:])
		if err != nil {
			return "", fmt.Errorf("unpack body: %w", err)
		}
		return unsafe.String(unsafe.SliceData(b), len(b)), nil // nobody else has it
	}
	return "", fmt.Errorf("%w: %d", errBody, data[0])
}

// body unpacks what is stored as the body of an article; nil is no row.
func (c codec) body(seq int64, data []byte) (string, error) {
	if data == nil {
		return "", damaged("body", "there is no text", seq)
	}
	text, err := c.unpack(data)
	if err != nil {
		return "", damaged("body", err.Error(), seq)
	}
	return text, nil
}

// kept is body for who compares texts: one that was pruned is a Damage that nobody is told of.
func (c codec) kept(seq int64, data []byte) (string, error) {
	if isPruned(data) {
		return "", damaged("body", wasPruned, seq)
	}
	return c.body(seq, data)
}

// wasPruned is why a text is not there.
const wasPruned = "it was pruned"

func isPruned(data []byte) bool { return len(data) > 0 && data[0] == bodyPruned }

// encodeHuffman appends codes of a body to dst, or nothing when it is too long, or
// one character only.
func encodeHuffman(dst, body []byte) []byte {
	if len(body) > maxHuffman {
		return dst
	}
	t := tables.Get().(*huff0.Scratch)
	defer tables.Put(t)
	codes, _, err := huff0.Compress4X(body, t)
	if err != nil {
		return dst
	}
	dst = binary.AppendUvarint(append(dst, bodyHuffman), uint64(len(body)))
	return append(dst, codes...)
}

// decodeHuffman fills body from codes.
func decodeHuffman(body, codes []byte) ([]byte, error) {
	t := tables.Get().(*huff0.Scratch)
	defer tables.Put(t)
	t, rest, err := huff0.ReadTable(codes, t)
	if err != nil {
		return nil, err
	}
	return t.Decoder().Decompress4X(body, rest)
}

// PackBody appends the form in which body is stored to dst, compressed when the
// store was opened so. Workers call it before the one writer has its turn.
func (s *Store) PackBody(dst []byte, body string) []byte { return s.codec.pack(dst, body) }
