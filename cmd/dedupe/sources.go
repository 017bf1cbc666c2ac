package main

import (
	"dedupe/collect"
	"dedupe/config"
	"dedupe/fetch"
	"dedupe/source"
)

// client returns what fetches by the settings in force.
func (a *app) client() *fetch.Client {
	f := a.settings().Fetch
	return fetch.New(fetch.Options{UserAgent: f.UserAgent, Timeout: f.Timeout, Delay: f.Delay, MaxBody: f.MaxSize, Allow: f.Allow, Now: a.now})
}

// collecting says how sources are read by the settings in force.
func (a *app) collecting(client *fetch.Client, in source.Options, sources []config.Source) collect.Options {
	f := a.settings().Fetch
	return collect.Options{Sources: sources, Read: in, Stdin: a.stdin, Client: client, Hosts: f.Hosts, MaxPages: f.MaxPages, Now: a.now}
}
