package article

import (
	"slices"
	"strings"
)

// Names of parameters that say where a reader came from, and nothing of the
// page: those that newspapers use, and of the lists of ClearURLs and AdGuard those
// that can name no article. Names such as id, p, v, story, ref, mod, from and cid
// are none of them: on some site they say which article is meant. Some of these are with a
// value that is a channel: see channels.

// trackingPrefixes begin such names: Google Analytics and Ads, Matomo, AT
// Internet, BBC, HubSpot, Facebook, Yahoo, Parse.ly, Emarsys, Blueshift, DPG,
// Le Monde, Spiegel, Gannett, Google's translation.
var trackingPrefixes = []string{
	"utm_", "mtm_", "pk_", "piwik_", "matomo_", "at_", "ns_", "hsa_", "fb_", "guce_", "wt_", "oly_", "vero_", "_hs", "__hs", "ga_",
	"gad_", "gaa_", "itm_", "otm_", "hmb_", "share_", "bsft_", "dpg_", "adjust_", "lmd_", "sara_", "gnt-", "gca-", "pinned_post_", "_x_tr_", "_branch_",
}

// tracking holds the other such parameters, in lower case.
var tracking = set(
	// advertising clicks
	"fbclid", "gclid", "dclid", "gbraid", "wbraid", "gclsrc", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
	"li_fat_id", "igshid", "igsh", "rdt_cid", "scid", "zanpid", "irclickid", "epik",
	"irgwc", "srsltid", "awc", "sscid", "tduid", "rb_clickid", "erid", "rtkcid", "vc_lpp", "admitad_uid", "bd_vid", "sfnsn", "mibextid",
	"dicbo", "oborigurl", "obref", "tblci",
	// mailings and analytics
	"mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "__s", "s_kwcid", "s_cid", "ncid", "icid", "cid_source", "cmpid",
	"cmp", "campaign_id", "ef_id", "hsctatracking", "hss_channel", "wickedid", "wt.mc_id", "wtmc", "trk", "trkid", "xtor",
	"spm", "mbid", "sref", "sr_share", "sthash", "soc_src", "soc_trk", "guccounter", "_openstat", "yptr", "ftag",
	"mc_tc", "wtrid", "intcmp", "s_campaign", "cm_mmc", "cm_me", "cm_cr", "cm_ven", "cm_cat", "cm_pla", "cm_ite", "cm_sp", "cm_re",
	"xtref", "xtmc", "xtcr", "tpcc", "fsrc", "tsrc", "iref", "eref", "hpt", "sh", "ico", "ssm", "event_log", "__source", "leadsource", "reflink",
	"emc", "smprod", "regi_id", "instance_id", "segment_id", "segmentid", "wpisrc", "wpmm", "itid", "nr_email_referer",
	"bxid", "cndid", "hasha", "hashb", "hashc", "sc_src", "sc_lid", "sc_uid", "sc_llid", "sc_eh", "ml_subscriber", "ml_subscriber_hash",
	"_kx", "_clde", "_cldee", "li_source", "li_medium", "cx_click", "cx_recsorder", "cx_recswidget", "nx_source", "adfrom", "__io_lv", "_io_session_id",
	"traffic_source", "tracking_source", "spmref",
	// sharing buttons, gifts and feeds
	"ref_src", "ref_url", "__twitter_impression", "smid", "smtyp", "ito", "feedtype", "feedname", "rpc", "srnd",
	"taid", "ocid", "cvid", "action_object_map", "action_type_map", "action_ref_map", "usqp", "amp_js_v", "amp_gsa",
	"wprss", "phpsessid", "jsessionid", "ceid", "emci", "emdi", "lctg", "et_rid", "et_cid", "chartbeat", "recirc", "referrer", "referer", "abcnewsembedheight",
	"echobox", "sharetype", "unlocked_article_code", "pwapi_token", "isappinstalled", "intcid", "spref", "noredirect", "fromrss",
)

// channelNames are parameters that say where the reader came from if their value has one of
// channels for a word, and may name an article with any other.
var (
	channelNames = set("ref", "source", "src", "from", "via", "mod", "cid", "dcmp", "maca", "feature", "partner", "share", "medium", "rel", "s_src", "sid", "origin", "campaign", "feed", "ct", "sourceid", "syndication", "u_source", "service", "utm", "p1")
	channels     = set("rss", "feed", "twitter", "facebook", "fb", "whatsapp", "telegram", "linkedin", "newsletter", "email")
)

// isChannel reports whether a value has a channel for one of its words.
func isChannel(value string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == '-' || r == '_' || r == '.' }), func(w string) bool { return channels[w] })
}

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// isTracking reports whether a query parameter does not say which page is
// meant: where the reader came from, or that the AMP form or that for printing is wanted.
func isTracking(name, value string) bool {
	name = strings.ToLower(name)
	switch name {
	case "amp", "rss", "print", "m": // in another form
		return value == "" || value == "1" || strings.EqualFold(value, "true") || strings.EqualFold(value, "yes")
	case "view":
		return strings.EqualFold(value, "print")
	case "outputtype":
		return strings.EqualFold(value, "amp")
	}
	if tracking[name] || channelNames[name] && isChannel(value) {
		return true
	}
	for _, p := range trackingPrefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}
