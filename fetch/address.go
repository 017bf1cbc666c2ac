package fetch

import (
	"fmt"
	"net/netip"
	"slices"
	"syscall"
)

// notPublic are ranges that look like any other and lead nowhere, to a machine of this network,
// or by a gateway to an address that is written into them.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // of carriers
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),        // an IPv4 address
	netip.MustParsePrefix("64:ff9b::/96"), // the same
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), // Teredo and others
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // an IPv4 address
	netip.MustParsePrefix("3fff::/20"),
	netip.MustParsePrefix("5f00::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

// Public reports whether an address is one of the public network: not loopback, private,
// link-local, multicast or reserved, and none that a gateway leads to such a one by.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	return a.IsGlobalUnicast() && !a.IsPrivate() && !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(a) })
}

// control is called when a connection is about to be made, with the address that it is made to.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("connect to %q: %w", address, err)
	}
	a := to.Addr().Unmap().WithZone("")
	if Public(a) || slices.ContainsFunc(c.opt.Allow, func(p netip.Prefix) bool { return p.Contains(a) }) {
		return nil
	}
	return &Error{Reason: fmt.Sprintf("its address %s is not public; if it is meant, allow it (fetch.allow: [%s])", a, a), Barred: true}
}
