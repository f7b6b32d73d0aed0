package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

const apiPrefix = "/api/"

// method is one callable method. The first argument, when it is a context, is not part of args.
type method struct {
	fn       reflect.Value
	context  bool
	args     []reflect.Type
	hasValue bool
	hasError bool
}

// methodsOf lists the methods of all services by "Service/Method".
func methodsOf(services []Service) (map[string]method, error) {
	methods := map[string]method{}
	names := map[string]bool{}
	for _, s := range services {
		target := reflect.ValueOf(s.Target)
		if s.Name == "" || strings.Contains(s.Name, "/") || names[s.Name] || !target.IsValid() {
			return nil, misfit(s.Name, "名称为空、含斜线或重复，或者没有对象")
		}
		names[s.Name] = true
		for i := range target.NumMethod() {
			name := s.Name + "/" + target.Type().Method(i).Name
			m, err := methodOf(name, target.Method(i))
			if err != nil {
				return nil, err
			}
			methods[name] = m
		}
	}
	return methods, nil
}

func methodOf(name string, fn reflect.Value) (method, error) {
	t := fn.Type()
	if t.IsVariadic() {
		return method{}, misfit(name, "参数个数不定")
	}
	m := method{fn: fn}
	for i := range t.NumIn() {
		if i == 0 && t.In(i) == reflect.TypeFor[context.Context]() {
			m.context = true
			continue
		}
		m.args = append(m.args, t.In(i))
	}
	outs := t.NumOut()
	m.hasError = outs > 0 && t.Out(outs-1) == reflect.TypeFor[error]()
	if m.hasError {
		outs--
	}
	m.hasValue = outs == 1
	if outs > 1 {
		return method{}, misfit(name, "返回值应为结果和错误")
	}
	return m, nil
}

func misfit(name, why string) error {
	return listing.Failf(listing.CodeInternal, "请更新程序", "服务 %s 不能提供给页面：%s", name, why)
}

// call answers POST /api/<Service>/<Method>.
func (s *Server) call(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		answer(w, http.StatusMethodNotAllowed, reply{Error: listing.Fail(listing.CodeInvalid, "调用服务要用 POST", "请刷新页面后重试")})
		return
	}
	m, ok := s.methods[strings.TrimPrefix(r.URL.Path, apiPrefix)]
	if !ok {
		s.failure(w, r, listing.Fail(listing.CodeNotFound, "程序里没有页面要用的这项服务", "页面和程序的版本可能不一致，请刷新页面后重试"))
		return
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		answer(w, http.StatusUnsupportedMediaType, reply{Error: listing.Fail(listing.CodeInvalid, "参数要用 application/json 发送", "请刷新页面后重试")})
		return
	}
	body, err := s.body(w, r)
	if err != nil {
		s.failure(w, r, err)
		return
	}
	args, err := m.decode(body)
	if err != nil {
		s.failure(w, r, err)
		return
	}
	result, err := m.invoke(r.Context(), args)
	if err != nil {
		s.failure(w, r, err)
		return
	}
	answer(w, http.StatusOK, reply{Result: result})
}

// body reads the request within its limits. net/http lifts the deadline when the body has ended, so that the call
// itself may take longer.
func (s *Server) body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	control := http.NewResponseController(w)
	if err := control.SetReadDeadline(time.Now().Add(s.bodyTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, fmt.Errorf("read deadline: %w", err)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.cfg.MaxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, listing.Failf(listing.CodeTooLarge, "请减少一次提交的内容；文件请用上传", "一次提交的内容超过上限 %d 字节", large.Limit)
	case err != nil:
		return nil, listing.Fail(listing.CodeUnreadable, "提交的内容没有收全", "请重试").Because(err)
	}
	return body, nil
}

// decode reads the JSON array of arguments. It is strict: the right number, no unknown members, no null where a value
// is needed, nothing after the end.
func (m method) decode(body []byte) ([]reflect.Value, error) {
	if !utf8.Valid(body) {
		return nil, badArgs(nil, "提交的内容不是 UTF-8 文字")
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil || raw == nil {
		return nil, badArgs(err, "提交的参数不是 JSON 数组")
	}
	if len(raw) != len(m.args) {
		return nil, badArgs(nil, "提交了 %d 个参数，应为 %d 个", len(raw), len(m.args))
	}
	args := make([]reflect.Value, len(raw))
	for i, text := range raw {
		arg, err := decodeArg(text, m.args[i])
		if err != nil {
			return nil, badArgs(err, "第 %d 个参数读不懂（%s）", i+1, reason(err))
		}
		args[i] = arg
	}
	return args, nil
}

var errNull = errors.New("null")

func decodeArg(text json.RawMessage, t reflect.Type) (reflect.Value, error) {
	value := reflect.New(t)
	if string(bytes.TrimSpace(text)) == "null" && !nullable(t) {
		return value, errNull
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(value.Interface()); err != nil {
		return value, err
	}
	return value.Elem(), nil
}

func nullable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return true
	default:
		return false
	}
}

// reason says in words what a JSON error names: the member, never the value.
func reason(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Sprintf("%s 的类型应为 %s", cmp.Or(kind.Field, "值"), kind.Type)
	}
	if name, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
		return "没有名为 " + name + " 的项"
	}
	if errors.Is(err, errNull) {
		return "不能是 null"
	}
	return "格式不对"
}

func badArgs(cause error, format string, args ...any) error {
	return listing.Failf(listing.CodeInvalid, "页面和程序的版本可能不一致，请刷新页面后重试", format, args...).Because(cause)
}

// invoke calls the method. Its result is nil when it has none.
func (m method) invoke(ctx context.Context, args []reflect.Value) (any, error) {
	if m.context {
		args = append([]reflect.Value{reflect.ValueOf(ctx)}, args...)
	}
	out := m.fn.Call(args)
	if m.hasError {
		if err, failed := out[len(out)-1].Interface().(error); failed {
			return nil, err
		}
	}
	if m.hasValue {
		return out[0].Interface(), nil
	}
	return nil, nil
}
