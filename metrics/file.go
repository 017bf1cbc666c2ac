package metrics

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Write writes families into a file: under another name first, which no collector reads, and
// then renamed, so that nobody reads half of it. All may read the file, whatever the umask: the
// collector is another user.
func Write(path string, families []Family) (err error) {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp") // its owner's alone
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temporary.Name()))
		}
	}()
	_, err = temporary.Write(Format(families))
	if err = errors.Join(err, temporary.Chmod(0o644), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}

// Format writes families in the text format of Prometheus, in the order in which they are given.
// Those without samples are left out.
func Format(families []Family) []byte {
	var b bytes.Buffer
	for _, f := range families {
		if len(f.Samples) == 0 {
			continue
		}
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s gauge\n", f.Name, f.Help, f.Name)
		for _, s := range f.Samples {
			var labels []string
			for _, l := range s.Labels {
				labels = append(labels, l.Name+`="`+escaped.Replace(strings.ToValidUTF8(l.Value, "\uFFFD"))+`"`)
			}
			b.WriteString(f.Name)
			if labels != nil {
				b.WriteString("{" + strings.Join(labels, ",") + "}")
			}
			b.WriteString(" " + strconv.FormatFloat(s.Value, 'f', -1, 64) + "\n")
		}
	}
	return b.Bytes()
}

// escaped is what the format asks for in the value of a label.
var escaped = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)
