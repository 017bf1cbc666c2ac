package storage

import (
	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
)

// NewArticle is an article, or a new version of one, to be stored.
type NewArticle struct {
	Seq       uint32
	Key       article.Key
	Article   article.Article // ID, Given, URL, Headline, Byline and Published are stored as they are
	Outlet    uint32          // of an OutletRow, or stored
	Effective int64           // Unix seconds
	Reason    article.DateReason
	FirstSeen int64
	Language  string
	Credit    string
	Agency    bool // the wire agency itself published it
	Words     int
	TextHash  uint64
	Version   int
	Past      bool // another version is current already
	Frozen    bool // it stands for an article that is not judged any more, and is not itself
	State     State
	Cluster   int64  // 0: alone
	Packed    []byte // the body, by PackBody
}

// OutletRow is an outlet to be stored.
type OutletRow struct {
	ID   uint32
	Name string // canonical

	Spelling string // that a person gave it; "": the most frequent one that came
}

// PairRow is a compared pair to be stored, A before B in canonical order.
type PairRow struct {
	A, B    uint32
	Verdict similarity.Verdict
	Figure  similarity.Figure // by which the verdict was decided; zero in what an older program stored, until it is judged again

	// Damaged is the stored evidence where it cannot be read, and never nil there: the
	// verdict then has the kind and the shares of the columns alone, or not even these, and A
	// is 0 where it is of no stored article.
	// Stored again it stays as it is.
	Damaged []byte
}

// ClusterRow is the state of a living cluster.
type ClusterRow struct {
	ID             int64
	New            bool
	Representative uint32
	Reason         string
	Size, Outlets  int
	First, Last    int64
}

// ClusterEvent is a line of the log of clusters.
type ClusterEvent struct {
	Cluster int64  `json:"cluster"`
	Event   string `json:"event"`           // made, joined, split, shrank (by articles that were taken out), merged, dissolved
	Other   int64  `json:"other,omitempty"` // the cluster it went into; 0: none
	Members int    `json:"members"`         // after it
}

// Move puts a stored article into another cluster; 0 is none.
type Move struct {
	Seq     uint32
	Cluster int64
}

// Resize gives an article another number of compared words.
type Resize struct {
	Seq   uint32
	Words int
	State State
}

// BoilerplateRow is a passage that was learned to be boilerplate, or that a person
// decided on.
type BoilerplateRow struct {
	ID       int64
	State    BoilerplateState
	Run      int64
	Example  uint32 // 0: a person gave the text
	Passage  string
	Shingles []uint64
	Votes    []uint32 // of articles, for each shingle; of what a person gave, none
	Damaged  bool     // shingles or votes cannot be read: there are no shingles, or one vote for each
}

// Poll is how many articles vote for each shingle of a stored passage.
type Poll struct {
	ID    int64
	Votes []uint32
}

// Vote is the passages of an article that are boilerplate by what it shares with
// unrelated ones.
type Vote struct {
	Article  uint32
	Passages []boilerplate.Passage // in the order of the text; none takes a stored vote back
}

// Changed is what became or ceased to be boilerplate since articles that hold it were
// linked.
type Changed struct {
	First    uint32   // stored, and read by nobody: it says which articles were judged later by engines that learned while they linked
	Shingles []uint64 // that became or ceased to be boilerplate
	Keys     []uint64 // of the index: an article that has one of the shingles has one of them
}

// BoilerplateState says who decided on a passage.
type BoilerplateState uint8

// The states of boilerplate.
const (
	Learned BoilerplateState = iota
	Allowed                  // a person: it is story, never boilerplate
	Blocked                  // a person: it is boilerplate
)

// BoilerplateStates are the words for the states.
var BoilerplateStates = []string{Learned: "learned", Allowed: "allowed", Blocked: "blocked"}

// String returns the word for a state.
func (s BoilerplateState) String() string { return BoilerplateStates[s] }

// SegmentRow is a segment of the index to be stored.
type SegmentRow struct {
	ID          int64
	Len         int
	First, Last uint32 // articles
	Blocks      []candidate.Block
}

// Batch is everything that one step of a run changes. It is stored as a whole
// or not at all.
type Batch struct {
	Run        int64
	Outlets    []OutletRow
	Respelt    map[uint32]string // stored articles -> the outlet's name that came with them, see article.Article.Given
	Articles   []NewArticle
	Departed   []uint32          // old articles: no longer current, in no cluster; nothing follows for others
	Superseded []uint32          // older versions of them: no longer current, in no cluster
	Heirs      map[uint32]uint32 // of Superseded: the article that stands for it now, and takes its place in its cluster
	Resized    []Resize          // stored articles of which another number of words is left to compare
	Rejects    []Reject

	Judged []uint32  // articles whose pairs with earlier ones are replaced by Pairs
	Pairs  []PairRow // B is one of Judged, or the pair is stored, and damaged, and takes its own place

	Ruling    *Ruling    // by which the next four are decided, noted with what held before; nil: they are not a person's
	Decided   []Decision // stored, instead of older ones on the same pairs
	Undecided []Decision // taken back
	Pinned    []Pin      // stored, instead of older ones on the same articles
	Unpinned  []article.Key
	Moved     map[article.Key]article.Key // keys of articles -> those that they have from now on; another may take one that is left

	Moves    []Move
	Clusters []ClusterRow
	Ended    map[int64]int64 // cluster -> successor, 0: dissolved
	Events   []ClusterEvent

	Unindex  bool // the index of before goes, with what is of no segment
	Segments []SegmentRow
	Merged   []int64      // segments that are part of one of Segments now
	Purged   []SegmentRow // take the place of those of their numbers
	Places   []PlaceRow

	Unlearn   bool // what was learned before goes, votes included; what a person decided stays
	Votes     []Vote
	Learned   []BoilerplateRow
	Polled    []Poll   // of stored passages
	Unlearned []int64  // stored passages that nothing votes for any more; what a person decided stays
	Changed   *Changed // nil: nothing
	Rejudged  bool     // what had changed until now goes: the articles that hold it are on the table work

	Work Work

	Meta map[string]string // facts of the whole file

	Summary []byte // JSON of the run's counters so far
}

// PlaceRow is the places of consecutive articles from First on.
type PlaceRow struct {
	First  uint32
	Places []candidate.Place
}
