package report

import (
	"bytes"
	"encoding/xml"
	"path/filepath"
	"strings"
	"testing"
)

func TestGraphML(t *testing.T) {
	edges := []Copying{
		{First: "northwire.example", Later: "صحيفة البحر", Stories: 12, Dated: 12, Lag: 3.5},
		{First: "northwire.example", Later: `<a&"b">` + "\x1b[2J\xff", Stories: 2},
		{First: `<a&"b">` + "\x1b[2J\xff", Later: "", Stories: 1, Dated: 1, Lag: 0.125},
	}
	var got bytes.Buffer
	err := WriteGraphML(&got, edges, func(outlet string) string { return strings.TrimSuffix(outlet, ".example") })
	if err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("testdata", "golden", "graph.graphml"), got.Bytes())

	var parsed struct {
		Nodes []struct {
			ID   string   `xml:"id,attr"`
			Data []string `xml:"data"`
		} `xml:"graph>node"`
		Edges []struct {
			Source string `xml:"source,attr"`
			Target string `xml:"target,attr"`
		} `xml:"graph>edge"`
	}
	if err := xml.Unmarshal(got.Bytes(), &parsed); err != nil {
		t.Fatal(err)
	}
	if len(parsed.Nodes) != 4 || len(parsed.Edges) != 3 || parsed.Nodes[1].Data[0] != "صحيفة البحر" {
		t.Errorf("read back: %+v", parsed)
	}
}
