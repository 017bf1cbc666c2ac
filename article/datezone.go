package article

import "time"

// A zone says how far from UTC a clock was. Names that a page writes all year
// round, such as ET and CET, mean the clock on the wall of that day: it goes by
// the rules of a region, which are a few lines here. They are not taken from a
// database of zones, because Go asks the machine's own first, and a date would
// then depend on the machine. Names of one half of the year (EST, EDT, CEST) are
// taken at their word, as RFC 5322 does.
type zone struct {
	minutes int16 // east of UTC, in winter
	rule    zoneRule
}

// zoneRule names who decides when summer time begins and ends.
type zoneRule uint8

const (
	fixedRule zoneRule = iota
	usRule             // the USA and Canada
	euRule             // the European Union, which has one instant for all
	ukRule             // Great Britain and Ireland
	mskRule            // Moscow, which gave summer time up
	auRule             // Sydney and Melbourne
	nzRule
	brRule // the south of Brazil, until 2019
	mxRule // Mexico, until 2022
	ilRule
	irRule // Iran, until 2022
)

// zoneRules are the rules by the names that zoneNames has for them.
var zoneRules = map[string]zoneRule{"": fixedRule, "us": usRule, "eu": euRule, "uk": ukRule, "msk": mskRule, "au": auRule, "nz": nzRule, "br": brRule, "mx": mxRule, "il": ilRule, "ir": irRule}

// zoneNames says how far from UTC, and by whose rule when it has one, the clocks
// of each name are. Names with two meanings have the one that news uses most:
// IST is India, CST is Chicago, BST is London. GMT is UTC even in summer:
// agencies, feeds and HTTP use it as a name of UTC. BST is the clock of London,
// so that a page that prints it all year is right in winter.
const zoneNames = `
-10:00 | hst pacific_honolulu us_hawaii
-09:00 | akst
-09:00 us | akt america_anchorage america_juneau us_alaska
-08:00 | pst hnp p_s_t akdt pacific_standard_time
-08:00 us | pt p_t hp pst_pdt pacific pacific_time us_pacific america_los_angeles america_vancouver america_tijuana canada_pacific
-07:00 | mst hap m_s_t p_d_t america_phoenix pdt mountain_standard_time pacific_daylight_time us_arizona america_hermosillo
-07:00 us | mt m_t mst_mdt mountain mountain_time us_mountain america_denver america_edmonton america_calgary america_boise canada_mountain
-06:00 | cst hnc c_s_t m_d_t mdt central_standard_time mountain_daylight_time america_regina america_guatemala america_costa_rica america_el_salvador america_tegucigalpa america_managua canada_saskatchewan
-06:00 us | ct c_t hc cst_cdt central central_time us_central america_chicago america_winnipeg america_menominee canada_central
-06:00 mx | america_mexico_city america_monterrey america_merida mexico_general
-05:00 | est hne e_s_t c_d_t hac america_bogota america_lima america_panama cdt eastern_standard_time central_daylight_time cot pet america_guayaquil america_jamaica america_cancun america_cayman
-05:00 us | et e_t he heure_de_l_est est_edt eastern eastern_time us_eastern new_york_time america_new_york america_toronto america_montreal america_detroit america_nassau america_indiana_indianapolis america_indianapolis america_kentucky_louisville america_port_au_prince canada_eastern
-04:00 | edt hae e_d_t america_puerto_rico ast eastern_daylight_time vet bot clt america_caracas america_la_paz america_manaus america_santo_domingo america_port_of_spain america_martinique america_guyana
-04:00 us | atlantic_time america_halifax atlantic_bermuda canada_atlantic
-03:30 | nst
-03:30 us | america_st_johns canada_newfoundland
-03:00 | adt brt art clst uyt america_argentina_buenos_aires america_buenos_aires america_bahia america_fortaleza america_recife america_belem america_montevideo
-03:00 br | america_sao_paulo brazil_east horário_de_brasília horario_de_brasilia hora_de_brasília
-02:30 | ndt
-02:00 | brst
+00:00 | z etc_utc etc_gmt etc_greenwich africa_accra africa_abidjan atlantic_reykjavik utc gmt ut zulu cut greenwich_mean_time coordinated_universal_time universal_time africa_dakar africa_monrovia africa_bamako etc_universal etc_zulu
+00:00 eu | wet western_european_time europe_lisbon
+00:00 uk | bst gmt_bst bst_gmt uk_time london_time europe_london europe_dublin
+01:00 | africa_lagos africa_algiers africa_tunis british_summer_time west central_european_standard_time wat africa_kinshasa africa_luanda africa_douala africa_libreville africa_niamey
+01:00 eu | cet europe_ljubljana europe_zagreb europe_belgrade europe_bratislava europe_luxembourg europe_sarajevo europe_skopje europe_tirane europe_malta mez cet_cest mez_mesz central_european_time heure_de_paris paris_time berlin_time hora_peninsular europe_paris europe_berlin europe_madrid europe_rome europe_amsterdam europe_brussels europe_vienna europe_zurich europe_stockholm europe_oslo europe_copenhagen europe_warsaw europe_prague europe_budapest europe_podgorica europe_monaco europe_san_marino europe_vatican europe_andorra europe_vaduz
+02:00 | cest africa_johannesburg africa_harare africa_maputo mesz central_european_summer_time sast cat africa_lusaka africa_kigali africa_lubumbashi africa_gaborone africa_windhoek africa_khartoum africa_tripoli europe_kaliningrad
+02:00 eu | eet europe_tallinn europe_riga europe_vilnius eastern_european_time kyiv_time europe_athens europe_helsinki europe_kiev europe_kyiv europe_bucharest europe_sofia asia_nicosia europe_chisinau europe_mariehamn
+02:00 il | asia_jerusalem asia_tel_aviv
+03:00 | eest asia_riyadh asia_baghdad asia_kuwait asia_qatar africa_nairobi eastern_european_summer_time trt europe_istanbul eat idt africa_addis_ababa africa_kampala africa_dar_es_salaam africa_mogadishu africa_djibouti asia_bahrain asia_aden asia_istanbul europe_minsk
+03:00 msk | msk мск moscow_time moscow_standard_time по_московскому_времени europe_moscow europe_simferopol
+03:30 | irst
+03:30 ir | asia_tehran
+04:00 | asia_dubai msd gst get azt asia_muscat asia_baku asia_tbilisi asia_yerevan indian_mauritius europe_samara
+04:30 | asia_kabul
+05:00 | asia_tashkent pkt uzt asia_karachi asia_almaty asia_qyzylorda asia_ashgabat asia_dushanbe asia_yekaterinburg indian_maldives
+05:30 | ist asia_calcutta asia_colombo india_standard_time asia_kolkata
+05:45 | asia_kathmandu npt asia_katmandu
+06:00 | bdt asia_dhaka asia_bishkek asia_thimphu asia_omsk asia_urumqi
+06:30 | asia_yangon mmt asia_rangoon
+07:00 | ict asia_ho_chi_minh asia_saigon asia_vientiane wib asia_jakarta asia_bangkok asia_phnom_penh asia_novosibirsk asia_krasnoyarsk asia_pontianak
+08:00 | wita asia_makassar asia_kuala_lumpur australia_perth hkt sgt myt pht awst beijing_time 北京时间 台北時間 asia_shanghai asia_singapore asia_hong_kong asia_taipei asia_manila asia_macau asia_macao asia_brunei asia_kuching asia_ulaanbaatar asia_irkutsk
+09:00 | wit jst kst 日本時間 japan_standard_time korea_standard_time asia_tokyo asia_seoul asia_pyongyang asia_yakutsk asia_jayapura asia_chita
+09:30 | acst australia_darwin australia_north
+09:30 au | australia_adelaide australia_south
+10:00 | australia_brisbane aest asia_vladivostok pacific_guam pacific_port_moresby australia_queensland
+10:00 au | aet australia_sydney australia_melbourne australia_hobart australia_canberra australia_nsw australia_victoria australia_tasmania
+10:30 | acdt
+11:00 | aedt asia_magadan pacific_noumea pacific_guadalcanal
+12:00 | nzst pacific_fiji pacific_tarawa asia_kamchatka
+12:00 nz | nzt pacific_auckland antarctica_mcmurdo
+13:00 | nzdt pacific_tongatapu pacific_apia
`

// offset returns the minutes east of UTC at a time of day that a clock of the
// zone shows, given as if it were in UTC. An hour that the autumn shows twice is
// the first of the two.
func (z zone) offset(clock time.Time) int {
	if z.isSummer(clock) {
		return int(z.minutes) + 60
	}
	return int(z.minutes)
}

// isSummer reports whether the zone's clock was an hour ahead. Rules are those
// of the years in which dates with names of zones were written: from 1967 in
// the USA, 1972 in Great Britain, 1981 in the Union, 1990 in New Zealand, 1996 in
// Sydney, 2002 in Mexico, 2008 in Brazil and Iran, 2013 in Israel. Earlier clocks are taken to be in winter time.
func (z zone) isSummer(clock time.Time) bool {
	y := clock.Year()
	at := func(m time.Month, day, minutes int) time.Time {
		return time.Date(y, m, day, 0, minutes, 0, 0, time.UTC)
	}
	// Summer time begins and ends at the minute of the day that the clock shows
	// before it is changed.
	var from, to time.Time
	switch z.rule {
	case usRule:
		switch {
		case y >= 2007:
			from, to = at(time.March, sunday(y, time.March, 8), 120), at(time.November, sunday(y, time.November, 1), 120)
		case y >= 1987:
			from, to = at(time.April, sunday(y, time.April, 1), 120), at(time.October, sunday(y, time.October, 25), 120)
		case y == 1974:
			from, to = at(time.January, 6, 120), at(time.October, 27, 120)
		case y == 1975:
			from, to = at(time.February, 23, 120), at(time.October, 26, 120)
		case y >= 1967:
			from, to = at(time.April, sunday(y, time.April, 24), 120), at(time.October, sunday(y, time.October, 25), 120)
		}
	case euRule, ukRule:
		return europeanSummer(z, clock, at)
	case mskRule:
		switch {
		case y >= 2015 || y < 1981:
			return false
		case y > 2011 && y < 2014:
			return true
		case y == 2011:
			return !clock.Before(at(time.March, 27, 120))
		case y == 2014:
			return clock.Before(at(time.October, 26, 120))
		}
		from, to = at(time.March, sunday(y, time.March, 25), 120), at(time.October, sunday(y, time.October, 25), 180)
		if y < 1996 {
			to = at(time.September, sunday(y, time.September, 24), 180)
		}
	case auRule:
		from, to = at(time.October, sunday(y, time.October, 1), 120), at(time.April, sunday(y, time.April, 1), 180)
		switch {
		case y < 1996:
			return false
		case y < 2008:
			from, to = at(time.October, sunday(y, time.October, 25), 120), at(time.March, sunday(y, time.March, 25), 180)
			if y == 2006 {
				to = at(time.April, 2, 180)
			}
			if y == 2000 {
				from = at(time.August, 27, 120)
			}
		}
	case nzRule:
		from, to = at(time.September, sunday(y, time.September, 24), 120), at(time.April, sunday(y, time.April, 1), 180)
		switch {
		case y < 1990:
			return false
		case y == 2007:
			to = at(time.March, sunday(y, time.March, 15), 180)
		case y < 2007:
			from, to = at(time.October, sunday(y, time.October, 1), 120), at(time.March, sunday(y, time.March, 15), 180)
		}
	case brRule:
		from, to = at(time.October, sunday(y, time.October, 15), 0), at(time.February, sunday(y, time.February, 15), 0)
		switch {
		case y < 2008 || y > 2019:
			return false
		case y == 2019:
			return clock.Before(to)
		case y == 2018:
			from = at(time.November, 4, 0)
		case y == 2012 || y == 2015: // not in carnival
			to = to.AddDate(0, 0, 7)
		}
	case mxRule:
		if y >= 2002 && y <= 2022 {
			from, to = at(time.April, sunday(y, time.April, 1), 120), at(time.October, sunday(y, time.October, 25), 120)
		}
	case ilRule:
		if y >= 2013 {
			from, to = at(time.March, sunday(y, time.March, 25)-2, 120), at(time.October, sunday(y, time.October, 25), 120)
		}
	case irRule:
		if y >= 2008 && y <= 2022 { // the days of its own calendar, which in leap years are a day earlier
			leap := (y - 1) % 4 / 3
			from, to = at(time.March, 22-leap, 0), at(time.September, 22-leap, 0)
		}
	}
	if from.IsZero() {
		return false
	}
	if from.After(to) { // south of the equator
		return !clock.Before(from) || clock.Before(to)
	}
	return !clock.Before(from) && clock.Before(to)
}

// europeanSummer knows the rules of Great Britain and of the Union, where all
// clocks change at one instant: 01:00 UTC.
func europeanSummer(z zone, clock time.Time, at func(time.Month, int, int) time.Time) bool {
	y := clock.Year()
	change := 60 + int(z.minutes) // the minute of the winter clock
	from, to := at(time.March, sunday(y, time.March, 25), change), at(time.October, sunday(y, time.October, 25), change+60)
	switch {
	case z.rule == euRule && y < 1981, z.rule == ukRule && y < 1972:
		return false
	case z.rule == euRule && y < 1996:
		to = at(time.September, sunday(y, time.September, 24), change+60)
	case z.rule == ukRule && y < 1981:
		from, to = at(time.March, sunday(y, time.March, 16), 120), at(time.October, sunday(y, time.October, 23), 180)
	case z.rule == ukRule && y < 1990:
		to = at(time.October, sunday(y, time.October, 23), 120)
	case z.rule == ukRule && y < 1996:
		to = at(time.October, sunday(y, time.October, 22), 120)
	}
	return !clock.Before(from) && clock.Before(to)
}

// sunday returns the day of the first Sunday of a month that is not before the
// given day.
func sunday(year int, m time.Month, day int) int {
	wd := time.Date(year, m, day, 0, 0, 0, 0, time.UTC).Weekday()
	return day + (7-int(wd))%7
}
