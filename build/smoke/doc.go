// Package smoke looks at the real window, which no web driver can do: the program runs on a display of its own, and its
// page reports what it shows (see bind.Smoke). The package holds one test, which needs the window build, Xvfb, a session
// D-Bus and ImageMagick, all of which "make test" provides, and the build tag "smoke". The benchmark of the start uses
// the same display.
package smoke
