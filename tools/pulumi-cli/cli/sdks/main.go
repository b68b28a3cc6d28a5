// Writes the SDK of a plugin's schema for Python or Go: `sdks python plugin/schema.json 0.1.0 folder`. It does what `pulumi package gen-sdk`
// does through the host of a language, and needs none.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 4 {
		return errors.New("usage: sdks LANGUAGE SCHEMA VERSION FOLDER")
	}
	language, file, version, folder := args[0], args[1], args[2], args[3]
	pkg, err := bind(file, version)
	if err != nil {
		return err
	}
	files, err := generate(language, pkg)
	if err != nil {
		return err
	}
	for path, text := range files {
		target := filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func bind(file, version string) (*schema.Package, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	spec.Version = version
	// The schema refers to no other plugin, so that nothing is to be loaded.
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err == nil && diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return pkg, err
}

func generate(language string, pkg *schema.Package) (map[string][]byte, error) {
	switch language {
	case "python":
		return python.GeneratePackage("pulumi-cja", pkg, nil, nil)
	case "go":
		return golang.GeneratePackage("pulumi-cja", pkg, nil)
	default:
		return nil, fmt.Errorf("%s: python and go are known here", language)
	}
}
