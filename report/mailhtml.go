package report

import (
	"bufio"
	_ "embed" // the template
	"fmt"
	"html/template"
	"io"
	"sync"
)

//go:embed mail.tmpl
var mailTemplate string

var mails = sync.OnceValue(func() *template.Template { return template.Must(template.New("mails").Parse(mailTemplate)) })

// mailView is a Mail as its template takes it: all text is clean, and addresses are those of
// pages of the web.
type mailView struct {
	Heading, Left, Command string
	Stories                []storyView
	Notes                  []string
}

type storyView struct {
	Mark, Label, Headline, Language, URL, Facts, Remark, More string
	Carriers                                                  []carrierView
}

type carrierView struct{ Lag, Outlet, URL string }

// WriteMail writes a mail as HTML that mail programs show: blocks and tables with inline
// styles, nothing that is fetched, no script, and no colours of its own but grey lines, so
// that it is as dark or light as the program is. It is whole where styles are dropped.
func WriteMail(w io.Writer, m *Mail, opt Options) error {
	p := newPrinter(io.Discard, opt)
	v := mailView{Heading: m.heading(p), Notes: m.notes(p)}
	if m.Left > 0 {
		v.Left, v.Command = m.left(), clean(m.More)
	}
	for i := range m.Stories {
		x := &m.Stories[i]
		s := storyView{Mark: x.mark(), Label: x.Cluster.Label, Headline: x.headline(), Language: clean(x.Cluster.Language),
			URL: webAddress(x.URL), Facts: x.facts(p, isolate), Remark: x.remark()}
		for _, c := range x.Carriers {
			s.Carriers = append(s.Carriers, carrierView{c.Lag, outletName(c.Outlet), webAddress(c.URL)})
		}
		if x.MoreOf > 0 {
			s.More = x.more()
		}
		v.Stories = append(v.Stories, s)
	}
	out := bufio.NewWriter(w)
	if err := mails().ExecuteTemplate(out, "mail", &v); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return out.Flush()
}
