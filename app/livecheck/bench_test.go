package livecheck

import "testing"

// BenchmarkTwentyPages checks 20 pages, on one device and on all three, start and end of the browser included.
func BenchmarkTwentyPages(b *testing.B) {
	for name, devices := range map[string][]string{"one device": {"pc"}, "three devices": nil} {
		b.Run(name, func(b *testing.B) {
			in := ready(b, Input{Folder: staticSite(b, staticPages(20), nil), Pages: staticPages(20), Devices: devices})
			for b.Loop() {
				if r, err := Check(b.Context(), in); err != nil || !r.Passed {
					b.Fatal(err, summary(r))
				}
			}
		})
	}
}
