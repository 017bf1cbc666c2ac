package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dedupe/config"
	"dedupe/report"
)

// helpWidth is for how many columns help is laid out that goes to no terminal.
const helpWidth = 80

// help lays the help of a command out for the terminal, at most 100 columns wide.
func (a *app) help(cmd *cobra.Command, _ []string) {
	text := strings.TrimSpace(cmd.Long)
	if text == "" {
		text = cmd.Short
	}
	columns := helpWidth
	if n := a.width(); n > 0 {
		columns = min(n, 100)
	}
	fmt.Fprint(a.stdout, report.Fill(text+"\n\n"+cmd.UsageString(), columns))
}

// checked lets every command below cmd say its right form where its arguments are wrong.
func checked(cmd *cobra.Command) {
	if args := cmd.Args; args != nil {
		cmd.Args = func(cmd *cobra.Command, given []string) error {
			switch err := args(cmd, given); {
			case err == nil:
				return nil
			case cmd.HasSubCommands():
				return unknownCommand(cmd, given[0])
			case len(cmd.ValidArgs) > 0 && len(given) == 1:
				return unknown(cmd, "argument", given[0], cmd.ValidArgs)
			}
			return fmt.Errorf("%s: %s is not the right number; write: %s", cmd.Name(), report.Count(len(given), "argument"),
				strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		}
	}
	for _, c := range cmd.Commands() {
		checked(c)
	}
}

// unknownCommand says which command below cmd somebody may have meant.
func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return unknown(cmd, "command", name, names)
}

// unknown says which of the names that cmd knows somebody may have meant.
func unknown(cmd *cobra.Command, what, written string, names []string) error {
	if name := config.Nearest(written, names); name != "" {
		return fmt.Errorf("unknown %s %q; did you mean %s %s?", what, written, cmd.CommandPath(), name)
	}
	return fmt.Errorf("unknown %s %q; after %q stands one of %s", what, written, cmd.CommandPath(), strings.Join(names, ", "))
}

// unknownFlag says which flag of cmd somebody may have meant.
func unknownFlag(cmd *cobra.Command, err *pflag.NotExistError) error {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if name := config.Nearest(err.GetSpecifiedName(), names); name != "" {
		return fmt.Errorf("%s; did you mean --%s?", visible(err.Error()), name)
	}
	return errors.New(visible(err.Error()))
}
