//go:build !desktop

// Command empty is the smallest window Wails can show; it exists only in builds with a window.
package main

func main() {}
