// What scripts/registries/go-containerregistry builds: a program around the library's public package.
module referee.example/go-containerregistry

go 1.25.0

require github.com/google/go-containerregistry v0.22.1
