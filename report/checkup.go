package report

// Checkup is what was looked at in a database and found.
type Checkup struct {
	Findings []Finding `json:"findings"`
}

// Finding is the outcome of one check.
type Finding struct {
	Check   string   `json:"check"`
	Outcome Outcome  `json:"outcome"`
	Found   string   `json:"found"` // a sentence
	Do      string   `json:"do,omitempty"`
	See     []string `json:"see,omitempty"` // commands that show examples
}

// Outcome is how grave a finding is.
type Outcome string

// The outcomes of checks.
const (
	Good Outcome = "good"
	Look Outcome = "look" // for a person to look at
	Bad  Outcome = "bad"
)

// Bad lists the checks whose outcome is bad.
func (c *Checkup) Bad() (checks []string) {
	for _, f := range c.Findings {
		if f.Outcome == Bad {
			checks = append(checks, f.Check)
		}
	}
	return checks
}

func (c *Checkup) text(p *printer) {
	name := 0
	for _, f := range c.Findings {
		name = max(name, width(clean(f.Check)))
	}
	for _, f := range c.Findings {
		p.wrap(pad(clean(f.Check), name)+"  "+pad(clean(string(f.Outcome)), len("good"))+"  ", clean(f.Found))
		indent := pad("", name+len("good")+4)
		if f.Do != "" {
			p.wrap(indent+"-> ", clean(f.Do))
		}
		for _, s := range f.See {
			p.text(p.dim, indent+"   ", clean(s))
		}
	}
}
