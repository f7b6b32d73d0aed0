// Command icon draws build/appicon.png, the program's icon: an arrow rising from a shelf, as in frontend/public/icon.svg.
// Run it in the project's root after a change of the drawing: go run ./build/icon
package main

import (
	"image"
	"image/color"
	"image/png"
	"log"
	"os"
)

const (
	side   = 1024 // of the picture, in pixels
	grid   = 64   // of the drawing, in units
	corner = 14   // radius of the background's corners, in units
	detail = 4    // samples per pixel in each direction, for smooth edges
)

func main() {
	f, err := os.Create("build/appicon.png")
	if err != nil {
		log.Fatal(err)
	}
	if err := png.Encode(f, draw()); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

// draw returns the icon at full size.
func draw() image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			picture.SetNRGBA(x, y, pixel(x, y))
		}
	}
	return picture
}

// pixel mixes the samples of one pixel.
func pixel(x, y int) color.NRGBA {
	blue := color.NRGBA{R: 0x0b, G: 0x5c, B: 0xad, A: 0xff}
	inside, white := 0, 0
	for i := range detail * detail {
		u := (float64(x) + (float64(i%detail)+0.5)/detail) * grid / side
		v := (float64(y) + (float64(i/detail)+0.5)/detail) * grid / side
		if background(u, v) {
			inside++
		}
		if arrow(u, v) || shelf(u, v) {
			white++
		}
	}
	if inside == 0 {
		return color.NRGBA{}
	}
	mix := func(c uint8) uint8 { return uint8((int(c)*(inside-white) + 0xff*white) / inside) }
	return color.NRGBA{R: mix(blue.R), G: mix(blue.G), B: mix(blue.B), A: uint8(0xff * inside / (detail * detail))}
}

// background is the rounded square.
func background(u, v float64) bool {
	du := max(corner-u, u-(grid-corner), 0)
	dv := max(corner-v, v-(grid-corner), 0)
	return du*du+dv*dv <= corner*corner
}

// arrow is a triangle over a stem.
func arrow(u, v float64) bool {
	if v >= 29 {
		return v <= 41 && u >= 26 && u <= 38
	}
	half := (v - 11) * 16 / 18
	return v >= 11 && u >= 32-half && u <= 32+half
}

// shelf is the bar below the arrow.
func shelf(u, v float64) bool { return u >= 14 && u <= 50 && v >= 47 && v <= 53 }
