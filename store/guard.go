package store

import (
	"fmt"
	"runtime/debug"
)

// panicked is the error made of a panic inside bbolt, which takes damaged pages for programming errors.
type panicked struct{ value any }

func (p *panicked) Error() string { return fmt.Sprintf("bbolt: %v", p.value) }

// guard runs bbolt calls. A panic in them, or a read beyond the end of a shortened file, becomes a *panicked error.
// What the callers of this package pass in must not run inside: their panics are theirs.
func guard(call func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = &panicked{value: r}
		}
	}()
	return call()
}
