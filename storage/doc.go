// Package storage keeps articles, links and clusters in one SQLite file.
package storage
