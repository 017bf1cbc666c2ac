//go:build !cgo

package main

// SQLite is C, so there is no dedupe without cgo. Go turns cgo off by itself
// when it finds no C compiler; what it would then build fails at the first
// query. This stops the build instead, with the remedy in the compiler's words.
var _ = dedupe_needs_a_C_compiler__install_gcc__Debian_apt_get_install_gcc__and_set_CGO_ENABLED_1
