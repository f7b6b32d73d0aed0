package store

// roleVariable, when set, makes the test binary play a part in a process of its own; see play.
const roleVariable = "SHANGJIATONG_TEST_ROLE"

// play runs one of the parts and returns the exit code.
func play(role string) int { return 1 }
