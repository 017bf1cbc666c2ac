package article

import (
	"strings"
	"time"
)

// months holds the names of months in lower case: English, French, German,
// Spanish, Portuguese, Italian, Dutch, Russian. Longer names are also known by
// their first three letters where those are certain.
var months = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i, names := range [12]string{
		"january jan janvier janv januar jänner enero ene janeiro gennaio gen januari января янв",
		"february feb février févr fév fevrier februar febrero fevereiro fev febbraio februari февраля фев",
		"march mar mars märz marz marzo março marco maart mrt марта мар",
		"april apr avril avr abril abr aprile апреля апр",
		"may mai mayo maio maggio mag mei мая май",
		"june jun juin juni junio junho giugno giu июня июн",
		"july jul juillet juil juli julio julho luglio lug июля июл",
		"august aug août aout agosto ago augustus августа авг",
		"september sep sept septembre septiembre setembro set settembre сентября сен",
		"october oct octobre oktober okt octubre outubro out ottobre ott октября окт",
		"november nov novembre noviembre novembro ноября ноя",
		"december dec décembre déc decembre dezember dez diciembre dic dezembro dicembre декабря дек",
	} {
		for name := range strings.FieldsSeq(names) {
			m[name] = time.Month(i + 1)
		}
	}
	return m
}()

// zones holds zone names and their distance from UTC in minutes. Those with
// two meanings have the one that news uses most.
var zones = map[string]int{
	"z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "bst": 60, "cet": 60, "west": 60, "cest": 120, "eet": 120, "sast": 120,
	"eest": 180, "msk": 180, "ist": 330, "hkt": 480, "sgt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
	"et": -300, "est": -300, "edt": -240, "ct": -360, "cst": -360, "cdt": -300, "mt": -420, "mst": -420, "mdt": -360,
	"pt": -480, "pst": -480, "pdt": -420,
}

// idle holds words that stand in dates and say nothing.
var idle = set("at", "on", "of", "the", "de", "del", "le", "el", "du", "um", "uhr", "à", "t", "st", "nd", "rd", "th", "er", "h", "г", "в",
	"published", "posted", "updated", "date", "o'clock")

// weekdays holds their first three letters in the languages of months; a
// weekday must stand before everything else, or it is not one.
var weekdays = set("mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mer", "jeu", "ven", "sam", "dim",
	"die", "mit", "don", "fre", "son", "mié", "mie", "jue", "vie", "sáb", "sab", "dom", "seg", "ter", "qua", "qui", "sex", "gio",
	"maa", "din", "woe", "vri", "zat", "zon", "пон", "вто", "сре", "чет", "пят", "суб", "вос", "пн", "вт", "ср", "чт", "пт", "сб", "вс")
