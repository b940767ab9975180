//go:build tools

// Package olareg pins the version of olareg that scripts/registries/olareg builds.
package olareg

import _ "github.com/olareg/olareg/cmd/olareg"
