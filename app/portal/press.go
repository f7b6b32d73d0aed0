package portal

import "time"

// spot is where script/place.js says to press a control, or why not yet.
type spot struct {
	State string  `json:"state"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
}

// The states of a spot.
const (
	spotFree    = "free"
	spotMoving  = "moving"
	spotCovered = "covered"
	spotGone    = "gone" // the page took the control away, or drew it anew
)

// pressTries is how often a control that moves is looked at again, pressPause how long after.
const (
	pressTries = 10
	pressPause = 200 * time.Millisecond
)
