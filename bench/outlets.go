package bench

import "strings"

// outlets is how many there are; a third have boilerplate.
const outlets = 240

// outlet is who publishes, and what its pages put around a text.
type outlet struct {
	name, host string
	head, foot []string
	paged      bool // has head or foot
}

// makeOutlets returns the outlets, those with boilerplate first, and how many
// they are.
func (w *writer) makeOutlets() (list []outlet, paged int) {
	used := map[string]bool{}
	for len(list) < outlets {
		o := outlet{name: w.place() + " " + w.pick(w.words["papers"])}
		if used[o.name] {
			continue
		}
		used[o.name] = true
		o.host = strings.ReplaceAll(strings.ToLower(o.name), " ", "") + ".example"
		if o.paged = len(list) < outlets/3; o.paged {
			if len(list)%2 == 0 {
				o.head = []string{w.pick(w.heads) + " " + o.name + "."}
			}
			for _, i := range w.r.Perm(len(w.feet))[:2+len(list)%3] {
				o.foot = append(o.foot, w.feet[i])
			}
			o.foot = append(o.foot, "Copyright "+o.name+". All rights reserved.")
			paged++
		}
		list = append(list, o)
	}
	return list, paged
}

// slug is a headline as it stands in an address.
func slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}
