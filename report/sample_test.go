package report

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSampledPair(t *testing.T) {
	var out bytes.Buffer
	e, err := NewExport[SampledPair](&out, CSV)
	if err != nil {
		t.Fatal(err)
	}
	pair := SampledPair{Stratum: "just above", A: "=cmd|' /C calc'!A0", OutletA: "a\x1b[1mb", B: "@b", OutletB: "-c", KeyA: "00ff", KeyB: "11ee"}
	if err := e.Write(pair); err != nil {
		t.Fatal(err)
	}
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "stratum,article_a,outlet_a,article_b,outlet_b,key_a,key_b\njust above,'=cmd|' /C calc'!A0,a␛[1mb,'@b,'-c,00ff,11ee\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
