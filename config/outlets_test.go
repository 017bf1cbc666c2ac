package config

import "testing"

func TestOutletsTable(t *testing.T) {
	table, err := Outlets{
		Aliases: map[string][]string{"Harbour Times": {"harbour.example", "*.harbour.example"}},
		Owners:  map[string][]string{"Coast Media": {"www.harbour.example", "Bay Courier"}, "North": {"north.harbour.example"}},
	}.Table()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, url, want, owner string }{
		{"owner given by alias", "https://harbour.example/1", "harbour times", "Coast Media"},
		{"subdomain", "https://sport.harbour.example/1", "harbour times", "Coast Media"},
		{"subdomain with an owner of its own", "https://north.harbour.example/1", "north.harbour.example", "North"},
		{"unknown", "https://other.example/1", "other.example", "other.example"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := table.Name("", c.url)
			if got != c.want || table.Owner(got) != c.owner {
				t.Errorf("outlet %q of %q, want %q of %q", got, table.Owner(got), c.want, c.owner)
			}
		})
	}
}
