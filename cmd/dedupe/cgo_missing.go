//go:build !cgo

// SQLite is C, so there is no dedupe without cgo, and Go turns cgo off by
// itself where it finds no C compiler. This file is then the odd one out in its
// folder, and Go stops before it compiles anything, naming the package below.
// Left to itself the build would end in undefined names of the SQLite driver.

package dedupe_needs_a_C_compiler__install_gcc__Debian_apt_get_install_gcc__and_set_CGO_ENABLED_1
