package main

import (
	"errors"

	"dedupe/config"
	"dedupe/similarity"
	"dedupe/tune"
)

// writeProposal changes the configuration file.
func (a *app) writeProposal(t *tuning) error {
	p := t.Proposal
	switch {
	case !p.Reached:
		return errors.New("nothing was written: no settings reach the aim")
	case len(p.Settings) == 0:
		a.log.Info("nothing to write: the present settings serve the aim as well as any")
		return nil
	case a.config.File == "":
		return usagef("--write: there is no configuration file; begin one: dedupe config --defaults > config.yaml")
	}
	var changes []config.Change
	for _, s := range p.Settings {
		changes = append(changes, config.Change{Key: s.Key, Value: s.To})
	}
	if err := config.Write(a.config.File, changes); err != nil {
		return err
	}
	for _, s := range p.Settings {
		if from := a.config.Origin(s.Key); from.Kind == config.FromEnvironment || from.Kind == config.FromFlag {
			a.log.Warn("written, but something outranks the file", "setting", s.Key, "by", from.String())
		}
	}
	a.log.Info("written; judge the stored links by it: dedupe recluster", "file", a.config.File)
	return nil
}

// thresholdChanges lists the thresholds that differ.
func thresholdChanges(from, to similarity.Thresholds) (list []tunedSetting) {
	for _, th := range tune.Thresholds() {
		if x, y := th.Get(from), th.Get(to); x != y {
			list = append(list, tunedSetting{th.Key, decimal(x), decimal(y)})
		}
	}
	return list
}
