package article

import "strings"

// trackingPrefixes begin the names of parameters that say where a reader came
// from: Google Analytics, Matomo, AT Internet, BBC, HubSpot, Facebook, Yahoo.
var trackingPrefixes = []string{
	"utm_", "mtm_", "pk_", "piwik_", "at_", "ns_", "hsa_", "fb_", "guce_", "wt_", "oly_", "vero_", "_hs", "ga_",
}

// tracking holds the other such parameters, in lower case.
var tracking = set(
	// advertising clicks
	"fbclid", "gclid", "dclid", "gbraid", "wbraid", "gclsrc", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
	"li_fat_id", "igshid", "igsh", "rdt_cid", "scid", "zanpid", "irclickid", "epik",
	// mailings and analytics
	"mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "__s", "s_kwcid", "s_cid", "ncid", "icid", "cid_source", "cmpid",
	"cmp", "campaign_id", "ef_id", "hsctatracking", "hss_channel", "wickedid", "wt.mc_id", "wtmc", "trk", "trkid", "xtor",
	"spm", "mbid", "sref", "sr_share", "sthash", "soc_src", "soc_trk", "guccounter", "_openstat", "yptr", "ftag",
	// sharing buttons and feeds
	"ref_src", "ref_url", "__twitter_impression", "smid", "smtyp", "ito", "feedtype", "feedname", "rpc", "srnd",
	"taid", "ocid", "cvid", "action_object_map", "action_type_map", "action_ref_map", "share_id", "usqp", "amp_js_v", "amp_gsa",
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// isTracking reports whether a query parameter does not say which page is
// meant: where the reader came from, or that the AMP form is wanted.
func isTracking(name, value string) bool {
	name = strings.ToLower(name)
	switch name {
	case "amp":
		return value == "" || value == "1" || strings.EqualFold(value, "true")
	case "outputtype":
		return strings.EqualFold(value, "amp")
	}
	if tracking[name] {
		return true
	}
	for _, p := range trackingPrefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}
