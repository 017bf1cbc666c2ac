/*
Dedupe finds the copies of one news story that many outlets publish.

Articles come in from files and folders, are compared with those stored, and
are grouped into clusters in one SQLite file. It is made to be run from cron,
again and again, over whatever is new.

# Usage

	dedupe [flags] COMMAND [arguments]

	dedupe init [FILE...]    write a config.yaml to begin with, for these files
	dedupe run               take in the sources of config.yaml and group what is new
	dedupe ingest PATH...|-  take in files, folders or standard input
	dedupe sources           print how each source went, try them, and add some
	dedupe readers           print who reads the mail of report --since-last, and how far each is
	dedupe rejects           print what could not be taken, where and why, and try it again
	dedupe check PATH...|-   say what articles would be copies of, without storing them
	dedupe report            list the clusters: what spread, how far, who published first
	dedupe show CLUSTER      print a cluster with its members in time order
	dedupe explain A B       say step by step how two articles are judged
	dedupe export KIND       print clusters, pairs, articles, changes or the graph of outlets for other programs
	dedupe stats             print what the database holds, day by day
	dedupe notify            tell a program or an address what is new, or try it
	dedupe review            decide the uncertain pairs, one key each
	dedupe label             decide which articles are copies of one story, and list, export and import decisions
	dedupe undo              take back what was decided last, or a ruling by its number
	dedupe cluster           merge and split clusters, and choose their representatives
	dedupe recluster         judge everything stored again by the settings in force
	dedupe boilerplate       list and decide what is the page's text and not the story's
	dedupe forget ARTICLE    take articles out for good, so that nothing of them is left
	dedupe prune             take out what is older than the section retention of config.yaml keeps
	dedupe backup FILE|-     copy the database, also while a run is at work, and verify the copy
	dedupe restore FILE|-    put a backup in the place of the database
	dedupe evaluate          say how right the stored clusters are, by a file of truth
	dedupe tune              say what other thresholds would do, and propose some
	dedupe bench             measure speed, memory and quality on this machine with invented news
	dedupe stage             do one step of a run as a filter, for Apache Spark and others
	dedupe shard PATH        split input by time into files that are taken in one by one, anywhere
	dedupe merge DATABASE    join databases to one that is as if all had been taken in at once
	dedupe doctor            look for what is wrong with the database and say what to do
	dedupe config            print the settings in force and where each came from
	dedupe version           print the versions of what dedupe is made of

"dedupe COMMAND --help" describes a command.

# Global flags

	--config FILE    the configuration (default ./config.yaml, then $XDG_CONFIG_HOME/dedupe/config.yaml)
	--db FILE        the SQLite file
	--json           print results as JSON
	--quiet, -q      print warnings and errors only, besides results
	--verbose, -v    print what is done, step by step
	--no-color       never print colours
	--log-format F   messages on standard error as text or json

# Configuration

Everything that can be set stands in config.yaml, with its default and what it
may be. The environment outranks the file, and flags outrank both: the setting
near in the section thresholds is the variable DEDUPE_THRESHOLDS_NEAR, and
DEDUPE_CONFIG names the file. Unknown names and values that are not allowed are
refused, all of them at once.

# Output

Results go to standard output, everything else to standard error.

# Exit codes

	0    done
	1    failed
	2    wrong usage, or wrong configuration
	3    another run holds the lock, or has begun and stored something meanwhile
	4    done, but some input was rejected or stored rows were skipped
*/
package main
