// Package smoke holds the one test that looks at the real window. It needs the window build, Xvfb, a session D-Bus and
// ImageMagick, all of which "make test" provides, and the build tag "smoke".
package smoke
