package storage

import (
	"context"
	"database/sql"
	"encoding/binary"

	"dedupe/candidate"
)

// Places reads the places of all articles; index 0 stands for article 1. firsts
// are the numbers with which the stored rows begin.
func (s *Store) Places(ctx context.Context) (places []candidate.Place, firsts []uint32, err error) {
	rows, err := s.r.QueryContext(ctx, "SELECT first, data FROM place ORDER BY first")
	if err != nil {
		return nil, nil, fail("read places", s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var first uint32
		var data sql.RawBytes
		if err := rows.Scan(&first, &data); err != nil {
			return nil, nil, fail("read places", s.path, err)
		}
		if int(first) != len(places)+1 {
			return nil, nil, &Error{Op: "read places", Path: s.path, Kind: ErrCorrupt, Hint: hintCorrupt}
		}
		firsts = append(firsts, first)
		places = unpackPlaces(places, data)
	}
	return places, firsts, fail("read places", s.path, rows.Err())
}

// A place is stored in placeLen bytes, big-endian: date, key, sampled, and the
// outlet, whose highest bit is set for the dead. They keep their dates, by which lists are
// in order.
const (
	placeLen = 22
	dead     = 1 << 31
)

func packPlaces(places []candidate.Place) []byte {
	data := make([]byte, 0, placeLen*len(places))
	for _, p := range places {
		outlet := p.Outlet
		if p.Dead {
			outlet |= dead
		}
		data = binary.BigEndian.AppendUint64(data, uint64(p.Date))
		data = binary.BigEndian.AppendUint64(data, p.Key)
		data = binary.BigEndian.AppendUint16(data, p.Sampled)
		data = binary.BigEndian.AppendUint32(data, outlet)
	}
	return data
}

func unpackPlaces(dst []candidate.Place, data []byte) []candidate.Place {
	for ; len(data) >= placeLen; data = data[placeLen:] {
		outlet := binary.BigEndian.Uint32(data[18:])
		dst = append(dst, candidate.Place{
			Date:    int64(binary.BigEndian.Uint64(data)),
			Key:     binary.BigEndian.Uint64(data[8:]),
			Sampled: binary.BigEndian.Uint16(data[16:]),
			Outlet:  outlet &^ dead,
			Dead:    outlet&dead != 0,
		})
	}
	return dst
}
