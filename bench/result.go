package bench

// Result is what one measurement found: a line of the history.
type Result struct {
	Date     string   `json:"date"`     // RFC 3339
	Dedupe   string   `json:"dedupe"`   // version
	Revision string   `json:"revision"` // of the source; "" where the build does not know
	Go       string   `json:"go"`
	Machine  Machine  `json:"machine"`
	Load     LoadInfo `json:"load"`
	Settings string   `json:"settings"` // hash of those that change what is linked
	Workers  int      `json:"workers"`
	Batch    int      `json:"batch"`

	Seconds     float64 `json:"seconds"`           // the whole job: from opening the new database to closing it
	Busy        float64 `json:"processor_seconds"` // of all processors together, in that time; 0 where the system does not say
	PerSecond   float64 `json:"articles_per_second"`
	BytesSecond float64 `json:"bytes_per_second"` // of the input
	Peak        int64   `json:"peak_bytes"`       // memory of the process; 0 where the system does not say
	Database    int64   `json:"database_bytes"`

	ReadSeconds  float64 `json:"read_seconds"`  // reading and decoding the same input alone
	WriteSeconds float64 `json:"write_seconds"` // writing the same rows alone
	Rows         int     `json:"rows"`

	More        int     `json:"more"` // articles taken in afterwards, in a run of their own
	MoreSeconds float64 `json:"more_seconds"`

	Stages   []Stage `json:"stages,omitempty"`
	Pairwise Score   `json:"pairwise"`
	BCubed   Score   `json:"bcubed"`
	Kinds    []Found `json:"kinds"`
}

// Machine says where it was measured.
type Machine struct {
	OS         string `json:"os"`
	Arch       string `json:"arch"`
	CPU        string `json:"cpu"` // model; "" where the system does not say
	Processors int    `json:"processors"`
}

// LoadInfo says what was measured with.
type LoadInfo struct {
	Version  int    `json:"version"`
	Articles int    `json:"articles"`
	Seed     uint64 `json:"seed"`
	Bytes    int64  `json:"bytes"`
}

// Stage is how long a stage was at work. Those that are not beside others follow
// one another: together they are the whole job.
type Stage struct {
	Name    string  `json:"name"`
	Beside  bool    `json:"beside,omitempty"` // at work beside the others
	Seconds float64 `json:"seconds"`
}

// Score is how right the clusters are, 0 to 1 each.
type Score struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Found is how many articles of a kind were put together with, or linked to,
// what they were made from. Of copies that is right, of traps wrong.
type Found struct {
	Kind  Kind `json:"kind"`
	Copy  bool `json:"copy"`
	Found int  `json:"found"`
	Of    int  `json:"of"`
}

// comparable reports whether two results measure the same thing in the same place.
func (r *Result) comparable(other *Result) bool {
	a, b := r.Load, other.Load
	a.Bytes, b.Bytes = 0, 0
	return a == b && r.Machine == other.Machine && r.Settings == other.Settings && r.Workers == other.Workers && r.Batch == other.Batch
}
