package listing

import (
	"errors"
	"fmt"
)

// Code is the stable, machine-readable name of an error. Screens, commands and JSON use the same codes.
type Code string

// The codes of the program. ExitCode says what a command returns for each.
const (
	CodeInvalid     Code = "invalid"      // the input itself is wrong: a flag, a file, a key, a word that is no option
	CodeNotFound    Code = "not_found"    // the thing named does not exist
	CodeConflict    Code = "conflict"     // the thing exists already, or somebody else changed it meanwhile
	CodeRefused     Code = "refused"      // the act is not allowed in this state; the message says what stands against it
	CodeTooLarge    Code = "too_large"    // over a limit; the message names the limit
	CodeUnwritable  Code = "unwritable"   // a place cannot be written, or the disk is full
	CodeUnreadable  Code = "unreadable"   // a file cannot be read, or is not what its name says
	CodeCanceled    Code = "canceled"     // the person stopped the work
	CodeMissingTool Code = "missing_tool" // something is missing on the machine: a browser, a keyring
	CodeLocked      Code = "locked"       // another instance has the store open
	CodeDamaged     Code = "damaged"      // the store is damaged, foreign, or newer than this program
	CodeInternal    Code = "internal"     // a fault of the program itself
)

// Error is the one error type a person gets to see. Message says what is wrong, naming the thing; Hint says the way
// out. Both are Chinese sentences. Field, when set, is the key of the field concerned (see package forms).
type Error struct {
	Code    Code   `json:"code"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	cause   error
}

// Error returns message and hint as one line.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + "。" + e.Hint
}

// Unwrap returns the technical cause, which is logged and never shown by itself.
func (e *Error) Unwrap() error { return e.cause }

// Because attaches a technical cause and returns e.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

// Fail makes an Error from a code, a message and a hint.
func Fail(code Code, message, hint string) *Error {
	return &Error{Code: code, Message: message, Hint: hint}
}

// Failf makes an Error whose message is formatted; the hint is given as it is.
func Failf(code Code, hint, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// AsError returns err as an *Error, wrapping what is not one yet as CodeInternal. It returns nil for nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Fail(CodeInternal, "程序内部出错："+err.Error(), "请重试；仍然不行时，把日志交给维护人员").Because(err)
}

// CodeOf returns the code of err, or an empty code for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return AsError(err).Code
}

// ExitCode returns what a command returns for err: 0 fine, 1 findings or a refused act, 2 wrong use,
// 3 something missing on the machine, 4 a damaged or locked store.
func ExitCode(err error) int {
	switch CodeOf(err) {
	case "":
		return 0
	case CodeInvalid:
		return 2
	case CodeMissingTool:
		return 3
	case CodeLocked, CodeDamaged:
		return 4
	default:
		return 1
	}
}
