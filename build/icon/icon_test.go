package main

import (
	"image/color"
	"image/png"
	"os"
	"testing"
)

// The committed picture is the one this program draws.
func TestPictureIsCurrent(t *testing.T) {
	f, err := os.Open("../appicon.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	kept, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	drawn := draw()
	if kept.Bounds() != drawn.Bounds() {
		t.Fatalf("kept %v, drawn %v", kept.Bounds(), drawn.Bounds())
	}
	for i := range side {
		for _, at := range [][2]int{{i, i}, {i, side / 2}, {side / 2, i}, {i, 800}} {
			want := color.NRGBAModel.Convert(drawn.At(at[0], at[1]))
			if got := color.NRGBAModel.Convert(kept.At(at[0], at[1])); got != want {
				t.Fatalf("at %v: kept %v, drawn %v; run go run ./build/icon", at, got, want)
			}
		}
	}
}
