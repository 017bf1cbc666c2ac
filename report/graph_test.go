package report

import (
	"bytes"
	"encoding/xml"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
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

	g := readGraphML(t, got.Bytes())
	if len(g.Nodes) != 4 || len(g.Edges) != 3 || g.Nodes[1].Data[0].Value != "صحيفة البحر" {
		t.Errorf("read back: %+v", g)
	}
}

// graphML is what of a document is looked at.
type graphML struct {
	XMLName xml.Name `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
	Keys    []struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Type string `xml:"attr.type,attr"`
	} `xml:"key"`
	Nodes []graphMLPart `xml:"graph>node"`
	Edges []graphMLPart `xml:"graph>edge"`
}

type graphMLPart struct {
	ID     string `xml:"id,attr"`
	Source string `xml:"source,attr"`
	Target string `xml:"target,attr"`
	Data   []struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	} `xml:"data"`
}

// readGraphML reads a document and holds it to what the format asks: ids occur
// once, edges lie between nodes, and each datum has a key that is declared for
// its kind of element, once, with a value of its type.
func readGraphML(t *testing.T, data []byte) (g graphML) {
	t.Helper()
	if err := xml.Unmarshal(data, &g); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	types := map[[2]string]string{}
	for _, k := range g.Keys {
		types[[2]string{k.For, k.ID}] = k.Type
	}
	ids, nodes := map[string]bool{}, map[string]bool{}
	part := func(kind string, p graphMLPart) {
		if p.ID == "" || ids[p.ID] {
			t.Errorf("%s %q: no id of its own", kind, p.ID)
		}
		ids[p.ID] = true
		had := map[string]bool{}
		for _, d := range p.Data {
			var err error
			switch types[[2]string{kind, d.Key}] {
			case "string":
			case "int":
				_, err = strconv.Atoi(d.Value)
			case "double":
				_, err = strconv.ParseFloat(d.Value, 64)
			default:
				t.Errorf("%s %s: no key %q is declared", kind, p.ID, d.Key)
			}
			if err != nil || had[d.Key] {
				t.Errorf("%s %s: %q is %q, %v; twice: %v", kind, p.ID, d.Key, d.Value, err, had[d.Key])
			}
			had[d.Key] = true
		}
	}
	for _, n := range g.Nodes {
		part("node", n)
		nodes[n.ID] = true
	}
	for _, e := range g.Edges {
		part("edge", e)
		if !nodes[e.Source] || !nodes[e.Target] {
			t.Errorf("edge %s: from %q to %q, which are no nodes", e.ID, e.Source, e.Target)
		}
	}
	return g
}

// Whatever outlets are called, the document is valid and has their names, but
// for characters that XML cannot hold.
func FuzzGraphML(f *testing.F) {
	f.Add("a.example", "b.example")
	f.Add("<a&\"b\">]]>\x00", "\xff\ufffe\x1b")
	f.Add("", "\r\n\t")
	f.Fuzz(func(t *testing.T, first, later string) {
		var out bytes.Buffer
		edges := []Copying{{First: first, Later: later, Stories: 3, Dated: 2, Lag: 1.5}, {First: later, Later: first, Stories: 1}}
		if err := WriteGraphML(&out, edges, func(outlet string) string { return outlet }); err != nil {
			t.Fatal(err)
		}
		g := readGraphML(t, out.Bytes())
		printable := func(s string) bool {
			return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0xFFFE || r == 0xFFFF })
		}
		if len(g.Edges) != 2 || printable(first) && g.Nodes[0].Data[0].Value != first {
			t.Errorf("%q is read back as %+v", first, g)
		}
	})
}
