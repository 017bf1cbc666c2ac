package stage

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"

	"github.com/go-json-experiment/json/jsontext"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/similarity"
)

// The lines that go from one stage to the next. Their first names are in the order by which they
// are sorted: v, the key of the group, and a name that puts the article before what is about it.

// record is what came: {"v":…,"id":KEY,"arrival":ORDER,"record":{…}}.
type record struct {
	V       string   `json:"v"`
	ID      string   `json:"id"` // article.Key
	Arrival string   `json:"arrival"`
	Record  received `json:"record"`
}

func (r *record) group() string { return r.ID }

type received struct {
	ID        string `json:"id,omitempty"`
	Outlet    string `json:"outlet,omitempty"` // canonical
	Given     string `json:"given,omitempty"`
	URL       string `json:"url,omitempty"`
	Headline  string `json:"title,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Published string `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
	Body      string `json:"body,omitempty"`
	Summary   bool   `json:"summary,omitzero"`
}

// Reject is a record or a file that was not taken, or one that was taken with a remark (kept).
type Reject struct {
	V      string `json:"v"`
	File   string `json:"file"`
	Line   int    `json:"line"` // 0: the file itself
	Reason string `json:"reason"`
	Kept   bool   `json:"kept"`
	Head   string `json:"head,omitempty"`
}

// about is a line about the article that stands at a place in canonical order. Which one it is says
// the name after it.
type about struct {
	V  string `json:"v"`
	At string `json:"at"`

	Article jsontext.Value `json:"article,omitempty"` // member: the article itself

	Beside string         `json:"beside,omitempty"` // rank of a text that the article is to be seen beside
	Of     string         `json:"of,omitempty"`     // its place
	Text   jsontext.Value `json:"text,omitempty"`   // member: that article

	Hits   string `json:"hits,omitempty"`   // an anchor that it shares
	Own    string `json:"own,omitempty"`    // its sketch
	Whole  bool   `json:"whole,omitzero"`   // the anchor is the whole text
	Rare   bool   `json:"rare,omitzero"`    // few have it
	Shared string `json:"shared,omitempty"` // with these, placeLen characters each

	Wanted string `json:"wanted,omitempty"` // by which article's place
	Rank   string `json:"rank,omitempty"`   // as its which one
}

func (a *about) group() string { return a.At }

// member is what is known of an article.
type member struct {
	Key       string         `json:"key"`
	ID        string         `json:"id,omitempty"`
	Outlet    string         `json:"outlet,omitempty"`
	Spelt     string         `json:"spelt,omitempty"` // as the outlet was written
	URL       string         `json:"url,omitempty"`
	Title     string         `json:"title,omitempty"`
	Published string         `json:"published,omitempty"`
	Language  string         `json:"language,omitempty"`
	Agency    bool           `json:"agency,omitzero"`
	Size      candidate.Size `json:"size"`
	Text      []byte         `json:"text,omitempty"` // as it is compared, with a checksum
}

// posting says that an anchor stands in an article.
type posting struct {
	V      string `json:"v"`
	Anchor string `json:"anchor"`
	Place  string `json:"place"`
	Whole  bool   `json:"whole,omitzero"`
}

func (p *posting) group() string { return p.Anchor }

// Vote is what of an article is boilerplate by what it shares with unrelated ones.
type Vote struct {
	V        string   `json:"v"`
	At       string   `json:"at"`
	Key      string   `json:"key"`
	Votes    [][2]int `json:"votes"`    // passages: first word, number of words
	Shingles []string `json:"shingles"` // of these, 16 hexadecimal digits each
}

// Judged is an article with its comparisons.
type Judged struct {
	V         string `json:"v"`
	Component string `json:"component,omitempty"` // of links, where it is known: the first place in it
	At        string `json:"at"`
	member
	Words int    `json:"words"` // not boilerplate
	Pairs []Pair `json:"pairs,omitempty"`
}

func (j *Judged) group() string { return j.Component }

// Pair is a comparison with an earlier article.
type Pair struct {
	At       string `json:"at"`
	Key      string `json:"key"`
	Kind     string `json:"kind"`
	Linked   bool   `json:"linked,omitzero"`
	Evidence []byte `json:"evidence"` // as similarity.Evidence.Pack writes it
}

// Clustered is an article in a cluster of two or more.
type Clustered struct {
	V              string `json:"v"`
	Cluster        string `json:"cluster"` // the key of its first article in canonical order
	Article        string `json:"article"` // the input's own id, or the key
	Key            string `json:"key"`
	Outlet         string `json:"outlet"`
	URL            string `json:"url"`
	Title          string `json:"title"`
	Published      string `json:"published"`
	Representative bool   `json:"representative"`
	Size           int    `json:"size"`
}

// A place is where an article stands in canonical order, and what is needed to choose among
// candidates:
//
//	16 hex  date, so that places sort as dates do, the unknown one last
//	16 hex  the begin of the key                                          at: up to here
//	 4 hex  sampled anchors
//	16 hex  what tells outlets apart; 0: not known
const (
	atLen    = 32
	placeLen = 52
)

func atOf(p *candidate.Place) string {
	return fmt.Sprintf("%016x%016x", uint64(p.Date)^1<<63, p.Key)
}

// sketchOf is the rest of a place.
func sketchOf(size candidate.Size, outlet string) string {
	n := uint64(0)
	if outlet != "" {
		h := fnv.New64a()
		h.Write([]byte(outlet))
		n = h.Sum64()
	}
	return fmt.Sprintf("%04x%016x", size, n)
}

// readPlace reads a place, or the at of one. The outlet is empty where it is not known.
func readPlace(s string) (p candidate.Place, outlet string, err error) {
	var data [placeLen / 2]byte
	if len(s) != atLen && len(s) != placeLen {
		return p, "", fmt.Errorf("%.60q is no place: it has not %d or %d characters", s, atLen, placeLen)
	}
	if _, err := hex.Decode(data[:], []byte(s)); err != nil {
		return p, "", fmt.Errorf("%.60q is no place: %w", s, err)
	}
	p.Date = int64(binary.BigEndian.Uint64(data[:]) ^ 1<<63)
	p.Key = binary.BigEndian.Uint64(data[8:])
	if len(s) == placeLen {
		p.Size = candidate.Size(binary.BigEndian.Uint16(data[16:]))
		if o := s[placeLen-16:]; o != "0000000000000000" {
			outlet = o
		}
	}
	return p, outlet, nil
}

// packText is a text with its checksum.
func packText(t *similarity.Text) []byte {
	data := t.Append(nil)
	return binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(data))
}

var errText = errors.New("the text is damaged")

func readText(data []byte) (*similarity.Text, error) {
	n := len(data) - 4
	if n < 0 || crc32.ChecksumIEEE(data[:n]) != binary.BigEndian.Uint32(data[n:]) {
		return nil, errText
	}
	return similarity.TextOf(data[:n]), nil
}

func hex64(n uint64) string { return fmt.Sprintf("%016x", n) }

func readKey(s string) (article.Key, error) {
	key, ok := article.ParseKey(s)
	if !ok {
		return key, fmt.Errorf("%.60q is no key of an article", s)
	}
	return key, nil
}
