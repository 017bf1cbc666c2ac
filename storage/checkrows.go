package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"

	"dedupe/article"
)

func checkArticle(v *View, r row) error {
	var seq, words, version, current, state, agency, reason, effective, cluster, outlet int64
	var inCluster, ofOutlet bool
	var key, hash []byte
	var headline string
	var data sql.RawBytes
	if err := r.Scan(&seq, &key, &hash, &headline, &words, &version, &current, &state, &agency, &reason, &effective, &cluster, &inCluster, &outlet, &ofOutlet, &data); err != nil {
		return unreadable("article", err, seq)
	}
	if is, err := v.s.stored(context.Background(), seq); err != nil {
		return err
	} else if !is {
		return damaged("article", "its number is far beyond those of all others", seq)
	}
	switch {
	case len(key) != len(article.Key{}) || len(hash) != 8:
		return damaged("article", fmt.Sprintf("a key of %d bytes and a hash of %d, not of 16 and 8", len(key), len(hash)), seq)
	case words < 0 || version < 1 || current>>1 != 0 || state>>1 != 0 || agency>>1 != 0 || reason < 0 || reason > int64(article.GivenDay):
		return damaged("article", "a number that its column cannot have", seq)
	case effective < firstSecond || effective > lastSecond:
		return damaged("article", "a date outside the years 1 to 9999", seq)
	case !inCluster:
		return damaged("article", fmt.Sprintf(ofCluster+"%d, which is not there", cluster), seq)
	case !ofOutlet:
		return damaged("article", fmt.Sprintf("of outlet %d, which is not there", outlet), seq)
	}
	body, err := v.s.codec.body(seq, data)
	if err == nil && !isPruned(data) && TextHash(headline, body) != binary.BigEndian.Uint64(hash) {
		err = damaged("body", "the text is not the one that was stored: its hash is another", seq)
	}
	return err
}

func checkPair(_ *View, r row) error {
	var a, b int64
	var c pairColumns
	var stored bool
	if err := r.Scan(&a, &b, &c.kind, &c.resemblance, &c.containmentA, &c.containmentB, &c.evidence, &stored); err != nil {
		return unreadable("pair", err, a, b)
	}
	if !stored {
		return damaged("pair", strayPair, a, b)
	}
	_, err := c.verify(a, b)
	return err
}

func checkCluster(_ *View, r row) error {
	var id, size, outlets, representative, members, of, held int64
	var other int64 // whatever it is
	if err := r.Scan(&id, &size, &outlets, &representative, &members, &of, &held, &other, &other, new(string), &other, &other); err != nil {
		return unreadable("cluster", err, id)
	}
	switch {
	case held != 1:
		return damaged("cluster", fmt.Sprintf("article %d, which represents it, is no member", representative), id)
	case size != members || outlets != of:
		return damaged("cluster", fmt.Sprintf("%d members of %d outlets, and there are %d of %d", size, outlets, members, of), id)
	}
	return nil
}

func checkDecision(_ *View, r row) error { return checkKeys("decision", r) }
func checkSkip(_ *View, r row) error     { return checkKeys("skip", r) }
func checkRuled(_ *View, r row) error    { return checkKeys("ruled", r) }

func checkKeys(table string, r row) error {
	var a, b []byte
	var same int64
	var keyA, keyB article.Key
	if err := r.Scan(&a, &b, &same, new(int64), new(string)); err != nil {
		return unreadable(table, err, a, b)
	}
	if same>>1 != 0 {
		return damaged(table, fmt.Sprintf("neither the same nor different, but %d", same), a, b)
	}
	return keysOf(table, &keyA, a, &keyB, b)
}

func checkPin(_ *View, r row) error {
	var key []byte
	if err := r.Scan(&key, new(int64), new(string)); err != nil {
		return unreadable("pin", err, key)
	}
	if !keyOf(&article.Key{}, key) {
		return damaged("pin", noKey, key)
	}
	return nil
}

func checkVote(_ *View, r row) error {
	var seq int64
	var data []byte
	var body *int64
	if err := r.Scan(&seq, &data, &body); err != nil {
		return unreadable("vote", err, seq)
	}
	passages, err := unpackPassages(seq, data)
	// A packed text has no eight words in a byte.
	if n := len(passages); err == nil && (n == 0 || body == nil || int64(passages[n-1].Start+passages[n-1].Len) > 8**body) {
		err = damaged("vote", "passages that the text does not have", seq)
	}
	return err
}

func checkBoilerplate(_ *View, r row) error {
	var f BoilerplateRow
	var state int64
	var shingles, votes []byte
	if err := r.Scan(&f.ID, &state, &shingles, &votes); err != nil {
		return unreadable("boilerplate", err, f.ID)
	}
	f.State = BoilerplateState(state)
	return f.unpack(state, shingles, votes)
}

func checkChanged(_ *View, r row) error {
	var id, first int64
	var shingles, keys []byte
	if err := r.Scan(&id, &first, &shingles, &keys); err != nil {
		return unreadable("changed", err, id)
	}
	return changedDamage(id, first, shingles, keys)
}
