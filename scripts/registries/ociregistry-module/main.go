// Serves the in-memory registry of ociregistry, with its referrers API on, on a free port of 127.0.0.1.
package main

import (
	"log"
	"net"
	"net/http"

	"cuelabs.dev/go/oci/ociregistry/ocimem"
	"cuelabs.dev/go/oci/ociregistry/ociserver"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, ociserver.New(ocimem.New(), nil)))
}
