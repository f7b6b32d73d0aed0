package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"

	"shangjiatong/app/listing"
)

// statusCanceled says that the browser went away before the answer; nobody reads it but the log.
const statusCanceled = 499

// reply is the body of every answer to a call.
type reply struct {
	Result any            `json:"result"`
	Error  *listing.Error `json:"error,omitempty"`
}

// MarshalJSON writes either member, not both.
func (a reply) MarshalJSON() ([]byte, error) {
	if a.Error != nil {
		return json.Marshal(map[string]*listing.Error{"error": a.Error})
	}
	return json.Marshal(map[string]any{"result": a.Result})
}

// StatusOf returns the HTTP status that goes with a code.
func StatusOf(code listing.Code) int {
	switch code {
	case listing.CodeInvalid:
		return http.StatusBadRequest
	case listing.CodeNotFound:
		return http.StatusNotFound
	case listing.CodeConflict:
		return http.StatusConflict
	case listing.CodeRefused, listing.CodeUnreadable:
		return http.StatusUnprocessableEntity
	case listing.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case listing.CodeCanceled:
		return statusCanceled
	case listing.CodeLocked:
		return http.StatusLocked
	case listing.CodeMissingTool:
		return http.StatusServiceUnavailable
	case listing.CodeUnwritable:
		return http.StatusInsufficientStorage
	default:
		return http.StatusInternalServerError
	}
}

func answer(w http.ResponseWriter, status int, body reply) {
	raw, err := json.Marshal(body)
	if err != nil {
		status = http.StatusInternalServerError
		raw = []byte(`{"error":{"code":"internal","message":"程序的结果写不成 JSON","hint":"请把日志交给维护人员"}}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}

// plain answers what is no call: a person may be looking at it.
func plain(w http.ResponseWriter, status int, e *listing.Error) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, e.Error()+"。\n")
}

// known turns any error into one for the user. An ended context is the user's own doing.
func known(err error) *listing.Error {
	var own *listing.Error
	if !errors.As(err, &own) && errors.Is(err, context.Canceled) {
		return listing.Fail(listing.CodeCanceled, "已停止", "需要时请重试").Because(err)
	}
	return listing.AsError(err)
}

// failure logs an error and answers a call with it. Only faults of the program itself are logged in full: the others
// may repeat what the user typed.
func (s *Server) failure(w http.ResponseWriter, r *http.Request, err error) {
	e := s.logged(r, err)
	answer(w, StatusOf(e.Code), reply{Error: e})
}

func (s *Server) logged(r *http.Request, err error) *listing.Error {
	e := known(err)
	attrs := []slog.Attr{slog.String("path", r.URL.Path), slog.String("code", string(e.Code))}
	level := slog.LevelInfo
	if e.Code == listing.CodeInternal {
		level = slog.LevelError
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	s.log.LogAttrs(r.Context(), level, "call failed", attrs...)
	return e
}

// fault answers after a panic, as far as an answer can still be given.
func (s *Server) fault(w *recorder, r *http.Request, fault any) {
	s.log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("path", r.URL.Path),
		slog.String("fault", fmt.Sprint(fault)), slog.String("stack", string(debug.Stack())))
	if w.status != 0 {
		cut(w)
		return
	}
	e := listing.Fail(listing.CodeInternal, "程序内部出错，这一步没有做完", "请重试；仍然不行时，把日志交给维护人员")
	answer(w, http.StatusInternalServerError, reply{Error: e})
}

// cut breaks the connection, so that a half-sent answer is not taken for a whole one.
func cut(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// recorder remembers the status sent.
type recorder struct {
	http.ResponseWriter
	status int
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader sends the status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write sends a piece of the body.
func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}
