package evaluate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/evaluate"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, in string
		clusters int
		pairs    int
		articles string
		err      string
	}{
		{"clusters", "id\tcluster\na\t1\nb\t1\nc\t2\n", 3, 0, "a b c", ""},
		{"clusters with other columns, CRLF, BOM", "\ufeffnote\tcluster\tid\r\nx y\t1\ta\r\n\r\n\t2\tb\r\n", 2, 0, "a b", ""},
		{"the export of dedupe", "article,cluster,outlet\na,1,\"x, y\"\nb,,z\nc,,z\n", 3, 0, "a b c", ""},
		{"pairs", "id1\tid2\tlabel\tkind\tother\na\tb\tdup\tcut\t1\na\tc\tdifferent\t\t0\n", 0, 2, "a b c", ""},
		{"pairs of four columns out of order", "label,id2,id1\ndup,a,b\n", 0, 1, "a b", ""},
		{"JSON lines", `{"id":"a","cluster":"x"}` + "\n" + `{"article":12345678901234567890,"cluster":2}` + "\n" +
			`{"id":"b","cluster":null}` + "\n" + `{"id1":"a","id2":"b","label":"different","kind":"k"}`, 3, 1, "12345678901234567890 a b", ""},
		{"kinds with an original", "id\tcluster\tkind\no\t1\toriginal\na\t1\tcut\nb\t1\t\nc\t2\tcut\n", 4, 1, "a b c o", ""},
		{"said twice", "id\tcluster\na\t1\na\t1\na\t2\n", 1, 0, "a", ""},
		{"labelled twice alike", "id1,id2,label\na,b,dup\nb,a,partial\n", 0, 1, "a b", ""},

		{"empty", "", 0, 0, "", "read gold: line 1: empty: want a header or a JSON record"},
		{"no header", "x\t1\ny\t1\n", 2, 0, "x y", ""},
		{"no header, kinds", "x\t1\tbase\ny\t1\tcut\n", 2, 1, "x y", ""},
		{"CSV without a header", "x,1\ny,1\n", 0, 0, "", `read gold: line 1: the header has ["x" "1"]: want id and cluster, or id1, id2 and label`},
		{"pairs without a header", "x\ty\tdup\n", 0, 0, "", `read gold: line 1: the header has ["x" "y" "dup"]: want id and cluster, or id1, id2 and label`},
		{"a column misnamed", "doc\tcluster\na\t1\n", 0, 0, "", `read gold: line 1: the header has ["doc" "cluster"]: want id and cluster, or id1, id2 and label`},
		{"labelled twice", "id1,id2,label\na,b,dup\nb,a,different\n", 0, 1, "a b", `read gold: line 3: pair of "b" and "a" is labelled "dup" and "different"`},
		{"unknown label", "id1\tid2\tlabel\n\na\tb\tmaybe\n", 0, 0, "", `read gold: line 3: unknown label "maybe": want one of ` +
			"copy, dup, must-link, partial, rewrite, same, cannot-link, different, distinct, same_event, unclear"},
		{"with itself", "id1,id2,label\na,a,dup\n", 0, 0, "", `read gold: line 2: pair of "a" and "a": want two articles`},
		{"no article", "id\tcluster\n\t1\n", 0, 0, "", `read gold: line 2: article "" of cluster "1": both need a name`},
		{"short row", "id\tcluster\na\n", 0, 0, "", "read gold: line 2: 1 fields, but the header has 2"},
		{"short row after a quoted line break", "note,id,cluster\n\"x\ny\",a,1\nz\n", 1, 0, "a", "read gold: line 4: 1 fields, but the header has 3"},
		{"open quote", "id,cluster\n\"a,1\n", 0, 0, "", `read gold: parse error on line 2, column 6: extraneous or missing " in quoted-field`},
		{"broken JSON", "{\"id\":\"a\",\"cluster\":\"1\"}\n{", 1, 0, "a", "read gold: line 2: no JSON record: unexpected EOF"},
		{"JSON of something else", `{"url":"a"}`, 0, 0, "", "read gold: line 1: want id and cluster, or id1, id2 and label"},
		{"JSON list", `{"id":["a"],"cluster":1}`, 0, 0, "", "read gold: line 1: id is neither a string nor a number"},
		{"too many clusters", "id\tcluster" + strings.Repeat("\na\t1", 3) + "\na\t2\na\t3\na\t4\na\t5\na\t6\na\t7\na\t8\na\t9", 1, 0, "a",
			`read gold: line 12: article "a" is in more than 8 clusters`},
		{"long line", "id\tcluster\na\t" + strings.Repeat("1", 1<<20), 0, 0, "", "read gold: line 2: longer than 1048576 bytes"},
		{"two originals", "id\tcluster\tkind\na\t1\tbase\nb\t1\toriginal\n", 2, 0, "a b", `read gold: line 3: cluster "1" has two originals, "a" and "b"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := evaluate.New()
			err := g.Read(strings.NewReader(tt.in))
			if got := errorText(err); got != tt.err {
				t.Errorf("error %q, want %q", got, tt.err)
			}
			got := []any{g.Clusters(), g.Pairs(), strings.Join(g.Articles(), " ")}
			if diff := cmp.Diff([]any{tt.clusters, tt.pairs, tt.articles}, got); diff != "" {
				t.Errorf("articles with clusters, pairs, articles (-want +got):\n%s", diff)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestReadTwoTables reads clusters and pairs into one gold, as far as both are
// about articles that are kept.
func TestReadTwoTables(t *testing.T) {
	g := evaluate.New()
	for _, table := range []string{"id,cluster\na,1\nb,1\nc,2\n", "id1\tid2\tlabel\na\tb\tdup\na\tc\tdifferent\n"} {
		if err := g.Read(strings.NewReader(table)); err != nil {
			t.Fatal(err)
		}
	}
	part := g.Restrict(func(id string) bool { return id != "c" })
	if part.Clusters() != 2 || part.Pairs() != 1 || g.Clusters() != 3 || g.Pairs() != 2 {
		t.Errorf("kept %d and %d of %d clusters and %d pairs", part.Clusters(), part.Pairs(), g.Clusters(), g.Pairs())
	}
}

// FuzzRead reads anything and judges by it: shares stay shares, and what gold
// itself says is found to be right.
func FuzzRead(f *testing.F) {
	f.Add("id\tcluster\na\t1\nb\t1\n")
	f.Add("id1,id2,label,kind\na,b,dup,cut\n\"c\",\"d\",different,\n")
	f.Add(`{"id":"a","cluster":"x"}` + "\n" + `{"id":"a","cluster":"y"}` + "\n" + `{"id":"b","cluster":"y"}`)
	f.Add("id,cluster,kind\na,1,base\nb,1,cut\n")
	f.Fuzz(func(t *testing.T, in string) {
		g := evaluate.New()
		if err := g.Read(strings.NewReader(in)); err != nil && !strings.Contains(err.Error(), "line ") {
			t.Errorf("error %q names no line", err)
		}
		all := &evaluate.Found{Cluster: map[string]string{}}
		for _, id := range g.Articles() {
			all.Cluster[id] = "1"
		}
		for _, found := range []*evaluate.Found{{}, all} {
			r := evaluate.Score(g, found, evaluate.Options{Rounds: 3, Worst: 3})
			for _, figures := range []*evaluate.Figures{r.Pairwise, r.BCubed, r.Labelled} {
				if figures == nil {
					continue
				}
				for _, e := range []evaluate.Estimate{figures.Precision, figures.Recall, figures.F1} {
					if !(0 <= e.Low && e.Low <= e.Value && e.Value <= e.High && e.High <= 1) {
						t.Errorf("%+v is no share with its interval", e)
					}
				}
			}
			if found == all && r.Pairwise != nil && (r.Pairwise.Recall.Value != 1 || len(r.Split) > 0) {
				t.Errorf("everything together misses something: %+v", r)
			}
			if found != all && r.Pairwise != nil && (r.Pairwise.Precision.Value != 1 || len(r.Merged) > 0) {
				t.Errorf("nothing together merges something: %+v", r)
			}
		}
	})
}
